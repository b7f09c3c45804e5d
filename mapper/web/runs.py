"""Runs of the analysis: asked for, watched, looked at, published."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission
from mapper.domain.violence import RecordingSource
from mapper.errors import InvalidValueError, NotReadyError, ParametersError
from mapper.reports.publishing import overlap_warning, publish_as, usual_name
from mapper.reports.readiness import require_loaded
from mapper.reports.shown_run import run_for
from mapper.store.frames import violence_months
from mapper.store.publications import list_publications, published_run
from mapper.store.run_orders import OrderStatus, get_order, list_orders
from mapper.store.runs import Run, get_run, list_runs
from mapper.store.violence import crime_types_loaded
from mapper.web.forms.layout import error_list, legend
from mapper.web.forms.runs import PublishForm, RunForm
from mapper.web.people import current_audience, name_of_person
from mapper.web.permissions import requires
from mapper.web.run_orders import begin_run, folder_of, settle_orders, stop_run
from mapper.web.run_words import brief_words, parameter_words, step_of_run
from mapper.web.session import reading, writing
from mapper.web.standby import STANDBY

blueprint = Blueprint("runs", __name__, url_prefix="/runs")


@blueprint.get("")
@requires(Permission.RUN_MAKE)
def index() -> str:
    """Every run that was made or asked for: who, when, period, parameters, state."""
    settle_orders()
    session = reading()
    shown = published_run(session)
    runs = list_runs(session)
    return render_template(
        "runs/index.html",
        runs=[(run, brief_words(run.parameters)) for run in runs],
        orders=[
            (order, parameter_words(order.parameters), brief_words(order.parameters))
            for order in list_orders(session)
            if order.status is not OrderStatus.DONE
        ],
        names={each.run_id: each.name for each in list_publications(session)},
        shown_id=shown.id if shown else 0,
        comparable=[run for run in runs if not run.is_scenario],
    )


@blueprint.get("/new")
@requires(Permission.RUN_MAKE)
def new() -> str:
    """The form with every parameter, filled in like a run, or like the one that is shown."""
    STANDBY.warm()
    like = request.args.get("like", type=int)
    if like:
        return _form_page(RunForm.like(get_run(reading(), like).parameters))
    try:
        return _form_page(RunForm.like(run_for(reading(), current_audience()).parameters))
    except NotReadyError:
        return _form_page(RunForm.over(violence_months(reading())))


@blueprint.post("/new")
@requires(Permission.RUN_MAKE)
def begin() -> ResponseReturnValue:
    """Look at the parameters, and start the run."""
    form = RunForm()
    form.offer(_types())
    choices = form.choices() if form.validate() else None
    if choices is None:
        return _form_page(form)
    try:
        require_loaded(reading(), choices)
    except ParametersError as error:
        form.blame(error.faults)
        return _form_page(form)
    except NotReadyError as error:
        form.blame({"from": str(error)})
        return _form_page(form)
    return redirect(url_for("runs.order", order_id=begin_run(choices)))


@blueprint.get("/asked/<int:order_id>")
@requires(Permission.RUN_MAKE)
def order(order_id: int) -> ResponseReturnValue:
    """How far a run has come, or why there is none."""
    settle_orders()
    found = get_order(reading(), order_id)
    if found.run_id:
        return redirect(url_for("runs.run", run_id=found.run_id))
    return render_template(
        "runs/order.html",
        order=found,
        words=parameter_words(found.parameters),
        progress=step_of_run(folder_of(found).read("progress.json")),
        is_working=found.status is OrderStatus.WORKING,
        is_watching=request.args.get("watch") != "no",
        is_mine=found.asked_by == name_of_person(),
    )


@blueprint.post("/asked/<int:order_id>/stop")
@requires(Permission.RUN_MAKE)
def stop_order(order_id: int) -> ResponseReturnValue:
    """Stop a run: nothing of it is stored."""
    stop_run(get_order(reading(), order_id))
    return redirect(url_for("runs.order", order_id=order_id))


@blueprint.get("/<int:run_id>")
@requires(Permission.RUN_MAKE)
def run(run_id: int) -> str:
    """One run: what it was made from, and how it is published."""
    found = get_run(reading(), run_id)
    return _run_page(found, PublishForm(formdata=None, name=usual_name(reading(), found)))


@blueprint.post("/<int:run_id>/publish")
@requires(Permission.RUN_MAKE)
def publish(run_id: int) -> ResponseReturnValue:
    """Show a run to everybody who may see figures."""
    form = PublishForm()
    found = get_run(reading(), run_id)
    try:
        with writing() as session:
            publish_as(session, run_id, form.name.data or "", name_of_person())
    except InvalidValueError as error:
        form.name.errors = [str(error)]
        return _run_page(found, form)
    return redirect(url_for("runs.run", run_id=run_id))


def _types() -> list[str]:
    """Types of violence that are loaded, of any recorder; none twice."""
    session = reading()
    found = (word for each in RecordingSource for word in crime_types_loaded(session, each))
    return list(dict.fromkeys(found))


def _form_page(form: RunForm) -> str:
    form.offer(_types())
    months = violence_months(reading())
    return render_template(
        "runs/new.html",
        form=form,
        errors=error_list(form),
        legend=legend,
        months=(months[0], months[-1]) if months else (),
    )


def _run_page(found: Run, form: PublishForm) -> str:
    session = reading()
    shown = published_run(session)
    return render_template(
        "runs/run.html",
        run=found,
        words=parameter_words(found.parameters),
        form=form,
        errors=error_list(form),
        publications=[each for each in list_publications(session) if each.run_id == found.id],
        is_shown=shown is not None and shown.id == found.id,
        shown=shown,
        warning="" if found.is_scenario else overlap_warning(session, found),
        others=[each for each in list_runs(session) if each.id != found.id],
    )
