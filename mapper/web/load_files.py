"""Issues and rows at fault as files."""

import io
import re
import unicodedata
from collections.abc import Iterable

import xlsxwriter
from flask import Response, abort

from mapper.ingest.faults.issues import Issue
from mapper.ingest.faults.issues_csv import issue_lines, issues_csv
from mapper.ingest.outcome.kept_report import faulty_from
from mapper.ingest.outcome.mending import faulty_csv, faulty_workbook
from mapper.ingest.uploads import Upload

_TYPES = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LONGEST_NAME = 100


def issues_file(issues: Iterable[Issue], form: str) -> Response:
    """Answer with issues as CSV or XLSX.

    Parameters
    ----------
    issues : one row each.
    form : ``csv`` or ``xlsx``.
    """
    _require_known(form)
    content = issues_csv(issues) if form == "csv" else _issues_workbook(issues)
    return _attached(content, "issues", form)


def rows_file(upload: Upload, form: str) -> Response:
    """Answer with the rows at fault of an upload's first file that has any.

    Parameters
    ----------
    upload : that was checked or loaded.
    form : ``csv`` or ``xlsx``.
    """
    _require_known(form)
    kept = upload.read("mend.json")
    if not kept:
        abort(404)
    faulty = faulty_from(kept[0][1])
    content = faulty_csv(faulty) if form == "csv" else faulty_workbook(faulty)
    return _attached(content, _named("rows-to-mend", faulty.source_name), form)


def _named(what: str, source_name: str) -> str:
    """Give a file the name of its source, in letters that every disk and header takes."""
    plain = unicodedata.normalize("NFKD", source_name).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join([what, *words])[:_LONGEST_NAME].rstrip("-")


def _require_known(form: str) -> None:
    if form not in _TYPES:
        abort(404)


def _attached(content: bytes, name: str, form: str) -> Response:
    response = Response(content, mimetype=_TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _issues_workbook(issues: Iterable[Issue]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Issues")
        for at, line in enumerate(issue_lines(issues)):
            for column, text in enumerate(line):
                sheet.write_string(at, column, text)
        sheet.set_column(0, 4, 16)
        sheet.set_column(5, 5, 80)
        sheet.freeze_panes(1, 0)
    return buffer.getvalue()
