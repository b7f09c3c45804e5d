"""A site on its first day: nothing is loaded, and no analysis has been run."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from mapper.config import Settings
from mapper.domain.role import Role
from mapper.domain.source import SourceKind
from mapper.store.session import Store
from mapper.store.sources import add_source
from mapper.store.users import save_user
from mapper.web import create_app
from mapper.web.people import hash_password
from tests.factories import lay_ground, make_source, make_user
from tests.integration.web.reader import Page, Reader, text_of
from tests.web_site import PASSWORD

FIGURES = ("/", "/map", "/gaps", "/areas", "/network")


@pytest.fixture
def empty_store(new_spatialite_url: str, opened: Callable[[str], Store]) -> Store:
    """A store with areas and accounts, as `mapper init` and `mapper users add` leave it."""
    store = opened(new_spatialite_url)
    with store.writing() as session:
        lay_ground(session)
        for role in (Role.PARTNER, Role.ANALYST):
            email = f"{role.value}@example.org"
            save_user(
                session, make_user(email=email, role=role, password_hash=hash_password(PASSWORD))
            )
    return store


@pytest.fixture
def new_site(settings: Settings, empty_store: Store) -> Iterator[Flask]:
    """A site over it."""
    app = create_app(settings, empty_store)
    app.testing = True
    return app


def _menu(page: Page) -> list[str]:
    return [text_of(link) for link in page.all("nav//a")]


def _links(page: Page) -> list[str | None]:
    return [link.get("href") for link in page.one("main").iter("a")]


@pytest.mark.parametrize("path", FIGURES)
def test_an_analyst_is_led_to_load_data_and_keeps_the_menu(path: str, new_site: Flask) -> None:
    with Reader(new_site) as reader:
        reader.sign_in("analyst@example.org", PASSWORD)
        page = reader.get(path)

    assert "/load" in _links(page)
    assert path not in _links(page)
    assert "/runs/new" in _links(page)
    assert "Organisations" in _menu(page)


@pytest.mark.parametrize("path", FIGURES)
def test_a_visitor_reads_a_plain_sentence_and_keeps_the_menu(path: str, new_site: Flask) -> None:
    with Reader(new_site) as reader:
        page = reader.get(path)

    assert page.heading == "There are no figures yet"
    assert "/runs/new" not in _links(page)
    assert path not in _links(page)
    assert "/load" not in _links(page)
    assert "Organisations" in _menu(page)


def test_a_partner_is_led_to_the_register(new_site: Flask) -> None:
    with Reader(new_site) as reader:
        reader.sign_in("partner@example.org", PASSWORD)
        page = reader.get("/")

    assert "/activities" in _links(page)
    assert "/load" not in _links(page)


def test_signing_in_leads_to_a_page_that_leads_on(new_site: Flask) -> None:
    with Reader(new_site) as reader:
        answer = reader.sign_in("analyst@example.org", PASSWORD)
        page = reader.get(answer.headers["Location"])

    assert "/load" in _links(page)


@pytest.mark.parametrize("path", ["/organisations", "/activities", "/about"])
def test_the_pages_it_leads_to_open_on_the_first_day(path: str, new_site: Flask) -> None:
    with Reader(new_site) as reader:
        assert reader.get(path).heading != "There are no figures yet"


def test_what_is_loaded_already_is_marked(new_site: Flask, empty_store: Store) -> None:
    with empty_store.writing() as session:
        add_source(session, make_source(SourceKind.ORGANISATIONS, name="directory"))
    with Reader(new_site) as reader:
        reader.sign_in("analyst@example.org", PASSWORD)
        marks = [text_of(mark) for mark in reader.get("/").all("ol//strong[@class]")]

    assert marks == ["Loaded", "Not loaded yet", "Not loaded yet"]


def test_a_file_of_figures_is_not_there_yet(new_site: Flask) -> None:
    with Reader(new_site) as reader:
        assert reader.fetch("/map/areas.geojson", 503).status_code == 503


@pytest.mark.parametrize("path", ["/", "/gaps"])
def test_a_failure_leads_to_the_home_page_from_elsewhere_alone(
    path: str, tmp_path: object, settings: Settings
) -> None:
    lost = settings.model_copy(update={"database_url": f"sqlite:///{tmp_path}/none.sqlite"})
    with Reader(create_app(lost)) as reader:
        page = reader.get(path, 500)

    assert _links(page) == ([] if path == "/" else ["/"])
