"""Making each figure once: kept by the version of what it was made from, and who may see it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

import brotli
from flask import Flask, Response, g, request

from mapper.reports.version import data_version
from mapper.version import VERSION
from mapper.web.looking import run_looked_at
from mapper.web.people import current_audience
from mapper.web.session import reading
from mapper.web.site import the_site

T = TypeVar("T")

_BROTLI_QUALITY = 9  # a body is compressed once and sent many times


@dataclass(frozen=True, slots=True)
class _Body:
    """A response's body, ready to be sent."""

    plain: bytes
    compressed: bytes
    tag: str


def version() -> str:
    """The version of everything published, asked for once a request."""
    if "data_version" not in g:
        g.data_version = data_version(reading())
    found: str = g.data_version
    return found


def kept(name: str, make: Callable[[], T]) -> T:
    """What was made under a name for the present audience, run and data, made when it is new.

    Each day everything is made anew: entries grow old without anybody writing anything.

    Parameters
    ----------
    name : of the thing and everything it depends on besides the audience and the data.
    make : makes it.
    """
    return the_site().keep.get(
        (version(), _today(), current_audience(), run_looked_at(), name), make
    )


def kept_response(name: str, make: Callable[[], str | bytes], mimetype: str) -> Response:
    """Answer with a body that is made, tagged and compressed once.

    The same question asked again with the tag it was answered with gets 304 and no body.

    Parameters
    ----------
    name : as for `kept`.
    make : makes the body.
    mimetype : of the body.
    """
    body = kept(name, lambda: _body(make()))
    wants_brotli = request.accept_encodings["br"] > 0
    response = Response(body.compressed if wants_brotli else body.plain, mimetype=mimetype)
    if wants_brotli:
        response.headers["Content-Encoding"] = "br"
    response.vary.update(("Cookie", "Accept-Encoding"))
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(f"{body.tag}-br" if wants_brotli else body.tag)
    response.make_conditional(request)
    return response


def add_caching(app: Flask) -> None:
    """Let templates name static files by version, so that a new version is never stale.

    Parameters
    ----------
    app : the site.
    """
    app.url_defaults(_versioned)


def _today() -> date:
    """The day on which the request came: the same for everything made in it."""
    if "today" not in g:
        g.today = datetime.now(UTC).date()
    day: date = g.today
    return day


def _versioned(endpoint: str, values: dict[str, object]) -> None:
    if endpoint == "static":
        values.setdefault("v", VERSION)


def _body(content: str | bytes) -> _Body:
    plain = content.encode() if isinstance(content, str) else content
    tag = hashlib.sha256(plain).hexdigest()[:32]
    return _Body(plain, brotli.compress(plain, quality=_BROTLI_QUALITY), tag)
