"""Who must not come in by a table of counts, and what must not be shown of a refuge."""
