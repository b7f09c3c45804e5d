"""What the words mean: records, codes and rules, with the standard library alone."""
