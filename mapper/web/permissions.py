"""The only door to a view: `requires` names the permission, and nothing opens without one."""

from collections.abc import Callable
from typing import TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from mapper.domain.role import Permission
from mapper.web.people import is_allowed

View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

_OPEN_ENDPOINTS = frozenset({"static"})
_ATTRIBUTE = "required_permission"


def requires(permission: Permission) -> Callable[[View], View]:
    """Let a view be seen only by those who hold a permission.

    Parameters
    ----------
    permission : that the view needs.
    """

    def mark(view: View) -> View:
        setattr(view, _ATTRIBUTE, permission)
        return view

    return mark


def permission_of(app: Flask, endpoint: str) -> Permission | None:
    """The permission that an endpoint needs; None when nobody decided.

    Parameters
    ----------
    app : the site.
    endpoint : as Flask names it.
    """
    return getattr(app.view_functions[endpoint], _ATTRIBUTE, None)


def add_door(app: Flask) -> None:
    """Check every request against the permission of its view, before anything else is done.

    Parameters
    ----------
    app : the site.
    """
    app.before_request(_check)


def _check() -> ResponseReturnValue | None:
    """Let the request in, send a visitor to sign in, or refuse."""
    endpoint = request.endpoint
    if endpoint is None or endpoint in _OPEN_ENDPOINTS:
        return None
    permission = permission_of(current_app, endpoint)
    if permission is not None and is_allowed(permission):
        return None
    if permission is None or current_user.is_authenticated:
        abort(403)
    wanted = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else None
    return redirect(url_for("accounts.sign_in", next=wanted))
