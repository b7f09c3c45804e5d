"""Run `python -m mapper` as the command `mapper`."""

from mapper.cli import main

main()
