"""From what is kept to answers that may be shown; `publish` is the one gate out."""
