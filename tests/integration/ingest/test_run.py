"""Files into a database: on SpatiaLite and on PostGIS."""

import gzip
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import text

from mapper.domain.source import SourceKind
from mapper.errors import PersonLevelDataError, SourceError
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.faults.issues import Severity
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.report import AllRefusedError, FileStatus, IngestReport
from mapper.ingest.reference import load_reference
from mapper.ingest.run import ingest
from mapper.store.session import Store
from mapper.store.sources import list_sources

ROOT = Path(__file__).resolve().parents[3]
HEADINGS = "Month,Longitude,Latitude,LSOA code,LSOA name,Crime type\n"
ROBBERY = "2025-01,-1.09,50.8,E01017013,Portsmouth 012A,Robbery\n"
STREET = "2025-01-hampshire-street.csv"

Load = Callable[..., IngestReport]


@pytest.fixture(scope="module")
def postcodes() -> PostcodeDirectory:
    return PostcodeDirectory.load()


@pytest.fixture
def load(store: Store, postcodes: PostcodeDirectory) -> Load:
    def one(kind: SourceKind, *paths: Path, **options: object) -> IngestReport:
        choices = IngestOptions(**options)  # type: ignore[arg-type]
        return ingest(store, kind, paths, choices, services=Services(postcodes))

    return one


def _write(folder: Path, name: str, content: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def _count(store: Store, table: str) -> int:
    with store.reading() as session:
        return int(session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())  # noqa: S608


def test_good_rows_are_saved_and_bad_ones_said(load: Load, store: Store, tmp_path: Path) -> None:
    path = _write(tmp_path, "groups.csv", "name,postcode\nMill,SO14 7LW\n,SO14 7LW\nB,hello\n")
    report = load(SourceKind.ORGANISATIONS, path)
    assert (report.files[0].status, report.files[0].new) == (FileStatus.LOADED, 1)
    assert (report.count(Severity.ERROR), report.count(Severity.WARNING)) == (2, 1)
    assert _count(store, "organisations") == 1


def test_a_row_whose_postcode_is_unknown_is_saved_only_for_the_area_it_serves(
    load: Load, store: Store, tmp_path: Path
) -> None:
    rows = "name,postcode,area served\nMill,hello,Havant\nPier,hello,\n"
    report = load(SourceKind.ORGANISATIONS, _write(tmp_path, "groups.csv", rows))
    assert [(issue.line, issue.severity) for issue in report.issues] == [
        (2, Severity.WARNING),
        (3, Severity.WARNING),
        (3, Severity.ERROR),
    ]
    assert _count(store, "organisations") == 1


def test_a_file_of_which_nothing_is_anywhere_is_refused(
    load: Load, store: Store, tmp_path: Path
) -> None:
    with pytest.raises(AllRefusedError, match=r"No row of groups\.csv could be saved"):
        load(SourceKind.ORGANISATIONS, _write(tmp_path, "groups.csv", "name,postcode\nA,hello\n"))
    assert _count(store, "organisations") == 0


def test_a_sector_or_a_square_is_kept_as_what_it_is(
    load: Load, store: Store, tmp_path: Path
) -> None:
    rows = "name,location,postcode\nMill,SU 42 12,\nPier,,PO1 3\nHall,,442100 112300\n"
    load(SourceKind.ORGANISATIONS, _write(tmp_path, "groups.csv", rows))
    with store.reading() as session:
        found = session.execute(text("SELECT precision FROM places ORDER BY precision")).scalars()
        assert list(found) == ["1 km square", "coordinates", "sector"]


def test_a_venue_of_the_directory_is_found_by_its_name_and_says_so(
    load: Load, store: Store, tmp_path: Path
) -> None:
    venue = "name,postcode\nMill Hall,SO14 7LW\n"
    load(SourceKind.ORGANISATIONS, _write(tmp_path, "venues.csv", venue))
    rows = (
        "title,lead,date,venue,radius\n"
        'Football,Youth Trust,06/01/2025,"Mill Hall, Southampton",5 miles\n'
        "Chess,Youth Trust,06/01/2025,Nowhere Hall,\n"
    )
    report = load(SourceKind.ACTIVITIES, _write(tmp_path, "activities.csv", rows))
    assert [(issue.line, issue.severity) for issue in report.issues] == [
        (2, Severity.NOTE),
        (3, Severity.ERROR),
    ]
    with store.reading() as session:
        kept = session.execute(text("SELECT found_by, served_radius_m FROM activities")).all()
        methods = session.execute(text("SELECT found_by FROM organisations ORDER BY id")).scalars()
        assert kept == [("venue in the directory", pytest.approx(8_046.72))]
        assert next(iter(methods)) == "postcode directory"


def test_a_refuge_is_never_found_by_the_name_of_a_venue(
    load: Load, store: Store, tmp_path: Path
) -> None:
    rows = "name,kind,postcode\nMill House,refuge,SO14 7LW\n"
    load(SourceKind.ORGANISATIONS, _write(tmp_path, "refuges.csv", rows))
    activity = "title,lead,date,venue\nTalk,Youth Trust,06/01/2025,Mill House\n"
    with pytest.raises(AllRefusedError):
        load(SourceKind.ACTIVITIES, _write(tmp_path, "activities.csv", activity))
    assert _count(store, "activities") == 0


def test_provenance_is_kept(load: Load, store: Store, tmp_path: Path) -> None:
    path = _write(tmp_path, STREET, HEADINGS + ROBBERY)
    load(SourceKind.VIOLENCE, path, loaded_by="an analyst")
    with store.reading() as session:
        (found,) = list_sources(session)
    source = found.source
    assert (source.name, source.file_name, source.period) == (
        "police.uk hampshire",
        STREET,
        "2025-01",
    )
    assert (source.publisher, source.loaded_by) == ("data.police.uk", "an analyst")
    assert len(source.checksum) == 64


def test_the_same_file_twice_changes_nothing_and_says_when(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = _write(tmp_path, STREET, HEADINGS + ROBBERY)
    load(SourceKind.VIOLENCE, path)
    again = load(SourceKind.VIOLENCE, path)
    assert again.files[0].status is FileStatus.UNCHANGED
    assert "was loaded on" in again.files[0].message
    assert (_count(store, "sources"), not again.has_row_issues) == (1, True)


def test_the_same_content_gzipped_is_the_same_file(load: Load, tmp_path: Path) -> None:
    load(SourceKind.VIOLENCE, _write(tmp_path, STREET, HEADINGS + ROBBERY))
    (tmp_path / f"{STREET}.gz").write_bytes(gzip.compress((HEADINGS + ROBBERY).encode()))
    again = load(SourceKind.VIOLENCE, tmp_path / f"{STREET}.gz")
    assert again.files[0].status is FileStatus.UNCHANGED


def test_a_dry_run_reports_the_same_and_saves_nothing(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = _write(tmp_path, "groups.csv", "name,postcode\nMill,SO14 7LW\n,SO14 7LW\n")
    dry = load(SourceKind.ORGANISATIONS, path, dry_run=True)
    assert dry.files[0].status is FileStatus.DRY_RUN
    assert _count(store, "organisations") + _count(store, "sources") == 0
    real = load(SourceKind.ORGANISATIONS, path)
    assert dry.issues == real.issues
    assert (dry.files[0].new, dry.files[0].rows_read) == (
        real.files[0].new,
        real.files[0].rows_read,
    )


def test_a_corrected_month_replaces_the_first(load: Load, store: Store, tmp_path: Path) -> None:
    load(SourceKind.VIOLENCE, _write(tmp_path, STREET, HEADINGS + ROBBERY))
    load(SourceKind.VIOLENCE, _write(tmp_path, STREET, HEADINGS + ROBBERY * 3))
    with store.reading() as session:
        total = session.execute(text("SELECT sum(count) FROM violence_counts")).scalar_one()
    assert total == 3


def test_a_newer_edition_changes_what_changed(load: Load, tmp_path: Path) -> None:
    load(
        SourceKind.ORGANISATIONS,
        _write(tmp_path, "groups.csv", "id,name,area served\n1,A,Hart\n2,B,Hart\n"),
    )
    newer = _write(tmp_path, "groups.csv", "id,name,area served\n1,A,Hart\n2,Bee,Hart\n3,C,Hart\n")
    (file,) = load(SourceKind.ORGANISATIONS, newer).files
    assert (file.new, file.changed, file.as_before) == (1, 1, 1)


def test_one_unreadable_file_of_several_is_refused_and_the_others_go_on(
    load: Load, tmp_path: Path
) -> None:
    _write(tmp_path, "a.csv", "name,area served\nA,Hart\n")
    _write(tmp_path, "b.csv", "<html></html>")
    report = load(SourceKind.ORGANISATIONS, tmp_path)
    assert [file.status for file in report.files] == [FileStatus.LOADED, FileStatus.REFUSED]
    assert report.has_row_issues


def test_when_every_file_is_refused_it_is_an_error_that_carries_the_report(
    load: Load, tmp_path: Path
) -> None:
    _write(tmp_path, "a.csv", "who\nA\n")
    with pytest.raises(AllRefusedError, match="no heading for name") as refusal:
        load(SourceKind.ORGANISATIONS, tmp_path)
    assert len(refusal.value.report.files) == 1


def test_a_file_of_which_no_row_is_good_is_refused_with_its_issues(
    load: Load, tmp_path: Path
) -> None:
    path = _write(tmp_path, "a.csv", "name,postcode\n,PO1 3AX\n")
    with pytest.raises(AllRefusedError, match="No row") as refusal:
        load(SourceKind.ORGANISATIONS, path)
    assert len(refusal.value.report.issues) == 1


def test_a_table_of_persons_is_refused_and_leaves_no_trace(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = _write(tmp_path, STREET, "Month,Surname,LSOA code,Crime type\n2025-01,Doe,E01017013,R\n")
    with pytest.raises(PersonLevelDataError, match="Surname") as refusal:
        load(SourceKind.VIOLENCE, path)
    assert "Doe" not in str(refusal.value)
    assert _count(store, "sources") == 0


def test_boundaries_are_not_loaded_this_way(load: Load, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not loaded this way"):
        load(SourceKind.BOUNDARIES, tmp_path)


def test_an_archive_of_months_is_read_and_its_other_files_named(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"2025-01/{STREET}", HEADINGS + ROBBERY)
        archive.writestr(
            "2025-02/2025-02-hampshire-street.csv", HEADINGS + ROBBERY.replace("2025-01", "2025-02")
        )
        archive.writestr("2025-02/2025-02-hampshire-outcomes.csv", "x")
    report = load(SourceKind.VIOLENCE, path)
    assert [file.new for file in report.files] == [1, 1]
    assert report.left_out == ("2025-02-hampshire-outcomes.csv",)
    assert _count(store, "sources") == 2


def test_activities_join_the_organisations_of_the_directory(
    load: Load, store: Store, tmp_path: Path
) -> None:
    load(
        SourceKind.ORGANISATIONS,
        _write(tmp_path, "groups.csv", "name,area served\nThe Mill,Hart\n"),
    )
    rows = "Football,MILL,Newcomers,1/2/2025,SO14 7LW\n"
    path = _write(tmp_path, "return.csv", f"title,lead,partners,date,postcode\n{rows}")
    report = load(SourceKind.ACTIVITIES, path)
    assert report.files[0].unmatched_names == ("Newcomers",)
    assert (_count(store, "organisations"), _count(store, "activities")) == (2, 1)


def test_the_shipped_template_filled_in_is_loaded(load: Load, tmp_path: Path) -> None:
    template = (ROOT / "data" / "templates" / "activities.csv").read_text(encoding="utf-8-sig")
    filled = template + template.splitlines()[1].replace("EXAMPLE", "A-1").replace(
        "SO99 9ZZ", "SO14 7LW"
    )
    report = load(SourceKind.ACTIVITIES, _write(tmp_path, "return.csv", filled))
    assert (report.files[0].rows_read, report.files[0].new) == (2, 1)


def test_residents_are_kept_under_their_label(load: Load, store: Store, tmp_path: Path) -> None:
    load_reference(store, ROOT / "data")
    path = _write(tmp_path, "census2021.csv", "area_code,residents\nE01017013,1500\n")
    load(SourceKind.POPULATION, path)
    with store.reading() as session:
        labels = session.execute(text("SELECT label FROM population_sets")).scalars().all()
    assert "Census 2021 usual residents" in labels


def test_residents_without_a_year_are_refused_and_leave_nothing(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = _write(
        tmp_path, "residents.csv", "LSOA21CD,LSOA21NM,residents\nE01017013,Portsmouth 012A,1500\n"
    )
    with pytest.raises(AllRefusedError, match="no year"):
        load(SourceKind.POPULATION, path)
    assert _count(store, "sources") == 0


def test_progress_is_shown_only_through_what_is_passed(
    store: Store, postcodes: PostcodeDirectory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _write(tmp_path, "groups.csv", "name,area served\nA,Hart\n")
    ingest(store, SourceKind.ORGANISATIONS, [path], services=Services(postcodes))
    assert capsys.readouterr() == ("", "")


def test_every_real_file_of_organisations_is_loaded_and_placed(
    load: Load, store: Store, real_data: Path
) -> None:
    report = load(SourceKind.ORGANISATIONS, real_data / "organisations")
    assert [file.new for file in report.files] == [77, 35, 68, 699]
    assert report.count(Severity.ERROR) == 0
    with store.reading() as session:
        unplaced = text("SELECT count(*) FROM organisations WHERE place_id IS NULL")
        assert session.execute(unplaced).scalar_one() == 0


def test_real_totals_in_the_database_are_the_published_ones(
    load: Load, store: Store, real_data: Path
) -> None:
    load_reference(store, ROOT / "data")
    months = [real_data / "police" / f"{m}-hampshire-street.csv.gz" for m in ("2018-12", "2025-08")]
    load(SourceKind.VIOLENCE, *months)
    lookup = pd.read_csv(real_data / "lookups" / "lsoa11_lsoa21_lad22_hips.csv")
    codes = set(lookup["LSOA11CD"]) | set(lookup["LSOA21CD"])
    with store.reading() as session:
        query = text("SELECT month, crime_type, sum(count) FROM violence_counts GROUP BY 1, 2")
        kept = {(month, crime): total for month, crime, total in session.execute(query)}
    published = pd.concat(pd.read_csv(each) for each in months)
    inside = published[published["LSOA code"].isin(codes)]
    assert kept == inside.groupby(["Month", "Crime type"]).size().to_dict()


@pytest.mark.parametrize(
    ("kind", "name", "new", "errors"),
    [
        (SourceKind.ORGANISATIONS, "organisations.csv", 4, 1),
        (SourceKind.ACTIVITIES, "activities.csv", 2, 1),
        (SourceKind.VIOLENCE, "2026-01-hampshire-street.csv", 3, 1),
    ],
)
def test_the_invented_files_are_loaded_with_their_known_faults(
    kind: SourceKind, name: str, new: int, errors: int, load: Load
) -> None:
    report = load(kind, ROOT / "tests" / "data" / name)
    assert (report.files[0].new, report.count(Severity.ERROR)) == (new, errors)


@pytest.mark.parametrize("keeps_rows", [False, True])
def test_a_list_read_by_a_second_process_comes_out_the_same(
    load: Load,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    keeps_rows: bool,
) -> None:
    rows = [f"Club {n},PO1 2AL,{'no date' if n % 7 == 0 else ''}" for n in range(600)]
    rows += ["Club 3,PO1 2AL,", ",PO1 2AL,", "Nowhere,,"]
    path = _write(tmp_path, "clubs.csv", "\n".join(["name,postcode,last verified", *rows]))
    choices = {"keeps_rows": keeps_rows, "dry_run": True}
    alone = load(SourceKind.ORGANISATIONS, path, **choices).files[0]
    monkeypatch.setattr("mapper.ingest.places.placing._WORTH_A_PROCESS", 1)

    assert load(SourceKind.ORGANISATIONS, path, **choices).files[0] == alone
    assert (alone.rows_read, alone.new) == (603, 600)


def test_how_far_a_list_is_read_is_told_by_the_process_that_reads_it_alone(
    store: Store, tmp_path: Path, postcodes: PostcodeDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.ingest.places.placing._WORTH_A_PROCESS", 1)
    monkeypatch.setattr("mapper.ingest.places.placing.can_read_ahead", lambda: True)
    told = tmp_path / "told.txt"

    def tell(step: str, _done: int, _total: int) -> None:
        with told.open("a", encoding="utf-8") as file:
            file.write(f"{os.getpid()} {step}\n")

    path = _write(tmp_path, "clubs.csv", "name,postcode\nClub,PO1 2AL\n")
    ingest(store, SourceKind.ORGANISATIONS, [path], services=Services(postcodes, tell=tell))

    (here, first), (there, second) = (
        line.split(" ", 1) for line in told.read_text(encoding="utf-8").splitlines()
    )
    assert (first, second) == ("Reading clubs.csv", "Checking rows")
    assert here == str(os.getpid()) != there


def test_a_list_that_a_second_process_cannot_read_to_its_end_leaves_nothing(
    load: Load, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mapper.ingest.places.placing._WORTH_A_PROCESS", 1)
    monkeypatch.setattr(
        "mapper.ingest.long_files.read_ahead.chunks", lambda items: ([each] for each in items)
    )
    rows = [f"Club {n},PO1 2AL" for n in range(300)]
    path = _write(
        tmp_path, "torn.csv", "\n".join(["name,postcode", *rows, "x" * 10_000_001 + ",a"])
    )

    with pytest.raises(AllRefusedError) as raised:
        load(SourceKind.ORGANISATIONS, path)
    assert "cannot be taken apart after line 301" in str(raised.value.__cause__)
    with store.reading() as session:
        assert session.scalar(text("SELECT count(*) FROM organisations")) == 0
        assert list_sources(session) == []
