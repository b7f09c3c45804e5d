"""Every route has a rule, and nobody gets further than their role goes."""

from pathlib import Path

import pytest
from flask import Flask

from mapper.config import Settings
from mapper.domain.role import Permission
from mapper.store.session import open_store
from mapper.web import create_app
from mapper.web.navigation import MENU
from mapper.web.permissions import permission_of

RULES = {
    "about.index": Permission.ABOUT_READ,
    "accounts.sign_in": Permission.SIGN_IN,
    "accounts.sign_out": Permission.SIGN_OUT,
    "accounts.try_to_sign_in": Permission.SIGN_IN,
    "activities.activity": Permission.EXPLORE,
    "activities.check": Permission.ACTIVITY_REGISTER,
    "activities.index": Permission.EXPLORE,
    "activities.index_file": Permission.EXPLORE,
    "activities.new": Permission.ACTIVITY_REGISTER,
    "changing.cancel": Permission.ACTIVITY_CHANGE,
    "changing.check_edit": Permission.ACTIVITY_CHANGE,
    "changing.confirm_cancel": Permission.ACTIVITY_CHANGE,
    "changing.edit": Permission.ACTIVITY_CHANGE,
    "changing.history": Permission.ACTIVITY_CHANGE,
    "correcting.check_edit": Permission.ORGANISATION_EDIT,
    "correcting.check_new": Permission.ORGANISATION_ADD,
    "correcting.edit": Permission.ORGANISATION_EDIT,
    "correcting.new": Permission.ORGANISATION_ADD,
    "comparing.index": Permission.RUN_MAKE,
    "comparing.index_file": Permission.RUN_MAKE,
    "duplicates.apart": Permission.DUPLICATES_DECIDE,
    "duplicates.decide": Permission.DUPLICATES_DECIDE,
    "duplicates.index": Permission.DUPLICATES_DECIDE,
    "duplicates.merge": Permission.DUPLICATES_DECIDE,
    "duplicates.merged": Permission.DUPLICATES_DECIDE,
    "duplicates.pair": Permission.DUPLICATES_DECIDE,
    "duplicates.search": Permission.DUPLICATES_DECIDE,
    "duplicates.undo": Permission.DUPLICATES_DECIDE,
    "entry.again": Permission.ENTRY_ANSWER,
    "entry.answered": Permission.ENTRY_ANSWER,
    "entry.change": Permission.ENTRY_ANSWER,
    "entry.check": Permission.ENTRY_ANSWER,
    "entry.confirm": Permission.ENTRY_ANSWER,
    "entry.index": Permission.ENTRY_ANSWER,
    "entry.sent": Permission.ENTRY_ANSWER,
    "entry.take_out": Permission.ENTRY_ANSWER,
    "entry.withdraw": Permission.ENTRY_ANSWER,
    "explore.areas": Permission.EXPLORE,
    "explore.areas_file": Permission.EXPLORE,
    "explore.engagement_map": Permission.EXPLORE,
    "explore.home": Permission.EXPLORE,
    "explore.map_activities": Permission.EXPLORE,
    "explore.map_areas": Permission.EXPLORE,
    "explore.map_organisations": Permission.EXPLORE,
    "explore.map_outlines": Permission.EXPLORE,
    "freshness.asked": Permission.FRESHNESS_ASK,
    "freshness.check": Permission.FRESHNESS_ASK,
    "freshness.index": Permission.FRESHNESS_ASK,
    "freshness.send": Permission.FRESHNESS_ASK,
    "freshness.unreachable": Permission.FRESHNESS_ASK,
    "gaps.index": Permission.EXPLORE,
    "gaps.index_file": Permission.EXPLORE,
    "gaps.report": Permission.EXPLORE,
    "gaps.section_file": Permission.EXPLORE,
    "gaps.whole_file": Permission.EXPLORE,
    "gaps.working_file": Permission.EXPLORE,
    "gaps.report_file": Permission.EXPLORE,
    "gaps.report_picture": Permission.EXPLORE,
    "health.index": Permission.HEALTH_READ,
    "heard.answer": Permission.EXPLORE,
    "heard.index": Permission.EXPLORE,
    "loading.begin": Permission.SOURCE_LOAD,
    "loading.columns": Permission.SOURCE_LOAD,
    "loading.confirm": Permission.SOURCE_LOAD,
    "loading.confirm_columns": Permission.SOURCE_LOAD,
    "loading.index": Permission.SOURCE_LOAD,
    "loading.result": Permission.SOURCE_LOAD,
    "loading.result_file": Permission.SOURCE_LOAD,
    "loading.stop_upload": Permission.SOURCE_LOAD,
    "loading.upload": Permission.SOURCE_LOAD,
    "loading.upload_file": Permission.SOURCE_LOAD,
    "network.file": Permission.EXPLORE,
    "network.index": Permission.EXPLORE,
    "between.index": Permission.EXPLORE,
    "between.table_file": Permission.EXPLORE,
    **dict.fromkeys(
        ("declaring.index", "declaring.declare", "declaring.confirm", "declaring.end"),
        Permission.LINK_DECLARE,
    ),
    "network.links_file": Permission.EXPLORE,
    "network.measures_file": Permission.EXPLORE,
    "network.meetings_file": Permission.EXPLORE,
    "organisations.found_map": Permission.EXPLORE,
    "organisations.found_places": Permission.EXPLORE,
    "organisations.index": Permission.EXPLORE,
    "organisations.index_file": Permission.EXPLORE,
    "pipeline.keep_status": Permission.ORGANISATION_STATUS,
    "pipeline.release": Permission.ORGANISATION_EDIT,
    "pipeline.status": Permission.ORGANISATION_STATUS,
    "pipeline.verify": Permission.ORGANISATION_EDIT,
    "practice.index": Permission.PRACTICE_READ,
    "profile.history": Permission.ORGANISATION_EDIT,
    "profile.index": Permission.EXPLORE,
    "profile.working": Permission.EXPLORE,
    "profile.working_file": Permission.EXPLORE,
    "runs.begin": Permission.RUN_MAKE,
    "runs.index": Permission.RUN_MAKE,
    "runs.new": Permission.RUN_MAKE,
    "runs.order": Permission.RUN_MAKE,
    "runs.publish": Permission.RUN_MAKE,
    "runs.run": Permission.RUN_MAKE,
    "runs.stop_order": Permission.RUN_MAKE,
    "scenario.begin": Permission.RUN_MAKE,
    "scenario.index": Permission.RUN_MAKE,
    "scenario.keep": Permission.RUN_MAKE,
    "scenario.result": Permission.RUN_MAKE,
    "scenario.result_file": Permission.RUN_MAKE,
    "scenario.stop_scenario": Permission.RUN_MAKE,
}
"""What each route needs. Whoever adds a route decides here, and says so in review."""

IN_NO_MENU = {
    *("explore.home", "about.index", "health.index", "accounts.sign_in"),
    *("entry.index", "entry.confirm", "entry.change", "entry.check"),
    *("entry.withdraw", "entry.take_out", "entry.answered", "entry.again", "entry.sent"),
}
SAMPLES = {
    "activity_id": "1",
    "link_id": "1",
    "organisation_id": "1",
    "match_id": "1",
    "merge_id": "1",
    "lad_code": "E06000044",
    "form": "csv",
    "load_id": "1",
    "token": "0" * 32,
    "what": "issues",
    "run_id": "1",
    "order_id": "1",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """A site that lets no visitor in; nothing of it is asked of the database."""
    url = f"sqlite:///{tmp_path_factory.mktemp('policy') / 'empty.sqlite'}"
    app = create_app(Settings(secret_key="x" * 32), open_store(url))
    app.testing = True
    return app


def routes(app: Flask) -> dict[str, str]:
    """Each endpoint but the static files, with its path."""
    return {
        rule.endpoint: rule.rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"
    }


def test_every_route_has_the_rule_that_was_decided(site: Flask) -> None:
    found = {endpoint: permission_of(site, endpoint) for endpoint in routes(site)}

    assert found == RULES, "Mark the view with @requires(...) and add the route to RULES."


def test_a_route_without_a_rule_is_closed_to_everybody(tmp_path: Path) -> None:
    app = create_app(Settings(demo=True), open_store(f"sqlite:///{tmp_path / 'empty.sqlite'}"))
    app.add_url_rule("/forgotten", "forgotten", lambda: "secret")

    assert app.test_client().get("/forgotten").status_code == 403


def test_paths_are_written_in_small_letters_and_hyphens(site: Flask) -> None:
    paths = [path.split("<")[0] for path in routes(site).values()]

    assert [path for path in paths if path != path.lower() or "_" in path or " " in path] == []


def test_numbers_in_paths_are_typed(site: Flask) -> None:
    untyped = [path for path in routes(site).values() if "_id>" in path and "<int:" not in path]

    assert untyped == []


@pytest.mark.parametrize("endpoint", sorted(RULES))
def test_a_visitor_is_sent_to_sign_in_where_only_others_may_go(endpoint: str, site: Flask) -> None:
    open_to_all = {
        Permission.ABOUT_READ,
        Permission.ENTRY_ANSWER,
        Permission.SIGN_IN,
        Permission.SIGN_OUT,
        Permission.HEALTH_READ,
    }
    if RULES[endpoint] in open_to_all:
        return
    rule = next(rule for rule in site.url_map.iter_rules() if rule.endpoint == endpoint)
    path = rule.rule
    for name, value in SAMPLES.items():
        path = path.replace(f"<int:{name}>", value).replace(f"<{name}>", value)
    site.config["WTF_CSRF_ENABLED"] = False
    method = "POST" if "POST" in (rule.methods or ()) else "GET"

    response = site.test_client().open(path, method=method)

    assert response.status_code == 302
    assert response.location.startswith("/sign-in")


def test_every_page_finds_its_place_in_the_menu(site: Flask) -> None:
    placed = {name for place in MENU for name in (place.endpoint, *place.endpoints)}
    pages = {
        endpoint
        for endpoint, path in routes(site).items()
        if "." not in path and "geojson" not in path
    } - {"accounts.sign_out", "accounts.try_to_sign_in"}

    assert pages - IN_NO_MENU == placed


def test_every_place_in_the_menu_needs_what_its_page_needs() -> None:
    assert {place.endpoint: place.permission for place in MENU} == {
        place.endpoint: RULES[place.endpoint] for place in MENU
    }
