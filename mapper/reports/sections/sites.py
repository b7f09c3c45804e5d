"""Where next: the venues from which to reach the most unmet need."""

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, sees_true_counts
from mapper.reports.network_people import seen_organisations
from mapper.reports.provenance import run_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Column, PublishedTable
from mapper.reports.sections.section import NOT_OPEN, OLD_RUN, Section, bar_chart, spoken
from mapper.reports.wording import naming_cell, number_cell, text_cell
from mapper.store.findings import FindingKind, run_findings
from mapper.store.runs import Run
from mapper.store.venues import named_venues

_COLUMNS = (
    Column("step", "Step", "1 is the venue that adds most.", is_number=True),
    Column("name", "Venue"),
    Column("kind", "Kind"),
    Column(
        "gain",
        "Adds (incidents a year)",
        "Expected by the smoothed rate, in the areas of low provision that come within reach and "
        "were not before.",
        is_number=True,
    ),
    Column("covered_percent", "Reached by then (%)", "Of all unmet need.", is_number=True),
)


def where_next_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish the venues from which to reach the most unmet need.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority; empty for all fourteen.
    """
    name, heading = "where-next", "Where next"
    found = run_findings(session, run.id, FindingKind.WHERE_NEXT, lad_code)
    if not found:
        return Section(name, heading, (OLD_RUN,))
    if not sees_true_counts(sensitivity_of(run), audience):
        return Section(name, heading, (NOT_OPEN,))
    own = found[0].figures
    known = _still_there(session, audience, [step["organisation_id"] for step in own["steps"]])
    rows = tuple(
        (
            number_cell(step["step"]),
            naming_cell(step["organisation_id"], known.loc[step["organisation_id"], "name"]),
            text_cell(known.loc[step["organisation_id"], "kind"]),
            number_cell(step["gain"], 1),
            number_cell(100 * step["share_covered"]),
        )
        for step in own["steps"]
        if step["organisation_id"] in known.index
    )
    table = PublishedTable(
        audience,
        "Venues, the one that adds most first",
        _COLUMNS,
        rows,
        run_provenance(session, run),
    )
    chart = bar_chart(
        "Unmet need that each venue adds, incidents a year", [(row[1].text, row[3]) for row in rows]
    )
    most = f"{rows[0][1].text} would reach the most unmet need." if rows else ""
    words = _words(own, len(rows))
    return Section(name, heading, words, table if rows else None, chart, finding=most)


def _still_there(session: Session, audience: Audience, venues: Collection[int]) -> pd.DataFrame:
    """Describe the venues that an audience may see and that are open and shown exactly today."""
    seen = seen_organisations(session, venues, audience)
    return seen[seen.index.isin(named_venues(session).index)]


def _words(own: Mapping[str, Any], count: int) -> tuple[str, ...]:
    if not own["candidates"]:
        return (
            "The directory names no library, school, community centre, youth club, sports club "
            "or faith group here whose place may be shown exactly: where next cannot be said.",
        )
    if not own["unmet"]:
        return (
            "No area with violence is in the lowest third by provision: there is no unmet need "
            "to reach.",
        )
    said = (
        f"Unmet need is the violence expected in {counted(own['unmet_areas'], 'small area')} in "
        f"the lowest third by provision: {spoken(own['unmet'])} incidents a year. An area's need "
        "counts once, however many venues reach it."
    )
    if not count:
        return (said, f"None of the {counted(own['candidates'], 'venue')} is within reach of it.")
    sure = (
        f"No other {'choice of as many reaches' if count > 1 else 'venue reaches'} more."
        if own["is_optimal"]
        else f"The time ran out: another choice might reach up to {spoken(own['bound'])}."
    )
    return (
        said,
        f"{'These were chosen together' if count > 1 else 'This one was chosen'} from "
        f"{counted(own['candidates'], 'venue')} in the directory. {sure}",
        "Whether a venue is willing and has room is not known here: ask it.",
    )
