"""Each publisher's format, from its file into a database."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from mapper.domain.source import SourceKind
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.faults.issues import Severity
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.report import AllRefusedError, FileStatus, IngestReport
from mapper.ingest.run import ingest
from mapper.store.session import Store

DATA = Path(__file__).parents[2] / "data"

Load = Callable[..., IngestReport]


@pytest.fixture(scope="module")
def postcodes() -> PostcodeDirectory:
    return PostcodeDirectory.load()


@pytest.fixture
def load(store: Store, postcodes: PostcodeDirectory) -> Load:
    def one(*paths: Path, **options: object) -> IngestReport:
        choices = IngestOptions(**options)  # type: ignore[arg-type]
        services = Services(postcodes)
        return ingest(store, SourceKind.ORGANISATIONS, paths, choices, services=services)

    return one


@pytest.mark.parametrize(
    ("name", "source_name", "new"),
    [
        ("map_places_overpass.json", "map places overpass", 7),
        ("map_places.geojson", "map places", 4),
        ("referral_v1_page.json", "referral v1 page", 2),
        ("referral_folder", "referral folder", 1),
        ("grants_360giving.json", "grants 360giving", 2),
        ("grants_360giving.csv", "grants 360giving", 1),
        ("charity_register", "publicextract charity", 5),
        ("charity_register.txt", "charity register", 4),
    ],
)
def test_a_format_is_loaded_under_its_name_and_a_second_time_changes_nothing(
    name: str, source_name: str, new: int, load: Load
) -> None:
    (first,) = load(DATA / name).files
    assert (first.status, first.source_name, first.new) == (FileStatus.LOADED, source_name, new)
    (again,) = load(DATA / name).files
    assert again.status is FileStatus.UNCHANGED


def test_the_licence_of_the_map_is_kept(load: Load, store: Store) -> None:
    load(DATA / "map_places.geojson")
    with store.reading() as session:
        rows = session.execute(text("SELECT licence, attribution FROM sources")).all()
    assert "Open Database License" in rows[0][0]
    assert "OpenStreetMap contributors" in rows[0][1]


def test_a_confirmed_mapping_is_kept_to(load: Load, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Wer,Wo\nMill,PO1 3AX\n", encoding="utf-8")
    (file,) = load(path, mapping={"name": "Wer", "postcode": "Wo"}).files
    assert (file.new, file.issue_counts[Severity.WARNING]) == (1, 0)


def test_a_file_of_elsewhere_leaves_nothing(load: Load, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "grants.csv"
    path.write_text(
        "Identifier,Recipient Org:Name,Recipient Org:Postal Code,Funding Org:Name\n1,A,LS1 1AA,F\n",
        encoding="utf-8",
    )
    with pytest.raises(AllRefusedError, match="placed in HIPS"):
        load(path)
    with store.reading() as session:
        assert session.execute(text("SELECT count(*) FROM sources")).scalar_one() == 0


def test_published_examples_without_a_place_are_refused_in_words(
    load: Load, real_data: Path
) -> None:
    with pytest.raises(AllRefusedError) as refusal:
        load(*sorted((real_data / "openreferral").iterdir()))
    report = refusal.value.report
    assert [file.issue_counts[Severity.ERROR] for file in report.files] == [1, 1]
    assert "neither a place that could be found nor an area served" in report.issues[-1].message
