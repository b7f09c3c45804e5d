"""Calendars and timetables into both databases: in a folder, an archive and gzipped, and again."""

import gzip
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from mapper.domain.source import SourceKind
from mapper.geography.postcode_directory import PostcodeDirectory
from mapper.ingest.options import IngestOptions, Services
from mapper.ingest.outcome.report import FileStatus, IngestReport
from mapper.ingest.run import ingest
from mapper.store.session import Store

Load = Callable[..., IngestReport]
CALENDAR = """BEGIN:VCALENDAR
X-WR-CALNAME:Mill Youth Club
BEGIN:VEVENT
UID:a@x
SUMMARY:Football
LOCATION:The Mill\\, PO1 3AX
DTSTART;TZID=Europe/London:20260504T180000
DURATION:PT2H
RRULE:FREQ=WEEKLY;COUNT=8
END:VEVENT
END:VCALENDAR
"""
TIMETABLE = (
    "Day,Start,Finish,Venue,Postcode,First date\nMon,18:00,20:00,The Mill,PO1 3AX,4/5/2026\n"
)
QUERY = "SELECT source_key, status, sessions, starts_on FROM activities ORDER BY source_key"


@pytest.fixture
def load(store: Store) -> Load:
    def loaded(path: Path, today: date = date(2026, 5, 20), **options: object) -> IngestReport:
        choices = IngestOptions(today=today, **options)  # type: ignore[arg-type]
        services = Services(postcodes=PostcodeDirectory.load())
        return ingest(store, SourceKind.ACTIVITIES, [path], choices, services=services)

    return loaded


def kept(store: Store) -> list[tuple[str, str, int]]:
    with store.engine.connect() as connection:
        frame = pd.read_sql_query(QUERY, connection)
    return list(frame[["source_key", "status", "sessions"]].itertuples(index=False, name=None))


def _as_file(folder: Path) -> Path:
    (folder / "club.ics").write_text(CALENDAR)
    return folder / "club.ics"


def _as_folder(folder: Path) -> Path:
    return _as_file(folder).parent


def _as_archive(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "club.zip", "w") as archive:
        archive.writestr("calendars/club.ics", CALENDAR)
        archive.writestr("__MACOSX/._club", "x")
    return folder / "club.zip"


def _gzipped(folder: Path) -> Path:
    (folder / "club.ics.gz").write_bytes(gzip.compress(CALENDAR.encode()))
    return folder / "club.ics.gz"


@pytest.mark.parametrize("packed", [_as_file, _as_folder, _as_archive, _gzipped])
def test_a_calendar_is_loaded_however_it_is_packed(
    packed: Callable[[Path], Path], load: Load, store: Store, tmp_path: Path
) -> None:
    (file,) = load(packed(tmp_path)).files
    assert (file.source_name, file.new) == ("club", 2)
    assert kept(store) == [("a@x", "delivered", 3), ("a@x planned", "planned", 5)]


def test_a_calendar_a_second_time_changes_nothing(load: Load, store: Store, tmp_path: Path) -> None:
    load(_as_file(tmp_path))
    before = kept(store)
    assert [file.status for file in load(tmp_path).files] == [FileStatus.UNCHANGED]
    assert kept(store) == before


def test_a_newer_export_moves_what_has_been_held_since(
    load: Load, store: Store, tmp_path: Path
) -> None:
    path = _as_file(tmp_path)
    load(path)
    path.write_text(CALENDAR.replace("COUNT=8", "COUNT=9"))
    (file,) = load(path, date(2026, 6, 10)).files
    assert file.changed == 2
    assert kept(store) == [("a@x", "delivered", 6), ("a@x planned", "planned", 3)]


def test_a_timetable_is_loaded_under_the_lead_that_was_given(
    load: Load, store: Store, tmp_path: Path
) -> None:
    (tmp_path / "weekly.csv").write_text(TIMETABLE)
    (file,) = load(tmp_path / "weekly.csv", lead="Mill", until=date(2026, 5, 31)).files
    assert file.unmatched_names == ("Mill",)
    assert [row[1:] for row in kept(store)] == [("delivered", 3), ("planned", 1)]
