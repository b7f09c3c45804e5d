"""An entry grows old: marked after a year, out of the public view after fifteen months."""

import pytest

from mapper.domain.disclosure import Audience
from mapper.reports.directory import directory, published_organisations
from mapper.store.session import Store
from tests.factories import lay_ground, make_place
from tests.letters import save_entry

MARK = "not confirmed since "


@pytest.fixture(autouse=True)
def ground(store: Store) -> None:
    with store.writing() as session:
        lay_ground(session)


@pytest.mark.parametrize(
    ("months", "audience", "is_shown", "is_marked"),
    [
        (11, Audience.PUBLIC, True, False),
        (12, Audience.PUBLIC, True, True),
        (14, Audience.PUBLIC, True, True),
        (15, Audience.PUBLIC, False, False),
        (15, Audience.PARTNER, True, True),
        (40, Audience.ANALYST, True, True),
    ],
)
def test_what_is_shown_of_an_entry_by_its_age(
    store: Store, months: int, audience: Audience, is_shown: bool, is_marked: bool
) -> None:
    save_entry(store, months, place=make_place(2), name="Harbour Trust")
    with store.reading() as session:
        rows = directory(session, audience).records()
        points = published_organisations(session, audience).places

    assert [row["name"].text for row in rows] == ["Harbour Trust"] * is_shown
    assert [place.name for place in points] == ["Harbour Trust"] * is_shown
    assert [MARK in row["stale"].text for row in rows] == [is_marked] * is_shown
    assert [MARK in place.details.get("Entry", "") for place in points] == [is_marked] * is_shown
