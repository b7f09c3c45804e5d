"""Where an organisation is and works, as exactly as an audience may be told."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience, Visibility
from mapper.reports.places import Shown, read_grounds, shown_places
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.wording import text_cell
from mapper.store.areas import area_names
from mapper.store.site_rows import site_rows

_COLUMNS = (
    Column("name", "Site"),
    Column("place", "Where", "As exactly as it may be shown."),
    Column("address", "Address"),
    Column("exactness", "How exact", "Exact, ward or local authority; empty when not shown."),
)
_BY_AUTHORITY = {Visibility.AUTHORITY, Visibility.HIDDEN}


def sites_of(
    session: Session, organisation_id: int, main: pd.DataFrame, audience: Audience
) -> PublishedTable:
    """Publish the sites of an organisation, the main one first.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.
    main : its row of `mapper.store.listings.organisation_rows`.
    audience : who is looking; every audience is shown a site as exactly as any other.
    """
    further = site_rows(session, organisation_id)
    rows = pd.concat([main.assign(name="Main site")[list(further.columns)], further])
    shown = shown_places(rows, read_grounds(session))
    return PublishedTable(
        audience=audience,
        title="Where it is",
        columns=_COLUMNS,
        rows=tuple(
            _cells(row, place) for row, place in zip(rows.to_dict("records"), shown, strict=True)
        ),
        provenance=register_provenance(session, ("organisations",)),
    )


def served_words(session: Session, row: Mapping[Any, Any]) -> str:
    """Name the areas that an organisation serves.

    Of one that is shown by its authority or nowhere, small areas are named by their authority.

    Parameters
    ----------
    row : of `mapper.store.listings.organisation_rows`.
    """
    codes = str(row["areas_served"]).split("; ") if row["areas_served"] else []
    if not codes:
        return ""
    areas = area_names(session).drop_duplicates("area_code", keep="last").set_index("area_code")
    if row["visibility"] in _BY_AUTHORITY:
        codes = [areas["lad_code"].get(code) or code for code in codes]
    return "; ".join(sorted({str(areas["area_name"].get(code, code)) for code in codes}))


def _cells(row: Mapping[Any, Any], place: Shown) -> tuple[Cell, ...]:
    is_told = place.exactness == "exact" and row["address"]
    # The name of a site may be its street: it is told only where the street would be.
    is_named = row["name"] and (is_told or place.exactness == "exact" or row["name"] == "Main site")
    return (
        text_cell(row["name"] if is_named else "Further site"),
        text_cell(place.words) if place.words else Cell(None, "not shown or not known"),
        Cell(row["address"], row["address"]) if is_told else Cell(None, ""),
        Cell(place.exactness, place.exactness),
    )
