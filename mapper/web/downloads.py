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


def download(
    name: str, form: str, make: Callable[[], PublishedTable], *, is_kept: bool = True
) -> Response:
    """Answer with a published table as CSV or JSON.

    Parameters
    ----------
    name : of the file, without its ending; it says everything that kept rows depend on.
    form : ``csv`` or ``json``.
    make : publishes the table.
    is_kept : whether others are likely to ask for the same rows, so that they are kept.
    """
    if form not in _WRITERS:
        abort(404)
    write, mimetype = _WRITERS[form]
    if is_kept:
        response = kept_response(f"{name}.{form}", lambda: write(make()), mimetype)
    else:
        response = Response(write(make()), mimetype=mimetype)
    if form == "csv":
        response.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
