"""What was found in the rows of a file, put together as pages show it."""

from mapper.ingest.faults.issues import Issue, Severity
from mapper.web.forms.loading import proposed_columns
from mapper.web.load_words import fault_groups


def issue(line: int, field: str, message: str) -> Issue:
    """A warning about one row."""
    return Issue(file="a.csv", line=line, field=field, severity=Severity.WARNING, message=message)


def test_faults_that_differ_only_in_what_they_quote_are_said_once() -> None:
    (fault,) = fault_groups(
        [issue(2, "Who for", "'boys' is no word."), issue(3, "Who for", "'dads' is no word.")], {}
    )

    assert fault.count == 2
    assert fault.message == "'boys' (and others) is no word."


def test_a_fault_of_one_value_quotes_it_alone() -> None:
    (fault,) = fault_groups([issue(line, "Who for", "'boys' is no word.") for line in (2, 3)], {})

    assert fault.message == "'boys' is no word."


def test_a_column_is_called_by_the_heading_that_was_confirmed_for_it() -> None:
    said = [issue(2, "postcode", "No postcode."), issue(3, "PCode", "No postcode.")]
    (fault,) = fault_groups(said, {"postcode": "PCode"})

    assert (fault.field, fault.count) == ("PCode", 2)


def test_of_several_files_each_example_names_its_own() -> None:
    other = Issue(
        file="b.csv", line=9, field="", severity=Severity.NOTE, message="Closed.", value="2020"
    )
    faults = fault_groups([issue(2, "Who for", "Not a word."), other], {})

    assert [fault.examples for fault in faults] == [
        ("a.csv, line 2",),
        ("b.csv, line 9: 2020",),
    ]


def test_a_mere_guess_makes_nobody_a_contact() -> None:
    guess = {"heading": "Where", "why": "67% of its cells look like names of persons"}
    said = {"headings": ["Where"], "values": [["Sam Doe"]]}

    def proposed(field: str, confidence: float) -> str:
        guesses = [{**guess, "field": field, "confidence": confidence}]
        return proposed_columns({**said, "guesses": guesses}, {})[0].field

    assert proposed("contact_name", 0.27) == ""
    assert proposed("contact_name", 0.9) == "contact_name"
    assert proposed("address", 0.27) == "address"


def test_two_words_of_one_cell_are_one_row_at_fault() -> None:
    said = [issue(6, "Topics", f"{word!r} is not one of the words.") for word in ("a", "b")]
    (fault,) = fault_groups(said, {})

    assert (fault.count, fault.examples) == (1, ("line 6",))
