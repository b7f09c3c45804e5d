"""Calendars made here line by line: each test states only the lines that it is about."""

from collections.abc import Callable
from datetime import date
from textwrap import dedent

import pytest

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.calendar_lines import is_calendar
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.records.sessions import Choices

Read = Callable[..., list[Activity]]
TODAY = date(2026, 6, 1)
PLACE = "LOCATION:The Mill\\, Portsmouth PO1 3AX"
LONDON = "TZID=Europe/London"


def event(*lines: str, uid: str = "a@x") -> str:
    """An event with a place and a title; its other lines are the test's."""
    own = [f"UID:{uid}"] if uid else []
    return "\n".join(["BEGIN:VEVENT", *own, "SUMMARY:Football", PLACE, *lines, "END:VEVENT"])


def calendar(*parts: str, name: str = "Mill Youth Club") -> str:
    named = [f"X-WR-CALNAME:{name}"] if name else []
    return "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *named, *parts, "END:VCALENDAR"]) + "\n"


@pytest.fixture
def read(log: IssueLog) -> Read:
    def records(text: str | bytes, until: date | None = None, lead: str = "") -> list[Activity]:
        content = text if isinstance(text, bytes) else text.encode()
        choices = Choices(today=TODAY, until=until, lead=lead)
        file = SourceFile("club.ics", content)
        return [e for _, e in read_activities(file, Ground(), log, choices=choices).records]

    return records


def test_an_event_is_an_activity_with_its_day_hours_and_place(read: Read) -> None:
    (found,) = read(calendar(event(f"DTSTART;{LONDON}:20260316T180000", "DURATION:PT1H30M")))
    assert (found.source_key, found.title, found.lead) == ("a@x", "Football", "Mill Youth Club")
    assert (found.starts_on, found.ends_on) == (date(2026, 3, 16), date(2026, 3, 16))
    assert (found.sessions, found.hours_per_session) == (1, 1.5)
    assert (found.location.postcode, found.status) == ("PO1 3AX", ActivityStatus.DELIVERED)


def test_what_comes_round_again_is_parted_into_held_and_to_come(read: Read) -> None:
    held, to_come = read(
        calendar(event(f"DTSTART;{LONDON}:20260504T180000", "RRULE:FREQ=WEEKLY;COUNT=8"))
    )
    assert (held.source_key, held.sessions, held.ends_on) == ("a@x", 5, date(2026, 6, 1))
    assert (to_come.source_key, to_come.sessions) == ("a@x planned", 3)
    assert (to_come.status, to_come.ends_on) == (ActivityStatus.PLANNED, date(2026, 6, 22))


@pytest.mark.parametrize("zone", ["Europe/London", "GMT Standard Time", '"GMT Standard Time"',
                                  "/freeassociation.sourceforge.net/Europe/London"])  # fmt: skip
@pytest.mark.parametrize("first", ["20260316", "20251013"])
def test_six_in_the_evening_stays_six_across_the_clock_change(
    zone: str, first: str, read: Read
) -> None:
    (found,) = read(
        calendar(event(f"DTSTART;TZID={zone}:{first}T180000", f"DTEND;TZID={zone}:{first}T193000",
                       "RRULE:FREQ=WEEKLY;COUNT=6"))
    )  # fmt: skip
    assert found.description == "Mondays 18:00."
    assert (found.sessions, found.hours_per_session) == (6, 1.5)


def test_times_without_a_zone_are_those_of_the_clock_here(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:20260316T180000", "RRULE:FREQ=WEEKLY;COUNT=4")))
    assert found.description == "Mondays 18:00."


def test_a_late_time_in_utc_falls_on_the_next_day_here_in_summer(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:20260531T233000Z")))
    assert found.starts_on == date(2026, 6, 1)


def test_utc_of_a_calendar_of_london_stays_at_the_clock_of_london(read: Read) -> None:
    text = calendar("X-WR-TIMEZONE:Europe/London",
                    event("DTSTART:20260316T180000Z", "RRULE:FREQ=WEEKLY;COUNT=4"))  # fmt: skip
    (found,) = read(text)
    assert found.description == "Mondays 18:00."


def test_a_session_of_another_zone_falls_on_its_day_here(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART;TZID=America/New_York:20260316T220000")))
    assert found.starts_on == date(2026, 3, 17)


def test_a_night_across_the_clock_change_has_its_true_length(read: Read) -> None:
    (found,) = read(
        calendar(event(f"DTSTART;{LONDON}:20260328T220000", f"DTEND;{LONDON}:20260329T040000"))
    )
    assert (found.hours_per_session, found.ends_on) == (5.0, date(2026, 3, 28))


ZONE = dedent("""\
    BEGIN:VTIMEZONE
    TZID:Customized Time Zone
    BEGIN:STANDARD
    DTSTART:16011028T020000
    RRULE:FREQ=SECONDLY
    TZOFFSETFROM:+0100
    TZOFFSETTO:{winter}
    END:STANDARD
    BEGIN:DAYLIGHT
    DTSTART:16010325T010000
    TZOFFSETFROM:+0000
    TZOFFSETTO:+0100
    END:DAYLIGHT
    END:VTIMEZONE""")


def test_a_zone_of_any_name_at_london_s_hours_is_london(read: Read) -> None:
    start = "DTSTART;TZID=Customized Time Zone:20260316T180000"
    (found,) = read(
        calendar(event(start, "RRULE:FREQ=WEEKLY;COUNT=4"), ZONE.format(winter="+0000"))
    )
    assert found.description == "Mondays 18:00."


@pytest.mark.parametrize("winter", ["-0500", "rubbish"])
def test_a_zone_that_is_not_known_is_an_error_of_the_event(
    winter: str, read: Read, log: IssueLog
) -> None:
    bad = event("DTSTART;TZID=Customized Time Zone:20260316T180000", uid="bad")
    assert (
        len(read(calendar(bad, event("DTSTART:20260316T180000"), ZONE.format(winter=winter)))) == 1
    )
    assert "Customized Time Zone" in next(iter(log)).message


def test_whole_days_end_on_the_day_before_their_end(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART;VALUE=DATE:20260523", "DTEND;VALUE=DATE:20260526")))
    assert (found.starts_on, found.ends_on) == (date(2026, 5, 23), date(2026, 5, 25))
    assert (found.sessions, found.hours_per_session) == (1, None)


def test_days_taken_out_added_moved_and_called_off_are_all_followed(
    read: Read, log: IssueLog
) -> None:
    moved = event(f"RECURRENCE-ID;{LONDON}:20260518T180000", f"DTSTART;{LONDON}:20260520T190000")
    off = event(f"RECURRENCE-ID;{LONDON}:20260525T180000", f"DTSTART;{LONDON}:20260525T180000",
                "STATUS:CANCELLED")  # fmt: skip
    (found,) = read(
        calendar(
            event(f"DTSTART;{LONDON}:20260504T180000", "RRULE:FREQ=WEEKLY;COUNT=5",
                  f"EXDATE;{LONDON}:20260511T180000", f"RDATE;{LONDON}:20260514T180000"),
            moved, off,
        )
    )  # fmt: skip
    # Of the 4th, 11th, 18th, 25th and 1 June: one out, one off, one moved; and one added.
    assert (found.sessions, found.ends_on) == (4, date(2026, 6, 1))
    assert "Wednesdays 19:00" in found.description
    assert [issue.message for issue in log] == ["1 cancelled sessions were not counted."]


def test_an_event_called_off_is_kept_as_cancelled(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:20260504T180000", "STATUS:CANCELLED")))
    assert found.status is ActivityStatus.CANCELLED


def test_a_tentative_event_is_never_counted_as_held(read: Read, log: IssueLog) -> None:
    (found,) = read(calendar(event("DTSTART:20260504T180000", "STATUS:TENTATIVE")))
    assert found.status is ActivityStatus.PLANNED
    assert "tentative" in next(iter(log)).message


def test_what_has_no_end_is_counted_to_a_stated_day_and_says_so(read: Read, log: IssueLog) -> None:
    found = read(calendar(event("DTSTART:20260504T180000", "RRULE:FREQ=WEEKLY")))
    assert [each.sessions for each in found] == [5, 52]
    assert [issue.message for issue in log] == [
        "It goes on after 01/06/2027: sessions were counted up to then."
    ]


def test_an_event_after_the_last_day_counted_is_left_out_with_a_note(
    read: Read, log: IssueLog
) -> None:
    soon, late = event("DTSTART:20260504T180000"), event("DTSTART:20300504T180000", uid="late")
    assert len(read(calendar(soon, late))) == 1
    assert "left out" in next(iter(log)).message


def test_nobody_invited_is_kept(read: Read, log: IssueLog) -> None:
    guest = "ATTENDEE;CN=Sam Private;ROLE=REQ-PARTICIPANT:mailto:sam@private.org"
    (found,) = read(calendar(event("DTSTART:20260504T180000", guest, guest)))
    assert "2 lines name people who were invited" in next(iter(log)).message
    assert "rivate" not in f"{found}{list(log)}"


@pytest.mark.parametrize("word", ["PRIVATE", "CONFIDENTIAL", "private"])
def test_a_private_event_leaves_no_word(word: str, read: Read, log: IssueLog) -> None:
    secret = event("DTSTART:20260504T180000", f"CLASS:{word}", "DESCRIPTION:Secret", uid="secret")
    assert len(read(calendar(event("DTSTART:20260504T180000"), secret))) == 1
    (note,) = log
    assert (note.severity, note.value) == (Severity.NOTE, "")
    assert "secret" not in note.message.casefold()


def test_a_private_change_takes_that_session_out(read: Read) -> None:
    change = event("RECURRENCE-ID:20260511T180000", "DTSTART:20260512T180000", "CLASS:PRIVATE")
    (found,) = read(calendar(event("DTSTART:20260504T180000", "RRULE:FREQ=WEEKLY;COUNT=3"), change))
    assert found.sessions == 2


def test_addresses_numbers_and_links_are_taken_out_of_its_words(read: Read, log: IssueLog) -> None:
    text = "DESCRIPTION:Ring 023 9212 3456 or sam@private.org\\, <a href='x'>https://zoom.us/j?pwd=1</a>"
    (found,) = read(calendar(event("DTSTART:20260504T180000", text)))
    assert found.description == "Ring or"
    assert "taken out" in next(iter(log)).message


@pytest.mark.parametrize(
    ("organiser", "name", "option", "lead"),
    [
        ("CN=Sea Trust", "Mill Youth Club", "Chosen", "Sea Trust"),
        ("CN=Jane Smith", "Mill Youth Club", "", "Mill Youth Club"),
        ("CN=Jane Smith", "Mill Youth Club", "Chosen", "Chosen"),
        ("CN=jane@seatrust.org", "jane@seatrust.org", "Chosen", "Chosen"),
        ('CN="Trust, The Sea"', "Events", "Chosen", "Chosen"),
        ("CN=YMCA", "Jane", "", "YMCA"),
        ("X=1", "Events", "Solent Mind", "Solent Mind"),
    ],
)  # fmt: skip
def test_the_lead_is_an_organisation_and_never_a_person(
    organiser: str, name: str, option: str, lead: str, read: Read
) -> None:
    line = f"ORGANIZER;{organiser}:mailto:jane@seatrust.org"
    (found,) = read(calendar(event("DTSTART:20260504T180000", line), name=name), lead=option)
    assert found.lead == lead


def test_a_calendar_without_a_lead_says_how_to_name_one(read: Read) -> None:
    with pytest.raises(SourceError, match="--lead NAME"):
        read(calendar(event("DTSTART:20260504T180000"), name="Calendar"))


def test_categories_are_sorted_into_the_vocabularies(read: Read, log: IssueLog) -> None:
    (found,) = read(
        calendar(event("DTSTART:20260504T180000", "CATEGORIES:Knife crime,AGED 10 TO 14,Red",
                       "CATEGORIES:training"))
    )  # fmt: skip
    assert found.themes == {Theme.KNIFE_CRIME}
    assert (found.cohorts, found.type) == ({Cohort.AGED_10_TO_14}, ActivityType.TRAINING)
    assert "Red" in next(iter(log)).message


def test_coordinates_are_taken_where_they_are_given(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:20260504T180000", "GEO:50.8;-1.09")))
    assert (found.location.latitude, found.location.longitude) == (50.8, -1.09)


def test_a_bad_event_spoils_no_other_and_is_said_on_its_line(read: Read, log: IssueLog) -> None:
    bad = [
        event("DTSTART:Easter", uid="1"),
        event(uid="2"),
        event("DTSTART:20260504T180000", "RRULE:FREQ=OFTEN", uid="3"),
        event("DTSTART:20260504T180000", "DURATION:PT1X", uid="4"),
        event("DTSTART:20260504T180000", "no colon here", uid="5"),
        event("DTSTART:19300504T180000", uid="6"),
    ]
    assert len(read(calendar(event("DTSTART:20260504T180000"), *bad))) == 1
    errors = [issue.line for issue in log if issue.severity is Severity.ERROR]
    assert errors == [10, 16, 21, 28, 35, 42]


def test_an_event_without_a_uid_is_named_by_its_words(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:20260504T180000", uid="")))
    assert found.source_key.startswith("football|20260504t180000")


def test_other_components_are_counted_and_left_out(read: Read, log: IssueLog) -> None:
    alarm = event("DTSTART:20260504T180000", "BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM")
    assert len(read(calendar(alarm, "BEGIN:VTODO\nSUMMARY:x\nEND:VTODO"))) == 1
    assert "1 of VTODO" in next(iter(log)).message


def test_two_calendars_in_a_file_keep_their_own_names(read: Read) -> None:
    first = calendar(event("DTSTART:20260504T180000"))
    second = calendar(event("DTSTART:20260504T180000", uid="b@x"), name="Sea Trust")
    assert [each.lead for each in read(first + second)] == ["Mill Youth Club", "Sea Trust"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_calendar_is_told_and_read_in_its_encoding(encoding: str, read: Read) -> None:
    text = calendar(event("DTSTART:20260504T180000"), name="Café Trust").encode(encoding)
    assert is_calendar(SourceFile("a.txt", text))
    assert [each.lead for each in read(text)] == ["Café Trust"]


def test_a_calendar_of_windows_is_read_with_a_warning(read: Read, log: IssueLog) -> None:
    text = calendar(event("DTSTART:20260504T180000"), name="Café Trust").encode("cp1252")
    assert [each.lead for each in read(text)] == ["Café Trust"]
    assert log.count(Severity.WARNING) == 1


def test_a_folded_line_is_put_together(read: Read) -> None:
    (found,) = read(calendar(event("DTSTART:2026050\n 4T180000", "DESCRIPTION:One\n  two")))
    assert (found.starts_on, found.description) == (date(2026, 5, 4), "One two")
