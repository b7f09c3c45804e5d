"""Columns of any headings: told by what they are called and by what they hold."""

from collections.abc import Callable

import pytest

from mapper.domain.organisation import Organisation
from mapper.domain.source import SourceKind
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.columns.column_values import LOOKS, share_alike
from mapper.ingest.columns.mapping import Guess
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.directory import FIELDS
from mapper.ingest.kinds import activities
from mapper.ingest.kinds.organisations import propose_mapping, read_organisations
from mapper.ingest.kinds.readers import reader_of

Make = Callable[..., SourceFile]
UNKNOWN = (
    "Who,Where,Find them at,Write to,Reg\n"
    "Invented Boxing Club,PO1 3AX,https://a.example.org,a@example.org,9990001\n"
    "Invented Youth Trust,SO14 7LW,www.b.example.org,b@example.org,9990002\n"
    "Invented Church,PO16 7AW,c.example.org.uk,c@example.org,9990003\n"
)


def _guesses(text: str, csv_file: Make) -> dict[str, Guess]:
    _, guesses = propose_mapping(csv_file(text), IssueLog("a"))
    return {each.field: each for each in guesses}


def _read(text: str, csv_file: Make, log: IssueLog) -> list[Organisation]:
    return [each for _, each in read_organisations(csv_file(text), Ground(), log).records]


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("name", "Who"),
        ("postcode", "Where"),
        ("website", "Find them at"),
        ("contact_email", "Write to"),
        ("charity_number", "Reg"),
    ],
)
def test_unknown_headings_are_told_by_their_values(
    field: str, heading: str, csv_file: Make
) -> None:
    assert _guesses(UNKNOWN, csv_file)[field].heading == heading


def test_a_guess_says_why(csv_file: Make) -> None:
    guess = _guesses(UNKNOWN, csv_file)["postcode"]
    assert (guess.confidence, guess.why) == (0.9, "100% of its cells look like postcodes")


def test_a_heading_that_is_known_is_surer_than_values(csv_file: Make) -> None:
    text = "Name,Postcode,Old code\nA,PO1 3AX,SO14 7LW\nB,PO1 3AX,SO14 7LW\nC,PO1 3AX,SO14 7LW\n"
    guesses = _guesses(text, csv_file)
    assert (guesses["postcode"].heading, guesses["postcode"].confidence) == ("Postcode", 1.0)
    assert "Old code" not in {each.heading for each in guesses.values()}


def test_values_that_contradict_a_heading_make_it_doubtful(csv_file: Make) -> None:
    text = "Name,Postcode,Code\nA,1,PO1 3AX\nB,2,PO1 3AX\nC,3,SO14 7LW\n"
    guess = _guesses(text, csv_file)["postcode"]
    assert guess.heading == "Code"


def test_a_heading_that_holds_the_word_is_likely_and_surer_with_values(csv_file: Make) -> None:
    text = "Group name here,The postcode of the hall\nInvented Club,PO1 3AX\nB,PO1 3AX\nC,PO1 3AX\n"
    guesses = _guesses(text, csv_file)
    assert guesses["postcode"].confidence > 0.9
    assert "its heading has 'postcode', and 100%" in guesses["postcode"].why
    assert guesses["name"].heading == "Group name here"


def test_a_column_serves_one_field_and_a_field_has_one_column(csv_file: Make) -> None:
    guesses = _guesses(UNKNOWN, csv_file)
    headings = [each.heading for each in guesses.values()]
    assert len(headings) == len(set(headings))


def test_the_best_known_heading_is_taken_before_its_synonyms(csv_file: Make) -> None:
    text = "Group,Name,Postcode\nA,Mill,PO1 3AX\n"
    assert _guesses(text, csv_file)["name"].heading == "Name"


def test_a_shape_that_is_known_needs_no_confirming(csv_file: Make) -> None:
    _, guesses = propose_mapping(csv_file("urn,establishment_name\n1,A\n"), IssueLog("a"))
    assert guesses == ()


def test_lines_above_the_headings_are_passed_over(csv_file: Make) -> None:
    table, _ = propose_mapping(csv_file(f"A list of ours,,,,\n{UNKNOWN}"), IssueLog("a"))
    assert table.headings[0] == "Who"


def test_unknown_headings_are_read_and_what_was_guessed_is_said(
    csv_file: Make, log: IssueLog
) -> None:
    found = _read(UNKNOWN, csv_file, log)
    assert [each.location.postcode for each in found] == ["PO1 3AX", "SO14 7LW", "PO16 7AW"]
    told = {each.field: each.severity for each in log if "was read as" in each.message}
    assert told == {
        "Who": Severity.WARNING,
        "Where": Severity.NOTE,
        "Find them at": Severity.NOTE,
    }


def test_what_is_doubtful_or_about_persons_waits_to_be_confirmed(
    csv_file: Make, log: IssueLog
) -> None:
    found = _read(UNKNOWN, csv_file, log)
    assert all(not each.contacts and not each.identifiers for each in found)
    assert any("not read: Write to, Reg" in each.message for each in log)


def test_a_column_of_postcodes_is_found_beside_known_headings(
    csv_file: Make, log: IssueLog
) -> None:
    text = "name,pc of main base\nA,PO1 3AX\nB,SO14 7LW\nC,PO16 7AW\n"
    assert [each.location.postcode for each in _read(text, csv_file, log)] == [
        "PO1 3AX",
        "SO14 7LW",
        "PO16 7AW",
    ]


def test_a_table_without_headings_is_refused(csv_file: Make, log: IssueLog) -> None:
    with pytest.raises(SourceError, match="no heading for name"):
        _read("\n".join(UNKNOWN.splitlines()[1:]), csv_file, log)


def test_a_table_of_nothing_known_is_refused(csv_file: Make, log: IssueLog) -> None:
    with pytest.raises(SourceError, match="no heading for name"):
        _read("a,b\n1,2\n3,4\n5,6\n", csv_file, log)


def test_a_confirmed_mapping_is_kept_to(csv_file: Make, log: IssueLog) -> None:
    mapping = {"name": "Who", "postcode": "Where", "charity_number": "Reg"}
    reader = reader_of(SourceKind.ORGANISATIONS, mapping)
    parsed = reader.read(csv_file(UNKNOWN), Ground(), log)
    assert parsed.records[0][1].source_key == "GB-CHC-9990001"
    assert {each.website for _, each in parsed.records} == {""}
    assert len(log) == 0


def test_a_confirmed_mapping_may_say_otherwise_than_the_headings(
    csv_file: Make, log: IssueLog
) -> None:
    text = "name,postcode,hall\nSam,X,PO1 3AX\n"
    mapping = {"name": "name", "postcode": "hall"}
    parsed = read_organisations(csv_file(text), Ground(), log, mapping)
    assert parsed.records[0][1].location.postcode == "PO1 3AX"


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"name": "Nowhere"}, "missing: Nowhere"),
        ({"postcode": "Where"}, "fields without a column: name"),
        ({"name": "Who", "shoe size": "Where"}, "unknown fields: shoe size"),
        ({"name": "Who", "website": "who"}, "cannot be right"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(
    mapping: dict[str, str], words: str, csv_file: Make, log: IssueLog
) -> None:
    with pytest.raises(SourceError, match=words):
        read_organisations(csv_file(UNKNOWN), Ground(), log, mapping)


@pytest.mark.parametrize(
    ("field", "values", "share"),
    [
        ("postcode", ["PO1 3AX", "po13ax", "P01 3AX", "x"], 0.75),
        ("contact_email", ["a@b.org", "a at b"], 0.5),
        ("website", ["www.a.org", "a.org.uk/b", "St. John", "a@b.org"], 0.5),
        ("contact_phone", ["023 9200 0000", "+44 1632 960001", "12"], 2 / 3),
        ("company_number", ["01234567", "SC123456", "1234567"], 2 / 3),
        ("latitude", ["50.8123", "51", "-1.0812"], 1 / 3),
        ("areas_served", ["Havant; Gosport", "Hampshire", "Leeds"], 2 / 3),
        ("themes", ["knife crime, mental health", "jousting"], 0.5),
        ("name", ["Invented Boxing Club", "Sam Doe", "1 Club Road, 123"], 1 / 3),
        ("name", ["Charity", "Charity", "Charity", "Charity"], 0.25),
        ("contact_name", ["Sam Doe", "Dr Sam Doe", "Boxing Club"], 2 / 3),
        ("contact_name", ["Fratton Road", "Queen St", "Harriet Lane"], 1 / 3),
        ("consent", ["yes"], 0.0),
        ("postcode", [], 0.0),
    ],
)
def test_values_are_told_by_their_look(field: str, values: list[str], share: float) -> None:
    assert share_alike(field, values) == pytest.approx(share)


def test_every_look_is_of_a_field_that_is_read() -> None:
    read = {field.name for field in (*FIELDS, *activities.FIELDS)}

    assert LOOKS.keys() <= read


@pytest.mark.parametrize("cell", ["a" * 100_000, "www." * 20_000, "0 " * 50_000, "A'" * 50_000,
                                  "x@" * 50_000, "a-" * 50_000 + "!"])  # fmt: skip
def test_huge_cells_are_looked_at_quickly(cell: str, csv_file: Make, log: IssueLog) -> None:
    rows = f"{cell},PO1 3AX\n" * 20
    with pytest.raises(SourceError):
        _read(f"Who,Where\n{rows}", csv_file, log)
