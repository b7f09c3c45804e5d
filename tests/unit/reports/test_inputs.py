"""Which entries of the directory a run relies on."""

from datetime import date

import pandas as pd

from mapper.domain.period import Month, Period
from mapper.reports.inputs import _relied_on

PERIOD = Period(Month(2025, 1), Month(2026, 1))


def kept(confirmed_on: date, *active: int) -> bool:
    organisations = pd.DataFrame({"confirmed_on": [confirmed_on]}, index=[1])
    participations = pd.DataFrame({"organisation_id": list(active)})
    return bool(len(_relied_on(organisations, participations, PERIOD)))


def test_an_entry_confirmed_in_time_is_relied_on() -> None:
    assert kept(date(2024, 10, 2))


def test_an_entry_that_had_lapsed_by_the_end_of_the_period_is_not() -> None:
    assert not kept(date(2024, 10, 1))


def test_one_that_delivered_something_counts_whoever_forgot_to_confirm_it() -> None:
    assert kept(date(2020, 1, 1), 1)


def test_one_recorded_since_is_relied_on() -> None:
    assert kept(date(2026, 5, 1))


def test_an_empty_directory_is_no_fault() -> None:
    organisations = pd.DataFrame({"confirmed_on": pd.Series([], dtype=object)})
    assert _relied_on(organisations, pd.DataFrame({"organisation_id": []}), PERIOD).empty
