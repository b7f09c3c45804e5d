"""What was ingested, registered or computed; the only package that speaks SQL.

Functions take a `session` first and never commit: the command line and the web own the
transaction.
"""
