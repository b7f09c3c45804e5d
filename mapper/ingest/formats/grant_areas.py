"""Which areas a grant is to benefit."""

from typing import Final

from mapper.errors import InvalidValueError, UnknownAreaError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import RowReader
from mapper.ingest.columns.headings import Field

MOST_AREAS: Final = 10
"""How many beneficiary locations of one grant are read."""

_COUNTIES: Final = {"E10000014": "Hampshire"}


def area_fields() -> tuple[Field, ...]:
    """Give the fields of the beneficiary locations, numbered from 0 as tables number them."""
    return tuple(
        Field(f"area_{key}{number}", _headings(title, number))
        for number in range(MOST_AREAS)
        for key, title in (("code", "Geographic Code"), ("name", "Name"))
    )


def _headings(title: str, number: int) -> tuple[str, ...]:
    numbered = (f"Beneficiary Location:{number}:{title}",)
    return (*numbered, f"Beneficiary Location:{title}") if number == 0 else numbered


def grant_areas(reader: RowReader, ground: Ground) -> tuple[str, ...]:
    """Give the areas known here that a grant is to benefit, by code, else by name.

    Funders work all over the country: an area that is not among those loaded is no fault.

    Parameters
    ----------
    reader : of the row.
    ground : the areas known.

    Returns
    -------
    GSS codes, each once, in the order of the locations.
    """
    found: list[str] = []
    for number in range(MOST_AREAS):
        code = reader.text(f"area_code{number}", 20)
        name = reader.text(f"area_name{number}")
        found += _known(ground, _COUNTIES.get(code.upper(), code)) or _known(ground, name)
    return tuple(dict.fromkeys(found))


def _known(ground: Ground, text: str) -> tuple[str, ...]:
    try:
        return ground.resolve(text) if text else ()
    except (UnknownAreaError, InvalidValueError):
        return ()
