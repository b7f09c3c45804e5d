"""The menu: what a person may open, and where they are."""

from dataclasses import dataclass

from flask import Flask, request, url_for

from mapper.domain.role import Permission
from mapper.web.people import current_person, is_allowed
from mapper.web.site import the_site


@dataclass(frozen=True, slots=True)
class Place:
    """One place in the menu.

    Parameters
    ----------
    text : as shown.
    endpoint : that the link opens.
    permission : that it takes.
    endpoints : pages that belong to it, beside its own.
    """

    text: str
    endpoint: str
    permission: Permission
    endpoints: tuple[str, ...] = ()


MENU = (
    Place("Map", "explore.engagement_map", Permission.EXPLORE, ("explore.areas",)),
    Place(
        "Gap reports",
        "gaps.index",
        Permission.EXPLORE,
        ("gaps.report", "heard.index", "heard.answer"),
    ),
    Place(
        "Activities",
        "activities.index",
        Permission.EXPLORE,
        (
            *("activities.new", "activities.check", "activities.activity"),
            *("changing.edit", "changing.check_edit", "changing.cancel"),
            *("changing.confirm_cancel", "changing.history"),
        ),
    ),
    Place(
        "Organisations",
        "organisations.index",
        Permission.EXPLORE,
        (
            *("organisations.found_map", "profile.index", "profile.working", "profile.history"),
            *("pipeline.status", "pipeline.keep_status", "pipeline.verify", "pipeline.release"),
            *("correcting.new", "correcting.check_new", "correcting.edit", "correcting.check_edit"),
        ),
    ),
    Place(
        "Network",
        "network.index",
        Permission.EXPLORE,
        (
            *("between.index", "declaring.index", "declaring.declare"),
            *("declaring.confirm", "declaring.end"),
        ),
    ),
    Place("People to ask", "practice.index", Permission.PRACTICE_READ),
    Place(
        "Duplicates",
        "duplicates.index",
        Permission.DUPLICATES_DECIDE,
        (
            *("duplicates.search", "duplicates.pair", "duplicates.decide", "duplicates.apart"),
            *("duplicates.merged", "duplicates.merge", "duplicates.undo"),
        ),
    ),
    Place(
        "Load data",
        "loading.index",
        Permission.SOURCE_LOAD,
        (
            "loading.begin",
            "loading.upload",
            "loading.columns",
            "loading.confirm_columns",
            "loading.confirm",
            "loading.stop_upload",
            "loading.result",
        ),
    ),
    Place(
        "Runs",
        "runs.index",
        Permission.RUN_MAKE,
        (
            *(
                "runs.new",
                "runs.begin",
                "runs.order",
                "runs.stop_order",
                "runs.run",
                "runs.publish",
            ),
            *("comparing.index", "scenario.index", "scenario.begin", "scenario.result"),
            *("scenario.keep", "scenario.stop_scenario"),
        ),
    ),
    Place(
        "Confirming",
        "freshness.index",
        Permission.FRESHNESS_ASK,
        (
            *("freshness.unreachable", "freshness.asked"),
            *("freshness.check", "freshness.send"),
        ),
    ),
)


def menu() -> list[dict[str, object]]:
    """The menu for whoever is asking, as GOV.UK Frontend's service navigation takes it."""
    return [
        {
            "text": place.text,
            "href": url_for(place.endpoint),
            "active": request.endpoint in (place.endpoint, *place.endpoints),
            "current": request.endpoint == place.endpoint,
        }
        for place in MENU
        if is_allowed(place.permission)
    ]


def add_navigation(app: Flask) -> None:
    """Put at hand in every template what the frame of a page needs.

    Parameters
    ----------
    app : the site.
    """
    app.context_processor(
        lambda: {
            "menu": menu,
            "current_person": current_person,
            "is_allowed": is_allowed,
            "Permission": Permission,
            "is_demo": the_site().settings.demo,
        }
    )
