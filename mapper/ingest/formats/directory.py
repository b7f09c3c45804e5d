"""Lists of organisations of any shape, their columns told by their headings."""

from typing import Final

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience, Visibility
from mapper.domain.organisation import Identifier, Organisation, Sector
from mapper.domain.vocabulary import Cohort, PreventionTier, Theme
from mapper.errors import InvalidValueError
from mapper.ingest.areas.ground import Ground, named_areas
from mapper.ingest.cells.naming import is_total, stable_key
from mapper.ingest.cells.organisation_kinds import read_kind
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.cells.terms import match_term
from mapper.ingest.cells.values import read_date, read_yes_no
from mapper.ingest.columns.headings import Field
from mapper.ingest.formats.charity_register import company_identifier, read_org_id
from mapper.ingest.formats.entry_fields import ENTRY_FIELDS, read_entry_fields
from mapper.ingest.records.locations import LOCATION_FIELDS, read_location, read_reach
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("directory")
FIELDS: Final = (
    Field("name", ("organisation name", "organisation", "organization", "organization name",
                   "group name", "group", "title"), is_required=True),
    Field("id", ("reference", "ref", "identifier", "org id", "organisation id")),
    Field("kind", ("organisation kind", "organisation type", "type", "category")),
    Field("sector", ()),
    Field("website", ("web", "url", "web site", "website address")),
    Field("description", ("about", "activities", "what they do", "what you do", "summary")),
    Field("themes", ("theme", "topics", "subjects")),
    Field("cohorts", ("cohort", "who for", "works with", "audience", "age group")),
    Field("tiers", ("prevention tier", "prevention tiers", "tier")),
    Field("areas_served", ("area served", "areas", "serves", "areas covered", "area of work")),
    Field("visibility", ("show location", "show on map")),
    Field("active", ("is active", "open")),
    Field("charity_number", ("charity no", "registered charity number")),
    Field("company_number", ("company no", "companies house number")),
    Field("contact_name", ("contact", "contact person", "named contact")),
    Field("contact_role", ("role", "job title", "position")),
    Field("contact_email", ("email", "e-mail address", "email address")),
    Field("contact_phone", ("phone", "telephone", "tel", "phone number", "mobile")),
    Field("consent", ("consent given", "consent to share", "consent to be listed")),
    Field("consent_date", ("date of consent", "consent given on", "consent on")),
    Field("consent_audience", ("shown to", "consent shown to", "may be shown to")),
    Field("shares_practice", ("may be asked", "shares practice", "best practice contact")),
    Field("practice_note", ("ask about", "practice", "practice to share")),
    *ENTRY_FIELDS,
    *LOCATION_FIELDS,
)  # fmt: skip

_SECTORS: Final = {
    "vcse": Sector.VCSE,
    "voluntary": Sector.VCSE,
    "voluntary sector": Sector.VCSE,
    "charity": Sector.VCSE,
    "third sector": Sector.VCSE,
    "public": Sector.PUBLIC,
    "public sector": Sector.PUBLIC,
    "private": Sector.BUSINESS,
}
_VISIBILITIES: Final = {
    "yes": Visibility.EXACT,
    "public": Visibility.EXACT,
    "district": Visibility.AUTHORITY,
    "local authority": Visibility.AUTHORITY,
    "no": Visibility.HIDDEN,
}
_AUDIENCES: Final = {
    "public": Audience.PUBLIC, "everyone": Audience.PUBLIC, "anyone": Audience.PUBLIC,
    "partner": Audience.PARTNER, "partners": Audience.PARTNER,
    "analyst": Audience.ANALYST, "analysts": Audience.ANALYST, "vru": Audience.ANALYST,
}  # fmt: skip
_PHONE_LENGTH: Final = 60


def read_entry(reader: RowReader, ground: Ground) -> Organisation | None:
    """Read one organisation of a list.

    Parameters
    ----------
    reader : of the row.
    ground : areas that it may name.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    name = reader.required("name", lambda text: text)
    if name is None:
        return None
    if is_total(name):
        reader.note("name", "A row of totals was passed over.")
        reader.log.leave_out("of totals")
        return None
    identifiers = _identifiers(reader)
    location, radius_m = read_reach(reader, read_location(reader))
    return Organisation(
        source_key=_key(reader, name, identifiers),
        name=name,
        kind=read_kind(reader),
        sector=reader.optional(
            "sector", lambda text: match_term(Sector, text, _SECTORS), Sector.UNKNOWN
        ),
        location=location,
        served_radius_m=radius_m,
        visibility=read_visibility(reader),
        description=reader.text("description", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=identifiers,
        areas_served=read_areas(reader, ground, "areas_served"),
        themes=reader.terms("themes", Theme),
        cohorts=reader.terms("cohorts", Cohort),
        prevention_tiers=reader.terms("tiers", PreventionTier),
        contacts=_contacts(reader),
        is_active=reader.optional("active", read_yes_no, default=True),
        **read_entry_fields(reader),
    )


def read_visibility(reader: RowReader) -> Visibility:
    """Read how exactly a site may be shown. What cannot be read hides it: the safe reading.

    Parameters
    ----------
    reader : of the row.
    """
    if not reader.text("visibility"):
        return Visibility.EXACT
    return reader.optional(
        "visibility",
        lambda text: match_term(Visibility, text, _VISIBILITIES),
        Visibility.HIDDEN,
    )


def read_areas(reader: RowReader, ground: Ground, field: str) -> tuple[str, ...]:
    """Read the areas a row names; those that cannot be found are left out, with a warning.

    Parameters
    ----------
    reader : of the row.
    ground : areas that it may name.
    field : of the table.
    """
    codes, faults = named_areas(ground, reader.parts(field))
    for fault in faults:
        reader.warn(field, f"{fault} It was left out.")
    return codes


def _identifiers(reader: RowReader) -> tuple[Identifier, ...]:
    number = reader.text("charity_number", _PHONE_LENGTH).removesuffix(".0")
    found = (
        read_org_id(reader.text("id")),
        Identifier("GB-CHC", number) if number.isdigit() else None,
        company_identifier(reader.text("company_number")),
    )
    return tuple(dict.fromkeys(each for each in found if each))


def _key(reader: RowReader, name: str, identifiers: tuple[Identifier, ...]) -> str:
    """Give the register's number, else the list's own, else the name and where it is."""
    own = reader.text("id", 200)
    if identifiers or own:
        return str(identifiers[0]) if identifiers else own
    where = [reader.text(field) for field in ("postcode", "easting", "northing")]
    return stable_key(name, "".join(where).replace(" ", ""))


def _contacts(reader: RowReader) -> tuple[Contact, ...]:
    name = reader.text("contact_name", 200)
    if not name:
        return ()
    contact = Contact(
        name=name,
        role=reader.text("contact_role", 200),
        email=reader.optional("contact_email", _email, ""),
        phone=reader.text("contact_phone", _PHONE_LENGTH),
        shares_practice=reader.optional("shares_practice", read_yes_no, default=False),
        practice_note=reader.text("practice_note", LONGEST_TEXT),
        consent=_consent(reader),
    )
    return (contact,)


def _email(text: str) -> str:
    if text.count("@") != 1 or " " in text or "." not in text.split("@")[1]:
        raise InvalidValueError(
            "This is not an e-mail address.", expected="Something like name@example.org."
        )
    return text[:200]


def _consent(reader: RowReader) -> Consent | None:
    """Read consent: only a plain yes with its date counts; anything else is no consent."""
    is_given = reader.optional("consent", read_yes_no, default=False)
    given_on = reader.optional("consent_date", read_date, None)
    if not is_given:
        return None
    if given_on is None:
        reader.warn(
            "consent",
            "Consent without the date it was given does not count: the contact is shown to "
            "nobody. Add the date.",
        )
        return None
    audience = reader.text("consent_audience").casefold()
    if audience and audience not in _AUDIENCES:
        reader.warn("consent_audience", "Not understood, so taken as partners.")
    return Consent(_AUDIENCES.get(audience, Audience.PARTNER), given_on, "directory form")
