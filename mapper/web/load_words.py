"""What a report says, as pages show it: files, and faults alike put together."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from mapper.domain.counted import counted
from mapper.ingest.faults.issues import Issue, Severity
from mapper.ingest.outcome.kept_report import file_from
from mapper.ingest.outcome.report import FileReport

_EXAMPLES = 3
_MOST_GROUPS = 40
_ALIKE = 40
_QUOTED = re.compile(r"'[^']*'")


@dataclass(frozen=True, slots=True)
class Fault:
    """Issues alike: of one severity, one column and the same beginning.

    Parameters
    ----------
    severity : of each.
    field : the heading; empty for whole rows.
    message : of the first.
    who : can mend it.
    count : of the rows listed; of files, where it is about whole files.
    examples : line and value of the first few, in words.
    """

    severity: Severity
    field: str
    message: str
    who: str
    count: int
    examples: tuple[str, ...]


def report_of(files: Iterable[Mapping[str, Any]]) -> list[FileReport]:
    """Give the reports of files back.

    Parameters
    ----------
    files : as kept.
    """
    return [file_from(file) for file in files]


def fault_groups(issues: Iterable[Issue], mapping: Mapping[str, str]) -> list[Fault]:
    """Put issues alike together, errors first and then by how many there are.

    Parameters
    ----------
    issues : of any files.
    mapping : field to heading, as confirmed; a field not in it is called by its own name.
    """
    groups: dict[tuple[Severity, str, str], list[Issue]] = {}
    found = list(issues)
    is_many = len({issue.file for issue in found}) > 1
    for issue in found:
        heading = mapping.get(issue.field, issue.field)
        # What is quoted is the row's own, and no reason to say the same again for every row.
        key = (issue.severity, heading, _QUOTED.sub("''", issue.message)[:_ALIKE])
        groups.setdefault(key, []).append(issue)
    order = list(Severity)
    faults = [_fault(alike, heading, is_many=is_many) for (_, heading, _), alike in groups.items()]
    faults.sort(key=lambda fault: (order.index(fault.severity), -fault.count))
    return faults[:_MOST_GROUPS]


def _fault(alike: list[Issue], heading: str, *, is_many: bool) -> Fault:
    first = alike[0]
    message = first.message
    if any(_QUOTED.findall(each.message) != _QUOTED.findall(message) for each in alike):
        message = _QUOTED.sub(lambda found: f"{found[0]} (and others)", message, count=1)
    # Two words of one cell are two issues, and one row.
    written = (
        f"{each.file}, {_example(each)}" if is_many else _example(each)
        for each in alike
        if each.line
    )
    examples = tuple(islice(dict.fromkeys(written), _EXAMPLES))
    rows = len({(each.file, each.line) for each in alike if each.line}) or len(alike)
    who = first.who_can_fix.value
    return Fault(first.severity, heading, message, who, rows, examples)


def _example(issue: Issue) -> str:
    return f"line {issue.line:,}{f': {issue.value}' if issue.value else ''}"


def step_words(progress: Mapping[str, Any] | None) -> str:
    """Say how far it has come, such as ``Checking rows: 1,200 of 5,000``.

    Parameters
    ----------
    progress : as the process wrote it; None before it did.
    """
    if progress is None:
        return "Starting"
    step, done, total = progress["step"], progress["done"], progress["total"]
    if not total:
        return str(step)
    return f"{step}: {done:,} of {total:,}" if done else f"{step}: {counted(total, 'row')}"
