"""The cohort gap and sampling advice: sections of a gap report.

Shares of cohorts can be multiplied back to counts, and the bands of two tables subtract. So a
cohort gap whose source is not open is shown only to those who see its true counts.
"""

from sqlalchemy.orm import Session

from mapper.analysis.cohorts import Representation
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, Sensitivity, sees_true_counts
from mapper.domain.period import Month, Period
from mapper.reports.provenance import run_provenance
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import Section
from mapper.reports.wording import listed, number_cell, text_cell
from mapper.store.findings import Finding, FindingKind, run_findings
from mapper.store.runs import Run

_GAP = (
    Column("dimension", "By"),
    Column("cohort", "Cohort"),
    Column(
        "share_affected",
        "Of those affected (%)",
        "In brackets the 95% interval.",
        is_number=True,
    ),
    Column(
        "share_engaged",
        "Of those engaged (%)",
        "In brackets the 95% interval.",
        is_number=True,
    ),
    Column(
        "representation_ratio",
        "Ratio",
        "Share of those engaged over share of those affected: 0.5 is half as much.",
        is_number=True,
    ),
    Column(
        "representation",
        "Says",
        "Under or over only when the interval of the difference holds no zero.",
    ),
)
_SHOWN = tuple(column.name for column in _GAP)
_INTERVALS = tuple(
    Column(
        f"{side}_{end}",
        f"Of those {side} (%), {words}",
        "End of the 95% interval.",
        is_number=True,
    )
    for side in ("affected", "engaged")
    for end, words in (("lower", "from"), ("upper", "to"))
)
_SAMPLE = (
    Column("cohort", "Age"),
    Column("people", "Residents", "Usual residents.", is_number=True),
    Column(
        "sample_size",
        "Answers needed",
        "For five points either way, 19 times in 20.",
        is_number=True,
    ),
    Column(
        "oversampling_factor",
        "Oversampling",
        "Over what a proportionate sample of the same size would ask.",
        is_number=True,
    ),
)


def cohort_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish those affected beside those engaged, where the audience sees true counts.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority; empty for all fourteen.
    """
    name, heading = "cohort-gap", "Cohort gap"
    every = run_findings(session, run.id, FindingKind.COHORT_GAP, lad_code)
    found = [
        each
        for each in every
        if sees_true_counts(Sensitivity(each.figures["sensitivity"]), audience)
    ]
    if not found:
        # The same words whether there is nothing or nothing to be seen.
        return Section(
            name,
            heading,
            (
                "Cannot say: it takes counts of people affected by violence, by age, sex or "
                "ethnicity, to set beside those engaged. None that you may see are loaded for "
                "this place.",
            ),
            finding="Cannot say: no counts of people affected that you may see are loaded.",
        )
    rows = tuple(row for each in found for row in _gap_rows(each))
    table = PublishedTable(
        audience,
        "Cohorts affected and engaged",
        (*_GAP, *_INTERVALS),
        rows,
        run_provenance(session, run),
    )
    return Section(name, heading, _gap_words(found), table, shown=_SHOWN, finding=_under(table))


def sample_section(session: Session, run: Run, audience: Audience, lad_code: str) -> Section:
    """Publish how many of each age band to ask.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    name, heading = "sampling", "How many to ask"
    heard = (
        "Whether more sessions would still bring new themes is told from what was heard in each, "
        'which is not kept with the figures: the page "Have you heard enough?" tells it.'
    )
    found = [
        each
        for each in run_findings(session, run.id, FindingKind.SAMPLE, lad_code)
        if sees_true_counts(Sensitivity(each.figures["sensitivity"]), audience)
    ]
    if not found:
        return Section(name, heading, ("Cannot say: no residents by age are loaded.", heard))
    rows = tuple(
        (
            text_cell(cohort),
            number_cell(row["people"]),
            number_cell(row["sample_size"]),
            number_cell(row["oversampling_factor"], 1),
        )
        for cohort, row in found[0].figures["cohorts"].items()
    )
    table = PublishedTable(audience, "Answers needed", _SAMPLE, rows, run_provenance(session, run))
    said = (
        "So that a figure can be given for each age band alone, and not only for all together. "
        "Ask more where some will not answer, and weight answers back when bands are put together."
    )
    finding = f"How many answers are needed from each of {counted(len(rows), 'age band')}."
    return Section(name, heading, (said, heard), table, finding=finding)


def _gap_rows(found: Finding) -> list[tuple[Cell, ...]]:
    return [
        (
            text_cell(found.term),
            text_cell(cohort),
            _share(row, "affected"),
            _share(row, "engaged"),
            number_cell(row["representation_ratio"], 2),
            text_cell(row["representation"]),
            *(_percent(row[column.name]) for column in _INTERVALS),
        )
        for cohort, row in found.figures["cohorts"].items()
    ]


def _under(table: PublishedTable) -> str:
    says = {row["cohort"].text: row["representation"].value for row in table.records()}
    under = [cohort for cohort, word in says.items() if word == Representation.UNDER]
    if under:
        return f"Engaged less than they are affected: {listed(under)}."
    if set(says.values()) == {Representation.UNKNOWN}:
        return "Cannot say: too few were counted."
    return "No cohort is clearly engaged less than it is affected."


def _percent(share: float | None) -> Cell:
    return number_cell(None if share is None else 100 * share, 1)


def _share(row: dict[str, float | None], side: str) -> Cell:
    share, lower, upper = row[f"share_{side}"], row[f"{side}_lower"], row[f"{side}_upper"]
    if share is None or lower is None or upper is None:
        return Cell(None, "cannot say")
    text = f"{100 * share:.0f} ({100 * lower:.0f} to {100 * upper:.0f})"
    return Cell(round(100 * share, 1), text)


def _gap_words(found: list[Finding]) -> tuple[str, ...]:
    first, last = found[0].figures["period"]
    period = Period(Month.parse(first), Month.parse(last)).label
    said = [f"Those affected were counted over {period}."]
    if any(each.figures["source"] == "register" for each in found):
        said.append(
            "Those engaged are the participants of registered activities that are for one cohort "
            "only; activities for everyone or for several are in none, and groups of fewer than 5 "
            "count as 2."
        )
    return tuple(said)
