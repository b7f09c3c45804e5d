import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from mapper.domain.activity import Activity, ActivityStatus, ActivityType
from mapper.domain.disclosure import Visibility
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import PersonLevelDataError, SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import Entry, SourceFile
from mapper.ingest.kinds.activities import read_activities
from mapper.ingest.records.sessions import Choices
from mapper.ingest.template import COLUMNS, activities_csv, activities_workbook

Make = Callable[..., SourceFile]
Read = Callable[[str], list[Activity]]
TEMPLATES = Path(__file__).resolve().parents[4] / "data" / "templates"
TODAY = date(2026, 6, 1)


@pytest.fixture
def read(csv_file: Make, ground: Ground, log: IssueLog) -> Read:
    def records(text: str) -> list[Activity]:
        parsed = read_activities(csv_file(text), ground, log, choices=Choices(today=TODAY))
        return [each for _, each in parsed.records]

    return records


def test_title_lead_date_and_place_are_enough(read: Read) -> None:
    (found,) = read("Title,Lead organisation,Date,Postcode\nFootball,Mill,31/01/2025,PO1 3AX\n")
    assert (found.starts_on, found.ends_on, found.sessions) == (
        date(2025, 1, 31),
        date(2025, 1, 31),
        1,
    )


def test_free_headings_are_known(read: Read) -> None:
    (found,) = read(
        "Name of activity,Led by,Delivered with,Start date,End date,No. of sessions,Attendees,"
        "Hours,Areas covered\nFootball,Mill,A; B,45658,45688,4,32,1.5,all of Hampshire\n"
    )
    assert (found.partners, found.sessions, found.participants) == (("A", "B"), 4, 32)
    assert (found.starts_on, found.ends_on) == (date(2025, 1, 1), date(2025, 1, 31))
    assert len(found.areas_served) == 11


def test_about_twenty_people_is_a_warning_and_no_number(read: Read, log: IssueLog) -> None:
    (found,) = read("title,lead,date,postcode,participants\nF,Mill,1/2/2025,PO1 3AX,about 20\n")
    assert found.participants is None
    assert [(issue.field, issue.severity) for issue in log] == [("participants", Severity.WARNING)]


def test_a_last_date_that_cannot_be_read_refuses_the_row(read: Read, log: IssueLog) -> None:
    assert read("title,lead,date,last date,postcode\nF,Mill,1/2/2025,Easter,PO1 3AX\n") == []
    assert [(issue.field, issue.severity) for issue in log] == [("last date", Severity.ERROR)]


def test_all_that_is_wrong_with_a_row_that_is_lost_is_said(read: Read, log: IssueLog) -> None:
    assert read("title,lead,date,sessions,type,postcode\nF,Mill,soon,six,cofee,PO1 3AX\n") == []
    assert [issue.field for issue in log] == ["date", "type", "sessions"]


@pytest.mark.parametrize(
    ("cells", "field"),
    [
        (",Mill,1/2/2025,PO1 3AX,1", "title"),
        ("F,,1/2/2025,PO1 3AX,1", "lead"),
        ("F,Mill,,PO1 3AX,1", "date"),
        ("F,Mill,31/2/2025,PO1 3AX,1", "date"),
        ("F,Mill,1/2/2025,,1", "postcode"),
        ("F,Mill,1/2/2025,PO1 3AX,0", "sessions"),
    ],
)
def test_a_row_without_what_it_needs_is_an_error_on_that_field(
    cells: str, field: str, read: Read, log: IssueLog
) -> None:
    assert read(f"title,lead,date,postcode,sessions\n{cells}\n") == []
    assert [(issue.field, issue.severity) for issue in log] == [(field, Severity.ERROR)]


def test_an_area_that_is_not_known_is_left_out_with_a_warning(read: Read, log: IssueLog) -> None:
    (found,) = read("title,lead,date,areas served\nF,Mill,1/2/2025,Narnia; Gosport\n")
    assert found.areas_served == ("E07000088",)
    assert log.count(Severity.WARNING) == 1


def test_an_activity_to_come_is_planned_unless_it_says_so(read: Read) -> None:
    (found,) = read("title,lead,date,postcode\nF,Mill,1/7/2026,PO1 3AX\n")
    assert found.status is ActivityStatus.PLANNED


def test_an_activity_to_come_that_says_delivered_is_a_warning(read: Read, log: IssueLog) -> None:
    read("title,lead,date,postcode,status\nF,Mill,1/7/2026,PO1 3AX,delivered\n")
    assert log.count(Severity.WARNING) == 1


@pytest.mark.parametrize("shown", ["", "exact", "ward", "hidden"])
def test_what_is_held_at_a_refuge_is_never_shown_where_it_is(
    shown: str, read: Read, log: IssueLog
) -> None:
    (found,) = read(
        "title,lead,date,postcode,venue,show location\n"
        f"Art club,Mill,1/2/2025,PO1 3AX,The Women's Refuge,{shown}\n"
    )
    hidden = shown == "hidden"
    assert found.visibility is (Visibility.HIDDEN if hidden else Visibility.AUTHORITY)
    assert log.count(Severity.NOTE) == (0 if hidden else 1)


def test_the_lead_is_not_its_own_partner(read: Read) -> None:
    (found,) = read("title,lead,partners,date,postcode\nF,Mill,Mill; B,1/2/2025,PO1 3AX\n")
    assert found.partners == ("B",)


def test_a_reference_names_the_activity_from_one_return_to_the_next(read: Read) -> None:
    (found,) = read("reference,title,lead,date,postcode\nA-17,F,Mill,1/2/2025,PO1 3AX\n")
    assert found.source_key == "A-17"


def test_two_sessions_on_different_days_are_two(read: Read) -> None:
    rows = "F,Mill,1/2/2025,PO1 3AX\nF,Mill,2/2/2025,PO1 3AX\n"
    assert len(read(f"title,lead,date,postcode\n{rows}")) == 2


def test_columns_about_participants_are_refused(read: Read) -> None:
    with pytest.raises(PersonLevelDataError, match="Participant name"):
        read("title,lead,date,postcode,Participant name\nF,Mill,1/2/2025,PO1 3AX,Sam\n")


def test_a_file_without_headings_is_refused_with_what_was_found(read: Read) -> None:
    with pytest.raises(SourceError, match="Boxing, Drayton Lane"):
        read("Boxing,Drayton Lane,PO1 3AX\nFootball,Fort Road,PO1 3AX\n")


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_the_example_row_of_the_template_is_passed_over(ending: str, log: IssueLog) -> None:
    file = Entry(TEMPLATES / f"activities.{ending}").open()
    assert list(read_activities(file, Ground(), log).records) == []
    assert [issue.severity for issue in log] == [Severity.NOTE]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_every_column_of_the_template_is_read(ending: str, log: IssueLog) -> None:
    content = activities_workbook() if ending == "xlsx" else activities_csv().encode()
    read_activities(SourceFile(f"a.{ending}", content), Ground(), log)
    assert not [issue for issue in log if "not read" in issue.message]


def test_a_template_filled_in_is_read_as_meant(log: IssueLog) -> None:
    book = load_workbook(io.BytesIO(activities_workbook()))
    sheet = book["Activities"]
    for at, column in enumerate(COLUMNS, start=1):
        sheet.cell(3, at, column.example)
    sheet.cell(3, 1, "A-1")
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = read_activities(SourceFile("a.xlsx", buffer.getvalue()), Ground(), log)
    ((line, found),) = parsed.records
    assert (line, found.source_key, found.title) == (3, "A-1", "Friday football at the Mill")
    assert (found.starts_on, found.ends_on) == (date(2026, 1, 9), date(2026, 3, 27))
    assert (found.sessions, found.participants, found.hours_per_session) == (12, 25, 1.5)
    assert (found.type, found.status) == (ActivityType.SPORT, ActivityStatus.DELIVERED)
    assert (found.themes, found.cohorts) == (
        {Theme.POSITIVE_ACTIVITIES},
        {Cohort.AGED_10_TO_14},
    )
    assert found.prevention_tier is PreventionTier.SECONDARY


def test_a_template_filled_in_badly_says_what_is_wrong_cell_by_cell(log: IssueLog) -> None:
    book = load_workbook(io.BytesIO(activities_workbook()))
    sheet = book["Activities"]
    sheet.delete_rows(2)
    good = {"Title": "Boxing", "Lead organisation": "Mill", "First date": "9th January 2026",
            "Postcode": "po1 2al"}  # fmt: skip
    for line, more in enumerate(
        [
            {"Last date": 46109, "Themes": "knife crime, Family and parenting"},
            {"Title": "Film", "Participants": "about 20", "Type": "Something else"},
            {},
            {"Title": "Walk", "First date": "Easter"},
            {"Title": None, "Lead organisation": None, "First date": None, "Sessions": "=SUM(A1)"},
        ],
        start=2,
    ):
        for heading, value in (good | more).items() if more else ():
            at = [column.heading for column in COLUMNS].index(heading) + 1
            sheet.cell(line, at, value)
    buffer = io.BytesIO()
    book.save(buffer)
    parsed = read_activities(SourceFile("a.xlsx", buffer.getvalue()), Ground(), log)
    boxing, film = (record for _, record in parsed.records)
    assert (boxing.starts_on, boxing.ends_on) == (date(2026, 1, 9), date(2026, 3, 28))
    assert boxing.themes == {Theme.KNIFE_CRIME, Theme.FAMILY}
    assert (film.participants, film.type) == (None, ActivityType.OTHER)
    errors = [(issue.line, issue.field) for issue in log if issue.severity is Severity.ERROR]
    assert errors == [(5, "First date"), (6, "Title"), (6, "Lead organisation"), (6, "First date")]


def test_the_template_says_beside_each_cell_what_belongs_there() -> None:
    sheet = load_workbook(io.BytesIO(activities_workbook()))["Activities"]
    prompts = {each.promptTitle: each.prompt for each in sheet.data_validations.dataValidation}
    assert prompts.keys() == {column.heading for column in COLUMNS}
    assert all(prompts.values())


def test_the_template_offers_the_terms_in_drop_downs() -> None:
    sheet = load_workbook(io.BytesIO(activities_workbook()))["Activities"]
    lists = [each for each in sheet.data_validations.dataValidation if each.type == "list"]
    assert len(lists) == sum(column.choices is not None for column in COLUMNS)


def test_the_shipped_templates_are_those_the_program_makes() -> None:
    shipped = load_workbook(TEMPLATES / "activities.xlsx")
    made = load_workbook(io.BytesIO(activities_workbook()))
    for name in made.sheetnames:
        assert list(shipped[name].values) == list(made[name].values)
    assert (TEMPLATES / "activities.csv").read_text(
        encoding="utf-8-sig"
    ) == activities_csv().replace("\r\n", "\n")
