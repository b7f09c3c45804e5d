"""Which files there are: under paths, in archives, and asked of servers on the web."""
