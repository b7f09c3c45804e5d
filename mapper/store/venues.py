"""Sites of the directory that a record may be placed at by their name."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.place import Place, Precision
from mapper.store.authority_code import authority_code
from mapper.store.models import OrganisationRow, PlaceRow
from mapper.store.sheltered import strictest_by_place
from mapper.store.survivors import strictest_of_merged

_EXACT = [each.value for each in Precision if each.finest_level is None]
_PLACE = (
    *("easting_m", "northing_m", "precision", "method", "postcode"),
    *("ward_code", "lsoa11_code", "is_terminated"),
)


def venue_places(session: Session) -> list[tuple[str, Place]]:
    """List the names and places of sites that are open and shown exactly.

    Left out is whatever may not be shown exactly: a sheltered site, one on the same ground, one
    that a sheltered one was merged into; and what is closed, merged into another, or known
    only roughly.

    Returns
    -------
    Names as they are spelt, with places whose authority is known where the ground knows it.
    """
    return [(name, place) for _, name, _, place in _open_sites(session)]


def named_venues(session: Session) -> pd.DataFrame:
    """Read the main sites that are open and shown exactly, with what they are.

    Left out is the same as in `venue_places`, so that no distance can lead to a sheltered site.

    Returns
    -------
    Indexed by `organisation_id`: `name`, `kind`, `easting_m`, `northing_m` (National Grid),
    `lad_code` (empty where not known).
    """
    rows = [
        (key, name, kind, place.easting_m, place.northing_m, place.lad_code)
        for key, name, kind, place in _open_sites(session)
    ]
    columns = ["organisation_id", "name", "kind", "easting_m", "northing_m", "lad_code"]
    return pd.DataFrame(rows, columns=columns).set_index("organisation_id")


def _open_sites(session: Session) -> Iterator[tuple[int, str, str, Place]]:
    query = (
        select(
            OrganisationRow.id,
            OrganisationRow.place_id,
            OrganisationRow.name,
            OrganisationRow.kind,
            *(getattr(PlaceRow, name) for name in _PLACE),
            authority_code(),
        )
        .join(PlaceRow, PlaceRow.id == OrganisationRow.place_id)
        .where(
            OrganisationRow.is_active,
            OrganisationRow.merged_into_id.is_(None),
            OrganisationRow.visibility == Visibility.EXACT,
            PlaceRow.precision.in_(_EXACT),
        )
        .order_by(OrganisationRow.id)
    )
    by_place, merged = strictest_by_place(session), strictest_of_merged(session)
    for key, place_id, name, kind, *values, lad_code in session.execute(query):
        shown = {by_place.get(place_id, "exact"), merged.get(key, "exact")}
        if shown == {Visibility.EXACT.value}:
            place = dict(zip(_PLACE, values, strict=True))
            precision = Precision(place.pop("precision"))
            yield key, name, kind, Place(**place, precision=precision, lad_code=lad_code or "")
