"""From an activity to its form, and from the form to the activity as it is to be."""

import secrets
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from werkzeug.datastructures import MultiDict

from mapper.domain.activity import Activity
from mapper.domain.located import Located
from mapper.domain.place import Location, Place
from mapper.reports.activity_form import EditableActivity
from mapper.store.activity_entries import ActivityEntry
from mapper.web.forms.activity import ActivityForm
from mapper.web.forms.entry_values import Values, day_boxes
from mapper.web.registration import find_venue
from mapper.web.served_names import names_of_areas, wards_offered

Placed = tuple[Location, Place | None]
_AS_SHOWN = ("title", "lead", "description")


def activity_form(values: Values | None, entry: ActivityEntry) -> ActivityForm:
    """Make the form of an activity that is there already.

    Parameters
    ----------
    values : to fill it with; None for what was sent.
    entry : the activity.
    """
    form = ActivityForm(formdata=values) if values is not None else ActivityForm()
    form.offer_wards(wards_offered())
    record = entry.located.record
    form.offer_others(record, names_of_areas(record.areas_served))
    return form


def form_values(shown: EditableActivity, state: str) -> Values:
    """Give an activity as a browser would send it.

    Parameters
    ----------
    shown : as it may be shown.
    state : of the activity.
    """
    values: Values = MultiDict(shown.texts)
    offered = {code for group in wards_offered() for code, _ in group.wards}
    areas = shown.lists["areas_served"]
    values.setlist("areas_served", [code for code in areas if code not in offered])
    values.setlist("wards_served", [code for code in areas if code in offered])
    values["partners"] = "\n".join(shown.lists["partners"])
    for name in ("themes", "cohorts"):
        values.setlist(name, list(shown.lists[name]))
    values.setlist("starts_on", day_boxes(shown.starts_on))
    ends_on = None if shown.ends_on == shown.starts_on else shown.ends_on
    values.setlist("ends_on", day_boxes(ends_on))
    values["postcode"] = shown.postcode
    values["state"], values["token"] = state, secrets.token_hex(16)
    return values


def build(
    form: ActivityForm, shown: EditableActivity, entry: ActivityEntry
) -> Located[Activity] | None:
    """Build the activity that a form describes.

    Parameters
    ----------
    form : as sent.
    shown : the activity as the form showed it.
    entry : the activity. What may not be shown is kept from it.

    Returns
    -------
    None where there is a fault; each stands at its field.
    """
    venue = _kept_venue(form, shown, entry)
    form.kept = _kept(form, shown, entry.located.record)
    if venue is not None:
        form.kept = {**form.kept, "location": venue[0]}
    is_right = form.has_no_faults()
    place = find_venue(form) if venue is None else venue[1]
    if not is_right or form.postcode.errors:
        return None
    return Located(form.activity(entry.located.record.source_key), place)


def _kept_venue(form: ActivityForm, shown: EditableActivity, entry: ActivityEntry) -> Placed | None:
    """Give the venue that stays, or that there is none; None where one was typed."""
    if form.forget_place.data:
        return Location(), None
    location, place = entry.located.record.location, entry.located.place
    typed = form.address.data or ""
    if (form.postcode.data or "") != shown.postcode:
        return None
    if place is None:
        return (location, None) if typed == shown.texts["address"] else None
    is_same = typed == _tidy(shown.texts["address"])
    return replace(location, address=location.address if is_same else typed), place


def _kept(form: ActivityForm, shown: EditableActivity, record: Activity) -> dict[str, Any]:
    """Give the fields of which the form says what it showed, as exactly as they are held."""
    kept: dict[str, Any] = {"prevention_tier": record.prevention_tier}
    for name in _AS_SHOWN:
        if _tidy(form[name].data) == _tidy(shown.texts[name]):
            kept[name] = getattr(record, name)
    if form.radius.data == shown.texts["radius"]:
        kept["served_radius_m"] = record.served_radius_m
    hours = form.hours_per_session.data
    if hours is not None and f"{hours:g}" == shown.texts["hours_per_session"]:
        kept["hours_per_session"] = record.hours_per_session
    if shown.is_counted and form.participants.data is None:
        kept["participants"] = record.participants
    return kept | _kept_partners(form.partner_names, shown, record)


def _kept_partners(
    typed: Collection[str], shown: EditableActivity, record: Activity
) -> dict[str, tuple[str, ...]]:
    if set(typed) == set(map(_tidy, shown.lists["partners"])):
        return {"partners": record.partners}
    if shown.unnamed_partners:
        return {"partners": (*typed, *shown.unnamed_partners)}
    return {}


def _tidy(text: str | None) -> str:
    """Spaces and ends of lines do not make a difference: browsers send them in their own way."""
    return " ".join((text or "").split())
