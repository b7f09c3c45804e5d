"""Counts by district and crime type, after the database, are the published ones."""

from pathlib import Path

import pandas as pd
import pytest

from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.options import Services
from mapper.ingest.reference import import_boundaries, load_reference
from mapper.ingest.run import ingest
from mapper.store.frames import lsoas, violence
from mapper.store.session import Store

ROOT = Path(__file__).resolve().parents[3]
KEYS = ["lad_code", "month", "crime_type"]


def _direct(real_data: Path) -> dict[tuple[str, str, str], int]:
    """Count the files themselves, each row by its own code."""
    lookup = pd.read_csv(real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv")
    districts = pd.concat(
        [lookup.set_index("LSOA11CD")["LAD22CD"], lookup.set_index("LSOA21CD")["LAD22CD"]]
    )
    districts = districts[~districts.index.duplicated()]
    files = sorted((real_data / "police").glob("*.csv.gz"))
    rows = pd.concat(pd.read_csv(each) for each in files)
    return rows.groupby([rows["LSOA code"].map(districts), "Month", "Crime type"]).size().to_dict()


@pytest.mark.slow
@pytest.mark.parametrize("look_up", [False, True], ids=["by point", "by look-up"])
@pytest.mark.parametrize("vintage", ["2011", "2021"])
def test_every_month_totals_as_published_by_district_and_type(
    vintage: str, store: Store, real_data: Path, *, look_up: bool
) -> None:
    postcodes = PostcodeDirectory.load()
    load_reference(store, ROOT / "data")
    if look_up:
        ingest(store, SourceKind.LOOKUPS, [real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv"])
    if vintage == "2021":
        import_boundaries(store, real_data / "boundaries" / "lsoa21_bgc_hips.geojson", postcodes)
    ingest(store, SourceKind.VIOLENCE, [real_data / "police"], services=Services(postcodes))
    with store.reading() as session:
        areas = lsoas(session, vintage)
        period = Period(Month(2018, 1), Month(2026, 1))
        counts = violence(session, areas, period)
    kept = counts.assign(lad_code=counts["area_code"].map(areas["lad_code"]))
    assert kept.groupby(KEYS)["count"].sum().to_dict() == _direct(real_data)
