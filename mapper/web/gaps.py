"""Gap reports: one for each local authority."""

import re

from flask import Blueprint, Response, abort, render_template, request

from mapper.domain.role import Permission
from mapper.domain.vocabulary import Cohort, Theme
from mapper.maps import pictures
from mapper.reports.authorities import authorities_for
from mapper.reports.gap_report import GapReport, gap_report
from mapper.reports.published import PublishedTable
from mapper.reports.report_contents import report_contents
from mapper.reports.sections.section import Section
from mapper.reports.whole_report import report_json
from mapper.reports.working import working_table
from mapper.web.authority import require_authority
from mapper.web.caching import kept, kept_response
from mapper.web.downloads import download
from mapper.web.paging import Folded, folded
from mapper.web.people import current_audience
from mapper.web.permissions import requires
from mapper.web.ranking import AT_ONCE, COMPARED, ranked_areas
from mapper.web.session import reading
from mapper.web.sorting import asked_order

blueprint = Blueprint("gaps", __name__, url_prefix="/gaps")
_NUMBERED = 10


@blueprint.get("")
@requires(Permission.EXPLORE)
def index() -> str:
    """The fourteen local authorities, each with its report: of all work, or of some."""
    work = _chosen_work()
    table, order = asked_order(_authorities(work))
    return render_template(
        "gaps/index.html",
        table=table,
        order=order,
        compared=None if work else COMPARED,
        chosen=work,
        works={"Theme": list(Theme), "For": list(Cohort)},
    )


@blueprint.get("/all.<form>")
@requires(Permission.EXPLORE)
def index_file(form: str) -> Response:
    """The fourteen authorities as CSV or JSON."""
    work = _chosen_work()
    table, order = asked_order(_authorities(work))
    name = "-".join(filter(None, ("authorities", _slug(work), order.slug)))
    return _run_file(name, form, table)


def _chosen_work() -> str:
    """The theme or cohort that the page is filtered by; empty for all work."""
    asked = request.args.get("work", "")
    return asked if asked in {*Theme, *Cohort} else ""


def _folded_section(section: Section) -> Folded | None:
    """The table of a section: folded away altogether where a chart says the same above it."""
    if section.table is None:
        return None
    return folded(section.table, 0 if section.chart else AT_ONCE)


def _run_file(name: str, form: str, table: PublishedTable) -> Response:
    """Answer with rows of a run, in a file that is named for it."""
    run = _slug(table.provenance.run_name)
    return download(f"{name}-{run}", form, lambda: table)


def _slug(words: str) -> str:
    return "-".join(re.findall("[a-z0-9]+", words.casefold()))


def _authorities(work: str) -> PublishedTable:
    theme, cohort = (work if work in set(words) else "" for words in (Theme, Cohort))
    return kept(
        f"authorities {work}".rstrip(),
        lambda: authorities_for(reading(), current_audience(), theme=theme, cohort=cohort),
    )


@blueprint.get("/<lad_code>")
@requires(Permission.EXPLORE)
def report(lad_code: str) -> str:
    """The gap report of one local authority."""
    found = _report(lad_code)
    return render_template(
        "gaps/report.html",
        report=found,
        areas=ranked_areas(found),
        contents=report_contents(found),
        providers=folded(found.providers, AT_ONCE),
        links=folded(found.links, AT_ONCE),
        wards=folded(found.wards, AT_ONCE),
        sections=[(each, _folded_section(each)) for each in found.sections],
        context=folded(found.context, AT_ONCE),
        compared=COMPARED,
    )


@blueprint.get("/<lad_code>.<form>")
@requires(Permission.EXPLORE)
def report_file(lad_code: str, form: str) -> Response:
    """The report's areas as CSV or JSON."""
    code = require_authority(lad_code)
    return _run_file(f"gap-report-{code}", form, _report(code).areas.table)


@blueprint.get("/<lad_code>/report.json")
@requires(Permission.EXPLORE)
def whole_file(lad_code: str) -> Response:
    """The whole report as JSON: areas with their working, sections, wards, who works there."""
    code = require_authority(lad_code)
    return kept_response(
        f"whole-report-{code}.json", lambda: report_json(_report(code)), "application/json"
    )


@blueprint.get("/<lad_code>/working.<form>")
@requires(Permission.EXPLORE)
def working_file(lad_code: str, form: str) -> Response:
    """The working of the report's areas, a sentence a row, as CSV or JSON."""
    code = require_authority(lad_code)
    return _run_file(f"working-{code}", form, working_table(_report(code)))


@blueprint.get("/<lad_code>/<section>.<form>")
@requires(Permission.EXPLORE)
def section_file(lad_code: str, section: str, form: str) -> Response:
    """One section of the report as CSV or JSON; one without figures has no file."""
    found = _report(lad_code)
    table = next((each.table for each in found.sections if each.name == section), None)
    if table is None:
        abort(404)
    return _run_file(f"{section}-{lad_code}", form, table)


@blueprint.get("/<lad_code>/map.svg")
@requires(Permission.EXPLORE)
def report_picture(lad_code: str) -> Response:
    """The report's map as a picture."""
    code = require_authority(lad_code)
    response = kept_response(
        f"gap-report-{code}.svg", lambda: _picture(_report(code)), "image/svg+xml"
    )
    # The picture is a document of its own, with styles of its own and nothing else.
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def _picture(found: GapReport) -> bytes:
    first = [str(row["area_code"].value) for row in found.areas.table.records()[:_NUMBERED]]
    return pictures.report_picture(found.areas, first)


def _report(lad_code: str) -> GapReport:
    code = require_authority(lad_code)
    if code != lad_code:
        abort(404)  # one address a report
    return kept(f"gap-report {code}", lambda: gap_report(reading(), code, current_audience()))
