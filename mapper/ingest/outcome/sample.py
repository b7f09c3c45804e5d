"""The first records of a file as they would be saved, to be looked at before they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from itertools import islice
from typing import Any, Final

from mapper.domain.area import HIPS_LADS
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.period import Period
from mapper.domain.place import Location
from mapper.domain.site import Site
from mapper.ingest.cells.field_words import field_words
from mapper.ingest.faults.issues import shown
from mapper.ingest.privacy.refuges import is_sheltered

MOST_RECORDS: Final = 20
"""The most records that are shown."""

# Contacts are shown only under consent, which whoever previews a file has not given.
_NOT_SHOWN: Final = frozenset({"contacts", "source_key"})

_AREAS: Final = {str(code): name for code, name in HIPS_LADS.items()}
_LEVELS: Final = {"lad": "local authority", "ward": "ward", "msoa": "MSOA", "lsoa": "LSOA"}


@dataclass(frozen=True, slots=True)
class Sample:
    """Records as a table of text.

    Parameters
    ----------
    columns : in words; one that is empty in every record is left out.
    rows : one a record.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def sample_of(records: Iterable[object]) -> Sample:
    """Write the first records as text, without contacts and without sites that are sheltered.

    Parameters
    ----------
    records : of the domain, placed or not.
    """
    first = [
        each.record if isinstance(each, Located) else each for each in islice(records, MOST_RECORDS)
    ]
    written = [_written(each) for each in first]
    names = list(dict.fromkeys(name for row in written for name, text in row.items() if text))
    rows = tuple(tuple(row.get(name, "") for name in names) for row in written)
    return Sample(tuple(field_words(name).capitalize() for name in names), rows)


def _written(record: Any) -> dict[str, str]:  # noqa: ANN401  (a record of any kind)
    if not is_dataclass(record):
        return {"record": shown(record)}
    names = [each.name for each in fields(record) if each.name not in _NOT_SHOWN]
    row = {name: shown(_text(getattr(record, name))) for name in names}
    if "areas_served" in row:
        codes: tuple[str, ...] = getattr(record, "areas_served", ())
        row["areas_served"] = shown("; ".join(_AREAS.get(code, code) for code in codes))
    for name, words in (("lad_code", _AREAS), ("level", _LEVELS)):
        if name in row:
            row[name] = words.get(row[name], row[name])
    if "location" in row and is_sheltered(record):
        row["location"] = "Kept, and not shown here"
        row["further_sites"] = ""
    return row


def _text(value: object) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool):
        return {None: "", True: "yes", False: "no"}[value]
    if isinstance(value, (Location, Site, Period)):
        return value.label if isinstance(value, Period) else _where(value)
    if isinstance(value, (frozenset, set)):
        return "; ".join(sorted(map(_text, value)))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(map(_text, value))
    return f"{value.day} {value:%B %Y}" if isinstance(value, date) else str(value)


def _where(where: Location | Site) -> str:
    """Write a place; of a site that may not be shown exactly, its name alone."""
    if isinstance(where, Location):
        written = [each.name for each in fields(where) if each.name != "square_m"]
        parts = [_text(getattr(where, name)) for name in written]
        if where.square_m:
            parts.append(f"to within a square of {where.square_m:,.0f} m")
    else:
        is_exact = where.visibility is Visibility.EXACT
        parts = [where.name, _where(where.location) if is_exact else "place not shown here"]
    return ", ".join(part for part in parts if part)
