"""When an entry has to be confirmed, and when it lapses: by the calendar, and by law."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.freshness import (
    LAPSE_AFTER_MONTHS,
    VERIFY_AFTER_MONTHS,
    Freshness,
    freshness,
    months_later,
)

DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 3, 9), Freshness.CURRENT),
        (date(2026, 3, 10), Freshness.TO_VERIFY),
        (date(2026, 6, 9), Freshness.TO_VERIFY),
        (date(2026, 6, 10), Freshness.LAPSED),
    ],
)
def test_an_entry_is_marked_after_twelve_months_and_lapses_after_fifteen(
    today: date, expected: Freshness
) -> None:
    assert freshness(date(2025, 3, 10), today) is expected


def test_a_month_without_that_day_ends_on_its_last() -> None:
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2025, 11, 30), 3) == date(2026, 2, 28)


@given(DAYS, st.integers(0, 40))
def test_months_later_is_in_the_right_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day <= day.day


@given(DAYS, st.integers(0, 1_000))
def test_an_entry_never_grows_fresher(day: date, days: int) -> None:
    order = list(Freshness)
    today = day + timedelta(days)
    assert order.index(freshness(day, today)) <= order.index(freshness(day, today + timedelta(1)))


@given(DAYS)
def test_marked_comes_before_lapsed(day: date) -> None:
    assert freshness(day, months_later(day, VERIFY_AFTER_MONTHS)) is Freshness.TO_VERIFY
    assert freshness(day, months_later(day, LAPSE_AFTER_MONTHS)) is Freshness.LAPSED
