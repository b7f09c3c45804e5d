"""Somebody looks at another run than the one published last: `?run=7`, kept in every link.

Analysts may ask for any run, all others for those that are offered to them; a number that is not
for them is not found.
"""

from urllib.parse import urlencode

from flask import Flask, g, request

from mapper.domain.role import Permission
from mapper.reports.choosable_runs import RunChoice, choosable_runs
from mapper.reports.shown_run import look_at, run_for
from mapper.web.people import current_audience, is_allowed
from mapper.web.session import reading

_ASKED = "run"
_ROOMS = frozenset({"between", "explore", "gaps", "network"})
"""Rooms whose pages show the figures of a run."""

_LARGEST_ID = 2**31 - 1


def run_looked_at() -> int:
    """The number of the run that was asked for; 0 for the one that all see."""
    return int(g.get("run_looked_at", 0))


def offered_runs() -> tuple[RunChoice, ...]:
    """The published runs that whoever asks may choose, the one that is shown first."""
    if "offered_runs" not in g:
        g.offered_runs = choosable_runs(reading(), current_audience())
    found: tuple[RunChoice, ...] = g.offered_runs
    return found


def add_looking(app: Flask) -> None:
    """Let people ask for a run by its number.

    Parameters
    ----------
    app : the site; its door is hung already.
    """
    app.before_request(_look)
    app.url_defaults(_keep_looking)
    app.jinja_env.globals["run_looked_at"] = run_looked_at
    app.jinja_env.globals["offered_runs"] = offered_runs
    app.jinja_env.globals["address_of_latest"] = _address_of_latest


def _look() -> None:
    asked = request.args.get(_ASKED, "")
    if request.blueprint not in _ROOMS or not asked.isascii() or not asked.isdecimal():
        return
    number = int(asked)
    if 0 < number <= _LARGEST_ID and is_allowed(Permission.EXPLORE):
        look_at(reading(), number)
        run_for(reading(), current_audience())  # else no page of an error may keep the number
        g.run_looked_at = number


def _keep_looking(endpoint: str, values: dict[str, object]) -> None:
    if run_looked_at() and endpoint.partition(".")[0] in _ROOMS:
        values.setdefault(_ASKED, run_looked_at())


def _address_of_latest() -> str:
    """The address of the same page for the run that was published last."""
    kept = [pair for pair in request.args.items(multi=True) if pair[1] and pair[0] != _ASKED]
    return f"{request.path}?{urlencode(kept)}" if kept else request.path
