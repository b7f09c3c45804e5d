"""What stands in a form that corrects an activity: as much of it as may be seen.

What may not be shown is not in the form either. Left as it stands there, it stays as it is.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from mapper.domain.activity import Activity
from mapper.domain.disclosure import Audience, Sensitivity, Visibility
from mapper.reports.entry_words import radius_words
from mapper.reports.wording import count_cell
from mapper.store.activity_entries import ActivityEntry
from mapper.store.listings import activity_rows
from mapper.store.taken_out import NO_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableActivity:
    """An activity as it stands in a form.

    Parameters
    ----------
    texts : field of the record to text, of the fields of one value; empty where it is not known
        or may not be shown.
    lists : field to values, of those of several.
    postcode : of the venue; empty where there is none or it may not be shown.
    starts_on, ends_on : first and last day.
    is_told : whether the venue may be shown exactly.
    keeps_place : whether it has a place that no postcode in the form says.
    is_counted : whether somebody counted the people taking part, though it is not shown.
    unnamed_partners : names that stay and are not shown.
    by_hand : names of the fields that a person set.
    """

    texts: dict[str, str]
    lists: dict[str, tuple[str, ...]]
    postcode: str
    starts_on: date
    ends_on: date
    is_told: bool
    keeps_place: bool
    is_counted: bool
    unnamed_partners: tuple[str, ...] = ()
    by_hand: frozenset[str] = field(default_factory=frozenset)


def editable_activity(
    session: Session, entry: ActivityEntry, audience: Audience
) -> EditableActivity:
    """Publish an activity to be corrected.

    Parameters
    ----------
    entry : as it is held.
    audience : that whoever corrects it belongs to.
    """
    record, place = entry.located.record, entry.located.place
    row = dict(activity_rows(session).loc[entry.id].items())
    is_told = row["visibility"] == Visibility.EXACT.value
    postcode = place.postcode if place else record.location.postcode
    people = count_cell(record.participants, Sensitivity.PARTNER, audience)
    shown_partners = [name for number, name in row["partner_links"] if number != NO_PAGE]
    return EditableActivity(
        texts=_texts(record)
        | {name: row[name] for name in ("title", "lead", "description")}
        | {"address": row["address"] if is_told else ""}
        | {"participants": "" if people.value is None else str(people.value)},
        lists=_lists(record) | {"partners": tuple(shown_partners)},
        postcode=postcode if is_told else "",
        starts_on=record.starts_on,
        ends_on=record.ends_on,
        is_told=is_told,
        keeps_place=(place is not None or not is_told) and not (is_told and postcode),
        is_counted=people.is_withheld,
        unnamed_partners=tuple(name for name in record.partners if name not in shown_partners),
        by_hand=frozenset(entry.hand_fields),
    )


def _texts(record: Activity) -> dict[str, str]:
    hours = record.hours_per_session
    return {
        "type": record.type.value,
        "status": record.status.value,
        "sessions": str(record.sessions),
        "hours_per_session": "" if hours is None else f"{hours:g}",
        "radius": radius_words(record.served_radius_m) if record.served_radius_m else "",
        "visibility": record.visibility.value,
    }


def _lists(record: Activity) -> dict[str, tuple[str, ...]]:
    return {
        "areas_served": record.areas_served,
        "themes": tuple(sorted(record.themes)),
        "cohorts": tuple(sorted(record.cohorts)),
    }
