"""A group of commands that are imported only when they are used."""

import importlib
from collections.abc import Mapping
from typing import Any

import click


class LazyGroup(click.Group):
    """A group that knows where its commands are without importing them.

    `mapper postcode` then starts in a fraction of the time that the analysis, the maps and
    the site take to import.

    Parameters
    ----------
    places : name of each command to ``module:attribute``, in the order of the help.

    References
    ----------
    Click documentation, "Lazily loading subcommands".
    """

    def __init__(self, *arguments: Any, places: Mapping[str, str], **options: Any) -> None:  # noqa: ANN401  (click's own)
        super().__init__(*arguments, **options)
        self.places = dict(places)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click's signature)
        """Name the commands in the order given."""
        return list(self.places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  (as above)
        """Import the command asked for; None when there is none of that name."""
        if cmd_name not in self.places:
            return None
        module, _, attribute = self.places[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command
