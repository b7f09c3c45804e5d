"""The whole thread on the real public data: from its files to a gap report."""

import csv
import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from tests.command_line import CommandLine

pytestmark = pytest.mark.slow
MONTHS = [f"2025-0{month}" for month in range(1, 10)]
PERIOD = ("--from", "2025-01", "--to", "2025-10")
ORGANISATIONS = (
    "charities_sample_hips.csv",
    "public_libraries_2023_hampshire_southampton.csv",
    "schools_gias_hampshire_southampton.csv",
)


def read_csv(text: str) -> list[dict[str, str]]:
    """The rows of a CSV."""
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def loaded_file(
    initialised_file: Path, real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A database with the nine months of 2025, the organisations and two runs."""
    path = tmp_path_factory.mktemp("real") / "real.sqlite"
    shutil.copy(initialised_file, path)
    mapper = CommandLine(f"sqlite:///{path}")
    police = [real_data / "police" / f"{month}-hampshire-street.csv.gz" for month in MONTHS]
    assert mapper("ingest", "violence", *police).status in {0, 1}
    for name in ORGANISATIONS:
        told = mapper("ingest", "organisations", real_data / "organisations" / name)
        assert told.status in {0, 1}, told.err
    return path


@pytest.fixture(scope="module")
def mapper(loaded_file: Path) -> CommandLine:
    """The command line on it."""
    return CommandLine(f"sqlite:///{loaded_file}")


@pytest.fixture(scope="module")
def warned(mapper: CommandLine) -> str:
    """What analysing all nine months says."""
    told = mapper("analyse", "--publish", *PERIOD)
    assert (told.status, told.err) == (0, "")
    return told.out


def direct(real_data: Path) -> dict[tuple[str, str], int]:
    """Count the files themselves, each row by its own code, through the published lookup."""
    lookup = pd.read_csv(real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv")
    districts = pd.concat(
        [lookup.set_index("LSOA11CD")["LAD22CD"], lookup.set_index("LSOA21CD")["LAD22CD"]]
    )
    districts = districts[~districts.index.duplicated()]
    rows = pd.concat(
        pd.read_csv(
            real_data / "police" / f"{month}-hampshire-street.csv.gz",
            usecols=["LSOA code", "Crime type"],
        )
        for month in MONTHS
    )
    return rows.groupby([rows["LSOA code"].map(districts), "Crime type"]).size().to_dict()


def test_violence_by_authority_is_what_the_files_say(mapper: CommandLine, real_data: Path) -> None:
    rows = read_csv(mapper("list", "violence", "--by", "lad", "--csv").out)
    listed = {(row["area_code"], row["crime_type"]): int(row["count"]) for row in rows}
    assert listed == direct(real_data)


@pytest.mark.parametrize("level", ["ward", "lsoa", "month"])
def test_every_other_way_of_counting_adds_up_to_the_same(
    mapper: CommandLine, real_data: Path, level: str
) -> None:
    rows = read_csv(mapper("list", "violence", "--by", level, "--csv").out)
    assert sum(int(row["count"]) for row in rows) == sum(direct(real_data).values())


def test_the_organisations_of_three_shapes_of_file_are_in_one_directory(
    mapper: CommandLine, real_data: Path
) -> None:
    rows = read_csv(mapper("list", "organisations", "--csv").out)
    files = [pd.read_csv(real_data / "organisations" / name) for name in ORGANISATIONS]
    assert 0.95 * sum(map(len, files)) <= len(rows) <= sum(map(len, files))
    assert {"charity", "library", "school or college"} <= {row["kind"] for row in rows}


def test_no_organisation_that_runs_a_refuge_is_shown_exactly(mapper: CommandLine) -> None:
    rows = read_csv(mapper("list", "organisations", "--csv").out)
    exact = {row["name"] for row in rows if row["exactness"] == "exact"}
    assert [name for name in exact if "refuge" in name.lower() and "aid" in name.lower()] == []


def test_analysing_all_months_warns_of_august(warned: str) -> None:
    assert "Warning: 2025-08" in warned


def test_leaving_august_out_silences_the_warning_and_lowers_the_rates(
    mapper: CommandLine, warned: str, tmp_path: Path
) -> None:
    assert "2025-08" in warned
    mapper("report", "Havant", "--format", "json", "--out", tmp_path / "with")
    told = mapper("analyse", "--publish", *PERIOD, "--exclude", "2025-08")
    mapper("report", "Havant", "--format", "json", "--out", tmp_path / "without")
    name = "gap-report-E07000090.json"
    with_, without = (
        json.loads((tmp_path / folder / name).read_text("utf-8")) for folder in ("with", "without")
    )
    assert (told.status, "2025-08" in told.out.partition("Warning")[2]) == (0, False)
    assert any("August 2025" in note for note in with_["provenance"]["notes"])
    assert any("is left out" in note for note in without["provenance"]["notes"])
    rates = [
        pd.DataFrame(each["areas"]["rows"])["crude_rate_per_1000"].mean()
        for each in (with_, without)
    ]
    assert rates[1] < rates[0]


def test_the_report_of_havant_holds_its_small_areas_by_rank(
    mapper: CommandLine, warned: str, tmp_path: Path
) -> None:
    assert warned
    for form in ("html", "json", "csv"):
        told = mapper("report", "havant", "--format", form, "--out", tmp_path)
        assert told.status == 0
    rows = read_csv((tmp_path / "gap-report-E07000090.csv").read_text("utf-8"))
    assert len(rows) == 78
    ranks = [int(row["rank"]) for row in rows if row["rank"].isdigit()]
    assert ranks == sorted(ranks)
    page = (tmp_path / "gap-report-E07000090.html").read_text("utf-8")
    shown = [row["area_code"] for row in rows if f"<td>{row['area_code']}</td>" in page]
    assert shown == [row["area_code"] for row in rows]
    whole = json.loads((tmp_path / "gap-report-E07000090.json").read_text("utf-8"))
    assert [row["area_code"] for row in whole["areas"]["rows"]] == [
        row["area_code"] for row in rows
    ]


def test_official_boundaries_and_both_sets_of_residents_load_over_the_shipped_ones(
    loaded_file: Path, real_data: Path, tmp_path: Path
) -> None:
    own = CommandLine(f"sqlite:///{shutil.copy(loaded_file, tmp_path / 'official.sqlite')}")
    for layer in ("lad24_buc", "wd25_bgc", "msoa21_bgc", "lsoa11_bgc", "lsoa21_bgc"):
        told = own("boundaries", "import", real_data / "boundaries" / f"{layer}_hips.geojson")
        assert (told.status, told.err) == (0, ""), layer
    for file in sorted((real_data / "population").glob("*.csv")):
        assert own("ingest", "population", file).status == 0, file.name
    told = own("analyse", "--publish", *PERIOD, "--exclude", "2025-08")
    assert told.status == 0
    assert "LSOA 2021" in told.out
    rows = read_csv(own("list", "violence", "--by", "lad", "--csv").out)
    listed = {(row["area_code"], row["crime_type"]): int(row["count"]) for row in rows}
    assert listed == direct(real_data)
