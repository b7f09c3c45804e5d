"""The way to a Nominatim server: geopy asks, bound to that server and within limits.

Only an address is asked for, and the box about HIPS says which of two of one name is meant.
This module is imported only where a geocoder is set: geopy is an extra.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from geopy.adapters import BaseSyncAdapter
from geopy.exc import ConfigurationError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from mapper.errors import SettingError
from mapper.ingest.fetching.one_answer import Asking, NotNowError
from mapper.ingest.fetching.web_answers import ask_once
from mapper.ingest.places.geocoded import VIEW, Geocoded, is_answer, read_geocoded
from mapper.ingest.places.geocoder import Geocoder, Search

_MOST_BYTES: Final = 1024 * 1024
_WEST, _SOUTH, _EAST, _NORTH = VIEW


class _BoundAdapter(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Sends geopy's questions: never on to another server, and never waiting for ever."""

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> object:
        """Ask once.

        Parameters
        ----------
        url : of the question.
        timeout : seconds.
        headers : geopy's, of which the name of who asks is used.

        Raises
        ------
        NotNowError
            When nothing that can be used came.
        SourceError
            When the server refuses.
        """
        asking = Asking(
            tries=1,
            silence_s=timeout,
            answer_s=timeout,
            pause_s=0.0,
            most_bytes=_MOST_BYTES,
            # Without https it is this machine itself, which no proxy stands before.
            proxies={} if url.startswith("http:") else None,
            is_bound_to_server=True,
            agent=headers["User-Agent"],
        )
        found = ask_once(url, asking)
        if not is_answer(found):
            raise NotNowError("its answer is not one of a geocoder")
        return found

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Give an answer as text, which no question here is for.

        Parameters
        ----------
        url : of the question.
        timeout : seconds.
        headers : geopy's.
        """
        return str(self.get_json(url, timeout=timeout, headers=headers))


def nominatim(geocoder: Geocoder) -> Search:
    """Make the way to a server, which holds to the pace that was set.

    Parameters
    ----------
    geocoder : who is asked, and how.

    Raises
    ------
    SettingError
        When geopy refuses the name of who asks.
    """
    pause_s = 1.0 / geocoder.per_second
    try:
        server = Nominatim(
            scheme=geocoder.scheme,
            domain=geocoder.domain,
            user_agent=geocoder.agent,
            timeout=geocoder.silence_s,
            adapter_factory=_BoundAdapter,
        )
    except ConfigurationError as error:
        raise SettingError(
            f"MAPPER_GEOCODER_USER_AGENT is {geocoder.agent!r}, which this server does not take.",
            expected="A name that says who asks, with an address to write to.",
            action="Correct it.",
        ) from error
    paced = RateLimiter(
        partial(
            server.geocode,
            country_codes="gb",
            viewbox=((_SOUTH, _WEST), (_NORTH, _EAST)),
            language="en",
        ),
        min_delay_seconds=pause_s,
        error_wait_seconds=pause_s,
        max_retries=0,
        swallow_exceptions=False,
    )

    def search(address: str) -> Geocoded | None:
        found = paced(address)
        return None if found is None else read_geocoded(found.raw)

    return search
