from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.activity import ActivityStatus
from mapper.ingest.records.sessions import Choices, Session, held_and_to_come, said_when, weekly

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
FIRST = Session(date(2026, 3, 2), date(2026, 3, 2), time(18), 1.5)


@given(first=DAYS, last=DAYS)
def test_weekly_sessions_are_a_week_apart_and_end_by_the_last_day(first: date, last: date) -> None:
    days = [each.starts_on for each in weekly(Session(first, first), last)]
    assert all(b - a == timedelta(days=7) for a, b in pairwise(days))
    assert all(first <= day <= last for day in days)
    assert len(days) == max(0, (last - first).days // 7 + 1)


@given(days=st.lists(DAYS, min_size=1, max_size=20), today=DAYS)
def test_no_session_is_lost_or_counted_twice_between_held_and_to_come(
    days: list[date], today: date
) -> None:
    parts = held_and_to_come([Session(day, day) for day in days], today)
    assert sorted(s.starts_on for part in parts for s in part.sessions) == sorted(days)
    for part in parts:
        is_held = part.status is ActivityStatus.DELIVERED
        assert all((each.starts_on <= today) is is_held for each in part.sessions)


def test_a_session_on_the_day_of_loading_counts_as_held() -> None:
    (part,) = held_and_to_come([FIRST], FIRST.starts_on)
    assert part.status is ActivityStatus.DELIVERED


def test_what_is_to_come_of_something_repeated_has_a_key_of_its_own() -> None:
    held, to_come = held_and_to_come(weekly(FIRST, date(2026, 3, 31)), date(2026, 3, 10))
    assert held.key("a", is_repeated=True) == "a"
    assert to_come.key("a", is_repeated=True) == "a planned"
    assert to_come.key("a", is_repeated=False) == "a"


def test_the_hours_of_a_session_are_their_mean() -> None:
    longer = Session(date(2026, 3, 9), date(2026, 3, 9), time(18), 2.0)
    (part,) = held_and_to_come([FIRST, longer], date(2026, 4, 1))
    assert part.cells()["hours_per_session"] == "1.75"


def test_days_and_times_are_said_in_the_order_of_the_week() -> None:
    thursday = Session(date(2026, 3, 5), date(2026, 3, 5), time(9, 30))
    sessions = [*weekly(thursday, date(2026, 3, 31)), *weekly(FIRST, date(2026, 3, 31))]
    assert said_when(sessions) == "Mondays 18:00, Thursdays 09:30"


@pytest.mark.parametrize(
    ("today", "last"),
    [(date(2026, 11, 25), date(2027, 11, 25)), (date(2028, 2, 29), date(2029, 2, 28))],
)
def test_what_has_no_end_is_counted_for_a_year(today: date, last: date) -> None:
    assert Choices(today=today).last_day == last
