"""Outlines for drawing: simplified together, so that borders still meet, in WGS 84."""

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.geography.crs import to_wgs84
from mapper.store.areas import area_frame, latest_vintage

_TOLERANCE_M = {AreaType.LSOA: 30.0, AreaType.MSOA: 40.0, AreaType.WARD: 40.0, AreaType.LAD: 80.0}


def outlines(session: Session, level: AreaType, vintage: str = "") -> dict[str, BaseGeometry]:
    """Read the outlines of one layer, simplified for drawing.

    Parameters
    ----------
    level : of the areas.
    vintage : the newest when empty.

    Returns
    -------
    Area code to polygon, WGS 84.
    """
    areas = area_frame(session, level, vintage or latest_vintage(session, level))
    simple = shapely.coverage_simplify(areas.geometry.to_numpy(), _TOLERANCE_M[level])
    drawn = to_wgs84(areas.set_geometry(simple, crs=areas.crs))
    return {str(code): shape for code, shape in drawn.geometry.items()}
