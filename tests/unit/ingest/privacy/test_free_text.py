"""Free text in tables of counts: refused where it is about a person, told of where it is not."""

from collections.abc import Callable

import pytest

from mapper.errors import PersonLevelDataError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog, Severity
from mapper.ingest.files.source import SourceFile
from mapper.ingest.kinds.violence import read_violence
from mapper.ingest.outcome.mending import faulty_rows
from mapper.ingest.privacy.count_sheets import read_count_sheets
from mapper.ingest.privacy.free_text import is_about_a_person

Make = Callable[..., SourceFile]
HEADINGS = "Area code,Month,Offence group,Count,{heading}\n"
ABOUT_SOMEBODY = [
    "Zed Quagmire was stabbed outside the shop",
    "Zed Quagmire aged 17 known to the police",
    "Seen by staff and then he ran off",
    "The victim was taken to hospital by ambulance",
    "Victim known to the suspect from school",
    "Includes an attack on a 17-year-old near the park",
    "Mr Quagmire reported this in March again",
    "Young female victim refused to give details",
    "one boy was attacked on the way home",
]
ABOUT_FIGURES = [
    "Count withheld because it is small",
    "Boundary of the ward changed in May",
    "Offences where the victim was under 18",
    "Includes robbery of business property and persons",
    "Portsmouth North and Portsmouth South were merged",
    "People aged 10 to 17 are counted",
    "Estimated for the month, to be revised",
    "Persons aged 18 and over",
    "Supplied by HE sector partners",
    "Victims are counted once in each month",
]


def table(heading: str, *texts: str) -> str:
    """A table of counts with a column of texts."""
    rows = (f"E0101701{n},2025-01,Robbery,{n},{text}\n" for n, text in enumerate(texts, 3))
    return HEADINGS.format(heading=heading) + "".join(rows)


@pytest.mark.parametrize("text", ABOUT_SOMEBODY)
def test_a_sentence_about_somebody_is_told(text: str) -> None:
    assert is_about_a_person(text)


@pytest.mark.parametrize("text", ABOUT_FIGURES)
def test_a_sentence_about_figures_is_let_be(text: str) -> None:
    assert not is_about_a_person(text)


@pytest.mark.parametrize("heading", ["Notes", "Comments", "Reason", "Anything"])
@pytest.mark.parametrize("text", ABOUT_SOMEBODY)
def test_one_sentence_about_somebody_refuses_the_file(
    csv_file: Make, log: IssueLog, heading: str, text: str
) -> None:
    with pytest.raises(PersonLevelDataError) as caught:
        read_count_sheets(csv_file(table(heading, "", text, "")), log)

    assert f"{heading} (holds text about a person)" in str(caught.value)
    assert not any(word in str(caught.value) for word in ("Quagmire", "hospital", "park"))


def test_notes_about_figures_are_told_of_and_not_read(
    csv_file: Make, log: IssueLog, ground: Ground
) -> None:
    read_violence(csv_file(table("Notes", ABOUT_FIGURES[0], "")), ground, log)
    told = [one.message for one in log if one.severity is Severity.WARNING]

    assert any("hold free text: Notes." in message for message in told)
    assert not any("withheld because it is small" in message for message in told)


@pytest.mark.parametrize("text", ["", "ok", "see above"])
def test_notes_without_texts_are_no_matter(
    csv_file: Make, log: IssueLog, ground: Ground, text: str
) -> None:
    read_violence(csv_file(table("Notes", text, text)), ground, log)

    assert [one for one in log if "free text" in one.message] == []


def test_a_line_below_the_table_is_no_row_of_it(csv_file: Make, log: IssueLog) -> None:
    text = table("Checked", "yes", "yes") + "The victim was counted where he lives,,,,\n"
    assert read_count_sheets(csv_file(text), log)


def test_rows_to_mend_leave_out_texts_that_were_not_read(csv_file: Make, log: IssueLog) -> None:
    story = "Zed Quagmire came by with his mother and told us everything about it"
    source = csv_file(f"name,description,diary\nA,{story},{story}\n")
    log.headings, log.columns = (1, ("name", "description", "diary")), frozenset({0, 1})
    log.add(2, "Something is wrong.")
    faulty = faulty_rows(source, log, "a list")

    assert faulty is not None
    assert faulty.headings == ("name", "description")
    assert faulty.rows[0].cells == ("A", story)
