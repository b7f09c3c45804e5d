"""One module a kind of source: the file in, what it says out, whichever format it is in."""
