"""Loading files: uploaded, their columns confirmed, looked at, and saved."""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from mapper.domain.role import Permission
from mapper.domain.source import SourceKind
from mapper.ingest.cells.field_words import field_words
from mapper.ingest.faults.issues import Issue
from mapper.ingest.kinds.loadable import loadable_kinds
from mapper.ingest.kinds.readers import READERS
from mapper.ingest.outcome.account import row_account
from mapper.ingest.outcome.kept_report import issue_from
from mapper.ingest.uploads import Order, Stage, Upload, sweep_uploads
from mapper.store.loads import Load, LoadStatus, get_load, list_loads, source_names
from mapper.web.background import stop
from mapper.web.forms.layout import error_list, legend
from mapper.web.forms.loading import (
    ColumnChoice,
    LoadForm,
    chosen_columns,
    missing_fields,
    proposed_columns,
)
from mapper.web.load_files import issues_file, rows_file
from mapper.web.load_words import fault_groups, report_of, step_words
from mapper.web.people import current_person
from mapper.web.permissions import requires
from mapper.web.session import reading
from mapper.web.site import the_site
from mapper.web.standby import STANDBY
from mapper.web.uploads import begin_loading, own_upload, receive, settle, shown_name, start

blueprint = Blueprint("loading", __name__)


@blueprint.get("/load")
@requires(Permission.SOURCE_LOAD)
def index() -> str:
    """The form to upload files with, and what was loaded before."""
    settle()
    sweep_uploads(the_site().settings.upload_dir)
    STANDBY.warm()
    return _form_page(LoadForm())


@blueprint.post("/load")
@requires(Permission.SOURCE_LOAD)
def begin() -> ResponseReturnValue:
    """Take the files, and begin to look at them."""
    form = LoadForm()
    person = current_person()
    if person is None:
        abort(401)
    if not form.validate():
        return _form_page(form)
    order = Order(
        owner_id=person.id,
        loaded_by=person.email,
        kind=form.chosen.kind,
        source_name=form.source_name.data or "",
        sensitivity=form.sensitivity.data or "",
        recorder=form.recorder.data or "",
        names=tuple(shown_name(file.filename) for file in form.files.data),
        level=form.level.data or "",
        vintage=form.vintage.data or "",
        lead=form.lead.data or "",
        until=form.until.data.isoformat() if form.until.data else "",
        is_synthetic=the_site().settings.demo,
        began_at=time.time(),
    )
    upload_made = receive(form.files.data, order, form.chosen.endings)
    start(upload_made)
    return redirect(url_for("loading.upload", token=upload_made.token))


@blueprint.get("/load/<token>")
@requires(Permission.SOURCE_LOAD)
def upload(token: str) -> ResponseReturnValue:
    """What is being done with an upload, or what was found in it."""
    mine = own_upload(token)
    if mine.is_worked_on():
        return _working_page(mine)
    outcome = mine.read("outcome.json") or {"state": "interrupted"}
    load_id = mine.order.load_id
    if load_id:
        settle()
        return redirect(url_for("loading.result", load_id=load_id))
    STANDBY.warm()
    if outcome["state"] == "interrupted":
        mine.drop_files()  # whatever ended it may have been in them
    if outcome["state"] == "columns":
        return redirect(url_for("loading.columns", token=token))
    said = mine.read("columns.json") or {}
    return render_template(
        "loading/preview.html",
        upload=mine,
        order=mine.order,
        outcome=outcome,
        report=report_of(outcome.get("files", ())),
        account=row_account(report_of(outcome.get("files", ()))),
        faults=fault_groups(_found(outcome), mine.order.mapping or said.get("kept", {})),
        columns=said,
        label=_label(mine.order.kind),
        labels={each.kind.value: each.label for each in loadable_kinds()},
        has_rows=bool(mine.read("mend.json")),
    )


@blueprint.get("/load/<token>/columns")
@requires(Permission.SOURCE_LOAD)
def columns(token: str) -> ResponseReturnValue:
    """Each column with what it is taken for, to be confirmed."""
    mine = own_upload(token)
    said = mine.read("columns.json")
    if said is None or mine.is_worked_on() or mine.order.load_id:
        return redirect(url_for("loading.upload", token=token))
    return _columns_page(mine, proposed_columns(said, mine.order.mapping or said["kept"]), [])


@blueprint.post("/load/<token>/columns")
@requires(Permission.SOURCE_LOAD)
def confirm_columns(token: str) -> ResponseReturnValue:
    """Take the columns as confirmed, and load the file for trial."""
    mine = own_upload(token)
    said = mine.read("columns.json")
    if said is None or mine.order.load_id:
        abort(404)
    fields = READERS[mine.order.kind].columns
    known = {field.name for field in fields}
    chosen = [
        name if (name := request.form.get(f"column-{at}", "")) in known else ""
        for at in range(len(said["headings"]))
    ]
    found = chosen_columns(proposed_columns(said, mine.order.mapping or said["kept"]), chosen)
    missing = missing_fields(found, fields)
    if missing or any(column.error for column in found):
        return _columns_page(mine, found, missing)
    mapping = {column.field: column.heading for column in found if column.field}
    start(mine, mapping=mapping, stage=Stage.CHECK)
    return redirect(url_for("loading.upload", token=token))


@blueprint.post("/load/<token>/load")
@requires(Permission.SOURCE_LOAD)
def confirm(token: str) -> ResponseReturnValue:
    """Load what was checked."""
    mine = own_upload(token)
    outcome = mine.read("outcome.json") or {}
    if outcome.get("state") == "report":
        begin_loading(mine)
    return redirect(url_for("loading.upload", token=token))


@blueprint.post("/load/<token>/stop")
@requires(Permission.SOURCE_LOAD)
def stop_upload(token: str) -> ResponseReturnValue:
    """Stop what is being done, and throw the upload away."""
    mine = own_upload(token)
    load_id = mine.order.load_id
    stop(mine)
    mine.remove()
    if load_id:
        settle()
        return redirect(url_for("loading.result", load_id=load_id))
    return redirect(url_for("loading.index"))


@blueprint.get("/load/<token>/<what>.<form>")
@requires(Permission.SOURCE_LOAD)
def upload_file(token: str, what: str, form: str) -> Response:
    """The issues of an upload, or its rows at fault, as a file."""
    mine = own_upload(token)
    outcome = mine.read("outcome.json") or {}
    if what == "rows-to-mend":
        return rows_file(mine, form)
    if what != "issues":
        abort(404)
    return issues_file(_found(outcome), form)


@blueprint.get("/loads/<int:load_id>")
@requires(Permission.SOURCE_LOAD)
def result(load_id: int) -> str:
    """What became of a loading."""
    settle()
    load = get_load(reading(), load_id)
    kept = Upload(the_site().settings.upload_dir / load.upload)
    person = current_person()
    is_mine = person is not None and person.email == load.loaded_by
    return render_template(
        "loading/result.html",
        load=load,
        label=_label(load.kind),
        is_done=load.status in {LoadStatus.LOADED, LoadStatus.UNCHANGED},
        files=report_of(load.files),
        account=row_account(report_of(load.files)),
        faults=fault_groups(_issues(load), load.mapping),
        rows_at=kept.token if is_mine and kept.folder.is_dir() and kept.read("mend.json") else "",
    )


@blueprint.get("/loads/<int:load_id>/issues.<form>")
@requires(Permission.SOURCE_LOAD)
def result_file(load_id: int, form: str) -> Response:
    """The issues of a loading as a file."""
    load = get_load(reading(), load_id)
    return issues_file(_issues(load), form)


def _found(outcome: Mapping[str, Any]) -> list[Issue]:
    return [issue for file in report_of(outcome.get("files", ())) for issue in file.issues]


def _issues(load: Load) -> list[Issue]:
    return list(map(issue_from, load.issues))


def _label(kind: SourceKind) -> str:
    return next((each.label for each in loadable_kinds() if each.kind is kind), kind.value)


def _form_page(form: LoadForm) -> str:
    return render_template(
        "loading/index.html",
        form=form,
        kinds=loadable_kinds(),
        errors=error_list(form),
        names=source_names(reading()),
        loads=list_loads(reading()),
        labels={each.kind: each.label for each in loadable_kinds()},
        legend=legend,
        most_mb=the_site().settings.upload_mb,
    )


def _working_page(mine: Upload) -> str:
    return render_template(
        "loading/working.html",
        upload=mine,
        order=mine.order,
        progress=step_words(mine.read("progress.json")),
        is_watching=request.args.get("watch") != "no",
    )


def _columns_page(mine: Upload, found: Sequence[ColumnChoice], missing: list[str]) -> str:
    said = mine.read("columns.json")
    fields = READERS[mine.order.kind].columns
    return render_template(
        "loading/columns.html",
        upload=mine,
        order=mine.order,
        columns=found,
        missing=missing,
        is_as_last_time=bool(said["kept"]) and not mine.order.mapping,
        likely=_label(SourceKind(said["likely"])) if said["likely"] else "",
        label=_label(mine.order.kind),
        choices=[
            (each.name, field_words(each.name).capitalize(), each.is_required) for each in fields
        ],
    )
