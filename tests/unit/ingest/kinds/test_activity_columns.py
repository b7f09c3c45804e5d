"""Tables of activities whose headings nobody knows, and the kinds that can be loaded."""

import pytest

from mapper.domain.source import SourceKind
from mapper.errors import PersonLevelDataError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.activities import propose_mapping
from mapper.ingest.kinds.loadable import loadable_kinds
from mapper.ingest.kinds.readers import READERS, reader_of

ODD = (
    "Wot,Run by,Kick-off,Spot\n"
    "Boxing,Invented Youth Trust,06/01/2026,PO1 3AX\n"
    "Chess,Pretend Library,07/01/2026,SO14 7LW\n"
    "Football,Made-up Football Club,08/01/2026,PO1 3AX\n"
)
CONFIRMED = {"title": "Wot", "lead": "Run by", "starts_on": "Kick-off", "postcode": "Spot"}


def as_file(text: str) -> SourceFile:
    """A file of that text."""
    return SourceFile("returns.csv", text.encode())


def test_columns_of_activities_are_guessed_by_what_they_hold() -> None:
    _, guesses = propose_mapping(as_file(ODD), IssueLog("returns.csv"))
    found = {guess.field: guess.heading for guess in guesses}

    assert found.items() >= {"lead": "Run by", "starts_on": "Kick-off", "postcode": "Spot"}.items()


def test_columns_that_were_confirmed_are_read(ground: Ground) -> None:
    read = reader_of(SourceKind.ACTIVITIES, CONFIRMED).read
    parsed = read(as_file(ODD), ground, IssueLog("returns.csv"))

    assert [record.title for _, record in parsed.records] == ["Boxing", "Chess", "Football"]


def test_a_table_with_the_headings_of_the_template_needs_no_confirming() -> None:
    text = "Title,Lead organisation,First date,Postcode\nBoxing,A Club,06/01/2026,PO1 3AX\n"

    assert propose_mapping(as_file(text), IssueLog("returns.csv"))[1] == ()


def test_a_table_about_those_who_took_part_is_refused_before_its_columns_are_shown() -> None:
    text = ODD.replace("Spot", "Date of birth")

    with pytest.raises(PersonLevelDataError, match="Date of birth"):
        propose_mapping(as_file(text), IssueLog("returns.csv"))


def test_every_kind_with_a_reader_can_be_chosen_and_boundaries_too() -> None:
    assert {each.kind for each in loadable_kinds()} == {*READERS, SourceKind.BOUNDARIES}


def test_every_kind_has_a_name_and_endings_to_choose_files_by() -> None:
    assert [each for each in loadable_kinds() if not (each.label and each.endings)] == []
