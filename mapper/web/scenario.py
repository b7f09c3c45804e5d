"""Scenarios: other activities thought of, and the gap as it would be with them."""

import secrets
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission
from mapper.errors import NotFoundError
from mapper.ingest.uploads import receiving, sweep_uploads
from mapper.ingest.work_folder import WorkFolder, find_folder, make_folder
from mapper.reports.kept_table import from_kept
from mapper.reports.shown_run import run_for
from mapper.store.runs import get_run, list_runs
from mapper.web.background import hand_over, stop
from mapper.web.downloads import download
from mapper.web.forms.layout import error_list
from mapper.web.forms.scenario import BOXES, PLAN_ENDINGS, ROWS, ScenarioForm, rows_as_csv
from mapper.web.load_words import fault_groups, report_of
from mapper.web.paging import folded
from mapper.web.people import current_audience, current_person, name_of_person
from mapper.web.permissions import requires
from mapper.web.run_words import step_of_run
from mapper.web.session import reading
from mapper.web.site import the_site
from mapper.web.standby import STANDBY
from mapper.web.uploads import ending_of, shown_name

blueprint = Blueprint("scenario", __name__, url_prefix="/scenario")
_AT_ONCE = 5
"""Small areas that are seen at once; the others are opened."""

SHOWN = (
    "area_name",
    "lad_name",
    "provision_before",
    "provision_after",
    "gap_score_before",
    "gap_score_after",
    "gap_score_change",
    "share_gap_points_before",
    "share_gap_points_after",
    "stability_percent_before",
    "stability_percent_after",
    "gap_class_before",
    "gap_class_after",
)
"""Columns of the page; the files hold them all."""


@blueprint.get("")
@requires(Permission.RUN_MAKE)
def index() -> str:
    """The form in which other activities are thought of."""
    STANDBY.warm()
    run_id = request.args.get("run", 0, type=int) or run_for(reading(), current_audience()).id
    return _form_page(ScenarioForm(formdata=None, run=str(run_id)))


@blueprint.post("")
@requires(Permission.RUN_MAKE)
def begin() -> ResponseReturnValue:
    """Take the plan, and begin to work out what would come of it."""
    form = ScenarioForm()
    _offer_runs(form)
    if not form.validate():
        return _form_page(form)
    sweep_uploads(the_site().settings.upload_dir)
    work = WorkFolder(make_folder(the_site().settings.upload_dir, secrets.token_hex(16)))
    work.write("asked.json", _asked(form, _receive(form, work)))
    _start(work)
    return redirect(url_for("scenario.result", token=work.token))


@blueprint.get("/<token>")
@requires(Permission.RUN_MAKE)
def result(token: str) -> str:
    """What is being worked out, or what came of it."""
    work, asked = _own(token)
    outcome = work.read("outcome.json")
    is_working = work.is_worked_on()
    if is_working or outcome is None:
        return render_template(
            "scenario/working.html",
            token=token,
            is_working=is_working,
            is_watching=request.args.get("watch") != "no",
            progress=step_of_run(work.read("progress.json")),
        )
    files = report_of(outcome["files"])
    done = outcome["state"] == "done"
    return render_template(
        "scenario/result.html",
        token=token,
        outcome=outcome,
        run=get_run(reading(), asked["run_id"]),
        faults=fault_groups([issue for file in files for issue in file.issues], {}),
        authorities=from_kept(outcome["authorities"]) if done else None,
        areas=folded(from_kept(outcome["areas"]), _AT_ONCE) if done else None,
        shown=SHOWN,
    )


@blueprint.post("/<token>/keep")
@requires(Permission.RUN_MAKE)
def keep(token: str) -> ResponseReturnValue:
    """Work it out once more, and keep it as a run that is never published."""
    work, asked = _own(token)
    if (work.read("outcome.json") or {}).get("state") == "done":
        work.write("asked.json", asked | {"is_kept": True})
        _start(work)
    return redirect(url_for("scenario.result", token=token))


@blueprint.post("/<token>/stop")
@requires(Permission.RUN_MAKE)
def stop_scenario(token: str) -> ResponseReturnValue:
    """Stop the work, and throw the plan away."""
    work, _ = _own(token)
    stop(work)
    work.remove()
    return redirect(url_for("scenario.index"))


@blueprint.get("/<token>/<what>.<form>")
@requires(Permission.RUN_MAKE)
def result_file(token: str, what: str, form: str) -> Response:
    """The figures of today beside those of the scenario, as CSV or JSON."""
    work, _ = _own(token)
    outcome = work.read("outcome.json") or {}
    if what not in {"authorities", "areas"} or what not in outcome:
        abort(404)
    table = from_kept(outcome[what])
    return download(f"scenario-{what}", form, lambda: table, is_kept=False)


def _receive(form: ScenarioForm, work: WorkFolder) -> str:
    """Write the file of the plan, or the boxes as one; return what it is called."""
    if form.has_file:
        name = shown_name(form.file.data.filename)
        with receiving(work.folder / f"1{ending_of(name, PLAN_ENDINGS)}") as kept:
            form.file.data.save(kept)
        return name
    rows = form.rows()
    if not rows:
        return ""
    with receiving(work.folder / "1.csv") as kept:
        kept.write(rows_as_csv(rows).encode())
    return "what you filled in"


def _asked(form: ScenarioForm, file: str) -> dict[str, Any]:
    person = current_person()
    return {
        "owner_id": person.id if person else 0,
        "asked_by": name_of_person(),
        "run_id": int(form.run.data),
        "file": file,
        "lead": form.file_lead.data or "",
        "planned": form.numbers("planned"),
        "withdrawn": form.numbers("withdrawn"),
        "is_kept": False,
    }


def _start(work: WorkFolder) -> None:
    lock = work.take()
    if lock is not None:
        with lock:
            hand_over(work, lock, "scenario")


def _own(token: str) -> tuple[WorkFolder, dict[str, Any]]:
    """Find a scenario of whoever asks.

    Raises
    ------
    NotFoundError
        When there is none, or it is another person's.
    """
    work = find_folder(the_site().settings.upload_dir, token)
    asked = work.read("asked.json") if work else None
    person = current_person()
    if work is None or not asked or person is None or asked.get("owner_id") != person.id:
        raise NotFoundError("This scenario is not there any more.")
    return work, asked


def _offer_runs(form: ScenarioForm) -> None:
    runs = [run for run in list_runs(reading()) if not run.is_scenario]
    form.run.choices = [(str(run.id), f"{run.id}: {run.name}") for run in runs]


def _form_page(form: ScenarioForm) -> str:
    _offer_runs(form)
    return render_template(
        "scenario/index.html", form=form, errors=error_list(form), boxes=BOXES, rows=ROWS
    )
