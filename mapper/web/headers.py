"""Headers that every response carries: what the page may load, and what others may do with it."""

import secrets

from flask import Flask, Response, g, request
from flask_login import current_user

from mapper.maps.tiles import tile_source
from mapper.web.site import the_site

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
_TWO_YEARS_IN_SECONDS = 63_072_000
_ASK_AGAIN = "private, no-cache"


def nonce() -> str:
    """The word by which this response's own inline scripts and styles are known."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def add_headers(app: Flask) -> None:
    """Put the headers on every response, and the nonce at hand in every template.

    Parameters
    ----------
    app : the site.
    """
    app.after_request(_with_headers)
    app.context_processor(lambda: {"nonce": nonce()})


def _with_headers(response: Response) -> Response:
    settings = the_site().settings
    response.headers.setdefault("Content-Security-Policy", _policy(settings.tile_url))
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if settings.secure_cookies:
        response.headers["Strict-Transport-Security"] = f"max-age={_TWO_YEARS_IN_SECONDS}"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", _keeping())
    return response


def _keeping() -> str:
    """Let a shared computer keep nothing of those who sign in, but the form as they left it."""
    is_form = request.endpoint == "activities.new"
    return "private, no-store" if current_user.is_authenticated and not is_form else _ASK_AGAIN


def _policy(tile_url: str) -> str:
    images = " ".join(filter(None, ("'self'", "data:", tile_source(tile_url))))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' 'nonce-{nonce()}'",
            f"style-src 'self' 'nonce-{nonce()}'",
            f"img-src {images}",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
