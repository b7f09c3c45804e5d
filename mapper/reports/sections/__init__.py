"""The sections of a gap report beside its ranked areas: each published for one audience."""
