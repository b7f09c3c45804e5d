"""What stands in a form that corrects an entry: as much of it as an analyst may see.

What may not be shown is not in the form either. Left empty there it stays as it is.
"""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from mapper.domain.contact import Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import Organisation, Sector
from mapper.domain.place import Place
from mapper.domain.site import Site
from mapper.reports.analysts import require_analyst
from mapper.reports.entry_words import radius_words
from mapper.store.involvement import shown_exactly
from mapper.store.site_rows import site_rows
from mapper.store.standing_entries import StandingEntry

WITHHELD_TEXTS = ("description", "opening", "accessibility", "referral_route")
"""Free text that may say where a site is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableSite:
    """A site as it stands in a form.

    Parameters
    ----------
    name, address, postcode : empty where they may not be shown.
    visibility : how exactly it is shown.
    is_told : whether it may be shown exactly.
    keeps_place : whether it has a place that no postcode in the form says.
    """

    name: str = ""
    address: str = ""
    postcode: str = ""
    visibility: Visibility = Visibility.EXACT
    is_told: bool = True
    keeps_place: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EditableEntry:
    """An entry as it stands in a form; one without arguments is that of a new organisation.

    Parameters
    ----------
    texts : field to value, of the fields of one value.
    lists : field to values, of those of several.
    main, sites : the main site and the further ones.
    contacts : None in place of a person who did not agree to be shown to analysts.
    withheld : names of texts that are kept and may not be shown.
    by_hand : names of the fields that a person set.
    funding_ends_on : None where not known.
    """

    texts: dict[str, str] = field(default_factory=dict)
    lists: dict[str, tuple[str, ...]] = field(default_factory=dict)
    main: EditableSite = field(default_factory=EditableSite)
    sites: tuple[EditableSite, ...] = ()
    contacts: tuple[Contact | None, ...] = ()
    withheld: frozenset[str] = frozenset()
    by_hand: frozenset[str] = frozenset()
    funding_ends_on: date | None = None


def editable_entry(session: Session, entry: StandingEntry, audience: Audience) -> EditableEntry:
    """Publish an entry to be corrected.

    Parameters
    ----------
    entry : as it stands.
    audience : must be analysts.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    require_analyst(audience)
    record = entry.located.record
    is_told = entry.own.id in shown_exactly(session, [entry.own.id])
    texts = _texts(record)
    withheld = frozenset(name for name in WITHHELD_TEXTS if texts[name] and not is_told)
    return EditableEntry(
        texts={name: "" if name in withheld else text for name, text in texts.items()},
        lists=_lists(record),
        main=_site(
            Site(location=record.location, visibility=record.visibility),
            entry.located.place,
            is_told=is_told,
        ),
        sites=_sites(session, entry),
        contacts=tuple(one if one.may_be_shown_to(audience) else None for one in record.contacts),
        withheld=withheld,
        by_hand=frozenset(entry.own.hand_fields),
        funding_ends_on=record.funding_ends_on,
    )


def _texts(record: Organisation) -> dict[str, str]:
    return {
        "name": record.name,
        "kind": record.kind.value,
        "sector": "" if record.sector is Sector.UNKNOWN else record.sector.value,
        "is_active": "open" if record.is_active else "closed",
        "radius": radius_words(record.served_radius_m) if record.served_radius_m else "",
        "evaluation": record.evaluation.value,
        **{name: getattr(record, name) for name in (*WITHHELD_TEXTS, "website", "funding")},
    }


def _lists(record: Organisation) -> dict[str, tuple[str, ...]]:
    return {
        "also_known_as": record.also_known_as,
        "identifiers": tuple(f"{one.scheme} {one.value}" for one in record.identifiers),
        "areas_served": record.areas_served,
        "themes": tuple(sorted(record.themes)),
        "cohorts": tuple(sorted(record.cohorts)),
        "prevention_tiers": tuple(sorted(record.prevention_tiers)),
    }


def _sites(session: Session, entry: StandingEntry) -> tuple[EditableSite, ...]:
    """Publish the further sites, in the order in which the entry has them."""
    shown = site_rows(session, entry.own.id)["visibility"].tolist()
    sites = entry.located.record.further_sites
    return tuple(
        _site(site, place, is_told=visibility == Visibility.EXACT)
        for site, place, visibility in zip(sites, entry.located.further_places, shown, strict=True)
    )


def _site(site: Site, place: Place | None, *, is_told: bool) -> EditableSite:
    postcode = place.postcode if place else site.location.postcode
    return EditableSite(
        name=site.name if is_told else "",
        address=site.location.address if is_told else "",
        postcode=postcode if is_told else "",
        visibility=site.visibility,
        is_told=is_told,
        keeps_place=place is not None and not (is_told and postcode),
    )
