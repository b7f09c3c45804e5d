"""Source files become validated records, and what was wrong with the rest is said."""
