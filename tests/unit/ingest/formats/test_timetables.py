from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest

from mapper.domain.activity import Activity, ActivityStatus
from mapper.errors import InvalidValueError, PersonLevelDataError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.formats.timetable_values import hours_between, read_clock, read_days
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.records.sessions import Choices

Read = Callable[..., list[Activity]]
TODAY = date(2026, 3, 10)
HEADED = "Day,Start,Finish,Venue,Postcode\n"
ROW = "Monday,09:30,12.30,Drayton Lane,Drayton,50.846681,-1.048136,2026-03-02\n"


@pytest.fixture
def read(csv_file: Callable[..., SourceFile], log: IssueLog) -> Read:
    def records(text: str, lead: str = "Mill", until: date | None = None) -> list[Activity]:
        choices = Choices(today=TODAY, lead=lead, until=until)
        parsed = read_activities(csv_file(text), Ground(), log, choices=choices)
        return [each for _, each in parsed.records]

    return records


def test_a_timetable_without_headings_is_told_by_what_stands_in_it(read: Read) -> None:
    held, to_come = read(ROW, until=date(2026, 3, 31))
    assert (held.sessions, held.starts_on, held.ends_on) == (2, date(2026, 3, 2), date(2026, 3, 9))
    assert (to_come.sessions, to_come.status) == (3, ActivityStatus.PLANNED)
    assert (held.hours_per_session, held.location.latitude) == (3.0, 50.846681)
    assert held.location.address == "Drayton Lane, Drayton"
    assert held.title == "Drayton Lane, Mondays 09:30"


def test_one_place_on_two_days_is_two_activities(read: Read, log: IssueLog) -> None:
    other = ROW.replace("Monday", "Friday").replace("2026-03-02", "2026-03-06")
    assert len(read(ROW + other, until=TODAY)) == 2
    assert not log.count(Severity.ERROR)


def test_a_timetable_that_names_no_lead_says_how_to_name_one(read: Read) -> None:
    with pytest.raises(SourceError, match="--lead NAME"):
        read(ROW, lead="")


def test_a_timetable_with_headings_is_read_by_them(read: Read) -> None:
    (found,) = read(
        "Day,Start,Finish,Venue,Postcode,Organisation,Activity,First date,Last date\n"
        "Mondays and Thursdays,6pm,7.30pm,The Mill,PO1 3AX,Sea Trust,Boxing,2/3/2026,9/3/2026\n",
        lead="",
    )
    assert (found.title, found.lead, found.sessions) == ("Boxing", "Sea Trust", 3)
    assert found.hours_per_session == 1.5
    assert found.description == "Mondays 18:00, Thursdays 18:00"


def test_times_in_one_cell_are_parted(read: Read) -> None:
    found = read("Day,Time,Venue,Postcode\nMon,18:00 - 19:30,The Mill,PO1 3AX\n", until=TODAY)
    assert [each.hours_per_session for each in found] == []
    found = read("Day,Time,Venue,Postcode\nTue,18:00 - 19:30,The Mill,PO1 3AX\n", until=TODAY)
    assert [each.hours_per_session for each in found] == [1.5]


def test_without_a_first_date_only_what_is_to_come_is_counted(read: Read, log: IssueLog) -> None:
    (found,) = read(f"{HEADED}Wednesday,18:00,19:00,The Mill,PO1 3AX\n")
    assert (found.status, found.starts_on) == (ActivityStatus.PLANNED, date(2026, 3, 11))
    assert found.sessions == 53
    assert "no first date" in next(iter(log)).message


def test_a_timetable_without_an_end_is_a_warning_unless_one_was_given(
    read: Read, log: IssueLog
) -> None:
    read(ROW, until=TODAY)
    assert not log.count(Severity.WARNING)
    read(ROW)
    assert log.count(Severity.WARNING) == 1


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ("1st Monday,18:00,19:00,The Mill,PO1 3AX", "Day"),
        ("Monday,evening,19:00,The Mill,PO1 3AX", "Start"),
        (",18:00,19:00,The Mill,PO1 3AX", "Day"),
    ],
)
def test_a_line_that_cannot_be_read_is_an_error_of_its_own(
    row: str, field: str, read: Read, log: IssueLog
) -> None:
    assert len(read(f"{HEADED}{row}\nWednesday,18:00,19:00,The Mill,PO1 3AX\n")) == 1
    errors = [issue.field for issue in log if issue.severity is Severity.ERROR]
    assert errors == [field]


def test_a_first_date_on_another_day_is_moved_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read(ROW.replace("2026-03-02", "2026-03-03"), until=TODAY)
    assert found.starts_on == date(2026, 3, 9)
    assert [issue.severity for issue in log if issue.line] == [Severity.WARNING]


def test_columns_about_participants_are_refused(read: Read) -> None:
    with pytest.raises(PersonLevelDataError, match="Participant name"):
        read("Day,Start,Venue,Postcode,Participant name\nMon,18:00,The Mill,PO1 3AX,Sam\n")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("09:30", time(9, 30)), ("12.30", time(12, 30)), ("9am", time(9)), ("12am", time(0)),
        ("6.30 pm", time(18, 30)), ("18:00:00", time(18)), ("Noon", time(12)),
    ],
)  # fmt: skip
def test_a_time_of_day_is_read_as_people_write_it(text: str, clock: time) -> None:
    assert read_clock(text) == clock


@pytest.mark.parametrize("text", ["9", "25:00", "12:61", "13:00 o'clock", "2026-03-02", "0.5 am"])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="not a time of day"):
        read_clock(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [("Monday", (0,)), ("Weds", (2,)), ("THURS", (3,)), ("Sat & Sun", (5, 6)), ("Tue/Fri", (1, 4))],
)
def test_days_of_the_week_are_read_as_people_write_them(text: str, days: tuple[int, ...]) -> None:
    assert read_days(text) == days


def test_a_session_past_midnight_has_its_true_length() -> None:
    assert hours_between(time(22), time(2)) == 4.0


def test_the_real_timetable_is_read_whole(real_data: Path) -> None:
    file = Entry(real_data / "activities" / "portsmouth_mobile_library_stops_2019.csv").open()
    log = IssueLog(file.name)
    choices = Choices(today=date(2019, 12, 31), lead="Libraries", until=date(2019, 12, 31))
    found = read_activities(file, Ground(), log, choices=choices)
    assert (len(found.records), found.rows_read) == (9, 9)
    assert {each.sessions for _, each in found.records} == {10, 11}
    assert all(each.hours_per_session == 3.0 for _, each in found.records)
    assert not log.count(Severity.ERROR)
