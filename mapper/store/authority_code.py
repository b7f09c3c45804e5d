"""Which authority a place lies in, however it was found."""

from sqlalchemy import ColumnElement, func, select

from mapper.domain.area import AreaType
from mapper.store.models import PlaceAreaRow, PlaceRow


def authority_code() -> ColumnElement[str]:
    """Give the code of a place's authority, as an SQL expression over `PlaceRow`.

    It is the one that the postcode directory gives, and otherwise, as for coordinates, the
    one of the newest layer that holds the point. Null where neither knows one.
    """
    on_the_ground = (
        select(PlaceAreaRow.area_code)
        .where(PlaceAreaRow.place_id == PlaceRow.id, PlaceAreaRow.level == AreaType.LAD)
        .order_by(PlaceAreaRow.vintage.desc())
        .limit(1)
        .correlate(PlaceRow)
        .scalar_subquery()
    )
    return func.coalesce(func.nullif(PlaceRow.lad_code, ""), on_the_ground)
