"""What a report says, as pages show it: files, and faults alike put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mapper.ingest.issues import Issue, Severity
from mapper.ingest.kept_report import file_from
from mapper.ingest.report import FileReport

_EXAMPLES = 3
_MOST_GROUPS = 40
_ALIKE = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """Issues alike: of one severity, one column and the same beginning.

    Parameters
    ----------
    severity : of each.
    field : the heading; empty for whole rows.
    message : of the first.
    who : can mend it.
    count : of those listed.
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


def fault_groups(issues: Iterable[Issue]) -> list[Fault]:
    """Put issues alike together, errors first and then by how many there are.

    Parameters
    ----------
    issues : of any files.
    """
    groups: dict[tuple[Severity, str, str], list[Issue]] = {}
    for issue in issues:
        key = (issue.severity, issue.field, issue.message[:_ALIKE])
        groups.setdefault(key, []).append(issue)
    order = list(Severity)
    faults = [_fault(alike) for alike in groups.values()]
    faults.sort(key=lambda fault: (order.index(fault.severity), -fault.count))
    return faults[:_MOST_GROUPS]


def _fault(alike: list[Issue]) -> Fault:
    first = alike[0]
    examples = tuple(
        f"line {each.line:,}{f': {each.value}' if each.value else ''}"
        for each in alike[:_EXAMPLES]
        if each.line
    )
    who = first.who_can_fix.value
    return Fault(first.severity, first.field, first.message, who, len(alike), examples)


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
    return f"{step}: {done:,} of {total:,}" if done else f"{step}: {total:,} rows"
