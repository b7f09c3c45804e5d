import pytest

from mapper.domain.activity import ActivityType
from mapper.domain.vocabulary import Cohort, Theme
from mapper.errors import InvalidValueError
from mapper.ingest.cells.terms import match_term, split_list


def test_a_list_is_split_at_semicolons_and_lines_but_not_commas() -> None:
    assert split_list("A, B; C\nD;; A, B") == ("A, B", "C", "D")


@pytest.mark.parametrize("text", ["Knife Crime", "KNIFE_CRIME", "knife-crime"])
def test_a_term_is_known_in_any_case(text: str) -> None:
    assert match_term(Theme, text) is Theme.KNIFE_CRIME


def test_an_unknown_term_is_refused_with_those_allowed() -> None:
    with pytest.raises(InvalidValueError, match="One of: regular session"):
        match_term(ActivityType, "jousting")


@pytest.mark.parametrize("cohort", list(Cohort))
def test_every_term_is_known_by_its_own_words(cohort: Cohort) -> None:
    assert match_term(Cohort, cohort.value) is cohort
