"""Registering an activity: finding its place, showing what will be saved, saving it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

import geopandas
from flask import request

from mapper.domain.area import HIPS_LADS, AreaType
from mapper.domain.counted import counted
from mapper.domain.disclosure import Visibility
from mapper.domain.located import Located
from mapper.domain.place import Place
from mapper.domain.postcode import PostcodeFault
from mapper.domain.source import SourceKind
from mapper.errors import NotFoundError
from mapper.geography.assign import assign_areas
from mapper.geography.crs import NATIONAL_GRID
from mapper.ingest.areas.ground import Ground
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.places.geolocate import geolocate
from mapper.ingest.places.venues import Venues
from mapper.store.activities import save_activities
from mapper.store.areas import area_frame, area_names, latest_vintage
from mapper.store.registrations import alike, registered_id
from mapper.store.sources import form_source
from mapper.store.users import User
from mapper.store.venues import venue_places
from mapper.web.form_sources import partners_form
from mapper.web.formatting import day
from mapper.web.forms.activity import ActivityForm
from mapper.web.forms.activity_fields import STATUS_WORDS, VISIBILITY_WORDS
from mapper.web.forms.fields import plain_text
from mapper.web.session import reading, writing
from mapper.web.site import the_site

FORM_NAME = "Register an activity"
_HIPS = "Hampshire, Isle of Wight, Portsmouth or Southampton"
_NOT_SENT_ON = frozenset({"csrf_token", "step"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One line of the page on which answers are checked.

    Parameters
    ----------
    question : in few words.
    answer : lines of it.
    """

    question: str
    answer: tuple[str, ...]


def find_venue(form: ActivityForm) -> Place | None:
    """Find the venue, as a file's would be found; a fault is put at its field.

    Parameters
    ----------
    form : after validation.

    Returns
    -------
    None when there is no venue, or none that could be found.
    """
    text = form.postcode.data or ""
    if form.postcode.errors:
        return None
    if not text:
        return _named_venue(form)
    location = form.location
    (place,) = geolocate([(0, location)], the_site().postcodes, Ground(), IssueLog("form"))
    if place is None:
        form.postcode.errors = [_fault(text)]
    elif not place.postcode and not (code := _authority_at(place)):
        form.postcode.errors = [f"“{text}” lies outside {_HIPS}"]
    elif not place.postcode:
        return replace(place, lad_code=code)
    return place


def _named_venue(form: ActivityForm) -> Place | None:
    """Find a venue by its name alone, which nothing else has to stand for."""
    address = form.address.data
    if not address:
        return None
    is_shown = form.visibility.data == Visibility.EXACT
    found = Venues(venue_places(reading())).find(address) if is_shown else None
    if found is not None and found.is_sure:
        return found.place
    if not form.areas:
        form.postcode.errors = [
            f"The directory shows no venue, or several, called “{address}”. Enter its postcode, "
            "or choose the areas served"
        ]
    return None


def _fault(text: str) -> str:
    found = the_site().postcodes.find(text)
    if found.fault is PostcodeFault.UNKNOWN:
        return (
            f"{found.postcode} is not a postcode in {_HIPS} that we know. Check it, or leave it "
            "empty and choose areas"
        )
    return (
        f"“{text}” is not a postcode or a grid reference. Enter one such as PO1 3AX or SU 421 123"
    )


def _authority_at(place: Place) -> str:
    """The authority that holds a point; empty outside HIPS."""
    lads = area_frame(reading(), AreaType.LAD, latest_vintage(reading(), AreaType.LAD))
    point = geopandas.GeoSeries(
        geopandas.points_from_xy([place.easting_m], [place.northing_m]), crs=NATIONAL_GRID
    )
    code = assign_areas(point, lads)["area_code"].iloc[0]
    return code if isinstance(code, str) else ""


def answers(form: ActivityForm, venue: Place | None) -> list[Answer]:
    """Everything that will be saved, in words.

    Parameters
    ----------
    form : without faults.
    venue : as `find_venue` found it.
    """
    record = form.activity("check")
    terms = [tuple(sorted(group)) for group in (record.themes, record.cohorts)]
    days = [day(record.starts_on)]
    if record.ends_on != record.starts_on:
        days.append(f"to {day(record.ends_on)}")
    everything = (
        Answer("Activity", (record.title,)),
        Answer("Led by", (record.lead,)),
        Answer("Delivered with", record.partners),
        Answer("Kind", (record.type.value,)),
        Answer("Has it happened", (STATUS_WORDS[record.status],)),
        Answer("Dates", tuple(days)),
        Answer("Sessions", (counted(record.sessions, "session"),)),
        Answer("People taking part", _number(record.participants, "nobody counted")),
        Answer("Hours a session", _number(record.hours_per_session, "not known")),
        Answer("Venue", _venue_words(record.location.address, venue)),
        Answer(
            "Shown on the map",
            (VISIBILITY_WORDS[record.visibility],) if venue else (),
        ),
        Answer("Serves", _radius_words(record.served_radius_m)),
        Answer("Areas served", _area_words(form)),
        Answer("About", terms[0]),
        Answer("For", terms[1]),
        Answer("What happens there", tuple(record.description.splitlines())),
    )
    return [answer for answer in everything if answer.answer]


def hidden_answers(left_out: Collection[str] = ()) -> Iterator[tuple[str, str]]:
    """What was typed, to be sent on unseen from the page on which it is checked.

    Parameters
    ----------
    left_out : names of answers that are asked for again on that page.
    """
    for name, value in request.form.items(multi=True):
        if name not in _NOT_SENT_ON and name not in left_out:
            yield name, plain_text(value)


def possible_duplicates(form: ActivityForm, person: User) -> list[int]:
    """Activities already registered that may be this one, but for this form's own.

    Parameters
    ----------
    form : without faults.
    person : who fills it in.
    """
    record = form.activity(_key(form, person))
    own = registered_id(reading(), FORM_NAME, record.source_key)
    found = alike(reading(), record.title, record.lead, record.starts_on)
    return [known for known in found if known != own]


def register(form: ActivityForm, venue: Place | None, person: User) -> int:
    """Save the activity, and return its id; the same form sent twice saves one activity.

    Parameters
    ----------
    form : without faults.
    venue : as `find_venue` found it.
    person : who registers it.
    """
    record = form.activity(_key(form, person))
    located = Located(record, venue)
    source = partners_form(SourceKind.ACTIVITIES, FORM_NAME)
    with writing() as session:
        source_id = form_source(session, source)
        save_activities(session, source_id, [located], registered_by=person.email)
        saved = registered_id(session, FORM_NAME, record.source_key)
    if saved is None:
        raise NotFoundError("The activity that was saved is not in the register.")
    return saved


def _key(form: ActivityForm, person: User) -> str:
    # With the person in it, nobody's form can overwrite what another has registered.
    return f"{person.id}:{form.token.data}"


def _area_words(form: ActivityForm) -> tuple[str, ...]:
    """Name the authorities and the wards chosen, each ward with its authority."""
    named: dict[str, str] = {str(code): name for code, name in HIPS_LADS.items()}
    named |= (pair for group in form.wards_offered for pair in group.named)
    return tuple(named[code] for code in form.areas)


def _number(value: float | None, missing: str) -> tuple[str, ...]:
    return (missing.capitalize(),) if value is None else (f"{value:,g}",)


def _radius_words(radius_m: float | None) -> tuple[str, ...]:
    return () if radius_m is None else (f"within {radius_m / 1000:,.3g} km of the venue",)


def _venue_words(address: str, venue: Place | None) -> tuple[str, ...]:
    """Say where the postcode is, so that a slip is seen before it is saved."""
    if venue is None:
        return (address,) if address else ()
    names = area_names(reading()).drop_duplicates("area_code", keep="last")
    named = dict(zip(names["area_code"], names["area_name"], strict=True))
    areas = [named.get(venue.ward_code, ""), named.get(venue.lad_code, "")]
    where = ", ".join(filter(None, areas)) or "area not known"
    words = [address, venue.postcode, where]
    if not venue.postcode:
        words.append(venue.method)
    if venue.precision.finest_level is not None:
        words.append(f"Known by its {venue.precision.value} only, so the place is not exact.")
    if venue.is_terminated:
        words.append("This postcode is no longer in use, but its place is known.")
    return tuple(filter(None, words))
