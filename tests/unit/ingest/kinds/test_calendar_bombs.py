"""Calendars made to fill the machine, or to keep it busy for ever, end soon and in words."""

import time
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.errors import MapperError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats import calendar_lines, calendar_series
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.records.sessions import Choices

Read = Callable[[str], int]
START = "DTSTART:20260504T180000"
SOON_SECONDS = 20


@pytest.fixture
def read(log: IssueLog) -> Read:
    def number(text: str) -> int:
        choices = Choices(today=date(2026, 6, 1), lead="Mill")
        file = SourceFile("a.ics", text.encode())
        return len(read_activities(file, Ground(), log, choices=choices).records)

    return number


@pytest.fixture(autouse=True)
def _ends_soon() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SOON_SECONDS


def calendar(*lines: str) -> str:
    event = ["BEGIN:VEVENT", "UID:a", "SUMMARY:Football", "LOCATION:PO1 3AX", *lines, "END:VEVENT"]
    return "\n".join(["BEGIN:VCALENDAR", *event, "END:VCALENDAR"])


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYMONTH=13",
        "FREQ=WEEKLY;BYSETPOS=9",
        "FREQ=WEEKLY;BYDAY=5MO",
        "FREQ=WEEKLY;INTERVAL=52;BYMONTH=9",
        "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12;BYMINUTE=0,1,2,3,4,5,6,7,8,9",
    ],
)
def test_a_rule_that_could_run_for_ever_is_an_error_of_its_event(
    rule: str, read: Read, log: IssueLog
) -> None:
    assert read(calendar(START, f"RRULE:{rule}")) == 0
    (issue,) = log
    assert "rule of repetition" in issue.message
    assert issue.line == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31;BYMONTH=4",
        "FREQ=MONTHLY;BYSETPOS=40;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=YEARLY;INTERVAL=9999",
        "FREQ=WEEKLY;COUNT=1000000000",
    ],
)
def test_a_rule_that_is_never_met_again_still_ends(rule: str, read: Read) -> None:
    assert read(calendar(START, f"RRULE:{rule}")) >= 1


def test_more_sessions_than_any_activity_has_are_an_error(read: Read, log: IssueLog) -> None:
    rule = "RRULE:FREQ=DAILY;BYHOUR=9,14,19"
    assert read(calendar("DTSTART:20200101T010000", rule)) == 1
    assert any("number of sessions" in issue.message for issue in log)


def test_a_file_that_asks_for_too_many_sessions_is_refused(
    read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendar_series, "MOST_SESSIONS", 100)
    with pytest.raises(SourceError, match="too often"):
        read(calendar("DTSTART:20250101T010000", "RRULE:FREQ=DAILY"))


def test_a_hundred_thousand_events_are_refused_by_their_number(read: Read) -> None:
    text = "BEGIN:VCALENDAR\n" + f"BEGIN:VEVENT\nUID:a\n{START}\nEND:VEVENT\n" * 100_000
    with pytest.raises(SourceError, match=f"more than {calendar_lines.MOST_EVENTS:,} events"):
        read(f"{text}END:VCALENDAR\n")


def test_a_line_of_ten_million_characters_is_cut_or_refused(read: Read, log: IssueLog) -> None:
    picture = "ATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 10_000_000
    assert read(calendar(START, picture, "DESCRIPTION:" + "<" * 1_000_000)) == 1
    assert read(calendar(START, "EXDATE:" + "20260504T180000," * 100_000)) == 0
    assert "EXDATE has" in list(log)[-1].message


@pytest.mark.parametrize(
    "text",
    [
        "BEGIN:VCALENDAR\n" * 2000,
        "BEGIN:VCALENDAR\nBEGIN:VCALENDAR\nEND:VCALENDAR\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\n" + "BEGIN:VEVENT\n" * 100_000,
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n",
        "BEGIN:VCALENDAR\nEND:VCALENDAR\n",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR\nEND:VCALENDAR\n",
    ],
)
def test_a_calendar_nested_or_cut_short_is_refused(text: str, read: Read) -> None:
    with pytest.raises(SourceError, match="calendar"):
        read(text)


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:99991231T235959Z", "RRULE:FREQ=DAILY"),
        (START, "DURATION:P99999999999W"),
        (START, "DTEND;VALUE=DATE:20260505"),
        (START, "DTEND:20250101T000000"),
        (START, "RRULE:FREQ=WEEKLY;UNTIL=20260505T000000;UNTIL=20260506"),
        (START, "RRULE:FREQ=WEEKLY", "RDATE;VALUE=DATE:20260505", "EXDATE:20260511T180000Z"),
        (START, START),
        (START, "SEQUENCE:many"),
        (START, "RECURRENCE-ID;RANGE=THISANDFUTURE:20260504"),
    ],
)
def test_times_that_do_not_go_together_end_as_records_or_issues(
    lines: tuple[str, ...], read: Read, log: IssueLog
) -> None:
    assert read(calendar(*lines)) or len(log)


NAMES = st.sampled_from(["DTSTART", "DTEND", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID", "UID",
                         "DURATION", "GEO", "CATEGORIES", "ORGANIZER", "STATUS", "SEQUENCE",
                         "DTSTART;TZID=Europe/London", "DTSTART;VALUE=DATE", "CLASS"])  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(["20260504T180000", "20260504", "20260504T180000Z", "PT1H", "-PT1H", "1;1",
                     "FREQ=WEEKLY", "FREQ=DAILY;COUNT=3", "FREQ=MONTHLY;BYDAY=2TU", "PRIVATE"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)  # fmt: skip


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8))
def test_any_event_is_read_or_made_an_issue_or_refused(lines: list[tuple[str, str]]) -> None:
    log = IssueLog("a.ics")
    text = calendar(*(f"{name}:{value}" for name, value in lines))
    choices = Choices(today=date(2026, 6, 1), lead="Mill")
    try:
        parsed = read_activities(SourceFile("a.ics", text.encode()), Ground(), log, choices=choices)
    except MapperError:
        return
    assert parsed.records or len(log)
