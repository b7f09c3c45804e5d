"""Which published runs each audience may choose among."""

from mapper.domain.disclosure import Audience
from mapper.domain.period import Period
from mapper.reports.choices import AnalysisChoices
from mapper.reports.choosable_runs import choosable_runs
from mapper.reports.run import analyse
from mapper.store.session import Store
from tests.integration.reports.world import QUARTER, choices
from tests.published import analyse_and_publish

JANUARY, FEBRUARY = (
    Period(QUARTER.start.plus(month), QUARTER.start.plus(month + 1)) for month in range(2)
)


def offered(store: Store, audience: Audience) -> list[int]:
    with store.reading() as session:
        return [each.run_id for each in choosable_runs(session, audience)]


def publish(store: Store, *each: AnalysisChoices) -> list[int]:
    return [analyse_and_publish(store, one) for one in each]


def test_runs_of_open_counts_are_offered_to_all_one_for_each_period(world: Store) -> None:
    january, again = publish(world, choices(period=JANUARY), choices(seed=3))
    analyse(world, choices(seed=2))  # published by nobody, offered to nobody
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        assert offered(world, audience) == [again, january]  # not 1, which `again` corrects
    assert offered(world, Audience.ANALYST) == [again, january, 1]


def test_of_runs_that_share_a_month_that_is_not_open_the_last_alone_is_offered(
    restricted: Store,
) -> None:
    january, february = publish(restricted, choices(period=JANUARY), choices(period=FEBRUARY))
    for audience in (Audience.PUBLIC, Audience.PARTNER):
        assert offered(restricted, audience) == [february, january]  # not 1, which holds both
    assert offered(restricted, Audience.ANALYST) == [february, january, 1]


def test_a_month_that_one_run_left_out_is_not_told_by_another(restricted: Store) -> None:
    without = frozenset({FEBRUARY.start})
    (kept,) = publish(restricted, choices(excluded=without))
    assert offered(restricted, Audience.PUBLIC) == [kept]
    (february,) = publish(restricted, choices(period=FEBRUARY))
    assert offered(restricted, Audience.PUBLIC) == [february, kept]


def test_a_choice_names_its_run_and_period_once(world: Store) -> None:
    publish(world, choices(period=JANUARY))
    with world.reading() as session:
        labels = [each.label for each in choosable_runs(session, Audience.PUBLIC)]
    assert labels == ["January 2025", "Q1 2025 (January 2025 to March 2025)"]
