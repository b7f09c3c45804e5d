"""Which areas a file speaks of: by code, by name, and whether they are of HIPS."""
