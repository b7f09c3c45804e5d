"""Every file of real public data goes in by the upload, as an analyst would send it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from werkzeug import test

from tests.integration.web.reader import Reader, settled
from tests.integration.web.test_loading import press, upload

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

MONTHS = {f"police/{month}-hampshire-street.csv.gz" for month in ("2018-10", "2025-08")}
"""One month with the codes of 2011 and one with those of 2021; the command line loads them all."""
ORDER: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("boundaries/lad25_dissolved_from_wd25_hips.geojson", "boundaries", {}),
    ("boundaries/lsoa11_bgc_hips.geojson", "boundaries", {}),
    ("boundaries/lsoa21_bgc_hips.geojson", "boundaries", {}),
    ("boundaries/msoa21_bgc_hips.geojson", "boundaries", {}),
    ("boundaries/wd25_bgc_hips.geojson", "boundaries", {}),
    ("boundaries/lad24_buc_hips.geojson", "boundaries", {}),
    ("lookups/postcodes_onspd_2025_hips.csv.gz", "lookups", {}),
    ("lookups/lsoa11_lsoa21_lad22_hips.csv", "lookups", {}),
    ("lookups/lsoa21_wd24_lad24_bestfit_hips.csv", "lookups", {}),
    ("lookups/lsoa21_ruc21_hips.csv", "lookups", {}),
    ("lookups/msoa21_names_hips.csv", "lookups", {}),
    ("lookups/lad24_csp24_pfa24_hips.csv", "lookups", {}),
    ("population/census2021_usual_residents_6_age_bands_lsoa21_hips.csv", "population", {}),
    ("population/mid2020_single_year_age_lsoa11_hips.csv", "population", {}),
    ("deprivation/imd2019_ranks_deciles_lsoa11_hips.csv", "deprivation", {}),
    ("deprivation/imd2025_ranks_deciles_scores_lsoa21_hips.csv", "deprivation", {}),
    ("deprivation/imd2025_indicators_lsoa21_hips.csv", "deprivation", {}),
    *((name, "violence", {}) for name in sorted(MONTHS)),
    ("organisations/charities_sample_hips.csv", "organisations", {}),
    ("organisations/charities_top2000_hips.csv", "organisations", {}),
    ("organisations/public_libraries_2023_hampshire_southampton.csv", "organisations", {}),
    ("organisations/schools_gias_hampshire_southampton.csv", "organisations", {}),
    ("openreferral/oruk_v3_example_organization_full.json", "organisations", {}),
    ("openreferral/oruk_v3_example_service_full.json", "organisations", {}),
    (
        "activities/portsmouth_mobile_library_stops_2019.csv",
        "activities",
        {"lead": "Portsmouth Library Service"},
    ),
)


@pytest.fixture(autouse=True)
def bodies_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is sent in memory: the test client leaves the file of a large body open."""
    whole = partial(test.stream_encode_multipart, use_tempfile=False)
    monkeypatch.setattr(test, "stream_encode_multipart", whole)


def test_every_file_goes_in_and_the_examples_without_a_place_say_why_not(
    loader: Reader, real_data: Path
) -> None:
    there = {str(path.relative_to(real_data)) for path in real_data.rglob("*.*") if path.is_file()}
    months = {name for name in there if name.startswith("police/")}
    assert {name for name, *_ in ORDER} == there - months - {"SOURCES.md"} | MONTHS
    for name, kind, given in ORDER:
        text = _sent(loader, real_data / name, kind, given)
        if name.startswith("openreferral/"):
            assert "There is neither a place that could be found nor an area served" in text, name
        else:
            assert "Loaded" in text, f"{name}: {text}"
            assert kind == "boundaries" or "; 0 rows with errors." in text, f"{name}: {text}"


def _sent(loader: Reader, path: Path, kind: str, given: dict[str, Any]) -> str:
    """Upload a file, take the columns as they were guessed, load it, and read what became of it."""
    page = settled(loader, upload(loader, path.read_bytes(), path.name, kind, **given))
    if page.heading == "What the columns hold":
        page = settled(loader, press(loader, page, "columns"))
    if page.heading == "Check before loading":
        page = settled(loader, press(loader, page, "load"))
    return page.text
