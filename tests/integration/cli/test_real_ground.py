"""The real look-ups, deprivation and residents, from their files to what they settle."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import text

from mapper.domain.area import AreaType
from mapper.domain.period import Month, Period
from mapper.geography.place_counts import BY_CODE, BY_LOOKUP, BY_NEAREST_PART, BY_POINT_IN_PARTS
from mapper.store.areas import area_frame
from mapper.store.frames import lsoas, violence
from mapper.store.session import open_store
from tests.command_line import CommandLine

pytestmark = pytest.mark.slow
FOLDERS = (("lookups", "lookups"), ("deprivation", "deprivation"), ("population", "population"))


@pytest.fixture(scope="module")
def loaded(
    initialised_file: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database with every real file of the ground, and two months of crime."""
    path = tmp_path_factory.mktemp("ground") / "ground.sqlite"
    shutil.copy(initialised_file, path)
    mapper = CommandLine(f"sqlite:///{path}")
    for kind, folder in FOLDERS:
        told = mapper("ingest", kind, real_data / folder)
        assert (told.status, told.err) == (0, ""), kind
    boundaries = real_data / "boundaries" / "lsoa21_bgc_hips.geojson"
    assert mapper("boundaries", "import", boundaries).status == 0
    for month in ("2018-10", "2025-01"):
        police = real_data / "police" / f"{month}-hampshire-street.csv.gz"
        assert mapper("ingest", "violence", police).status == 0
    return path


def test_every_file_again_changes_nothing(loaded: Path, real_data: Path, tmp_path: Path) -> None:
    mapper = CommandLine(f"sqlite:///{shutil.copy(loaded, tmp_path / 'again.sqlite')}")
    for kind, folder in FOLDERS:
        told = mapper("ingest", kind, real_data / folder)
        files = len(list((real_data / folder).iterdir()))
        assert told.out.count("nothing was changed") == files, kind


def test_blanks_of_the_indicators_are_missing(loaded: Path) -> None:
    store = open_store(f"sqlite:///{loaded}")
    query = "SELECT kind, edition, vintage, count(*) FROM deprivation_figures GROUP BY 1, 2, 3"
    with store.reading() as session:
        found = {tuple(row[:3]): row[3] for row in session.execute(text(query))}
    store.dispose()
    assert found == {
        ("rank", 2019, "2011"): 1194 * 8, ("decile", 2019, "2011"): 1194 * 8,
        ("rank", 2025, "2021"): 1231 * 8, ("decile", 2025, "2021"): 1231 * 8,
        ("score", 2025, "2021"): 1231 * 8, ("indicator", 2025, "2021"): 1231 * 28 - 73,
    }  # fmt: skip


def test_areas_that_came_after_the_class_are_urban_or_rural_by_it(loaded: Path) -> None:
    store = open_store(f"sqlite:///{loaded}")
    with store.reading() as session:
        areas = area_frame(session, AreaType.LSOA, "2021")
    store.dispose()
    assert int(areas["is_urban"].sum()) == 964 + 72


@pytest.mark.parametrize(
    ("month", "vintage", "expected"),
    [
        (Month(2018, 10), "2021", {BY_CODE: 13_275, BY_POINT_IN_PARTS: 820, BY_NEAREST_PART: 34}),
        (Month(2025, 1), "2011", {BY_CODE: 12_488, BY_LOOKUP: 982}),
    ],
)
def test_counts_of_another_vintage_go_by_the_look_up(
    loaded: Path, month: Month, vintage: str, expected: dict[str, int]
) -> None:
    store = open_store(f"sqlite:///{loaded}")
    with store.reading() as session:
        counts = violence(session, lsoas(session, vintage), Period(month, month.plus(1)))
    store.dispose()
    assert counts.groupby("method")["count"].sum().to_dict() == expected
