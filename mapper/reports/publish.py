"""The one gate by which figures leave: suppress, round, coarsen, and say where they come from.

It alone turns stored figures into the types of `mapper.reports.published`, for one audience.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from mapper.analysis.explain import Wording
from mapper.domain.area import AreaType
from mapper.domain.disclosure import Audience, Sensitivity, sees_true_counts
from mapper.domain.violence import RecordingSource
from mapper.reports.columns import area_figures
from mapper.reports.gate import Gate
from mapper.reports.outlines import outlines
from mapper.reports.priorities import for_audience
from mapper.reports.provenance import run_provenance
from mapper.reports.published import PublishedAreas, PublishedTable
from mapper.reports.shown import counted_again, from_shown, in_words, with_thirds
from mapper.reports.wording import violence_words
from mapper.store.runs import Run, run_areas

LEVEL_NAMES = {
    AreaType.LSOA: "Small areas (LSOAs)",
    AreaType.MSOA: "Middle-sized areas (MSOAs)",
    AreaType.WARD: "Wards",
    AreaType.LAD: "Local authorities",
}


def publish_areas(
    session: Session, run: Run, level: AreaType, audience: Audience, *, lad_code: str = ""
) -> PublishedAreas:
    """Publish the figures of the areas of one level with outlines, the widest gap first.

    Parameters
    ----------
    run : whose figures.
    level : of the areas.
    audience : who is looking.
    lad_code : of the authority wanted; all when empty.
    """
    table = publish_area_table(session, run, level, audience, lad_code=lad_code)
    position = [column.name for column in table.columns].index("area_code")
    codes = [str(row[position].value) for row in table.rows]
    is_statistical = level in {AreaType.LSOA, AreaType.MSOA}
    vintage = str(run.inputs["lsoa_vintage"]) if is_statistical else ""
    drawn = outlines(session, level, vintage)
    return PublishedAreas(table, {code: drawn[code] for code in codes if code in drawn})


def publish_area_table(
    session: Session, run: Run, level: AreaType, audience: Audience, *, lad_code: str = ""
) -> PublishedTable:
    """Publish the figures of the areas of one level, the widest gap first.

    What is withheld is decided over all of HIPS before an authority is picked out. Where
    counts are withheld, whatever compares areas is made anew from those that are shown. Areas
    whose rank is withheld stand last, in order of code, so that their place tells nothing.

    Parameters
    ----------
    run : whose figures.
    level : of the areas.
    audience : who is looking.
    lad_code : of the authority wanted; all when empty.
    """
    rows, gate = _passing(session, run, level, audience)
    wanted = [code for code, row in rows.items() if not lad_code or row["lad_code"] == lad_code]
    wanted.sort(key=lambda code: (code in gate.withheld, _order(gate, code, rows[code]), code))
    figures = area_figures(
        level,
        run.parameters["dose"],
        run.inputs.get("deprivation", ""),
        months_before=_months_before(run, audience),
    )
    return PublishedTable(
        audience=audience,
        title=f"{LEVEL_NAMES[level]} by gap between need and provision",
        columns=tuple(figure.column for figure in figures),
        rows=tuple(gate.cells(code, rows[code], figures) for code in wanted),
        provenance=run_provenance(session, run),
    )


def publish_explanations(
    session: Session, run: Run, audience: Audience, lad_code: str
) -> dict[str, tuple[str, ...]]:
    """Publish the working of each LSOA in words.

    The stored words hold true counts. Whoever may not see those reads words made anew from what
    they are shown, and none of the areas withheld.

    Parameters
    ----------
    run : whose figures.
    audience : who is looking.
    lad_code : of the authority.
    """
    if sees_true_counts(sensitivity_of(run), audience):
        rows = for_audience(run, run_areas(session, run.id, AreaType.LSOA, lad_code), audience)
        return {code: tuple(row["explanation"]) for code, row in rows.items()}
    shown, gate = _passing(session, run, AreaType.LSOA, audience)
    wording = Wording(
        violence=violence_words(RecordingSource(run.parameters["recorder"])),
        period=run.period.label,
        dose=run.parameters["dose"],
        residents=run.inputs["population"],
    )
    return in_words(
        {code: row for code, row in shown.items() if code not in gate.withheld}, wording, lad_code
    )


def sensitivity_of(run: Run) -> Sensitivity:
    """The sensitivity of the violence that a run counts.

    Parameters
    ----------
    run : as stored.
    """
    return Sensitivity(run.inputs["violence_sensitivity"])


def _months_before(run: Run, audience: Audience) -> int:
    """How many months are compared with the period before; 0 where that may not be told."""
    strictest = Sensitivity(run.inputs.get("trend_sensitivity", sensitivity_of(run)))
    if not sees_true_counts(strictest, audience):
        return 0
    return len(run.inputs.get("months_compared", ()))


def _passing(
    session: Session, run: Run, level: AreaType, audience: Audience
) -> tuple[dict[str, dict[str, Any]], Gate]:
    """Bring the figures of one level to the gate, made anew where not every count may pass."""
    sensitivity = sensitivity_of(run)
    true = for_audience(run, run_areas(session, run.id, level), audience)
    rows = {code: with_thirds(row) for code, row in true.items()}
    if sees_true_counts(sensitivity, audience):
        return rows, Gate.open_to(audience, sensitivity)
    small = for_audience(run, run_areas(session, run.id, AreaType.LSOA), audience)
    gate = Gate.over(small, level, sensitivity, audience)
    made = from_shown(rows, gate, _months(run))
    if level is AreaType.LSOA:
        return made, gate
    lsoas = from_shown(small, Gate.over(small, AreaType.LSOA, sensitivity, audience), _months(run))
    return counted_again(made, lsoas, f"{level.value}_code"), gate


def _months(run: Run) -> int:
    """How many months the counts of a run are of."""
    return len(run.period) - len(run.parameters["excluded"])


def _order(gate: Gate, code: str, row: Mapping[str, Any]) -> float:
    rank = None if code in gate.withheld else row["rank"]
    return float("inf") if rank is None else float(rank)
