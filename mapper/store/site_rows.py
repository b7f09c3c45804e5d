"""The sites that organisations have beside their main one, as they stand in the store.

Nothing here is fit to be shown: places are exact. Only `mapper.reports` may read it.
"""

import pandas as pd
from sqlalchemy import select
from sqlalchemy.orm import Session

from mapper.store.listings import PLACE, place_columns, sheltered
from mapper.store.models import OrganisationRow, PlaceRow, SiteRow
from mapper.store.sheltered import strictest
from mapper.store.survivors import members, strictest_of_merged


def site_rows(session: Session, organisation_id: int) -> pd.DataFrame:
    """Read the further sites of an organisation and of those merged into it.

    Sites set by hand stand over those of merged ones. A merge shows nobody more: where
    others were merged into it, no site is more exact than the strictest of their main ones.

    Parameters
    ----------
    organisation_id : of one that is not merged into another.

    Returns
    -------
    One row a site: `name`, `address`, `visibility` (the strictest of any organisation at the
    same place), `postcode`, `easting_m`, `northing_m`, `precision`, `lad_code`, `ward_code`.
    """
    owners = members(session, organisation_id)
    if "further_sites" in session.get_one(OrganisationRow, organisation_id).hand_fields:
        owners = owners[:1]
    own = (SiteRow.name, SiteRow.address, SiteRow.visibility, SiteRow.place_id)
    query = (
        select(*own, *place_columns())
        .join(PlaceRow, PlaceRow.id == SiteRow.place_id, isouter=True)
        .where(SiteRow.organisation_id.in_(owners))
        .order_by(SiteRow.organisation_id != organisation_id, SiteRow.organisation_id)
        .order_by(SiteRow.position)
    )
    columns = ["name", "address", "visibility", "place_id", *PLACE]
    frame = pd.DataFrame(session.execute(query).all(), columns=columns)
    merged = strictest_of_merged(session).get(organisation_id)
    if merged:
        frame["visibility"] = [strictest((each, merged)) for each in frame["visibility"]]
    return sheltered(session, frame)
