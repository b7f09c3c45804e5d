"""Letters to the contacts of the directory: written, sent, and the links that stand in them."""
