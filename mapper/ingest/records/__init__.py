"""A file laid out as records: whose it is, where each says it is, and how often it comes round."""
