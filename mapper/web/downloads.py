"""A published table as a file, with the same rows as the page."""

from collections.abc import Callable

from flask import Response, abort

from mapper.reports.export import to_csv, to_json
from mapper.reports.published import PublishedTable
from mapper.web.caching import kept_response

_WRITERS: dict[str, tuple[Callable[[PublishedTable], str], str]] = {
    "csv": (to_csv, "text/csv"),
    "json": (to_json, "application/json"),
}


def download(name: str, form: str, make: Callable[[], PublishedTable]) -> Response:
    """Answer with a published table as CSV or JSON.

    Parameters
    ----------
    name : of the file, without its ending; it says everything the rows depend on.
    form : ``csv`` or ``json``.
    make : publishes the table.
    """
    if form not in _WRITERS:
        abort(404)
    write, mimetype = _WRITERS[form]
    response = kept_response(f"{name}.{form}", lambda: write(make()), mimetype)
    if form == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
