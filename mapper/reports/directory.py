"""The directory of organisations, as far as an audience may see it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.catalogue import Catalogue, Positions, Question
from mapper.reports.directory_catalogue import directory_catalogue, tells_description
from mapper.reports.places import Shown
from mapper.reports.provenance import register_provenance
from mapper.reports.published import (
    Cell,
    Column,
    PublishedPlace,
    PublishedPlaces,
    PublishedTable,
)
from mapper.reports.wording import date_cell, naming_cell, stated_cell, text_cell

_KINDS = ("organisations", "activities")
_COLUMNS = (
    Column("organisation_id", "Reference", "Number of the organisation in mapper.", is_number=True),
    Column("name", "Organisation"),
    Column("also_known_as", "Also known as"),
    Column("kind", "Kind"),
    Column("sector", "Sector"),
    Column("place", "Where", "As exactly as it may be shown."),
    Column("exactness", "How exact", "Exact, ward or local authority; empty when not shown."),
    Column("found", "How it was found", "How exactly the place is known, and by what."),
    Column("themes", "Themes"),
    Column("cohorts", "For"),
    Column("website", "Website"),
    Column("description", "What it does", "Not told of a site that is not shown exactly."),
    Column("confirmed_on", "Last confirmed", "The day it was last confirmed, else recorded."),
    Column("stale", "Not confirmed", "Set where nobody has confirmed the entry for 12 months."),
)
_NOT_STATED = Cell(None, "not stated")


def directory(session: Session, audience: Audience, lad_code: str = "") -> PublishedTable:
    """Publish the organisations in order of name, of one authority when given.

    An organisation whose site is hidden is listed without a place, and under no authority.
    """
    catalogue = directory_catalogue(session, audience)
    chosen = {"authority": (lad_code,)} if lad_code else {}
    found = catalogue.found(session, Question(chosen=chosen))
    return listed_organisations(session, catalogue, found.positions)


def listed_organisations(
    session: Session, catalogue: Catalogue, positions: Positions
) -> PublishedTable:
    """Publish some organisations of the directory.

    Parameters
    ----------
    catalogue : of the directory.
    positions : in it, of those wanted, in order.
    """
    return PublishedTable(
        audience=catalogue.audience,
        title="Organisations",
        columns=_COLUMNS,
        rows=tuple(
            _cells(catalogue.ids[at], catalogue.records[at], catalogue.shown[at])
            for at in positions
        ),
        provenance=register_provenance(session, _KINDS),
    )


def published_organisations(
    session: Session,
    audience: Audience,
    question: Question | None = None,
    catalogue: Catalogue | None = None,
) -> PublishedPlaces:
    """Publish the organisations as points for the map.

    Parameters
    ----------
    audience : who is looking.
    question : that they answer; all when None.
    catalogue : of the directory for that audience, when it is at hand.
    """
    catalogue = catalogue or directory_catalogue(session, audience)
    found = catalogue.found(session, question or Question()).positions
    places = tuple(
        _place(catalogue.records[at], catalogue.shown[at])
        for at in found
        if catalogue.shown[at].is_drawn
    )
    return PublishedPlaces(
        audience=audience,
        title="Organisations",
        places=places,
        not_drawn=len(found) - len(places),
        provenance=register_provenance(session, _KINDS),
    )


def _cells(key: int, row: Mapping[Any, Any], place: Shown) -> tuple[Cell, ...]:
    return (
        Cell(key, str(key)),
        naming_cell(key, row["name"]),
        stated_cell(row["also_known_as"]),
        text_cell(row["kind"]),
        text_cell(row["sector"]),
        text_cell(place.words) if place.words else Cell(None, "not shown or not known"),
        Cell(place.exactness, place.exactness),
        Cell(place.found, place.found),
        stated_cell(row["theme"]),
        stated_cell(row["cohort"]),
        stated_cell(row["website"]),
        stated_cell(row["description"]) if tells_description(row) else Cell(None, "not shown"),
        date_cell(row["confirmed_on"]),
        Cell(row["stale"] or None, row["stale"]),
    )


def _place(row: Mapping[Any, Any], place: Shown) -> PublishedPlace:
    details = {
        "Sector": row["sector"],
        "Where": place.words,
        "Found by": place.found,
        "Themes": row["theme"],
        "Entry": row["stale"],
    }
    return PublishedPlace(
        longitude=place.longitude,
        latitude=place.latitude,
        name=row["name"],
        kind=row["kind"],
        details={heading: text for heading, text in details.items() if text},
        exactness=place.exactness,
    )
