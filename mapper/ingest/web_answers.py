"""Asking a web server for JSON: with time-outs, limits and a few patient tries."""

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mapper.errors import SourceError
from mapper.ingest.document import parse
from mapper.version import VERSION

_CHUNK: Final = 65_536
_MOST_WAIT_S: Final = 60.0
_TRY_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """How patiently a server is asked.

    Parameters
    ----------
    tries : for each answer, the first included.
    silence_s : how long it may say nothing.
    answer_s : how long one whole answer may take.
    pause_s : between two questions.
    wait_s : after a first failed try, doubled after each further one.
    most_bytes : in one answer.
    proxies : by scheme; None for those of the system.
    """

    tries: int = 4
    silence_s: float = 20.0
    answer_s: float = 120.0
    pause_s: float = 0.1
    wait_s: float = 1.0
    most_bytes: int = 64 * 1024 * 1024
    proxies: Mapping[str, str] | None = None


class _NotNowError(Exception):
    """An answer that may be better another time."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        self.why = why
        self.wait_s = wait_s
        super().__init__(why)


def ask(address: str, asking: Asking) -> object:
    """Ask for JSON, and again a few times where a server is busy, slow or cut off.

    A server that says when to come back (Retry-After) is believed, up to a minute.

    Parameters
    ----------
    address : http or https.
    asking : how patiently.

    Raises
    ------
    SourceError
        When it refuses, or still fails at the last try.
    """
    name = urlsplit(address).hostname or "The server"
    for attempt in range(1, asking.tries + 1):
        try:
            content = _answer(address, name, asking)
            time.sleep(asking.pause_s)
            return _parsed(content, name)
        except _NotNowError as error:
            if attempt == asking.tries:
                raise SourceError(
                    f"{name} could not be asked: {error.why}, after {attempt} tries.",
                    expected="A feed that answers with JSON was expected.",
                    action="Check the address and the connection, or try again later.",
                ) from error
            time.sleep(max(min(error.wait_s, _MOST_WAIT_S), asking.wait_s * 2 ** (attempt - 1)))
    raise SourceError(f"{name} was not asked.", expected="At least one try was expected.")


def _parsed(content: bytes, name: str) -> object:
    try:
        return parse(content.decode("utf-8-sig"), f"The answer of {name}")
    except (UnicodeDecodeError, SourceError) as error:
        # A page that says "busy", or an answer that was cut short, comes with status 200 too.
        raise _NotNowError(f"its answer is not JSON ({error})") from error


def _answer(address: str, name: str, asking: Asking) -> bytes:
    request = urllib.request.Request(  # noqa: S310  (the opener knows no other scheme)
        address, headers={"Accept": "application/json", "User-Agent": f"mapper/{VERSION}"}
    )
    try:
        with _opener(asking).open(request, timeout=asking.silence_s) as answer:
            return _content(answer, name, asking)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error, name) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise _NotNowError(_reason(error)) from error


def _reason(error: Exception) -> str:
    found = getattr(error, "reason", error)
    if isinstance(found, (TimeoutError, socket.timeout)):
        return "it did not answer in time"
    if isinstance(found, socket.gaierror):
        return "no such server is known, or this machine is offline"
    return f"the connection failed ({found})"


def _refusal(error: urllib.error.HTTPError, name: str) -> Exception:
    if error.code in _TRY_AGAIN:
        wait = error.headers.get("Retry-After", "")
        return _NotNowError(f"it answered {error.code}", float(wait) if wait.isdigit() else 0.0)
    return SourceError(
        f"{name} refused with status {error.code} ({error.reason}).",
        expected="A feed that answers with JSON was expected.",
        action="Check the address, and whether the publisher asks for a key.",
    )


def _opener(asking: Asking) -> urllib.request.OpenerDirector:
    """Open the web alone: no file, no ftp, whatever a redirect says."""
    opener = urllib.request.OpenerDirector()
    proxies = None if asking.proxies is None else dict(asking.proxies)
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPRedirectHandler(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _content(answer: http.client.HTTPResponse, name: str, asking: Asking) -> bytes:
    ends_at = time.monotonic() + asking.answer_s
    content = bytearray()
    # read1 gives what has come: a server that drips a byte a second cannot hold us for ever.
    while chunk := answer.read1(_CHUNK):
        content += chunk
        if len(content) > asking.most_bytes:
            raise SourceError(
                f"{name} answered with more than {asking.most_bytes / 1024**2:,.0f} MB.",
                action="Ask its publisher for pages.",
            )
        if time.monotonic() > ends_at:
            raise _NotNowError("its answer took too long")
    return bytes(content)
