"""What every figure says of where it comes from."""

from collections import Counter
from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from mapper.domain.counted import counted
from mapper.domain.disclosure import Sensitivity
from mapper.domain.period import Month
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import RecordingSource
from mapper.geography.place_counts import BY_CODE
from mapper.reports.credits import credits_of
from mapper.reports.published import Provenance
from mapper.reports.shown_run import shown_name
from mapper.reports.wording import listed
from mapper.store.publications import published_names
from mapper.store.runs import Run
from mapper.store.sources import list_sources, sources_by_id


def run_provenance(session: Session, run: Run) -> Provenance:
    """Say where the figures of a run come from, and what a reader must know of them."""
    used = sources_by_id(session, run.inputs["source_ids"])
    # A list that is not open is named where it may be seen, in the words of the rule.
    sources = [each for each in used if not _is_closed_list(each.source)]
    approximate = ", approximate" if run.inputs["is_approximate"] else ""
    return Provenance(
        run_id=run.id,
        run_name=shown_name(session, run),
        period=run.period.label,
        notes=(*_standing(session, run), *_notes(run)),
        boundaries=f"LSOA {run.inputs['lsoa_vintage']}{approximate}",
        population=run.inputs["population"],
        made_at=run.made_at or datetime.now(UTC),
        sources=credits_of(sources),
        versions=tuple(f"{name} {version}" for name, version in run.versions.items()),
        is_synthetic=run.is_synthetic,
    )


def register_provenance(
    session: Session, kinds: tuple[str, ...], ids: Collection[int] | None = None
) -> Provenance:
    """Say where lists of records come from: every source of the kinds that is in use.

    Parameters
    ----------
    kinds : of the sources.
    ids : of those the list rests on; None for all.
    """
    sources = [
        loaded
        for loaded in list_sources(session)
        if loaded.source.kind in kinds and loaded.is_current and (ids is None or loaded.id in ids)
    ]
    return Provenance(
        run_id=0,
        run_name="",
        period="",
        notes=(),
        boundaries="",
        population="",
        made_at=datetime.now(UTC),
        sources=credits_of(sources),
        versions=(),
        is_synthetic=any(loaded.source.is_synthetic for loaded in sources),
    )


def _is_closed_list(source: Source) -> bool:
    return source.kind is SourceKind.PRIORITIES and source.sensitivity is not Sensitivity.OPEN


def _standing(session: Session, run: Run) -> list[str]:
    """Say of a run that not everybody sees why not."""
    if run.is_scenario:
        return [
            "This is a scenario: it counts activities that were only thought of, or leaves out "
            "some that took place. Only analysts see it."
        ]
    if run.id and run.id not in published_names(session):
        return ["This run is not published: only analysts see it."]
    return []


def _notes(run: Run) -> list[str]:
    notes = []
    if run.inputs["is_approximate"]:
        notes.append("Area outlines are approximate, derived from postcodes.")
    excluded = [Month.parse(month).label for month in run.parameters["excluded"]]
    if excluded:
        notes.append(f"Violence in {listed(excluded)} is left out; rates are for the months kept.")
    notes += _odd_month_notes(run)
    notes += _not_compared_notes(run)
    imputed, activities = run.inputs["imputed_doses"], run.inputs["activities"]
    if imputed:
        notes.append(
            f"{run.parameters['dose'].capitalize()} were not recorded for {imputed:,} of "
            f"{counted(activities, 'activity', 'activities')}; the median of the same type "
            "stands in."
        )
    notes += _ground_notes(run)
    recorder = RecordingSource(run.parameters.get("recorder", RecordingSource.POLICE))
    who = "the police" if recorder is RecordingSource.POLICE else f"the source ({recorder})"
    notes.append(
        f"Recorded violence is what {who} recorded, not all that happens. An area's rate is "
        "not a person's risk. No registered activity does not mean that nobody works there."
    )
    return notes


def _ground_notes(run: Run) -> list[str]:
    """How counts of another vintage were placed, and which deprivation is shown."""
    notes = []
    if set(run.inputs.get("placed_by", {})) - {BY_CODE}:
        notes.append(
            "Some counts carry the code of a small area of another vintage. They were placed by "
            "the exact-fit look-up of ONS where one is loaded, and by their published point where "
            "that area was split; totals of authorities are those of the files."
        )
    if deprivation := run.inputs.get("deprivation", ""):
        notes.append(f"Deprivation: {deprivation}, for context. No gap or rank uses it.")
    return notes


def _not_compared_notes(run: Run) -> list[str]:
    """Say where no gap is told, and why."""
    said = run.summary.get("not_compared", {})
    names = {"lsoa": "small areas", "lad": "local authorities"}
    reasons: dict[str, list[str]] = {}
    for level, why in said.items():
        reasons.setdefault(str(why), []).append(names.get(str(level), str(level)))
    return [
        f"No gap between {listed(levels)} can be told: {why}." for why, levels in reasons.items()
    ]


def _odd_month_notes(run: Run) -> list[str]:
    """One sentence for each month out of line that is among those used."""
    excluded = run.parameters["excluded"]
    used = [odd for odd in run.summary["odd_months"] if odd["month"] not in excluded]
    months = Counter(month for month, _ in {(odd["month"], odd["place"]) for odd in used})
    return [
        f"Counts for {Month.parse(month).label} are out of line with the other months in "
        f"{counted(places, 'local authority', 'local authorities')}, and may be wrong."
        for month, places in sorted(months.items())
    ]
