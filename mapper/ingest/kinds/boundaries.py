"""From a boundary file to a layer of areas, ready to be kept."""

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from mapper.domain.area import HIPS_LADS, AreaType
from mapper.domain.counted import counted
from mapper.errors import BoundaryError
from mapper.geography.area_attributes import Surroundings, area_attributes
from mapper.geography.assign import assign_areas
from mapper.geography.boundaries import Boundaries
from mapper.geography.postcode_directory import PostcodeDirectory

LAYER_COLUMNS = (
    "area_name",
    "lad_code",
    "msoa_code",
    "ward_code",
    "is_urban",
    "is_approximate",
    "centre_easting_m",
    "centre_northing_m",
    "geometry",
)


@dataclass(frozen=True, slots=True)
class Layer:
    """Areas of one level and vintage with everything that is kept of them.

    Parameters
    ----------
    level, vintage : of the areas.
    areas : indexed by `area_code`, National Grid, with `LAYER_COLUMNS`.
    notes : sentences for whoever loads them: repairs, areas left out, areas that do not nest.
    """

    level: AreaType
    vintage: str
    areas: gpd.GeoDataFrame
    notes: tuple[str, ...]


def live_postcodes(directory: PostcodeDirectory) -> pd.DataFrame:
    """List the postcodes in use with their points, wards and authorities."""
    rows = directory.table.iloc[: directory.postcode_count]
    columns = ["easting_m", "northing_m", "ward_code", "lad_code"]
    return pd.DataFrame(rows.loc[~rows["is_terminated"].astype(bool), columns])


def make_layer(boundaries: Boundaries, surroundings: Surroundings) -> Layer:
    """Complete the areas of a file, and leave out those outside HIPS.

    Parameters
    ----------
    boundaries : as read from the file.
    surroundings : the layers loaded so far.

    Raises
    ------
    BoundaryError
        When none of the areas lies in HIPS.
    """
    areas = boundaries.frame
    found = area_attributes(areas, surroundings)
    named = areas["lad_code"].fillna("") if "lad_code" in areas else pd.Series("", areas.index)
    layer = areas[["area_name", "geometry"]].join(found)
    layer["lad_code"] = named.where(named != "", layer["lad_code"])
    if boundaries.level is AreaType.LAD:
        layer["lad_code"] = layer.index
    if boundaries.level is not AreaType.LSOA:
        layer["ward_code"] = ""
    layer["msoa_code"], layer["is_approximate"] = "", False
    inside = layer["lad_code"].isin([str(code) for code in HIPS_LADS])
    if not inside.any():
        raise BoundaryError(
            f"None of the {len(areas)} areas in the file lies in HIPS.",
            expected="Areas of Hampshire, Isle of Wight, Portsmouth and Southampton.",
            action="Choose the file for England, or for these authorities.",
        )
    notes = (*boundaries.repairs, *_astray(layer[inside], found), *_left_out(int((~inside).sum())))
    kept = gpd.GeoDataFrame(layer.loc[inside, list(LAYER_COLUMNS)], crs=areas.crs)
    return Layer(boundaries.level, boundaries.vintage, kept.sort_index(), notes)


def _astray(layer: pd.DataFrame, found: pd.DataFrame) -> tuple[str, ...]:
    """Say which areas lie in another authority than the one their file gives."""
    held = found["lad_code"].reindex(layer.index)
    rows = pd.DataFrame(layer[["area_name", "lad_code"]]).assign(held=held)
    astray = rows[(rows["held"] != "") & (rows["held"] != rows["lad_code"])]
    return tuple(
        f"{code} {name}: the file puts it in {given}, its middle lies in {holder}; "
        "the file's own code is kept."
        for code, (name, given, holder) in zip(astray.index, astray.to_numpy(), strict=True)
    )


def _left_out(count: int) -> tuple[str, ...]:
    areas = counted(count, "area outside HIPS was", "areas outside HIPS were")
    return (f"{areas} left out.",) if count else ()


def msoa_links(lsoas: gpd.GeoDataFrame, msoas: gpd.GeoDataFrame) -> pd.DataFrame:
    """Find the MSOA that holds each LSOA; in one vintage they nest exactly.

    Parameters
    ----------
    lsoas, msoas : of one vintage, indexed by `area_code`, National Grid.

    Returns
    -------
    Indexed by LSOA code: `msoa_code`, empty where none holds it.
    """
    inside = gpd.GeoSeries(lsoas.geometry.representative_point(), crs=lsoas.crs)
    held = assign_areas(inside, msoas)["area_code"]
    return held.fillna("").rename("msoa_code").to_frame()


def ward_links(
    lsoas: gpd.GeoDataFrame, wards: gpd.GeoDataFrame, surroundings: Surroundings
) -> pd.DataFrame:
    """Find the ward that fits each LSOA best, for LSOAs whose ward is not among those loaded.

    Returns
    -------
    Indexed by LSOA code: `ward_code`.
    """
    stale = lsoas[~lsoas["ward_code"].isin(wards.index)]
    if stale.empty:
        return pd.DataFrame(columns=["ward_code"])
    return area_attributes(stale, surroundings)[["ward_code"]]
