"""Old entries on the site: by whom and where they are seen, and that the day counts."""

from datetime import timedelta

import pytest
from flask import Flask, g

from mapper.store.session import Store
from mapper.web.caching import kept
from tests.factories import make_place
from tests.integration.web.reader import Reader
from tests.letters import save_entry

PATHS = (
    "/organisations",
    "/organisations?q=Harbour",
    "/organisations.csv",
    "/organisations.json",
    "/organisations/map.geojson",
    "/map/organisations.geojson",
)


@pytest.fixture(autouse=True)
def entries(store: Store) -> tuple[int, int]:
    """One entry that is marked, and one that has lapsed."""
    return (
        save_entry(store, 13, place=make_place(2), name="Harbour Old"),
        save_entry(store, 15, place=make_place(3), name="Harbour Lapsed"),
    )


@pytest.mark.parametrize("path", PATHS)
def test_the_public_sees_no_entry_that_has_lapsed_and_others_marked(
    newcomer: Reader, path: str
) -> None:
    text = newcomer.fetch(path).get_data(as_text=True)

    assert "Harbour Lapsed" not in text
    assert "Harbour Old" in text
    assert "ot confirmed since" in text


@pytest.mark.parametrize("path", PATHS)
def test_partners_see_it_marked(writer: Reader, path: str) -> None:
    assert "Harbour Lapsed" in writer.fetch(path).get_data(as_text=True)


def test_the_page_of_an_entry_that_has_lapsed_is_not_for_the_public(
    newcomer: Reader, writer: Reader, entries: tuple[int, int]
) -> None:
    old, lapsed = (f"/organisations/{number}" for number in entries)

    newcomer.get(lapsed, 404)
    assert "no longer shown to the public" in writer.get(lapsed).text
    assert "Nobody has confirmed this entry" in newcomer.get(old).text


def test_what_is_kept_is_made_anew_each_day(site: Flask) -> None:
    made: list[int] = []
    days = []
    for later in (0, 0, 1):
        with site.test_request_context():
            kept("a thing", lambda: made.append(1))
            days.append(g.today)
        with site.test_request_context():
            g.today = days[0] + timedelta(days=later)
            kept("a thing", lambda: made.append(1))

    assert len(made) == 2
