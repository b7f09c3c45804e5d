"""What is told of an organisation in words: what it is and does, and how to come to it."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.reports.entry_words import radius_words
from mapper.reports.organisation_sites import served_words
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import WITHHELD, date_cell

Row = Mapping[Any, Any]
_DOES = (
    Column("also_known_as", "Also known as"),
    Column("kind", "Kind"),
    Column("sector", "Sector"),
    Column("description", "What it does"),
    Column("themes", "Themes"),
    Column("cohorts", "For"),
    Column("tiers", "Prevention"),
    Column("areas_served", "Areas served"),
    Column("served_radius_m", "How far it serves"),
    Column("evaluation", "Evaluation"),
    Column("website", "Website"),
    Column("identifiers", "Numbers in registers"),
)
_COMING = (
    Column("opening", "Opening"),
    Column("accessibility", "Access"),
    Column("referral_route", "How to be referred"),
)
_WITHIN = (
    Column("status", "Status"),
    Column("funding", "Funding"),
    Column("funding_ends_on", "Funding ends"),
)
_NOT_STATED = Cell(None, "not stated")
_SAYS_NOTHING = {"", "not known"}


def is_exact(row: Row) -> bool:
    """Tell whether a site is shown exactly; if not, words that may tell where it is are not shown.

    Parameters
    ----------
    row : of `mapper.store.listings.organisation_rows`.
    """
    return bool(row["visibility"] == Visibility.EXACT)


def facts(
    session: Session, row: Row, audience: Audience, identifiers: tuple[str, ...]
) -> tuple[PublishedTable, ...]:
    """Publish what is told of an organisation in words.

    Parameters
    ----------
    row : of `mapper.store.listings.organisation_rows`.
    audience : who is looking; the public is told nothing of funding or the pipeline.
    identifiers : its numbers in registers.
    """
    parts = [
        ("What it is and does", _DOES, _does(session, row, identifiers)),
        ("Coming to it", _COMING, [_told(row, column.name) for column in _COMING]),
    ]
    if audience is not Audience.PUBLIC:
        within = [_stated(row["status"]), _stated(row["funding"]), _day(row["funding_ends_on"])]
        parts.append(("With the partnership", _WITHIN, within))
    provenance = register_provenance(session, ("organisations",))
    return tuple(
        PublishedTable(audience, title, columns, (tuple(cells),), provenance)
        for title, columns, cells in parts
    )


def _does(session: Session, row: Row, identifiers: tuple[str, ...]) -> list[Cell]:
    return [
        _stated(row["also_known_as"]),
        _stated(row["kind"]),
        _stated(row["sector"]),
        _told(row, "description"),
        *(_stated(row[name]) for name in ("theme", "cohort", "tier")),
        _stated(served_words(session, row)),
        _radius(row["served_radius_m"]),
        _stated(row["evaluation"]),
        _stated(row["website"]),
        _stated("; ".join(identifiers)),
    ]


def _told(row: Row, name: str) -> Cell:
    """Publish free text, which of a sheltered site could say where it is."""
    if row[name] and not is_exact(row):
        return Cell(None, WITHHELD, is_withheld=True)
    return _stated(row[name])


def _stated(text: str) -> Cell:
    return _NOT_STATED if text in _SAYS_NOTHING else Cell(text, text)


def _radius(value: float | None) -> Cell:
    return _NOT_STATED if pd.isna(value) else Cell(value, f"{radius_words(value or 0)} about it")


def _day(value: Any) -> Cell:  # noqa: ANN401  (a day, or what pandas has where there is none)
    return _NOT_STATED if pd.isna(value) else date_cell(value)
