"""The site stands on either database."""

from collections.abc import Callable

from mapper.config import Settings
from mapper.store.session import Store
from mapper.web import create_app
from tests.integration.web.reader import Reader
from tests.integration.web.test_correcting import saved
from tests.integration.web.test_pages import FILES, PAGES
from tests.integration.web.test_registration import register
from tests.web_site import PASSWORD, fill_site


def test_every_page_opens_an_activity_is_registered_and_an_entry_corrected(
    database_url: str, settings: Settings, opened: Callable[[str], Store]
) -> None:
    fill_site(database_url)
    with Reader(create_app(settings, opened(database_url))) as reader:
        reader.sign_in("partner@example.org", PASSWORD)
        for path in (*PAGES, *FILES):
            reader.fetch(path)
        page = register(reader)
    with Reader(create_app(settings, opened(database_url))) as reader:
        reader.sign_in("analyst@example.org", PASSWORD)
        saved(reader, "/organisations/1/edit", opening="Mondays")
        history = reader.get("/organisations/1/history")

    assert "nothing Mondays" in history.text
    assert page.heading == "Boxing at the Guildhall"
