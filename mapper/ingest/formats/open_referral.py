"""Open Referral UK, versions 1 and 3: organisations through the services they offer."""

from dataclasses import replace
from typing import Final

from mapper.domain.contact import Contact
from mapper.domain.counted import counted
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.domain.vocabulary import Cohort, Theme
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.cells.values import read_yes_no, tidy
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.document import Item, as_table, cell, first_cell, items
from mapper.ingest.formats.charity_register import company_identifier
from mapper.ingest.formats.directory import read_areas
from mapper.ingest.formats.referral_hours import accessibility_words, opening_words
from mapper.ingest.formats.referral_places import (
    area_cells,
    further_sites,
    location_cells,
    sites,
)
from mapper.ingest.formats.referral_providers import Provider, entries, is_entry, providers
from mapper.ingest.formats.referral_words import ages_of, cohorts_of, plain_text, themes_of
from mapper.ingest.records.layout import Layout
from mapper.ingest.records.locations import read_location
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("Open Referral UK")
_COLUMNS: Final = ("key", "name", "description", "website", "scheme", "number", "active",
                   "themes", "cohorts", "areas_served", "opening", "accessibility", "address",
                   "postcode", "longitude", "latitude")  # fmt: skip
_IDLE: Final = frozenset({"inactive", "defunct", "closed", "temporarily closed", "withdrawn"})
_CONTACT_LENGTH: Final = 200
_SCHEMES: Final = {"company number": "GB-COH", "charity number": "GB-CHC"}


def is_this(document: object) -> bool:
    """Tell a service, an organisation, a list or a page of either.

    Parameters
    ----------
    document : the file's JSON.
    """
    return any(is_entry(each) for each in entries(document))


def layout(document: object, name: str, log: IssueLog) -> Layout:
    """Lay the organisations out as rows, each with what its services say.

    Parameters
    ----------
    document : the file's JSON; for a folder, the list of what its files hold.
    name : of the file or folder.
    log : told how many named contacts were kept without consent.
    """
    found = providers(document)
    contacts = [_contacts(each) for each in found]
    count = sum(map(len, contacts))
    if count:
        log.add(
            0,
            counted(count, "named contact was", "named contacts were")
            + " kept without consent: nobody is shown any.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.ANALYST,
        )

    further = [further_sites(sites(each.organisation, each.services)) for each in found]

    def read(reader: RowReader, ground: Ground) -> Organisation | None:
        at = reader.row.line - 1
        record = read_provider(reader, ground, contacts[at])
        return None if record is None else replace(record, further_sites=further[at])

    return Layout(as_table(name, _COLUMNS, [_cells(each) for each in found]), read, PROVENANCE)


def read_provider(
    reader: RowReader, ground: Ground, contacts: tuple[Contact, ...]
) -> Organisation | None:
    """Read one organisation.

    Parameters
    ----------
    reader : of the row.
    ground : areas that it may name.
    contacts : of the organisation and its services; none has agreed to be shown.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    name = reader.required("name", lambda text: text)
    if name is None:
        return None
    identifier = _identifier(reader.text("scheme"), reader.text("number"))
    is_charity = identifier is not None and identifier.scheme == "GB-CHC"
    return Organisation(
        source_key=reader.text("key"),
        name=name,
        kind=OrganisationKind.CHARITY if is_charity else OrganisationKind.OTHER,
        sector=Sector.VCSE if is_charity else Sector.UNKNOWN,
        location=read_location(reader),
        description=reader.text("description", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=(identifier,) if identifier else (),
        areas_served=read_areas(reader, ground, "areas_served"),
        themes=reader.terms("themes", Theme),
        cohorts=reader.terms("cohorts", Cohort),
        contacts=contacts,
        opening=reader.text("opening", LONGEST_TEXT),
        accessibility=reader.text("accessibility", LONGEST_TEXT),
        is_active=reader.optional("active", read_yes_no, default=True),
    )


def _cells(provider: Provider) -> dict[str, str]:
    own, services = provider.organisation, provider.services
    found = sites(own, services)
    numbers = items(own.get("organization_identifiers"))
    number = numbers[0] if numbers else {}
    return location_cells(found) | {
        "key": provider.key,
        "name": provider.name,
        "description": _description(own, services),
        "website": first_cell(own, "website", "url", "uri"),
        "scheme": first_cell(number, "identifier_scheme", "identifier_type"),
        "number": first_cell(number, "identifier"),
        "active": "no" if _is_idle(services) else "yes",
        "themes": "; ".join(sorted(themes_of(services))),
        "cohorts": "; ".join(sorted(cohorts_of(services))),
        "areas_served": area_cells(services),
        "opening": opening_words(own, services),
        "accessibility": accessibility_words(own, services),
    }


def _description(own: Item, services: list[Item]) -> str:
    """Give what it says of itself, and each service by name with the ages it is for."""
    about = plain_text(first_cell(own, "description"))
    named = dict.fromkeys(
        tidy(f"{cell(each.get('name'))} {ages_of(each).in_words}") for each in services
    )
    listed = "; ".join(each for each in named if each)
    return f"{about} Services: {listed}.".strip() if listed else about


def _is_idle(services: list[Item]) -> bool:
    states = [cell(each.get("status")).strip().casefold() for each in services]
    return bool(states) and all(state in _IDLE for state in states)


def _identifier(scheme: str, number: str) -> Identifier | None:
    plain = _SCHEMES.get(scheme.casefold(), scheme.upper())
    if plain == "GB-COH":
        return company_identifier(number)
    return Identifier(plain, number) if plain.startswith("GB-") and number else None


def _contacts(provider: Provider) -> tuple[Contact, ...]:
    found: dict[str, Contact] = {}
    for owner in (provider.organisation, *provider.services):
        for each in items(owner.get("contacts")):
            name = tidy(cell(each.get("name")))[:_CONTACT_LENGTH]
            if name:
                found.setdefault(name.casefold(), _contact(name, each))
    return tuple(found.values())


def _contact(name: str, each: Item) -> Contact:
    phones = items(each.get("phones"))
    return Contact(
        name=name,
        role=tidy(first_cell(each, "title"))[:_CONTACT_LENGTH],
        email=tidy(first_cell(each, "email"))[:_CONTACT_LENGTH],
        phone=tidy(first_cell(phones[0], "number"))[:60] if phones else "",
    )
