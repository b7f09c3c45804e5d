"""Which column holds which field: by headings, by values, or as somebody confirmed."""
