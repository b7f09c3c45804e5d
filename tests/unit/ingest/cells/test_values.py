from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.activity import ActivityType
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import InvalidValueError
from mapper.ingest.cells.naming import plain_name, sensible_case, stable_key
from mapper.ingest.cells.terms import match_term, split_list
from mapper.ingest.cells.values import read_date, read_number, read_whole_number, read_yes_no, tidy
from mapper.ingest.privacy.refuges import runs_a_refuge


@pytest.mark.parametrize(
    "text",
    ["31/01/2025", "31/1/25", "2025-01-31", "2025-01-31T09:30:00", "2025-01-31 00:00:00", "45688",
     "31 January 2025", "31st Jan 2025", "31-Jan-2025", "31.01.2025", "31-01-2025", "2025/01/31",
     "31st of January 2025", "Fri 31 January 2025", "Friday, the 31st Jan 2025"],
)  # fmt: skip
def test_the_last_of_january_is_read_in_every_form(text: str) -> None:
    assert read_date(text) == date(2025, 1, 31)


@pytest.mark.parametrize("text", ["31/02/2025", "01/31/2025", "soon", "2025", "12", "1/1/1066"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a date"):
        read_date(text)


@given(day=st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_a_date_written_day_first_or_iso_reads_back(day: date) -> None:
    assert read_date(f"{day:%d/%m/%Y}") == read_date(day.isoformat()) == day


@pytest.mark.parametrize("text", ["about 20", "20+", "20-30", "many", "1,20", "nan", "1e3"])
def test_a_number_with_words_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not a number"):
        read_number(text)


@pytest.mark.parametrize(("text", "number"), [("20", 20), ("1,200", 1200), ("20.0", 20)])
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_whole_number(text) == number


def test_a_fraction_is_no_whole_number() -> None:
    with pytest.raises(InvalidValueError, match="whole number"):
        read_whole_number("2.5")


@pytest.mark.parametrize(("text", "is_yes"), [("Yes", True), ("n", False), ("TRUE", True)])
def test_yes_and_no_are_read(text: str, is_yes: bool) -> None:
    assert read_yes_no(text) is is_yes


def test_perhaps_is_neither_yes_nor_no() -> None:
    with pytest.raises(InvalidValueError, match="neither"):
        read_yes_no("perhaps")


def test_a_list_is_split_at_semicolons_and_lines_but_not_commas() -> None:
    assert split_list("A, B; C\nD;; A, B") == ("A, B", "C", "D")


def test_control_characters_are_taken_out() -> None:
    assert tidy("A\x00B\x1b[31m \u200bC\u00a0 D") == "A B [31m C D"


@pytest.mark.parametrize("text", ["Knife Crime", "KNIFE_CRIME", "knife-crime"])
def test_a_term_is_known_in_any_case(text: str) -> None:
    assert match_term(Theme, text) is Theme.KNIFE_CRIME


def test_an_unknown_term_is_refused_with_those_allowed() -> None:
    with pytest.raises(InvalidValueError, match="One of: regular session"):
        match_term(ActivityType, "jousting")


@pytest.mark.parametrize("cohort", list(Cohort))
def test_every_term_is_known_by_its_own_words(cohort: Cohort) -> None:
    assert match_term(Cohort, cohort.value) is cohort


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("THE SOCIETY OF ST JAMES", "The Society of St James"),
        ("YMCA FAIRTHORNE GROUP", "YMCA Fairthorne Group"),
        ("KING EDWARD VI SCHOOL", "King Edward VI School"),
        ("WOMEN'S AID PRE-SCHOOL", "Women's Aid Pre-School"),
        ("Ellen MacArthur Foundation", "Ellen MacArthur Foundation"),
        ("ODIHAM DISTRICT U3A", "Odiham District U3A"),
        ("YMCA", "YMCA"),
    ],
)
def test_a_name_in_capitals_is_made_readable(name: str, readable: str) -> None:
    assert sensible_case(name) == readable


@given(name=st.text(min_size=1, max_size=60))
def test_a_readable_name_keeps_its_words(name: str) -> None:
    assert sensible_case(name).casefold() == name.casefold()


def test_a_key_does_not_change_with_case_spacing_or_the() -> None:
    assert stable_key("The  Mill & Co.", "PO1 3AX") == stable_key("mill AND co", "po1 3ax")


def test_names_that_differ_in_a_word_stay_apart() -> None:
    assert plain_name("Mill Youth") != plain_name("Mill House")


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Southsea Women's Refuge", ""),
        ("HAVANT WOMENS AID", ""),
        ("Example Women’s Aid", ""),  # noqa: RUF001
        ("Stop Domestic Abuse Accommodation Service", ""),
        ("Example Crisis Centre", "Established to provide accommodation for women and children"),
        ("Example Trust", "PROVISION OF TEMPORARY ACCOMODATION FOR WOMEN"),
        ("Example Trust", "Runs a refuge for those who flee violence at home"),
        ("Example Trust", "Safe accommodation and support"),
        ("Example Trust", "Shelter for survivors of domestic violence"),
    ],
)
def test_a_refuge_is_told_by_its_words(name: str, description: str) -> None:
    assert runs_a_refuge(name, description)


@pytest.mark.parametrize(
    ("name", "description"),
    [
        ("Example Wildlife Refuge", ""),
        ("Example Donkey Refuge", "A refuge for donkeys and children who visit"),
        ("Example Refugee Council", "Support for refugees and their children"),
        ("Example Youth Trust", "Workshops on domestic abuse in schools"),
        ("Example Housing", "Accommodation for older people"),
    ],
)
def test_what_is_no_refuge_is_not_taken_for_one(name: str, description: str) -> None:
    assert not runs_a_refuge(name, description)
