"""An organisation as it is read: its own record, and those of whoever was merged into it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.domain.pipeline import Evaluation
from mapper.errors import NotFoundError
from mapper.store.change_log import Meanwhile, add_meanwhile, seen_change
from mapper.store.entries import entries
from mapper.store.models import OrganisationChangeRow, OrganisationRow
from mapper.store.sheltered import strictest
from mapper.store.survivors import members

_SAYS_NOTHING: Final = ("", None, OrganisationKind.OTHER, Sector.UNKNOWN, Evaluation.UNKNOWN)
_TEXTS: Final = (
    *("kind", "sector", "description", "website", "opening", "accessibility", "referral_route"),
    *("funding", "funding_ends_on", "evaluation", "served_radius_m"),
)
_OF_SEVERAL: Final = ("location", "further_sites", "contacts")
_SETS: Final = ("themes", "cohorts", "prevention_tiers")
_TUPLES: Final = ("identifiers", "areas_served", "contacts", "also_known_as")


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRecord:
    """One of the records that an organisation stands on.

    Parameters
    ----------
    id : of the record.
    source_name, line : where it is from; line 0 for a form.
    hand_fields : of it, set by a person.
    located : what it says, and where that is.
    recorded_at : when it came in, UTC.
    verified_on : when it was last confirmed; None where nobody has.
    verified_how, verified_by : by what and whom; empty where not.
    """

    id: int
    source_name: str
    line: int
    hand_fields: tuple[str, ...]
    located: Located[Organisation]
    recorded_at: datetime
    verified_on: date | None
    verified_how: str
    verified_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingEntry:
    """An organisation as it is read.

    Parameters
    ----------
    records : that it stands on, its own first.
    located : what all of them say together.
    origins : field to the records that it is from; none where no record says anything.
    state : differs as soon as any of the records is changed, or another is merged.
    """

    records: tuple[EntryRecord, ...]
    located: Located[Organisation]
    origins: Mapping[str, tuple[EntryRecord, ...]]
    state: str

    @property
    def own(self) -> EntryRecord:
        """The record that goes on, which corrections by hand are kept with."""
        return self.records[0]


def standing_entry(session: Session, organisation_id: int) -> StandingEntry:
    """Read an organisation with everything that stands behind it.

    Parameters
    ----------
    organisation_id : of one that is not merged into another; it may be closed.

    Raises
    ------
    NotFoundError
        When there is no organisation of that number.
    """
    records = _records(session, members(session, organisation_id))
    if not records or records[0].id != organisation_id:
        raise NotFoundError(
            f"There is no organisation {organisation_id}.",
            expected="The number of an organisation in the directory.",
            action="Look for it in the directory.",
        )
    origins = {name: _origins(name, records) for name in _fields()}
    return StandingEntry(
        records=records,
        located=_together(records, origins),
        origins=origins,
        state=_state(session, records),
    )


def changed_meanwhile(session: Session, entry: StandingEntry, state: str) -> dict[str, Meanwhile]:
    """Say what changed in an entry since somebody looked at it, by field.

    Parameters
    ----------
    entry : as it stands now.
    state : of the entry then.

    Returns
    -------
    Empty where nothing did. Where records were merged or taken apart meanwhile, where it is
    and its people are among what changed.
    """
    if state == entry.state:
        return {}
    seen, _, ids = state.partition(":")
    query = (
        select(OrganisationChangeRow)
        .where(OrganisationChangeRow.organisation_id.in_([one.id for one in entry.records]))
        .where(OrganisationChangeRow.id > seen_change(seen))
        .order_by(OrganisationChangeRow.id)
    )
    found: dict[str, Meanwhile] = {}
    if ids != entry.state.partition(":")[2]:
        found = {name: Meanwhile(None, None, "a merge") for name in _OF_SEVERAL}
    return add_meanwhile(found, session.scalars(query), entry.origins)


def _state(session: Session, records: Sequence[EntryRecord]) -> str:
    ids = [record.id for record in records]
    latest = select(func.max(OrganisationChangeRow.id)).where(
        OrganisationChangeRow.organisation_id.in_(ids)
    )
    return f"{session.scalar(latest) or 0}:{','.join(map(str, ids))}"


def _records(session: Session, ids: Sequence[int]) -> tuple[EntryRecord, ...]:
    found = entries(session, ids)
    columns = ("id", "source_name", "line", "recorded_at", "verified_on")
    names = (*columns, "verified_how", "verified_by")
    query = select(*(getattr(OrganisationRow, name) for name in names))
    rows = {row.id: row for row in session.execute(query.where(OrganisationRow.id.in_(ids)))}
    return tuple(
        EntryRecord(
            located=found[number][0].located,
            hand_fields=found[number][1],
            **{name: getattr(rows[number], name) for name in names},
        )
        for number in ids
        if number in found
    )


def _fields() -> tuple[str, ...]:
    return (
        "name",
        "is_active",
        *_TUPLES,
        *_TEXTS,
        *_SETS,
        "location",
        "further_sites",
        "visibility",
    )


def _origins(name: str, records: tuple[EntryRecord, ...]) -> tuple[EntryRecord, ...]:
    own = records[0]
    if name in own.hand_fields or name in {"name", "is_active"}:
        return (own,)
    saying = tuple(each for each in records if _says(name, each))
    gathers = name in (*_SETS, *_TUPLES, "further_sites", "visibility")
    return saying if gathers else saying[:1]


def _says(name: str, record: EntryRecord) -> bool:
    if name == "location":
        return record.located.place is not None or not record.located.record.location.says_nothing
    value = getattr(record.located.record, name)
    return bool(value) and value not in _SAYS_NOTHING


def _together(
    records: tuple[EntryRecord, ...], origins: Mapping[str, tuple[EntryRecord, ...]]
) -> Located[Organisation]:
    own = records[0].located
    if len(records) == 1:
        return own
    said: dict[str, Any] = {
        name: getattr(origins[name][0].located.record, name) for name in _TEXTS if origins[name]
    }
    for name in _SETS:
        said[name] = frozenset[Any]().union(*_values(name, origins))
    for name in _TUPLES:
        said[name] = tuple(dict.fromkeys(one for value in _values(name, origins) for one in value))
    sited = [each.located for each in origins["further_sites"]]
    said["further_sites"] = tuple(site for one in sited for site in one.record.further_sites)
    further = tuple(place for one in sited for place in one.further_places)
    placed = next((each.located for each in origins["location"]), own)
    said["location"] = placed.record.location
    visibilities = [each.located.record.visibility for each in records]
    said["visibility"] = Visibility(strictest(visibilities))
    record = replace(own.record, **said)
    return Located(record, placed.place, own.line, further)


def _values(name: str, origins: Mapping[str, tuple[EntryRecord, ...]]) -> list[Any]:
    return [getattr(each.located.record, name) for each in origins[name]]
