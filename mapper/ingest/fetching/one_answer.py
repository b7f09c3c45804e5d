"""One answer of a web server: within limits of time and size, and of the web alone."""

import http.client
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import IO, Final
from urllib.parse import urlsplit

from mapper.errors import SourceError
from mapper.ingest.faults.issues import shown
from mapper.version import VERSION

_CHUNK: Final = 65_536
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
    is_bound_to_server : whether a redirect to another server is refused.
    agent : how mapper names itself.
    """

    tries: int = 4
    silence_s: float = 20.0
    answer_s: float = 120.0
    pause_s: float = 0.1
    wait_s: float = 1.0
    most_bytes: int = 64 * 1024 * 1024
    proxies: Mapping[str, str] | None = None
    is_bound_to_server: bool = False
    agent: str = f"mapper/{VERSION}"


class NotNowError(Exception):
    """An answer that may be better another time.

    Parameters
    ----------
    why : in words.
    wait_s : how long the server asks to be left alone.
    status : of an answer that was a refusal; 0 for any other.
    """

    def __init__(self, why: str, wait_s: float = 0.0, status: int = 0) -> None:
        self.why = why
        self.wait_s = wait_s
        self.status = status
        super().__init__(why)


def answer_of(address: str, name: str, asking: Asking) -> bytes:
    """Ask a server once, and take what it says.

    Parameters
    ----------
    address : http or https.
    name : of the server, for messages.
    asking : within which limits; `tries` is not looked at.

    Raises
    ------
    NotNowError
        When it is busy, slow, broken or cut off.
    SourceError
        When it refuses, or says more than may be taken.
    """
    request = urllib.request.Request(  # noqa: S310  (the opener knows no other scheme)
        address, headers={"Accept": "application/json", "User-Agent": asking.agent}
    )
    try:
        with _opener(asking).open(request, timeout=asking.silence_s) as answer:
            return _content(answer, name, asking)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(error, name) from error
    except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
        raise NotNowError(_reason(error)) from error


def _reason(error: Exception) -> str:
    found = getattr(error, "reason", error)
    if isinstance(found, (TimeoutError, socket.timeout)):
        return "it did not answer in time"
    if isinstance(found, socket.gaierror):
        return "no such server is known, or this machine is offline"
    return f"the connection failed ({found})"


def _refusal(error: urllib.error.HTTPError, name: str) -> Exception:
    if error.code in _TRY_AGAIN:
        wait_s = _seconds(error.headers.get("Retry-After", ""))
        return NotNowError(f"it answered {error.code}", wait_s, error.code)
    return SourceError(
        f"{name} refused with status {error.code} ({error.reason}).",
        expected="A server that answers with JSON was expected.",
        action="Check the address, and whether the publisher asks for a key.",
    )


def _seconds(retry_after: str) -> float:
    """Read how long to wait: seconds, or the moment to come back."""
    if retry_after.isdigit():
        return float(retry_after)
    try:
        moment = parsedate_to_datetime(retry_after)
    except ValueError:
        return 0.0
    return (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


class _SameServer(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only where it stays with the server that was asked."""

    def redirect_request(  # noqa: PLR0913, PLR0917  (the standard library's own signature)
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Refuse to go on to another server, or to leave https.

        Raises
        ------
        SourceError
            When the redirect leads elsewhere.
        """
        asked, sent = urlsplit(req.full_url), urlsplit(newurl)
        if (asked.scheme, asked.netloc) != (sent.scheme, sent.netloc):
            fp.close()
            raise SourceError(
                f"{asked.hostname} sends on to another server, {shown(sent.netloc)}.",
                expected="An answer of the server that was asked.",
                action="Give the new address yourself, if you trust it.",
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(asking: Asking) -> urllib.request.OpenerDirector:
    """Open the web alone: no file, no ftp, whatever a redirect says."""
    opener = urllib.request.OpenerDirector()
    proxies = None if asking.proxies is None else dict(asking.proxies)
    for handler in (
        urllib.request.ProxyHandler(proxies),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        _SameServer() if asking.is_bound_to_server else urllib.request.HTTPRedirectHandler(),
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
            raise NotNowError("its answer took too long")
    return bytes(content)
