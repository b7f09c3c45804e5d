"""An entry as the values of its form: what a form is filled with before anybody types."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final

from werkzeug.datastructures import MultiDict

from mapper.domain.contact import Contact
from mapper.reports.entry_form import EditableEntry, EditableSite
from mapper.web.forms.entry_parts import NOBODY

Values = MultiDict[str, str]
OF_SEVERAL: Final = frozenset({"location", "further_sites", "contacts"})
"""Fields of which a form that is out of date is not merged, but given up."""
LINES: Final = ("also_known_as", "identifiers")
BOXES_OF: Final = {
    "served_radius_m": ("radius",),
    "areas_served": ("areas_served", "wards_served"),
    "location": ("postcode", "address", "forget_place"),
    "further_sites": ("sites-",),
    "contacts": ("contacts-",),
}
"""Boxes of the form that a field of the record is spread over; a dash ends a beginning."""


def form_values(entry: EditableEntry) -> Values:
    """Give an entry as a browser would send it.

    Parameters
    ----------
    entry : as it may be shown.
    """
    values: Values = MultiDict(entry.texts)
    for name, several in entry.lists.items():
        values.setlist(name, ["\n".join(several)] if name in LINES else list(several))
    values.setlist("funding_ends_on", day_boxes(entry.funding_ends_on))
    values["postcode"], values["address"] = entry.main.postcode, entry.main.address
    values["visibility"] = entry.main.visibility.value
    for number, site in enumerate(entry.sites):
        values.update(_site(f"sites-{number}-", number, site))
    for number, contact in enumerate(entry.contacts):
        values.update(_contact(f"contacts-{number}-", number, contact))
    return values


def with_theirs(mine: Values, theirs: Values, names: Collection[str]) -> Values:
    """Put in place of some fields of a form what stands in the entry now.

    Parameters
    ----------
    mine : as sent.
    theirs : as `form_values` gives the entry.
    names : of the fields of the record.
    """
    boxes = tuple(box for name in names for box in BOXES_OF.get(name, (name,)))
    kept: Values = MultiDict(
        (key, value) for key, value in mine.items(multi=True) if not _is_of(key, boxes)
    )
    for key, value in theirs.items(multi=True):
        if _is_of(key, boxes):
            kept.add(key, value)
    return kept


def _is_of(key: str, boxes: Iterable[str]) -> bool:
    return any(key.startswith(box) if box.endswith("-") else key == box for box in boxes)


def _site(start: str, number: int, site: EditableSite) -> Values:
    return MultiDict(
        {
            f"{start}known": str(number),
            f"{start}name": site.name,
            f"{start}postcode": site.postcode,
            f"{start}address": site.address,
            f"{start}visibility": site.visibility.value,
        }
    )


def _contact(start: str, number: int, contact: Contact | None) -> Values:
    """Give a person; of one who did not agree to be shown, nothing but that they are there."""
    values: Values = MultiDict({f"{start}known": str(number), f"{start}audience": NOBODY})
    if contact is None or contact.consent is None:
        return values
    for name in ("name", "role", "email", "phone", "practice_note"):
        values[f"{start}{name}"] = getattr(contact, name)
    values[f"{start}audience"] = contact.consent.audience.label
    values[f"{start}basis"] = contact.consent.basis
    values.setlist(f"{start}given_on", day_boxes(contact.consent.given_on))
    if contact.shares_practice:
        values[f"{start}shares_practice"] = "y"
    return values


def day_boxes(day: date | None) -> list[str]:
    """Give a day as its three boxes; empty ones for none.

    Parameters
    ----------
    day : None where not known.
    """
    return ["", "", ""] if day is None else [str(day.day), str(day.month), str(day.year)]
