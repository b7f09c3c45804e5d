"""What people see when something is not there, not allowed, or has gone wrong."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from mapper.errors import (
    NoAnalysisError,
    NotAllowedError,
    NotFoundError,
    NotReadyError,
    UnknownAreaError,
)
from mapper.web.first_steps import first_steps
from mapper.web.site import the_site
from mapper.web.uploads import RECEIVES, drain


@dataclass(frozen=True, slots=True)
class _Words:
    """A page that says what happened and what to do."""

    heading: str
    paragraphs: tuple[str, ...]


_PAGES = {
    400: _Words(
        "The request could not be understood",
        ("Go back and try again. If you typed a web address, check that it is right.",),
    ),
    401: _Words("You need to sign in", ("Sign in to see this page.",)),
    403: _Words(
        "Your account cannot do this",
        ("You are signed in, but your account may not see this page or do this.",),
    ),
    404: _Words(
        "Page not found",
        (
            "If you typed the web address, check that it is right.",
            "If you followed a link, what it led to may have been removed.",
        ),
    ),
    405: _Words("This page cannot be used that way", ("Go back and try again.",)),
    413: _Words(
        "What you sent is too large",
        ("A form may hold up to 1 megabyte. Shorten the description and try again.",),
    ),
    429: _Words(
        "Too many attempts",
        ("There were too many attempts in a short time. Wait a minute, then try again.",),
    ),
    500: _Words(
        "Something has gone wrong",
        ("Nothing you entered was saved. Try again later.",),
    ),
    503: _Words("Not ready yet", ("Try again later.",)),
}
_OUT_OF_DATE = _Words(
    "The form had been open too long",
    ("Nothing was saved. Go back, load the page again, and send the form once more.",),
)


def add_error_pages(app: Flask) -> None:
    """Answer every error with a plain page.

    Parameters
    ----------
    app : the site.
    """
    app.register_error_handler(CSRFError, lambda _: _page(400, _OUT_OF_DATE))
    app.register_error_handler(HTTPException, _http_page)
    app.register_error_handler(RequestEntityTooLarge, _too_large_page)
    app.register_error_handler(NotAllowedError, lambda _: _page(403))
    app.register_error_handler(NotFoundError, lambda _: _page(404))
    app.register_error_handler(UnknownAreaError, lambda _: _page(404))
    app.register_error_handler(NotReadyError, _not_ready_page)
    app.register_error_handler(NoAnalysisError, _no_analysis_page)
    app.register_error_handler(Exception, _failure_page)


def _too_large_page(error: HTTPException) -> ResponseReturnValue:
    """Say how much an upload may hold, once the browser has sent it all and listens."""
    drain()
    most = the_site().settings.upload_mb
    is_upload = request.endpoint == RECEIVES
    words = (
        f"An upload may hold up to {most} megabytes, all its files together. Nothing was kept.",
        "Put a large file into a zip archive, or load the files a few at a time.",
    )
    return (
        _page(413, _Words("What you sent is too large", words)) if is_upload else _http_page(error)
    )


def _http_page(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None:
        return error.get_response()
    return _page(error.code)


def _not_ready_page(error: NotReadyError) -> ResponseReturnValue:
    """Say what has to be done first: whoever runs the site is often the one who looks."""
    return _page(503, _Words("Not ready yet", (error.found, error.action)))


def _no_analysis_page(_error: NoAnalysisError) -> ResponseReturnValue:
    """Say what comes first, with the menu: a site on its first day has not failed."""
    page = render_template("no_analysis.html", steps=first_steps())
    # A file that was asked for is not there, whereas the page is the right one for that day.
    return page, 503 if PurePosixPath(request.path).suffix else 200


def _failure_page(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("A request failed.", exc_info=error)
    if current_app.testing:
        raise error
    return _page(500)


def _page(code: int, words: _Words | None = None) -> ResponseReturnValue:
    # The page for a failure asks nothing of the store, which may be what failed.
    template = "failure.html" if code >= 500 else "error.html"  # noqa: PLR2004  (HTTP's own line)
    words = words or _PAGES.get(code) or _PAGES[400 if code < 500 else 500]  # noqa: PLR2004  (the families of HTTP statuses)
    return render_template(template, words=words), code
