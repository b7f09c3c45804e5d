"""The network on two days: counted again by hand from who met whom and when."""

from datetime import date
from itertools import combinations

import pytest
from sqlalchemy.orm import Session

from mapper.domain.activity import ActivityStatus
from mapper.domain.disclosure import Audience
from mapper.domain.source import SourceKind
from mapper.domain.tie import DeclaredLink, Layer
from mapper.errors import InvalidValueError
from mapper.reports.network_between import NetworkBetween, network_between
from mapper.reports.network_layers import NetworkSlice
from mapper.store.activities import save_activities
from mapper.store.declared_links import save_declared_link
from mapper.store.run_networks import run_meetings
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_activity, make_place, make_source
from tests.integration.reports.world import choices
from tests.published import analyse_and_publish

THEN, NOW = date(2025, 1, 20), date(2025, 3, 10)
SPANS = (
    ("Trio", date(2025, 1, 6), date(2025, 1, 31), ("North Group", "East Group")),
    ("Duo", date(2025, 1, 13), date(2025, 3, 20), ("North Group",)),
    ("Late", date(2025, 3, 1), date(2025, 3, 28), ("West Group",)),
    ("One day", date(2025, 2, 1), date(2025, 2, 1), ("South Group",)),
)


@pytest.fixture
def met(world: Store) -> Store:
    """The world in which some worked together for a while, analysed again."""
    records = [
        located(
            make_activity(
                title=title,
                lead="Lead Group",
                partners=partners,
                starts_on=first,
                ends_on=last,
                status=ActivityStatus.DELIVERED,
            ),
            make_place(0),
        )
        for title, first, last, partners in SPANS
    ]
    with world.writing() as session:
        source_id = add_source(session, make_source(SourceKind.ACTIVITIES, name="spans"))
        save_activities(session, source_id, records)
        for to_id, ended_on in ((2, None), (3, date(2025, 2, 1))):
            link = DeclaredLink(
                layer=Layer.REFERRAL,
                from_id=1,
                to_id=to_id,
                declared_by_id=1,
                declared_on=date(2025, 1, 1),
                ended_on=ended_on,
            )
            save_declared_link(session, link, "somebody")
    analyse_and_publish(world, choices(seed=4))
    return world


def between(
    session: Session, days: tuple[date, date] = (THEN, NOW), part: NetworkSlice | None = None
) -> NetworkBetween:
    return network_between(session, Audience.ANALYST, part or NetworkSlice(), days)


def tied_on(session: Session, day: date) -> set[tuple[int, int]]:
    """The pairs who met on a day, from the meetings of the run alone."""
    meetings = run_meetings(session, 2)
    on = meetings[(meetings["starts_on"] <= day) & (meetings["ends_on"] >= day)]
    who = [sorted(set(each)) for each in on.groupby("meeting")["organisation_id"].agg(list)]
    return {pair for each in who for pair in combinations(each, 2)}


def test_ties_that_were_made_and_lost_are_those_of_who_met_on_either_day(met: Store) -> None:
    with met.reading() as session:
        found = between(session)
        then, now = tied_on(session, THEN), tied_on(session, NOW)
    told = {"new": set(), "no longer there": set()}
    for row in found.changes.records():
        ends = row["first"].organisations[0][0], row["second"].organisations[0][0]
        told[str(row["change"].value)].add((min(ends), max(ends)))
    assert told == {"new": now - then, "no longer there": then - now}
    assert told["new"]
    assert told["no longer there"]


def test_the_figures_of_each_day_are_those_of_its_own_ties(met: Store) -> None:
    with met.reading() as session:
        found = between(session)
        ties = tied_on(session, THEN), tied_on(session, NOW)
    whole = {row["measure"].text: row for row in found.whole.records()}
    assert (whole["Ties"]["then"].value, whole["Ties"]["now"].value) == tuple(map(len, ties))
    for row in found.organisations.records():
        key = row["organisation_id"].value
        counts = [sum(key in pair for pair in each) for each in ties]
        assert [row["partners_then"].value, row["partners_now"].value] == counts
        assert row["partners_change"].value == counts[1] - counts[0]


def test_a_link_that_ended_is_lost_and_one_that_holds_is_kept(met: Store) -> None:
    with met.reading() as session:
        found = between(session, part=NetworkSlice(Layer.REFERRAL))
    assert [row["change"].value for row in found.changes.records()] == ["no longer there"]
    assert "0 ties were made, 1 lost and 1 kept" in found.sentences[0]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ((date(2024, 12, 31), NOW), "31 December 2024 is not in the period"),
        ((THEN, date(2025, 4, 1)), "1 April 2025 is not in the period"),
        ((NOW, THEN), "not after the first"),
        ((NOW, NOW), "not after the first"),
    ],
)
def test_days_that_cannot_be_compared_are_refused_in_words(
    met: Store, days: tuple[date, date], told: str
) -> None:
    with met.reading() as session, pytest.raises(InvalidValueError, match=told):
        between(session, days)
