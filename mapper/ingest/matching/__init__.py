"""Which records tell of one organisation: records in, scored pairs with their evidence out."""
