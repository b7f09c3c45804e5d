"""Asking a web server for JSON: a few patient tries."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mapper.errors import SourceError
from mapper.ingest.fetching.one_answer import Asking, NotNowError, answer_of
from mapper.ingest.files.document import parse

_MOST_WAIT_S: Final = 60.0
_CHANCE: Final = random.SystemRandom()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said.

    Parameters
    ----------
    content : of the JSON.
    size : in bytes, as received.
    """

    content: object
    size: int


def anything(_: object) -> None:
    """Accept any JSON."""


def ask(address: str, asking: Asking) -> object:
    """Ask for JSON, and again a few times where a server is busy, slow or cut off.

    Parameters
    ----------
    address : http or https.
    asking : how patiently.

    Raises
    ------
    SourceError
        When it refuses, or still fails at the last try.
    """
    return ask_for(address, asking).content


def ask_for(address: str, asking: Asking, check: Callable[[object], None] = anything) -> Answer:
    """Ask for JSON of some shape, and again a few times where it may yet come.

    A server that says when to come back (Retry-After) is believed, up to a minute. The waits
    in between grow, each by a little chance, so that many who wait do not all come at once.

    Parameters
    ----------
    address : http or https.
    asking : how patiently.
    check : looks at what came. It raises `NotNowError` for what may be better another time.

    Raises
    ------
    SourceError
        When it refuses, or still fails at the last try.
    """
    name = urlsplit(address).hostname or "The server"
    for attempt in range(1, asking.tries + 1):
        try:
            received = answer_of(address, name, asking)
            time.sleep(asking.pause_s)
            content = _parsed(received, name)
            check(content)
            return Answer(content, len(received))
        except NotNowError as error:
            if attempt == asking.tries:
                raise SourceError(
                    f"{name} could not be asked: {error.why}, after {attempt} tries.",
                    expected="A server that answers with JSON was expected.",
                    action="Check the address and the connection, or try again later.",
                ) from error
            time.sleep(_wait_s(error, attempt, asking))
    raise SourceError(f"{name} was not asked.", expected="At least one try was expected.")


def ask_once(address: str, asking: Asking) -> object:
    """Ask for JSON, and leave it to whoever asks what to make of a failure.

    Parameters
    ----------
    address : http or https.
    asking : how patiently; `tries` is not looked at.

    Raises
    ------
    NotNowError
        When the server is busy, slow or broken, or what came is not JSON.
    SourceError
        When it refuses.
    """
    name = urlsplit(address).hostname or "The server"
    return _parsed(answer_of(address, name, asking), name)


def _wait_s(error: NotNowError, attempt: int, asking: Asking) -> float:
    grown: float = asking.wait_s * 2 ** (attempt - 1)
    return max(min(error.wait_s, _MOST_WAIT_S), grown * _CHANCE.uniform(1.0, 1.5))


def _parsed(content: bytes, name: str) -> object:
    try:
        return parse(content.decode("utf-8-sig"), f"The answer of {name}")
    except (UnicodeDecodeError, SourceError) as error:
        # A page that says "busy", or an answer that was cut short, comes with status 200 too.
        raise NotNowError(f"its answer is not JSON ({error})") from error
