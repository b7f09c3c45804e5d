"""From a form that was sent to the entry as it is to be."""

from dataclasses import dataclass, replace
from typing import Any

from wtforms import Field

from mapper.domain.contact import Contact
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.organisation import Organisation
from mapper.domain.place import Location, Place
from mapper.domain.postcode import PostcodeFault
from mapper.domain.site import Site
from mapper.errors import InvalidValueError
from mapper.reports.entry_form import EditableEntry, EditableSite
from mapper.web.forms.organisation import OrganisationForm
from mapper.web.site import the_site

Placed = tuple[Location, Place | None]
_NOWHERE: Placed = (Location(), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a form starts from.

    Parameters
    ----------
    shown : the entry as the form shows it.
    stands : the entry itself; None for a new one. What may not be shown is kept from it.
    """

    shown: EditableEntry
    stands: Located[Organisation] | None = None


def build(form: OrganisationForm, draft: Draft, source_key: str) -> Located[Organisation] | None:
    """Build the entry that a form describes.

    Parameters
    ----------
    form : filled in.
    draft : what it started from.
    source_key : what names the organisation in its source.

    Returns
    -------
    None where there is a fault; each stands at its field.
    """
    is_right = form.has_no_faults()
    location, place = _main(form, draft)
    sites = _sites(form, draft)
    if not is_right or any(field.errors for field in form.boxes()):
        return None
    said = form.said | {
        name: _kept(draft, name) for name in draft.shown.withheld if not form[name].data
    }
    if draft.stands is not None and form.radius.data == draft.shown.texts["radius"]:
        said["served_radius_m"] = draft.stands.record.served_radius_m
    if place is None and not said["areas_served"]:
        form.postcode.errors = ["Enter the postcode of the main site, or choose an area served"]
        return None
    try:
        record = Organisation(
            source_key=source_key,
            location=location,
            contacts=_contacts(form, draft),
            further_sites=tuple(site for site, _ in sites),
            **said,
        )
    except InvalidValueError as error:
        form.name.errors = [str(error)]
        return None
    return Located(record, place, 0, tuple(found for _, found in sites))


def _kept(draft: Draft, name: str) -> Any:  # noqa: ANN401  (any field of the record)
    return getattr(draft.stands.record, name) if draft.stands else ""


def _main(form: OrganisationForm, draft: Draft) -> Placed:
    if form.forget_place.data:
        return _NOWHERE
    before = _NOWHERE
    if draft.stands is not None:
        before = draft.stands.record.location, draft.stands.place
    return _located(form.postcode, form.address, draft.shown.main, before)


def _sites(form: OrganisationForm, draft: Draft) -> list[tuple[Site, Place | None]]:
    found = []
    for entry in form.sites:
        part = entry.form
        known = _known_site(part.number, draft)
        if part.removed.data or (known is None and part.is_empty):
            continue
        shown, site, before = known or (EditableSite(), Site(), None)
        place_before = (site.location, before)
        location, place = _located(part.postcode, part.address, shown, place_before)
        if place is None and not part.postcode.errors and location.says_nothing:
            part.postcode.errors = ["Enter the postcode of the site, or remove the site"]
        name = part.name.data or ("" if shown.is_told else site.name)
        visibility = Visibility(part.visibility.data)
        found.append((Site(name=name, location=location, visibility=visibility), place))
    return found


def _known_site(number: int | None, draft: Draft) -> tuple[EditableSite, Site, Place | None] | None:
    """Find the site of the entry that a part of the form stands for; None for a new one."""
    if number is None or draft.stands is None or number >= len(draft.shown.sites):
        return None
    site = draft.stands.record.further_sites[number]
    return draft.shown.sites[number], site, draft.stands.further_places[number]


def _located(postcode: Field, address: Field, shown: EditableSite, before: Placed) -> Placed:
    """Find a site by its postcode; where none was typed, keep a place that the form cannot say."""
    text, street = postcode.data or "", address.data or ""
    if not text:
        if not shown.keeps_place:
            return Location(address=street), None
        kept = street or ("" if shown.is_told else before[0].address)
        return replace(before[0], address=kept), before[1]
    if before[1] is not None and shown.is_told and text == shown.postcode:
        return replace(before[0], address=street), before[1]
    found = the_site().postcodes.find(text)
    if found.fault is PostcodeFault.MALFORMED:
        postcode.errors = [f"“{text}” is not a postcode. Enter one such as PO1 3AX"]
    elif found.fault is PostcodeFault.UNKNOWN:
        postcode.errors = [
            f"{found.postcode} is not a postcode in Hampshire, Isle of Wight, Portsmouth or "
            "Southampton that we know. Check it, or leave it empty and choose areas"
        ]
    return Location(address=street, postcode=found.postcode or text), found.place


def _contacts(form: OrganisationForm, draft: Draft) -> tuple[Contact, ...]:
    """Give the people of the form; those who may not be shown stay as they are, unless removed."""
    people = []
    for entry in form.contacts:
        part = entry.form
        if part.removed.data:
            continue
        if not part.is_empty:
            people.append(part.contact)
        elif part.number is not None and draft.stands is not None:
            known = draft.stands.record.contacts
            if part.number < len(known) and draft.shown.contacts[part.number] is None:
                people.append(known[part.number])
    return tuple(people)
