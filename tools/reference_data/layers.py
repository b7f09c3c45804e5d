"""The three layers as they are shipped: names, parents and centres beside each polygon."""

import geopandas as gpd
import pandas as pd

from mapper.domain.area import HIPS_LADS
from tools.reference_data.cells import merge_pieces


def lsoa_layer(
    pieces: gpd.GeoDataFrame, directory: pd.DataFrame, lookup: pd.DataFrame
) -> gpd.GeoDataFrame:
    """Describe each LSOA of 2011.

    Parameters
    ----------
    pieces : the pieces to merge.
    directory : the HIPS postcodes.
    lookup : the ONS look-up, for names and MSOAs.

    Returns
    -------
    One row an LSOA: area_code, area_name, msoa_code, msoa_name, lad_code, ward_code (the ward
    of most of its live postcodes), centre_easting_m, centre_northing_m, geometry.
    """
    names = lookup.drop_duplicates("lsoa11cd").set_index("lsoa11cd")
    names.columns = pd.Index(["area_name", "msoa_code", "msoa_name", "lad_code", "doterm"])
    layer = merge_pieces(pieces, "lsoa11_code").set_index("area_code")
    layer = layer.join(names[["area_name", "msoa_code", "msoa_name"]].astype("str"))
    layer = layer.join(_best_fit_wards(directory)).join(_centres(directory, "lsoa11_code"))
    columns = ["area_name", "msoa_code", "msoa_name", "lad_code", "ward_code"]
    return _ordered(layer, columns)


def ward_layer(
    pieces: gpd.GeoDataFrame, directory: pd.DataFrame, names: "pd.Series[str]"
) -> gpd.GeoDataFrame:
    """Describe each ward of May 2025.

    Parameters
    ----------
    pieces : the pieces to merge.
    directory : the HIPS postcodes.
    names : ward names by code.

    Returns
    -------
    One row a ward: area_code, area_name, lad_code, centre_easting_m, centre_northing_m,
    geometry.
    """
    layer = merge_pieces(pieces, "ward_code").set_index("area_code")
    layer = layer.join(names).join(_centres(directory, "ward_code"))
    return _ordered(layer, ["area_name", "lad_code"])


def lad_layer(pieces: gpd.GeoDataFrame, directory: pd.DataFrame) -> gpd.GeoDataFrame:
    """Describe each district.

    Parameters
    ----------
    pieces : the pieces to merge.
    directory : the HIPS postcodes.

    Returns
    -------
    One row a district: area_code, area_name, lad_code (its own), centre_easting_m,
    centre_northing_m, geometry.
    """
    layer = merge_pieces(pieces, "lad_code").set_index("area_code")
    names = pd.Series({str(code): name for code, name in HIPS_LADS.items()}, name="area_name")
    return _ordered(
        layer.join(names).join(_centres(directory, "lad_code")), ["area_name", "lad_code"]
    )


def _best_fit_wards(directory: pd.DataFrame) -> "pd.Series[str]":
    live = directory.loc[~directory["is_terminated"], ["lsoa11_code", "ward_code"]].astype("str")
    wards = live.groupby("lsoa11_code")["ward_code"].agg(lambda codes: codes.mode().iloc[0])
    return wards.rename_axis("area_code")


def _centres(directory: pd.DataFrame, code: str) -> pd.DataFrame:
    """Find the mean point of an area's live postcodes, which is where its people are."""
    live = directory[~directory["is_terminated"]].astype({code: "str"})
    means = live.groupby(code)[["easting_m", "northing_m"]].mean().round().astype("int32")
    return means.add_prefix("centre_").rename_axis("area_code")


def _ordered(layer: gpd.GeoDataFrame, columns: list[str]) -> gpd.GeoDataFrame:
    rows = layer.sort_index().reset_index()
    return rows[["area_code", *columns, "centre_easting_m", "centre_northing_m", "geometry"]]
