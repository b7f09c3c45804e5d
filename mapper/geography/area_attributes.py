"""What boundary files do not say of an LSOA: where its people are, and what it nests in."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from mapper.geography.assign import assign_areas
from mapper.geography.crs import NATIONAL_GRID


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The layers that areas are related to.

    Parameters
    ----------
    wards, lads : indexed by `area_code`, National Grid.
    urban_reference : LSOAs of another vintage whose `is_urban` is known; may be empty.
    postcodes : live postcodes: `easting_m`, `northing_m`, `ward_code`, `lad_code`.
    """

    wards: gpd.GeoDataFrame
    lads: gpd.GeoDataFrame
    urban_reference: gpd.GeoDataFrame
    postcodes: pd.DataFrame


def area_attributes(areas: gpd.GeoDataFrame, surroundings: Surroundings) -> pd.DataFrame:
    """Work out where people are in each area, and the ward and authority it belongs to.

    The centre is the mean of the live postcodes in the area, which stands for its
    population-weighted point; without a postcode it is a point inside the polygon. The ward
    is that of most of its postcodes (best fit), the authority the one that holds the centre,
    and an area is urban when the area of the reference vintage that holds its centre is.

    Parameters
    ----------
    areas : indexed by `area_code`, National Grid.
    surroundings : the layers to relate them to.

    Returns
    -------
    Indexed as `areas`: `centre_easting_m`, `centre_northing_m`, `ward_code`, `lad_code`
    (empty where none holds it), `is_urban`.
    """
    inside = _postcodes_inside(areas, surroundings.postcodes)
    centres = _centres(areas, inside)
    # As text: a category could not say that an area without postcodes has no ward.
    by_area = inside.astype({"ward_code": "str"}).groupby("area_code")
    wards = by_area["ward_code"].agg(_commonest)
    found = centres.drop(columns="geometry")
    ward_at_centre = _holder(centres, surroundings.wards)
    found["ward_code"] = wards.reindex(areas.index).fillna(ward_at_centre).fillna("")
    found["lad_code"] = _holder(centres, surroundings.lads).fillna("")
    found["is_urban"] = _is_urban(centres, surroundings.urban_reference)
    return pd.DataFrame(found)


def _postcodes_inside(areas: gpd.GeoDataFrame, postcodes: pd.DataFrame) -> pd.DataFrame:
    points = gpd.GeoSeries(
        gpd.points_from_xy(postcodes["easting_m"], postcodes["northing_m"]),
        index=postcodes.index,
        crs=NATIONAL_GRID,
    )
    held = assign_areas(points, areas, nearest_within_m=0)
    return postcodes.assign(area_code=held["area_code"]).dropna(subset="area_code")


def _centres(areas: gpd.GeoDataFrame, inside: pd.DataFrame) -> gpd.GeoDataFrame:
    means = inside.groupby("area_code")[["easting_m", "northing_m"]].mean().reindex(areas.index)
    fallback = areas.geometry.representative_point()
    eastings = means["easting_m"].fillna(fallback.x)
    northings = means["northing_m"].fillna(fallback.y)
    columns = {"centre_easting_m": eastings.round(1), "centre_northing_m": northings.round(1)}
    points = gpd.points_from_xy(eastings, northings)
    return gpd.GeoDataFrame(columns, index=areas.index, geometry=points, crs=NATIONAL_GRID)


def _commonest(codes: "pd.Series[str]") -> str:
    """The code that stands most often, the lowest where several do."""
    return str(codes.astype("str").value_counts().sort_index().idxmax())


def _holder(centres: gpd.GeoDataFrame, areas: gpd.GeoDataFrame) -> "pd.Series[str]":
    if areas.empty:
        return pd.Series(None, index=centres.index, dtype=object)
    holders: pd.Series[str] = assign_areas(centres.geometry, areas)["area_code"]
    return holders


def _is_urban(
    centres: gpd.GeoDataFrame, reference: gpd.GeoDataFrame
) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    # Where nothing is known an area counts as urban: the smaller catchment claims less.
    if reference.empty:
        return np.ones(len(centres), dtype=np.bool_)
    holders = _holder(centres, reference)
    known: pd.Series[bool] = holders.map(reference["is_urban"])
    return known.fillna(value=True).to_numpy(dtype=np.bool_)
