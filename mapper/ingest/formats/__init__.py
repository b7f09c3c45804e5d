"""One module a publisher or kind of file: how it is recognised, and what its columns mean."""
