"""The directory of organisations, as far as an audience may see it."""

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.reports.places import Shown, read_grounds, shown_places
from mapper.reports.provenance import register_provenance
from mapper.reports.published import (
    Cell,
    Column,
    PublishedPlace,
    PublishedPlaces,
    PublishedTable,
)
from mapper.reports.wording import text_cell
from mapper.store.listings import organisation_rows

if TYPE_CHECKING:
    import pandas as pd

_KINDS = ("organisations", "activities")
_COLUMNS = (
    Column("organisation_id", "Reference", "Number of the organisation in mapper.", is_number=True),
    Column("name", "Organisation"),
    Column("kind", "Kind"),
    Column("sector", "Sector"),
    Column("place", "Where", "As exactly as it may be shown."),
    Column("exactness", "How exact", "Exact, ward or local authority; empty when not shown."),
    Column("found", "How it was found", "How exactly the place is known, and by what."),
    Column("themes", "Themes"),
    Column("cohorts", "For"),
    Column("website", "Website"),
)
_NOT_STATED = Cell(None, "not stated")


def directory(session: Session, audience: Audience, lad_code: str = "") -> PublishedTable:
    """Publish the organisations in order of name, of one authority when given.

    An organisation whose site is hidden is listed without a place, and under no authority.
    """
    rows, shown = _organisations(session, lad_code)
    cells = [_cells(int(key), row, place) for (key, row), place in zip(rows, shown, strict=True)]
    return PublishedTable(
        audience=audience,
        title="Organisations",
        columns=_COLUMNS,
        rows=tuple(cells),
        provenance=register_provenance(session, _KINDS),
    )


def published_organisations(session: Session, audience: Audience) -> PublishedPlaces:
    """Publish the organisations as points for the map."""
    rows, shown = _organisations(session, "")
    places = tuple(
        _place(row, place) for (_, row), place in zip(rows, shown, strict=True) if place.is_drawn
    )
    return PublishedPlaces(
        audience=audience,
        title="Organisations",
        places=places,
        not_drawn=len(rows) - len(places),
        provenance=register_provenance(session, _KINDS),
    )


def _organisations(
    session: Session, lad_code: str
) -> tuple[list[tuple[int, "pd.Series[str]"]], list[Shown]]:
    frame = organisation_rows(session)
    if lad_code:
        is_told = frame["visibility"] != Visibility.HIDDEN
        frame = frame[(frame["lad_code"] == lad_code) & is_told]
    shown = shown_places(frame, read_grounds(session))
    return [(int(str(key)), row) for key, row in frame.iterrows()], shown


def _cells(key: int, row: "pd.Series[str]", place: Shown) -> tuple[Cell, ...]:
    return (
        Cell(key, str(key)),
        text_cell(row["name"]),
        text_cell(row["kind"]),
        text_cell(row["sector"]),
        text_cell(place.words) if place.words else Cell(None, "not shown or not known"),
        Cell(place.exactness, place.exactness),
        Cell(place.found, place.found),
        _stated(row["theme"]),
        _stated(row["cohort"]),
        _stated(row["website"]),
    )


def _stated(text: str) -> Cell:
    return Cell(text, text) if text else _NOT_STATED


def _place(row: "pd.Series[str]", place: Shown) -> PublishedPlace:
    details = {
        "Sector": row["sector"],
        "Where": place.words,
        "Found by": place.found,
        "Themes": row["theme"],
    }
    return PublishedPlace(
        longitude=place.longitude,
        latitude=place.latitude,
        name=row["name"],
        kind=row["kind"],
        details={heading: text for heading, text in details.items() if text},
        exactness=place.exactness,
    )
