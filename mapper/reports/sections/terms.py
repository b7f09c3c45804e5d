"""The theme gap, and who the work is for: what reaches an authority of each theme and cohort."""

from sqlalchemy.orm import Session

from mapper.domain.area import AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Audience, Sensitivity, may_see, sees_true_counts
from mapper.domain.vocabulary import Cohort
from mapper.reports.provenance import run_provenance
from mapper.reports.publish import sensitivity_of
from mapper.reports.published import Cell, Column, PublishedTable
from mapper.reports.sections.section import Section, bar_chart
from mapper.reports.wording import (
    NO_ACTIVITY,
    listed,
    month_cell,
    number_cell,
    text_cell,
    withheld_cell,
)
from mapper.store.findings import Finding, FindingKind, run_findings
from mapper.store.runs import Run, run_areas

_HEADINGS = {FindingKind.THEME: "Theme", FindingKind.COHORT: "For"}
_TITLES = {
    FindingKind.THEME: "What the work is about",
    FindingKind.COHORT: "Who the work is for",
}
_SHOWN = (
    "term",
    "coverage_per_1000",
    "activities",
    "last_month",
    "share_gap",
    "affected_unreached",
)
_MOST_NAMED = 3


def term_section(
    session: Session, run: Run, audience: Audience, lad_code: str, *, kind: FindingKind
) -> Section:
    """Publish what reaches an authority of every theme, or for every cohort.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    kind : themes or cohorts.
    """
    name = {FindingKind.THEME: "themes", FindingKind.COHORT: "for-whom"}[kind]
    found = sorted(run_findings(session, run.id, kind, lad_code), key=_least_first)
    if not found:
        return Section(name, _TITLES[kind], ("This run was made before these were measured.",))
    table = PublishedTable(
        audience=audience,
        title=_TITLES[kind],
        columns=(Column("term", _HEADINGS[kind]), *term_columns(run.parameters["dose"])),
        rows=tuple((text_cell(each.term), *_cells(each, run, audience)) for each in found),
        provenance=run_provenance(session, run),
    )
    rows = [(row["term"].text, row["coverage_per_1000"]) for row in table.records()]
    title = f"{run.parameters['dose'].capitalize()} for every 1,000 residents, the least first"
    sentences = _sentences(kind, found)
    chart = bar_chart(title, rows)
    return Section(name, _TITLES[kind], sentences, table, chart, _SHOWN, _least(kind, found))


def authorities_by_term(
    session: Session, run: Run, audience: Audience, *, kind: FindingKind, term: str
) -> PublishedTable:
    """Publish what reaches every authority of one theme, or for one cohort, the least first.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    kind : theme or cohort.
    term : the theme or cohort.
    """
    lads = run_areas(session, run.id, AreaType.LAD)
    found = [each for each in run_findings(session, run.id, kind) if each.term == term]
    rows = tuple(
        (
            text_cell(lads[each.lad_code]["area_name"]),
            text_cell(each.lad_code),
            *_cells(each, run, audience),
        )
        for each in sorted(found, key=lambda each: (_least_first(each)[0], each.lad_code))
    )
    return PublishedTable(
        audience=audience,
        title=f"{_HEADINGS[kind]}: {term}",
        columns=(
            Column("area_name", "Local authority"),
            Column("area_code", "Code", "Code of the local authority (GSS)."),
            *term_columns(run.parameters["dose"]),
        ),
        rows=rows,
        provenance=run_provenance(session, run),
    )


def term_columns(unit: str) -> tuple[Column, ...]:
    """The columns of what reaches an authority of one theme or for one cohort.

    Parameters
    ----------
    unit : of engagement.
    """
    spoken = unit.capitalize()
    return (
        Column(
            "coverage_per_1000",
            "Provision",
            f"{spoken} of it that reach the authority for every 1,000 residents.",
            is_number=True,
        ),
        Column("activities", "Activities", "Of it, that reach the authority.", is_number=True),
        Column("last_month", "Last activity", "The last month in which one reached it."),
        Column(
            "need",
            "Need it answers",
            "Violence of this theme where the source counts it "
            "apart; else all violence stands in, and says nothing of the theme.",
        ),
        Column(
            "share_gap",
            "Share gap (points)",
            "The authority's share of that need in all fourteen less its share of this work, in "
            "percentage points.",
            is_number=True,
        ),
        Column(
            "affected_unreached",
            "Affected areas not reached",
            "Small areas affected by violence that nothing of it reaches.",
            is_number=True,
        ),
    )


def _least_first(found: Finding) -> tuple[float, str]:
    return (found.figures["coverage_per_1000"] or 0.0, found.term)


def _cells(found: Finding, run: Run, audience: Audience) -> tuple[Cell, ...]:
    """Whatever rests on violence is for those who see its true counts."""
    row = found.figures
    is_true = sees_true_counts(sensitivity_of(run), audience)
    lists = Sensitivity(run.inputs.get("priority_sensitivity", "open"))
    without = "" if may_see(lists, audience) else "_without_list"
    coverage = number_cell(row["coverage_per_1000"], 1)
    if coverage.value == 0:  # something reaches it, so that 0.0 would mislead
        coverage = Cell(coverage.value, "less than 0.1")
    return (
        coverage if row["activities"] else Cell(coverage.value, NO_ACTIVITY),
        number_cell(row["activities"]),
        month_cell(row["last_month"]),
        text_cell(row["need"]),
        number_cell(row["share_gap"], 1) if is_true else withheld_cell(),
        number_cell(row[f"affected_unreached{without}"]) if is_true else withheld_cell(),
    )


def _least(kind: FindingKind, found: list[Finding]) -> str:
    """Name what least reaches the authority; work for everyone is for no cohort of its own."""
    least = [each for each in found if each.term != Cohort.EVERYONE][:_MOST_NAMED]
    none = [each.term for each in least if not each.figures["activities"]]
    what = {FindingKind.THEME: "about", FindingKind.COHORT: "for"}[kind]
    if none:
        return f"Nothing registered that reaches here is {what} {listed(none)}."
    return f"Least of the work is {what} {listed([each.term for each in least])}."


def _sentences(kind: FindingKind, found: list[Finding]) -> tuple[str, ...]:
    none = [each.term for each in found if not each.figures["activities"]]
    what = {FindingKind.THEME: "about", FindingKind.COHORT: "for"}[kind]
    said = [
        "An activity counts for each theme and cohort that it names, so the rows do not add up."
    ]
    if none:
        more = (
            f" and {counted(len(none) - _MOST_NAMED, 'other')}" if len(none) > _MOST_NAMED else ""
        )
        named = listed(none) if not more else ", ".join(none[:_MOST_NAMED]) + more
        said.insert(0, f"Nothing registered that reaches here is {what} {named}.")
    own = sorted({each.term for each in found if each.figures["need"] != "all violence"})
    if kind is FindingKind.THEME:
        said.append(
            f"Violence is counted apart for {listed(own)} only; work of any other theme is set "
            "beside all violence."
            if own
            else "Violence is not counted apart by theme: work of each theme is set beside all "
            "violence, and the need of a theme cannot be said."
        )
    return tuple(said)
