"""The Flask application: pages for people. The listing of this room is the site map."""

import secrets
from datetime import timedelta
from typing import Any

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix

from mapper.config import DEFAULT_SECRET, Settings
from mapper.store.session import Store, open_store
from mapper.web.caching import add_caching
from mapper.web.errors import add_error_pages
from mapper.web.extensions import add_extensions
from mapper.web.formatting import add_formatting
from mapper.web.headers import add_headers
from mapper.web.looking import add_looking
from mapper.web.navigation import add_navigation
from mapper.web.numbers import add_numbers
from mapper.web.permissions import add_door
from mapper.web.rooms import add_rooms
from mapper.web.session import add_sessions
from mapper.web.site import Site, require_safe_secret
from mapper.web.uploads import add_uploads

_LARGEST_REQUEST_BYTES = 1_000_000
_STATIC_AGE_SECONDS = 3_600
_GOVUK_PACKAGES = ("govuk_frontend_jinja", "govuk_frontend_wtf")


def create_app(settings: Settings, store: Store | None = None) -> Flask:
    """Make the site.

    Parameters
    ----------
    settings : of this process.
    store : an open database; None to open the one that the settings name.

    Raises
    ------
    SettingError
        Outside demo mode, when the key that signs sessions is the default one or is short.
    NotReadyError
        When the database cannot be opened.
    """
    require_safe_secret(settings)
    app = Flask(__name__)
    _trust_proxies(app, settings.trusted_proxies)
    app.config.update(_flask_settings(settings))
    app.extensions["mapper"] = Site(settings, store or open_store(settings.database_url))
    _add_templates(app)
    for add in (
        add_sessions,
        add_uploads,
        add_extensions,
        add_door,
        add_looking,
        add_headers,
        add_caching,
        add_formatting,
        add_navigation,
        add_error_pages,
        add_numbers,
        add_rooms,
    ):
        add(app)
    return app


def _trust_proxies(app: Flask, count: int) -> None:
    """Believe what the proxies in front say of who asks: never more of them than there are."""
    if count:
        trusting = ProxyFix(app.wsgi_app, x_for=count, x_proto=count, x_host=0)
        app.wsgi_app = trusting  # type: ignore[method-assign]  # as Flask documents it


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": _signing_key(settings),
        "SESSION_COOKIE_NAME": "mapper_session",
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_REFRESH_EACH_REQUEST": False,  # the hours count from signing in
        "PERMANENT_SESSION_LIFETIME": timedelta(hours=settings.session_hours),
        "WTF_CSRF_TIME_LIMIT": None,  # a form may stay open as long as the session
        "MAX_CONTENT_LENGTH": _LARGEST_REQUEST_BYTES,
        "SEND_FILE_MAX_AGE_DEFAULT": _STATIC_AGE_SECONDS,
    }


def _signing_key(settings: Settings) -> str:
    """The key of the settings; in a demo without one, a new key that nobody knows."""
    is_known = settings.secret_key == DEFAULT_SECRET
    return secrets.token_hex(32) if is_known else settings.secret_key


def _add_templates(app: Flask) -> None:
    # GOV.UK Frontend's templates ask for parts of parameters that were not given.
    app.jinja_options = {"undefined": ChainableUndefined}
    own: list[Any] = [PackageLoader("mapper.web")]
    govuk = PrefixLoader({name: PackageLoader(name) for name in _GOVUK_PACKAGES})
    app.jinja_loader = ChoiceLoader([*own, govuk])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
