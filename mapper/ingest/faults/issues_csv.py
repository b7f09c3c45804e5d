"""Issues as a table, and as a CSV file that a spreadsheet opens as text."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import astuple, fields
from pathlib import Path

from mapper.domain.formula import neutralised
from mapper.errors import InvalidValueError
from mapper.ingest.faults.issues import Issue


def write_issues_csv(path: Path, issues: Iterable[Issue]) -> None:
    """Write issues as a CSV file that a spreadsheet opens as text.

    A cell that begins as a formula would is given a leading apostrophe, so that what a
    stranger typed into a return is never run by the spreadsheet of whoever reads the issues.

    Parameters
    ----------
    path : the file to write; an older one is replaced.
    issues : one row each, columns named as the fields of `Issue`.

    Raises
    ------
    InvalidValueError
        When the file cannot be written.
    """
    try:
        path.write_bytes(issues_csv(issues))
    except OSError as error:
        raise InvalidValueError(
            f"{path} cannot be written: {error.strerror}.",
            expected="A file in a folder that is there and may be written to.",
            action="Choose another for the issues.",
        ) from error


def issues_csv(issues: Iterable[Issue]) -> bytes:
    """Write issues as CSV, as `write_issues_csv` does.

    Parameters
    ----------
    issues : one row each.
    """
    text = io.StringIO()
    csv.writer(text).writerows(issue_lines(issues))
    return text.getvalue().encode("utf-8-sig")


def issue_lines(issues: Iterable[Issue]) -> Iterator[list[str]]:
    """Give a line of headings and one an issue, harmless to a spreadsheet.

    Parameters
    ----------
    issues : one line each.
    """
    yield [each.name for each in fields(Issue)]
    for issue in issues:
        yield [str(_harmless(cell)) for cell in astuple(issue)]


def _harmless(cell: object) -> object:
    return neutralised(str(cell)) if isinstance(cell, str) else cell
