"""What became of a file: the report, its first records, its rows to mend, and its source."""
