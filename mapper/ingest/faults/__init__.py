"""What is wrong with the rows of a file, and who can put it right."""
