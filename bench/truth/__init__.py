"""Whether the figures are true, measured in worlds where the truth is known.

`python -m bench.truth` measures everything and writes the table of docs/methods.md;
`python -m bench.truth NAME --worlds 50` measures one thing and prints it.
"""
