"""Feeds on the web that give their list page by page, asked politely."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from mapper.errors import SourceError
from mapper.ingest.faults.issues import shown
from mapper.ingest.fetching.one_answer import Asking
from mapper.ingest.fetching.web_answers import ask
from mapper.ingest.files.document import Item, first_cell, item, items
from mapper.ingest.files.source import SourceFile

_SCHEMES: Final = ("http", "https")
_MOST_PAGES: Final = 5_000
_MOST_ITEMS: Final = 100_000
_PAGE_SIZE: Final = 100
_LISTS: Final = ("contents", "content", "items", "results")
_COUNTS: Final = ("total_pages", "totalPages")
_CHILDREN: Final = frozenset(
    {"service_at_locations", "service_areas", "locations", "contacts", "services"}
)


def is_address(path: Path | str) -> bool:
    """Tell an address on the web from a path.

    Parameters
    ----------
    path : as given.
    """
    return isinstance(path, str) and path.lower().startswith(("http://", "https://"))


@dataclass(frozen=True, slots=True)
class Feed:
    """An address that lists services or organisations, page by page or at once.

    Parameters
    ----------
    address : of the list, such as ``https://api.example.org/services``.
    asking : how patiently it is asked.
    """

    address: str
    asking: Asking = field(default_factory=Asking)

    @property
    def name(self) -> str:
        """Host and path, without any key that stands in the address."""
        parts = urlsplit(self.address)
        return shown(f"{parts.hostname or ''}{parts.path}".replace("/", " ").strip())

    def open(self) -> SourceFile:
        """Ask for every page, and for the whole of each item that is only listed in brief.

        Returns
        -------
        One JSON list of all items; the same items give the same bytes.

        Raises
        ------
        SourceError
            When the address is none, does not answer, answers with something else than JSON,
            or never comes to an end.
        """
        if urlsplit(self.address).scheme.lower() not in _SCHEMES or not self.name:
            raise SourceError(
                f"{shown(self.address)} is no address of a feed.",
                expected="Something like https://api.example.org/services was expected.",
            )
        whole = [self._whole(each) for each in self._items()]
        return SourceFile(self.name, json.dumps(whole, sort_keys=True).encode())

    def _items(self) -> Iterator[Item]:
        count, before = 0, ""
        for number in range(1, _MOST_PAGES + 1):
            page = ask(self._page(number), self.asking)
            found = _listed(page)
            digest = json.dumps(found, sort_keys=True)
            # A server that knows nothing of pages gives the same answer each time.
            if not found or digest == before:
                return
            before, count = digest, count + len(found)
            yield from found
            if _is_last(page, number):
                return
            if count > _MOST_ITEMS:
                break
        raise SourceError(
            f"{self.name} gave more than {count:,} items and did not come to an end.",
            action="Ask its publisher, or load a file instead.",
        )

    def _page(self, number: int) -> str:
        parts = urlsplit(self.address)
        asked = dict(parse_qsl(parts.query)) | {"page": str(number)}
        query = urlencode({"per_page": str(_PAGE_SIZE)} | asked)
        return urlunsplit(parts._replace(query=query, fragment=""))

    def _whole(self, listed: Item) -> Item:
        """Give an item with all that belongs to it: lists are allowed to leave that out."""
        own = first_cell(listed, "id")
        if not own or _CHILDREN & listed.keys():
            return listed
        parts = urlsplit(self.address)
        path = f"{parts.path.rstrip('/')}/{quote(own, safe='')}"
        answer = ask(urlunsplit(parts._replace(path=path, fragment="")), self.asking)
        return item(answer) or listed


def _listed(page: object) -> list[Item]:
    if isinstance(page, list):
        return items(page)
    found = item(page)
    for key in _LISTS:
        if isinstance(found.get(key), list):
            return items(found[key])
    return [found] if "id" in found else []


def _is_last(page: object, number: int) -> bool:
    found = item(page)
    if not any(isinstance(found.get(key), list) for key in _LISTS):
        return True
    if found.get("last_page") is True or found.get("last") is True:
        return True
    pages = [found[key] for key in _COUNTS if isinstance(found.get(key), int)]
    return bool(pages) and number >= pages[0]
