"""The lapse radar: work that ends soon with nothing to follow, and the gap if none is renewed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, Visibility, sees_true_counts
from mapper.reports.network_people import seen_organisations
from mapper.reports.provenance import run_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import NOTHING, OLD_RUN, Section, spoken
from mapper.reports.wording import date_cell, naming_cell, text_cell
from mapper.store.findings import FindingKind, run_findings
from mapper.store.listings import activity_rows
from mapper.store.runs import Run

_COLUMNS = (
    Column("activity_id", "Reference", "Number of the activity in mapper."),
    Column("title", "Activity"),
    Column("lead", "Led by"),
    Column("ends_on", "Last day"),
    Column("funding_ends_on", "Funding ends", "Where that is a reason."),
)


def lapse_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish the work that ends near the end of the period, and the gap if none is renewed.

    The public is told nothing of funding, nor any figure that rests on it. Work whose place
    may not be shown exactly is named in its own authority only: to name it where else it
    reaches would tell on which side of the authority it is held.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    name, heading = "lapse", "Lapse radar"
    found = run_findings(session, run.id, FindingKind.LAPSE)
    own = next((each.figures for each in found if each.lad_code == lad_code), None)
    if own is None:
        return Section(name, heading, (OLD_RUN,))
    is_public = audience is Audience.PUBLIC
    known = activity_rows(session)
    rows = [
        each
        for each in own["activities"]
        if (each["is_ending"] or not is_public)
        and _may_be_named(known, each["activity_id"], lad_code)
    ]
    rests_on_funding = any(
        not each["is_ending"] for finding in found for each in finding.figures["activities"]
    )
    figures = {} if is_public and rests_on_funding else own
    has_scores = sees_true_counts(sensitivity_of(run), audience)
    sentences = _sentences(figures, len(rows), run, has_scores=has_scores)
    titles = known["title"].to_dict()
    rows = [each | {"title": titles[each["activity_id"]]} for each in rows]
    table = _table(session, run, audience, rows)
    return Section(name, heading, sentences, table if rows else None, finding=_in_short(len(rows)))


def _may_be_named(known: pd.DataFrame, activity_id: int, lad_code: str) -> bool:
    if activity_id not in known.index:
        return False
    row = known.loc[activity_id]
    is_own = row["lad_code"] == lad_code or lad_code in row["areas_served"].split("; ")
    return bool(
        row["visibility"] == Visibility.EXACT or (row["visibility"] != Visibility.HIDDEN and is_own)
    )


def _table(
    session: Session, run: Run, audience: Audience, rows: list[dict[str, Any]]
) -> PublishedTable:
    names = seen_organisations(session, {row["organisation_id"] for row in rows}, audience)["name"]
    is_public = audience is Audience.PUBLIC
    columns = _COLUMNS[:-1] if is_public else _COLUMNS
    cells = []
    for each in sorted(rows, key=lambda row: (row["ends_on"], row["activity_id"])):
        lead, paid = each["organisation_id"], each["funding_ends_on"]
        row = (
            Cell(each["activity_id"], str(each["activity_id"])),
            text_cell(each["title"]),
            naming_cell(lead, names[lead]) if lead in names.index else text_cell(None),
            date_cell(date.fromisoformat(each["ends_on"])),
            date_cell(date.fromisoformat(paid)) if paid else Cell(None, NOTHING),
        )
        cells.append(row[: len(columns)])
    return PublishedTable(
        audience, "Work that lapses", columns, tuple(cells), run_provenance(session, run)
    )


def _sentences(
    own: Mapping[str, Any], count: int, run: Run, *, has_scores: bool
) -> tuple[str, ...]:
    said = [
        f"{counted(count, 'activity', 'activities')} of four weeks or more that reached here ended "
        "in the 90 days before the end of the period, or will end in the 90 days after, with "
        "nothing of the same name registered to follow; or the funding ends in those 90 days."
    ]
    if own and own["dose"]:
        lost = own["dose"] - own["dose_without"]
        none = own["left_with_none"]
        left = counted(none, "small area is", "small areas are") if none else "no small area is"
        said.append(
            f"If none is renewed, {spoken(lost)} of {spoken(own['dose'])} "
            f"{run.parameters['dose']} are gone, and {left} left with nothing registered."
        )
        if has_scores and None not in (own["gap_score"], own["gap_score_without"]):
            said.append(_moved(f"{own['gap_score']:.0f}", f"{own['gap_score_without']:.0f}"))
    said.append("Nothing registered to follow is not the same as nothing planned.")
    return tuple(said)


def _in_short(count: int) -> str:
    if not count:
        return "No longer activity ends near the end of the period without one to follow."
    ends = counted(count, "longer activity ends", "longer activities end")
    return f"{ends} near the end of the period with nothing registered to follow."


def _moved(now: str, then: str) -> str:
    if now == then:
        return f"The gap score of the authority would stay at {now}."
    return f"The gap score of the authority would go from {now} to {then}."
