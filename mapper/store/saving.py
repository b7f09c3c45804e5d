"""Saving the records of a source, of whichever kind they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.orm import Session

from mapper.domain.grant import Grant
from mapper.domain.lookup import PostcodeAreas
from mapper.domain.source import Source, SourceKind
from mapper.domain.violence import AreaViolenceCount
from mapper.store.activities import save_activities
from mapper.store.counts import SaveCounts
from mapper.store.deprivation import save_deprivation
from mapper.store.grants import save_grants
from mapper.store.lookups import save_links
from mapper.store.needs import save_area_counts, save_cohorts, save_priorities
from mapper.store.organisations import save_organisations
from mapper.store.population import save_population
from mapper.store.postcodes import save_postcodes
from mapper.store.sources import add_source
from mapper.store.violence import save_violence

Grants = Sequence[tuple[int, Grant]]
Save = Callable[[Session, int, Sequence[Any]], SaveCounts]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a source says beside its records.

    Parameters
    ----------
    denominator : what residents are called on every rate, and the year of the figures; not
        used for any other kind.
    grants : between the organisations of the source, with their lines; no other kind has any.
    """

    denominator: tuple[str, int] = ("", 0)
    grants: Grants = ()


def _save_lookups(session: Session, source_id: int, records: Sequence[Any]) -> SaveCounts:
    """Keep a look-up: between areas, or from postcodes to them."""
    is_of_postcodes = isinstance(records[0], PostcodeAreas)
    save: Save = save_postcodes if is_of_postcodes else save_links
    return save(session, source_id, records)


def _save_violence(session: Session, source_id: int, records: Sequence[Any]) -> SaveCounts:
    """Keep counts by month, which the analysis takes, or by area and period, for context."""
    is_context = isinstance(records[0], AreaViolenceCount)
    save: Save = save_area_counts if is_context else save_violence
    return save(session, source_id, records)


_SAVE: Final[Mapping[SourceKind, Save]] = {
    SourceKind.ACTIVITIES: save_activities,
    SourceKind.VIOLENCE: _save_violence,
    SourceKind.PRIORITIES: save_priorities,
    SourceKind.COHORTS: save_cohorts,
    SourceKind.DEPRIVATION: save_deprivation,
    SourceKind.LOOKUPS: _save_lookups,
}


def save_records(
    session: Session, source: Source, records: Iterable[Any], beside: Beside
) -> SaveCounts:
    """Keep a source with its records.

    Parameters
    ----------
    source : where they come from.
    records : at least one, of the source's kind; of organisations taken one by one.
    beside : what the source says beside them.
    """
    source_id = add_source(session, source)
    if source.kind is SourceKind.ORGANISATIONS:
        counts = save_organisations(session, source_id, records)
        save_grants(session, source_id, beside.grants)
        return counts
    held = records if isinstance(records, Sequence) else tuple(records)
    if source.kind is SourceKind.POPULATION:
        label, year = beside.denominator
        return save_population(session, source_id, held, label=label, year=year)
    return _SAVE[source.kind](session, source_id, held)
