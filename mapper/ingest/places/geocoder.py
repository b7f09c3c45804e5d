"""The online geocoder that may be asked for addresses, where the partnership has set one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mapper.errors import NotReadyError, SettingError
from mapper.ingest.faults.issues import shown
from mapper.ingest.fetching.web_address import is_safe
from mapper.ingest.places.geocoded import Geocoded
from mapper.version import VERSION

Search = Callable[[str], Geocoded | None]
"""Asks for one address; None where it is not known."""

_MOST_OF_HOST: Final = 42  # the method of a place has sixty characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Geocoder:
    """A Nominatim server, and how it may be asked.

    Parameters
    ----------
    address : https, or http on this machine itself; the part before ``/search``.
    agent : how mapper names itself; empty for its name and version.
    per_second : questions a second at most.
    most : questions a file at most.
    silence_s : seconds that an answer may take.

    Raises
    ------
    SettingError
        When the address is none that may be asked.
    """

    address: str
    agent: str = ""
    per_second: float = 1.0
    most: int = 500
    silence_s: float = 10.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        if not is_safe(self.address) or parts.query or parts.fragment or "@" in parts.netloc:
            raise SettingError(
                f"MAPPER_GEOCODER_URL is {shown(parts.hostname or '')!r}, which cannot be asked.",
                expected="An https address of a Nominatim server without a name, a password or a "
                "query in it, such as https://geocoder.example.org.",
                action="Correct it, or leave it empty to ask no server.",
            )
        object.__setattr__(self, "agent", self.agent.strip() or f"mapper/{VERSION}")

    @property
    def scheme(self) -> str:
        """The way of asking, https but on this machine."""
        return urlsplit(self.address).scheme

    @property
    def domain(self) -> str:
        """The server with its port, and the folder it answers in."""
        parts = urlsplit(self.address)
        return f"{parts.netloc}{parts.path.rstrip('/').removesuffix('/search')}"

    @property
    def host(self) -> str:
        """The name of the server."""
        return urlsplit(self.address).hostname or ""

    @property
    def method(self) -> str:
        """How a place that it gave was found."""
        return f"online geocoder ({self.host[:_MOST_OF_HOST]})"

    def open(self) -> Search:
        """Make the way to it.

        Raises
        ------
        NotReadyError
            When geopy is not installed.
        """
        try:
            from mapper.ingest.places.nominatim import nominatim  # noqa: PLC0415  (geopy is an extra)
        except ModuleNotFoundError as error:
            raise NotReadyError(
                "MAPPER_GEOCODER_URL is set, and geopy is not installed.",
                expected="The extra that asks a geocoder.",
                action="Run `pip install 'mapper[geocoder]'`, or leave the setting empty.",
            ) from error
        return nominatim(self)
