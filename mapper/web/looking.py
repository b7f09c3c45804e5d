"""An analyst looks at another run than the published one: `?run=7`, kept in every link.

Nobody else's address can ask for one: without the permission the number is passed over.
"""

from flask import Flask, g, request

from mapper.domain.role import Permission
from mapper.reports.shown_run import look_at
from mapper.web.people import is_allowed
from mapper.web.session import reading

_ASKED = "run"
_ROOMS = frozenset({"explore", "gaps", "network"})
"""Rooms whose pages show the figures of a run."""

_LARGEST_ID = 2**31 - 1


def run_looked_at() -> int:
    """The number of the run that was asked for; 0 for the one that all see."""
    return int(g.get("run_looked_at", 0))


def add_looking(app: Flask) -> None:
    """Let analysts ask for a run by its number.

    Parameters
    ----------
    app : the site; its door is hung already.
    """
    app.before_request(_look)
    app.url_defaults(_keep_looking)
    app.jinja_env.globals["run_looked_at"] = run_looked_at


def _look() -> None:
    asked = request.args.get(_ASKED, "")
    if request.blueprint not in _ROOMS or not asked.isascii() or not asked.isdecimal():
        return
    number = int(asked)
    if 0 < number <= _LARGEST_ID and is_allowed(Permission.RUN_MAKE):
        g.run_looked_at = number
        look_at(reading(), number)


def _keep_looking(endpoint: str, values: dict[str, object]) -> None:
    if run_looked_at() and endpoint.partition(".")[0] in _ROOMS:
        values.setdefault(_ASKED, run_looked_at())
