"""A reader of the site: a test client that checks every page it opens."""

import re
import time
from collections import Counter
from types import TracebackType
from typing import Any, Self
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask import Flask
from sqlalchemy import Connection, event
from werkzeug.test import TestResponse

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
SECONDS_TO_SETTLE = 300
_UNLABELLED_TYPES = {"hidden", "submit", "button"}


class Page:
    """A page that has been found to be sound.

    Parameters
    ----------
    response : as the site gave it.
    """

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.html = response.get_data(as_text=True)
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        self.root: Element = parser.parse(self.html)
        _check_page(self)

    def all(self, path: str) -> list[Element]:
        """Every element that an ElementTree path finds."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        """The only element that an ElementTree path finds."""
        (found,) = self.all(path)
        return found

    @property
    def heading(self) -> str:
        """The words of the only first heading."""
        return text_of(self.one("h1"))

    @property
    def text(self) -> str:
        """Every word on the page."""
        return text_of(self.one("body"))

    def fields(self) -> dict[str, Any]:
        """What the form in the main part would send if nobody changed anything."""
        values: dict[str, list[str]] = {}
        main = self.one("main")
        for box in main.iter("input"):
            is_off = box.get("type") in {"checkbox", "radio"} and box.get("checked") is None
            if box.get("name") and not is_off:
                values.setdefault(box.get("name", ""), []).append(box.get("value", ""))
        for area in main.iter("textarea"):
            values[area.get("name", "")] = [area.text or ""]
        return dict(values)


class Reader:
    """Somebody who reads the site, and notices what is wrong with a page.

    Parameters
    ----------
    app : the site.
    """

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.client = app.test_client()
        self._engine = app.extensions["mapper"].store.engine
        self._written_while_reading: list[str] = []

    def __enter__(self) -> Self:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def get(self, path: str, status: int = 200, **options: Any) -> Page:
        """Open a page."""
        return Page(self.fetch(path, status, **options))

    def fetch(self, path: str, status: int = 200, **options: Any) -> TestResponse:
        """Fetch what is not a page, or is to be looked at closely."""
        return self._checked(self.client.get(path, buffered=True, **options), status)

    def post(self, path: str, data: dict[str, Any], status: int = 200) -> Page:
        """Send a form that answers with a page."""
        return Page(self._checked(self.client.post(path, data=data), status))

    def send(self, path: str, data: dict[str, Any], status: int = 302) -> TestResponse:
        """Send a form that answers with the address of another page."""
        return self._checked(self.client.post(path, data=data), status)

    def token(self, path: str = "/sign-in") -> str:
        """The token that forms of this session carry."""
        boxes = self.get(path).all("input[@name='csrf_token']")
        return boxes[0].get("value", "")

    def sign_in(self, email: str, password: str) -> TestResponse:
        """Sign in, and expect to be let in."""
        data = {"email": email, "password": password, "csrf_token": self.token()}
        return self.send("/sign-in", data)

    def _checked(self, response: TestResponse, status: int) -> TestResponse:
        assert response.status_code == status, response.get_data(as_text=True)[:2000]
        assert not self._written_while_reading, "something was written outside `writing()`"
        assert "unsafe-inline" not in _script_policy(response)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        return response

    def _note(self, connection: Connection, *rest: Any) -> None:
        statement = str(rest[1])
        is_writing = connection.get_execution_options().get("is_writing", False)
        if _WRITES.match(statement) and not is_writing:
            self._written_while_reading.append(statement)


def text_of(element: Element) -> str:
    """The words of an element, spaces tidied."""
    return " ".join("".join(element.itertext()).split())


def _script_policy(response: TestResponse) -> str:
    policy = response.headers["Content-Security-Policy"]
    parts = {part.split()[0]: part for part in policy.split(";") if part.strip()}
    return parts.get("script-src", parts.get("default-src", ""))


def _check_page(page: Page) -> None:
    """Everything that must be true of every page."""
    assert page.root.get("lang") == "en"
    assert len(page.all("h1")) == 1
    assert text_of(page.one("title")).endswith("mapper")
    identifiers = Counter(element.get("id") for element in page.root.iter() if element.get("id"))
    assert [name for name, times in identifiers.items() if times > 1] == []
    assert [element.tag for element in page.root.iter() if element.get("style")] == []
    names = {name for element in page.root.iter() for name in element.attrib}
    assert [name for name in names if name.startswith("on")] == []
    assert _scripts_without_nonce(page) == []
    assert _boxes_without_label(page) == []
    assert [image.get("src") for image in page.all("img") if image.get("alt") is None] == []
    assert [form.get("action") for form in page.all("form") if not _is_safe(form)] == []
    assert _links_to_nowhere(page, set(identifiers)) == []


def _scripts_without_nonce(page: Page) -> list[str]:
    policy = page.response.headers["Content-Security-Policy"]
    inline = [*page.all("style"), *(one for one in page.all("script") if not one.get("src"))]
    return [
        text_of(one)[:80]
        for one in inline
        if not one.get("nonce") or f"'nonce-{one.get('nonce')}'" not in policy
    ]


def _boxes_without_label(page: Page) -> list[str | None]:
    labelled = {label.get("for") for label in page.all("label")}
    boxes = [*page.all("input"), *page.all("select"), *page.all("textarea")]
    return [
        box.get("name")
        for box in boxes
        if box.get("type") not in _UNLABELLED_TYPES and box.get("id") not in labelled
    ]


def _is_safe(form: Element) -> bool:
    """Whether a form that changes something carries a token."""
    if form.get("method", "get").lower() != "post":
        return True
    return form.find(".//input[@name='csrf_token']") is not None


def _links_to_nowhere(page: Page, identifiers: set[str | None]) -> list[str]:
    addresses = [link.get("href", "") for link in page.all("a")]
    return [
        address
        for address in addresses
        if address.startswith("#") and address[1:] not in identifiers
    ]


def settled(reader: Reader, address: str) -> Page:
    """Look again until work that goes on elsewhere is done, and follow where that leads."""
    end = time.monotonic() + SECONDS_TO_SETTLE
    while time.monotonic() < end:
        response = reader.client.get(address)
        if response.status_code == 302:
            return reader.get(response.location)
        page = Page(response)
        if "looks again every two seconds" not in page.text:
            return page
        time.sleep(0.2)
    pytest.fail("The work has no end.")
