"""Measure on the National Grid, draw in WGS 84, and refuse what is not Great Britain."""

from functools import cache
from typing import Final, TypeVar

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from pyproj import CRS, Transformer

from mapper.errors import CoordinateError

NATIONAL_GRID: Final = "EPSG:27700"
WGS84: Final = "EPSG:4326"

Spatial = TypeVar("Spatial", gpd.GeoDataFrame, gpd.GeoSeries)
Coordinates = tuple[NDArray[np.float64], NDArray[np.float64]]

# Drawn by hand, well out at sea, between Kintyre and Rathlin and between Dover and Calais.
_GREAT_BRITAIN: Final = shapely.Polygon(
    [
        (-6.8, 49.7), (-4.9, 49.7), (-1.0, 50.35), (0.5, 50.6), (1.05, 50.75), (1.5, 51.0),
        (1.7, 51.4), (2.1, 52.3), (2.1, 53.0), (0.6, 53.7), (0.3, 54.2), (-0.9, 55.4),
        (-1.4, 56.5), (-1.2, 58.0), (-0.3, 60.2), (-0.3, 61.1), (-2.0, 61.1), (-3.6, 60.0),
        (-6.5, 59.5), (-9.0, 58.0), (-8.2, 56.4), (-6.8, 55.5), (-5.95, 55.2), (-5.3, 54.7),
        (-5.2, 54.2), (-5.1, 52.6), (-5.8, 51.9), (-5.6, 51.3),
    ]
)  # fmt: skip
shapely.prepare(_GREAT_BRITAIN)
_GRID_LIMITS_M: Final = (700_000.0, 1_300_000.0)


def points_to_national_grid(lon: ArrayLike, lat: ArrayLike) -> Coordinates:
    """Turn longitudes and latitudes into eastings and northings.

    Parameters
    ----------
    lon : longitudes in degrees (WGS 84); NaN where missing.
    lat : latitudes in degrees (WGS 84); NaN where missing.

    Returns
    -------
    Eastings and northings in metres (EPSG:27700), NaN where either was missing.

    Raises
    ------
    CoordinateError
        If a point is not in Great Britain, or longitude and latitude are swapped.
    """
    x, y = _paired(lon, lat)
    _require_great_britain(x, y)
    return _transform(WGS84, NATIONAL_GRID, x, y)


def points_to_wgs84(easting_m: ArrayLike, northing_m: ArrayLike) -> Coordinates:
    """Turn eastings and northings into longitudes and latitudes.

    Parameters
    ----------
    easting_m : eastings in metres (EPSG:27700); NaN where missing.
    northing_m : northings in metres (EPSG:27700); NaN where missing.

    Returns
    -------
    Longitudes and latitudes in degrees (WGS 84), NaN where either was missing.

    Raises
    ------
    CoordinateError
        If a point is off the National Grid or not in Great Britain.
    """
    x, y = _paired(easting_m, northing_m)
    _require_on_grid(x, y)
    lon, lat = _transform(NATIONAL_GRID, WGS84, x, y)
    _require_great_britain(lon, lat)
    return lon, lat


def are_in_great_britain(lon: ArrayLike, lat: ArrayLike) -> NDArray[np.bool_]:
    """Tell which longitudes and latitudes (WGS 84, degrees) are in Great Britain.

    Parameters
    ----------
    lon, lat : in degrees; a missing one is nowhere.
    """
    return _inside(*_paired(lon, lat))


def are_on_national_grid(easting_m: ArrayLike, northing_m: ArrayLike) -> NDArray[np.bool_]:
    """Tell which eastings and northings are on the National Grid and in Great Britain.

    Parameters
    ----------
    easting_m, northing_m : in metres (EPSG:27700); a missing one is nowhere.
    """
    x, y = _paired(easting_m, northing_m)
    is_on_grid = (x >= 0) & (y >= 0) & (x <= _GRID_LIMITS_M[0]) & (y <= _GRID_LIMITS_M[1])
    found = np.zeros(len(x), dtype=np.bool_)
    found[is_on_grid] = _inside(*_transform(NATIONAL_GRID, WGS84, x[is_on_grid], y[is_on_grid]))
    return found


def to_national_grid(frame: Spatial) -> Spatial:
    """Give the same shapes on the National Grid.

    Parameters
    ----------
    frame : shapes in Great Britain in any declared CRS.

    Returns
    -------
    The same rows in EPSG:27700.

    Raises
    ------
    CoordinateError
        If the CRS is not declared, the coordinates do not suit it or are swapped, or a shape
        lies outside Great Britain.
    """
    require_great_britain(frame)
    return frame if is_national_grid(frame) else frame.to_crs(NATIONAL_GRID)


def to_wgs84(frame: Spatial) -> Spatial:
    """Give the same shapes in longitude and latitude, for drawing and for GeoJSON.

    Parameters
    ----------
    frame : shapes in Great Britain in any declared CRS.

    Returns
    -------
    The same rows in EPSG:4326, x being longitude.

    Raises
    ------
    CoordinateError
        If the CRS is not declared, the coordinates do not suit it or are swapped, or a shape
        lies outside Great Britain.
    """
    require_great_britain(frame)
    return frame.to_crs(WGS84)


def is_national_grid(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> bool:
    """Tell whether the shapes are declared to be on the National Grid."""
    return frame.crs is not None and bool(frame.crs == CRS(NATIONAL_GRID))


def require_national_grid(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Stop unless the shapes are declared to be on the National Grid.

    Parameters
    ----------
    frame : shapes about to be measured.

    Raises
    ------
    CoordinateError
        If the CRS is missing or another one, since metres would then not be metres.
    """
    if not is_national_grid(frame):
        raise CoordinateError(
            f"The CRS is {_name(frame)}.",
            expected="The National Grid (EPSG:27700) was expected, so that lengths are metres.",
            action="Convert with mapper.geography.crs.to_national_grid first.",
        )


def require_great_britain(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Stop unless every shape lies in Great Britain, reading its coordinates as declared.

    Parameters
    ----------
    frame : shapes in any declared CRS; missing and empty shapes are passed over.

    Raises
    ------
    CoordinateError
        If the CRS is not declared, the coordinates do not suit it or are swapped, or a shape
        lies outside Great Britain.
    """
    if frame.crs is None:
        raise CoordinateError(
            "The CRS is not declared.",
            expected="EPSG:4326 or EPSG:27700 was expected.",
            action="Save the file again with its CRS (for a shapefile: with its .prj).",
        )
    corners = frame.geometry.bounds.to_numpy(dtype=np.float64)
    x, y = corners[:, [0, 2]].ravel(), corners[:, [1, 3]].ravel()
    if is_national_grid(frame):
        _require_on_grid(x, y)
    if frame.crs.is_geographic:
        _require_degrees(x, y, _name(frame))
    _require_great_britain(*_transform(frame.crs, WGS84, x, y))


def _require_on_grid(x: NDArray[np.float64], y: NDArray[np.float64]) -> None:
    bad = (x < 0) | (y < 0) | (x > _GRID_LIMITS_M[0]) | (y > _GRID_LIMITS_M[1]) | np.isinf(x + y)
    if not bad.any():
        return
    at = int(np.argmax(bad))
    if _inside(x[at : at + 1], y[at : at + 1])[0] or _inside(y[at : at + 1], x[at : at + 1])[0]:
        raise CoordinateError(
            f"The point ({x[at]:g}, {y[at]:g}) looks like degrees, not metres.",
            expected="Eastings and northings on the National Grid (EPSG:27700) were expected.",
            action="Declare the CRS that the coordinates are in (EPSG:4326).",
        )
    raise CoordinateError(
        f"The point ({x[at]:g}, {y[at]:g}) is off the National Grid.",
        expected="An easting from 0 to 700,000 and a northing from 0 to 1,300,000 were expected.",
        action="Check the coordinates and their CRS.",
    )


def _require_degrees(x: NDArray[np.float64], y: NDArray[np.float64], name: str) -> None:
    bad = (np.abs(x) > 180) | (np.abs(y) > 180)  # noqa: PLR2004  (half a turn)
    if bad.any():
        at = int(np.argmax(bad))
        raise CoordinateError(
            f"The point ({x[at]:g}, {y[at]:g}) is not in degrees, though the CRS is {name}.",
            expected="Longitudes and latitudes were expected.",
            action="Declare the CRS that the coordinates are in (EPSG:27700 if metres).",
        )


def _require_great_britain(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> None:
    bad = ~(_inside(lon, lat) | np.isnan(lon) | np.isnan(lat))
    if not bad.any():
        return
    at = int(np.argmax(bad))
    if _inside(lat[at : at + 1], lon[at : at + 1])[0]:
        raise CoordinateError(
            f"Longitude {lon[at]:g} and latitude {lat[at]:g} are swapped.",
            expected="Longitude first (x), then latitude (y), was expected.",
            action="Swap the two columns, or save the file in x, y order.",
        )
    raise CoordinateError(
        f"Longitude {lon[at]:g}, latitude {lat[at]:g} is not in Great Britain.",
        expected="A place in England, Scotland or Wales was expected.",
        action="Check the coordinates, their order and their CRS.",
    )


def _inside(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(shapely.contains_xy(_GREAT_BRITAIN, lon, lat), dtype=np.bool_)


def _paired(x: ArrayLike, y: ArrayLike) -> Coordinates:
    """Read two columns as floats of one shape, missing in both where missing in either."""
    a, b = np.broadcast_arrays(np.atleast_1d(np.asarray(x, float)), np.asarray(y, float))
    missing = np.isnan(a) | np.isnan(b)
    return np.where(missing, np.nan, a), np.where(missing, np.nan, b)


def _transform(
    source: object, target: object, x: NDArray[np.float64], y: NDArray[np.float64]
) -> Coordinates:
    # pyproj answers inf for what it cannot place, NaN included.
    a, b = _transformer(CRS(source), CRS(target)).transform(x, y)
    missing = np.isnan(x) | np.isnan(y)
    return np.where(missing, np.nan, a), np.where(missing, np.nan, b)


@cache
def _transformer(source: CRS, target: CRS) -> Transformer:
    return Transformer.from_crs(source, target, always_xy=True)


def _name(frame: gpd.GeoDataFrame | gpd.GeoSeries) -> str:
    return "not declared" if frame.crs is None else str(frame.crs.to_string())
