"""Links with a direction: grants of the period, and what was declared and held in it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from mapper.domain.grant import Grant
from mapper.domain.period import Month, Period
from mapper.domain.source import SourceKind
from mapper.domain.tie import DeclaredLink, Layer
from mapper.errors import InvalidValueError, NotFoundError
from mapper.store.declared_links import list_declared_links, save_declared_link
from mapper.store.directed_links import directed_links
from mapper.store.grants import save_grants
from mapper.store.merges import merge
from mapper.store.organisations import save_organisations
from mapper.store.session import Store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_source

QUARTER = Period(Month(2025, 1), Month(2025, 4))


@pytest.fixture
def three(store: Store) -> Store:
    """Three organisations: 1, 2 and 3."""
    people = [
        located(make_organisation(source_key=f"k{number}", name=f"Body {number}"))
        for number in (1, 2, 3)
    ]
    with store.writing() as session:
        save_organisations(session, add_source(session, make_source(name="list")), people)
    return store


def declared(**given: Any) -> DeclaredLink:
    first = {"layer": Layer.REFERRAL, "from_id": 1, "to_id": 2, "declared_by_id": 1}
    return DeclaredLink(**first | {"declared_on": date(2025, 2, 1)} | given)


def found(session: Session) -> Sequence[tuple[object, ...]]:
    frame = directed_links(session, QUARTER)
    columns = ["layer", "first_id", "second_id", "weight", "is_confirmed"]
    return list(frame[columns].itertuples(index=False, name=None))


def test_a_declared_link_holds_until_it_ends(three: Store) -> None:
    with three.writing() as session:
        save_declared_link(session, declared(), "somebody")
        early = declared(to_id=3, declared_on=date(2024, 1, 1), ended_on=date(2024, 12, 31))
        save_declared_link(session, early, "somebody")
        late = declared(from_id=2, to_id=3, declared_by_id=3, declared_on=date(2025, 4, 1))
        save_declared_link(session, late, "somebody")
        assert found(session) == [("referral", 1, 2, 1.0, False)]
        assert list_declared_links(session) == [declared(), early, late]


def test_the_same_link_again_takes_the_place_of_the_one_before(three: Store) -> None:
    with three.writing() as session:
        save_declared_link(session, declared(), "somebody")
        save_declared_link(session, declared(confirmed_on=date(2025, 3, 1)), "another")
        assert found(session) == [("referral", 1, 2, 1.0, True)]


def test_a_merged_organisation_is_tied_as_whom_it_was_merged_into(three: Store) -> None:
    with three.writing() as session:
        save_declared_link(session, declared(), "somebody")
        alike = declared(from_id=3, declared_by_id=3, confirmed_on=date(2025, 3, 1))
        save_declared_link(session, alike, "somebody")
        merge(session, 1, 3, by="somebody")
        assert found(session) == [("referral", 1, 2, 1.0, True)]


def test_who_is_not_in_the_directory_is_refused(three: Store) -> None:
    with three.writing() as session, pytest.raises(NotFoundError, match="99"):
        save_declared_link(session, declared(to_id=99), "somebody")


@pytest.mark.parametrize(
    "given",
    [
        {"layer": Layer.JOINT},
        {"to_id": 1},
        {"declared_by_id": 3},
        {"confirmed_on": date(2025, 1, 31)},
        {"ended_on": date(2025, 1, 31)},
    ],
    ids=str,
)
def test_a_link_that_cannot_be_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError):
        declared(**given)


def test_grants_of_the_period_from_a_funder_in_the_directory_are_counted(three: Store) -> None:
    days = [date(2025, 1, 1), date(2025, 3, 31), date(2025, 4, 1), None]
    grants = [
        (
            number,
            Grant(
                source_key=f"g{number}",
                funder="Body 1",
                recipient_key="k2",
                recipient="Body 2",
                awarded_on=day,
                amount=Decimal(100),
            ),
        )
        for number, day in enumerate(days, start=2)
    ]
    with three.writing() as session:
        source = add_source(session, make_source(SourceKind.ORGANISATIONS, name="list"))
        save_grants(session, source, grants)
        frame = directed_links(session, QUARTER)
    row = frame.to_dict("records")
    assert [(one["layer"], one["first_id"], one["second_id"], one["weight"]) for one in row] == [
        ("funding", 1, 2, 2.0)
    ]
    assert (row[0]["starts_on"], row[0]["ends_on"]) == (days[0], days[1])
