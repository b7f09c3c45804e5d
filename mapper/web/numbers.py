"""Numbers in addresses: only such as a record can have."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

_LARGEST = 2**31 - 1
"""The largest number that both databases keep for a record."""


class RecordNumber(IntegerConverter):
    """A number that a record can have; an address with a larger one leads nowhere.

    Parameters
    ----------
    of : the addresses of the site.
    options : as an address may give them.
    """

    def __init__(self, of: Map, **options: Any) -> None:  # noqa: ANN401  (as the base class takes them)
        super().__init__(of, **({"max": _LARGEST} | options))


def add_numbers(app: Flask) -> None:
    """Have every number in an address be one that a record can have.

    Parameters
    ----------
    app : the site, before its rooms are joined on.
    """
    app.url_map.converters["int"] = RecordNumber
