"""Files opened, never on trust, and bytes read into rows of text or JSON."""
