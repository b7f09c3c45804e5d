"""What an analyst chooses for a run."""

from typing import Any

import pytest

from mapper.domain.period import Month, Period
from mapper.errors import InvalidValueError
from mapper.reports.choices import AnalysisChoices

SPRING = Period(Month(2025, 3), Month(2025, 6))


def test_an_excluded_month_is_not_kept() -> None:
    choices = AnalysisChoices(period=SPRING, excluded=frozenset({Month(2025, 4)}))
    assert choices.months_kept == (Month(2025, 3), Month(2025, 5))


@pytest.mark.parametrize(
    ("choices", "found"),
    [
        ({"excluded": frozenset({Month(2025, 6)})}, "2025-06 cannot be left out"),
        ({"excluded": frozenset(SPRING)}, "Every month of the period is left out"),
        ({"period": Period(Month(2010, 1), Month(2020, 2))}, "The period holds 121 months"),
    ],
)
def test_choices_that_make_no_run_are_refused(choices: dict[str, Any], found: str) -> None:
    with pytest.raises(InvalidValueError, match=found):
        AnalysisChoices(**{"period": SPRING} | choices)


def test_parameters_are_plain_values_in_a_fixed_order() -> None:
    months = frozenset({Month(2025, 5), Month(2025, 3)})
    stored = AnalysisChoices(period=SPRING, excluded=months, seed=7).as_parameters()
    assert (stored["from"], stored["to"], stored["seed"]) == ("2025-03", "2025-06", 7)
    assert (stored["excluded"], stored["dose"]) == (["2025-03", "2025-05"], "sessions")
