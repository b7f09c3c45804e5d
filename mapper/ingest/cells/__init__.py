"""The cells of one row into values: dates, numbers, names and words of a vocabulary."""
