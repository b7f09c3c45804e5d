"""Reports as they are kept: plain values, and nothing in them about how to reach a person."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, Final

from mapper.domain.said_how import on_page
from mapper.ingest.columns.column_values import LOOKS
from mapper.ingest.faults.issues import Issue, Severity, WhoCanFix
from mapper.ingest.outcome.mending import FaultyRow, FaultyRows
from mapper.ingest.outcome.report import FileReport, FileStatus
from mapper.ingest.outcome.sample import Sample

_ABOUT_CONTACTS: Final = re.compile(r"contact|e-?mail|phone|\btel\b|mobile", re.IGNORECASE)
_TELLING: Final = ("contact_email", "contact_phone")


def file_as_kept(file: FileReport) -> dict[str, Any]:
    """Write what became of a file as plain values, without its rows, in the words of pages.

    Parameters
    ----------
    file : as reported.
    """
    said = asdict(file)
    del said["faulty"]
    return said | {
        "message": on_page(file.message),
        "issue_counts": {each.value: count for each, count in file.issue_counts.items()},
        "issues": [issue_as_kept(issue) for issue in file.issues],
    }


def issue_as_kept(issue: Issue) -> dict[str, Any]:
    """Write an issue as plain values; how a person is reached is left out.

    Parameters
    ----------
    issue : of a row.
    """
    is_contact = _ABOUT_CONTACTS.search(issue.field) is not None
    is_telling = any(LOOKS[name][1](issue.value.strip()) for name in _TELLING)
    return asdict(issue) | ({"value": ""} if is_contact or is_telling else {})


def issue_from(kept: Mapping[str, Any]) -> Issue:
    """Give an issue back.

    Parameters
    ----------
    kept : as `issue_as_kept` wrote it.
    """
    severity, who = Severity(kept["severity"]), WhoCanFix(kept["who_can_fix"])
    return Issue(**{**kept, "severity": severity, "who_can_fix": who})


def file_from(kept: Mapping[str, Any]) -> FileReport:
    """Give a report back.

    Parameters
    ----------
    kept : as `file_as_kept` wrote it.
    """
    sample = kept.get("sample")
    said = {
        **kept,
        "status": FileStatus(kept["status"]),
        "unmatched_names": tuple(kept["unmatched_names"]),
        "issues": tuple(map(issue_from, kept["issues"])),
        "issue_counts": {Severity(each): n for each, n in kept["issue_counts"].items()},
        "sample": sample and Sample(tuple(sample["columns"]), tuple(map(tuple, sample["rows"]))),
    }
    return FileReport(**said)


def faulty_from(kept: Mapping[str, Any]) -> FaultyRows:
    """Give rows at fault back.

    Parameters
    ----------
    kept : as `dataclasses.asdict` wrote them.
    """
    rows = (FaultyRow(**{**row, "cells": tuple(row["cells"])}) for row in kept["rows"])
    return FaultyRows(tuple(kept["headings"]), tuple(rows), kept.get("source_name", ""))
