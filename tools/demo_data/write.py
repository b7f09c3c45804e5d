"""Writing the demo's files, the same bytes for the same content."""

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from tools.demo_data.activities import DemoActivity
from tools.demo_data.organisations import DemoOrganisation
from tools.demo_data.second_list import ListedGroup

ORGANISATION_HEADINGS = (
    "Reference", "Name", "Kind", "Sector", "Address", "Postcode", "Areas served", "Show location",
    "Themes", "Who for", "Prevention tiers", "Contact name", "Contact role", "Contact email",
    "Contact phone", "Consent given", "Consent date", "Consent shown to", "May be asked",
    "Ask about", "Description",
)  # fmt: skip
SECOND_LIST_HEADINGS = ("Group name", "Category", "Post code", "Town", "What they do")
ACTIVITY_HEADINGS = (
    "Reference", "Title", "Lead organisation", "Partner organisations", "Type", "Status",
    "First date", "Last date", "Sessions", "Participants", "Hours per session", "Postcode", "Venue",
    "Areas served", "Themes", "Who for", "Prevention tier", "Show location", "Description",
)  # fmt: skip
"""As in the shipped template."""


def write_organisations(path: Path, organisations: Sequence[DemoOrganisation]) -> None:
    """Write the directory.

    Parameters
    ----------
    path : of the CSV file.
    organisations : in order.
    """
    rows = (
        (
            each.reference, each.name, each.kind, each.sector, each.address, each.postcode,
            each.areas_served, each.visibility, each.themes, each.cohorts, each.tiers,
            *asdict(each.contact).values(), f"SYNTHETIC. Invented {each.kind}.",
        )
        for each in organisations
    )  # fmt: skip
    _write_csv(path, ORGANISATION_HEADINGS, rows)


def write_second_list(path: Path, groups: Sequence[ListedGroup]) -> None:
    """Write the second list of organisations.

    Parameters
    ----------
    path : of the CSV file.
    groups : in order.
    """
    rows = ((each.name, each.category, each.postcode, each.town, each.about) for each in groups)
    _write_csv(path, SECOND_LIST_HEADINGS, rows)


def write_activities(path: Path, activities: Sequence[DemoActivity]) -> None:
    """Write the register as a return in the shape of the template.

    Parameters
    ----------
    path : of the CSV file.
    activities : in order.
    """
    rows = ([_written(value) for value in asdict(each).values()] for each in activities)
    _write_csv(path, ACTIVITY_HEADINGS, rows)


def write_violence(path: Path, counts: pd.DataFrame) -> None:
    """Write the counts, gzipped.

    Parameters
    ----------
    path : of the file, ending ``.csv.gz``.
    counts : one row a month, area and type.
    """
    text = counts.to_csv(index=False, lineterminator="\n")
    # Without the time, which would differ from one run to the next.
    path.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write what was planted, for tests and readers.

    Parameters
    ----------
    path : of the file.
    content : texts, numbers, lists and dates.
    """
    path.write_text(json.dumps(content, indent=2, default=str) + "\n", encoding="utf-8")


def _write_csv(path: Path, headings: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    path.write_bytes(text.getvalue().encode())


def _written(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
