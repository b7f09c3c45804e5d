"""Putting things on the ground: reference systems, boundaries, postcodes, areas."""
