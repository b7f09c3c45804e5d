"""The site stands on either database."""

from collections.abc import Callable

from mapper.config import Settings
from mapper.store.session import Store
from mapper.web import create_app
from tests.integration.web.reader import Reader
from tests.integration.web.test_pages import FILES, PAGES
from tests.integration.web.test_registration import register
from tests.web_site import PASSWORD, fill_site


def test_every_page_opens_and_an_activity_is_registered(
    database_url: str, settings: Settings, opened: Callable[[str], Store]
) -> None:
    fill_site(database_url)
    with Reader(create_app(settings, opened(database_url))) as reader:
        reader.sign_in("partner@example.org", PASSWORD)
        for path in (*PAGES, *FILES):
            reader.fetch(path)
        page = register(reader)

    assert page.heading == "Boxing at the Guildhall"
