"""Grants in the 360Giving standard: the organisations that were paid, and the grants."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from mapper.domain.counted import counted
from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.naming import sensible_case, stable_key
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.document import Item, as_table, cell, first_cell, item, items
from mapper.ingest.files.heading_spelling import plain_heading
from mapper.ingest.files.rows import Table
from mapper.ingest.formats.charity_register import company_identifier, read_org_id
from mapper.ingest.formats.grant_areas import MOST_AREAS, area_fields, grant_areas
from mapper.ingest.formats.grants import read_grants
from mapper.ingest.records.layout import Layout, Records
from mapper.ingest.records.locations import read_location
from mapper.ingest.records.provenance import Provenance

PROVENANCE: Final = Provenance("360Giving")


def _of(owner: str, *titles: str) -> tuple[str, ...]:
    """Give the headings of a field, with and without the number that a list puts in them."""
    return tuple(f"{owner}{number}:{title}" for title in titles for number in ("", ":0"))


FIELDS: Final = (
    Field("grant", ("Identifier", "id"), is_required=True),
    Field("name", _of("Recipient Org", "Name"), is_required=True),
    Field("id", _of("Recipient Org", "Identifier")),
    Field("charity_number", _of("Recipient Org", "Charity Number")),
    Field("company_number", _of("Recipient Org", "Company Number")),
    Field("website", _of("Recipient Org", "Web Address", "URL")),
    Field("description", _of("Recipient Org", "Description")),
    Field("address", _of("Recipient Org", "Street Address")),
    Field("address2", _of("Recipient Org", "City")),
    Field("postcode", _of("Recipient Org", "Postal Code", "Postcode")),
    Field("longitude", _of("Recipient Org", "Location:Longitude", "Location:0:Longitude")),
    Field("latitude", _of("Recipient Org", "Location:Latitude", "Location:0:Latitude")),
    Field("funder", _of("Funding Org", "Name"), is_required=True),
    Field("funder_id", _of("Funding Org", "Identifier")),
    Field("title", ("Title",)),
    Field("amount", ("Amount Awarded",)),
    Field("currency", ("Currency",)),
    Field("awarded_on", ("Award Date",)),
    Field("starts_on", _of("Planned Dates", "Start Date")),
    Field("ends_on", _of("Planned Dates", "End Date")),
    *area_fields(),
)
_KINDS: Final = {
    "GB-CHC": (OrganisationKind.CHARITY, Sector.VCSE),
    "GB-SC": (OrganisationKind.CHARITY, Sector.VCSE),
    "GB-NIC": (OrganisationKind.CHARITY, Sector.VCSE),
    "GB-EDU": (OrganisationKind.SCHOOL, Sector.EDUCATION),
    "GB-LAE": (OrganisationKind.LOCAL_AUTHORITY, Sector.SPECIFIED_AUTHORITY),
    "GB-LAS": (OrganisationKind.LOCAL_AUTHORITY, Sector.SPECIFIED_AUTHORITY),
    "GB-NHS": (OrganisationKind.HEALTH, Sector.PUBLIC),
}
_UNKNOWN: Final = (OrganisationKind.OTHER, Sector.UNKNOWN)


def has_headings(headings: set[str]) -> bool:
    """Tell a table of grants by its headings.

    Parameters
    ----------
    headings : in their plain form.
    """
    needed = (field for field in FIELDS if field.is_required)
    titles = ({plain_heading(each) for each in field.synonyms} for field in needed)
    return all(each & headings for each in titles)


def is_this(document: object) -> bool:
    """Tell a file of grants.

    Parameters
    ----------
    document : the file's JSON.
    """
    return isinstance(item(document).get("grants"), list)


def layout(document: object, name: str, log: IssueLog) -> Layout:
    """Lay the grants to organisations out as rows; of one to a person nothing is kept.

    Parameters
    ----------
    document : the file's JSON.
    name : of the file.
    log : told how many grants were to persons.
    """
    grants = items(item(document).get("grants"))
    paid = [each for each in grants if items(each.get("recipientOrganization"))]
    if len(paid) < len(grants):
        log.add(
            0,
            counted(len(grants) - len(paid), "grant names", "grants name")
            + " no organisation (some are to persons): nothing of such a grant was kept.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
    columns = [field.name for field in FIELDS]
    return table_layout(as_table(name, columns, [_cells(each) for each in paid]))


def table_layout(table: Table) -> Layout:
    """Say how rows of grants are read.

    Parameters
    ----------
    table : with `FIELDS`.
    """
    return Layout(
        table,
        read_recipient,
        PROVENANCE,
        is_wider=True,
        merge=merged_recipients,
        grants=read_grants,
    )


def read_recipient(reader: RowReader, ground: Ground) -> Organisation | None:
    """Read the organisation that one grant was paid to.

    Its address is where letters reach it, so it is shown no more exactly than the ward.

    Parameters
    ----------
    reader : of the row.
    ground : areas that may benefit.

    Returns
    -------
    None where the row names no organisation, as a grant to a person does not.
    """
    name = reader.text("name")
    if not name:
        reader.note("name", "It names no organisation, so nothing of it was kept.")
        return None
    identifiers = _identifiers(reader)
    kind, sector = next(
        (_KINDS[each.scheme] for each in identifiers if each.scheme in _KINDS), _UNKNOWN
    )
    return Organisation(
        source_key=recipient_key(reader),
        name=sensible_case(name),
        kind=kind,
        sector=sector,
        location=read_location(reader),
        visibility=Visibility.WARD,
        description=reader.text("description", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=identifiers,
        areas_served=grant_areas(reader, ground),
    )


def recipient_key(reader: RowReader) -> str:
    """Give what names the recipient: the funder's identifier, else its name and postcode.

    Parameters
    ----------
    reader : of the row.
    """
    return reader.text("id", 200) or stable_key(reader.text("name"), reader.text("postcode"))


def merged_recipients(
    records: Records,
    log: IssueLog,  # noqa: ARG001  (several grants to one are no fault)
) -> tuple[tuple[int, Organisation], ...]:
    """Join what several grants say of one recipient: its first telling, and every area.

    Parameters
    ----------
    records : one a grant, with their lines.
    log : of the file.
    """
    found: dict[str, tuple[int, Organisation]] = {}
    for line, record in records:
        first_line, first = found.setdefault(record.source_key, (line, record))
        found[record.source_key] = (first_line, _joined(first, record))
    return tuple(found.values())


def _joined(first: Organisation, other: Organisation) -> Organisation:
    return replace(
        first,
        location=other.location if first.location.is_empty else first.location,
        areas_served=tuple(dict.fromkeys((*first.areas_served, *other.areas_served))),
        identifiers=tuple(dict.fromkeys((*first.identifiers, *other.identifiers))),
        description=first.description or other.description,
        website=first.website or other.website,
    )


def _identifiers(reader: RowReader) -> tuple[Identifier, ...]:
    number = reader.text("charity_number").removesuffix(".0")
    found = (
        read_org_id(reader.text("id", 200)),
        Identifier("GB-CHC", number) if number.isdigit() else None,
        company_identifier(reader.text("company_number")),
    )
    return tuple(dict.fromkeys(each for each in found if each))


def _cells(grant: Item) -> dict[str, str]:
    recipient = next(iter(items(grant.get("recipientOrganization"))), {})
    funder = next(iter(items(grant.get("fundingOrganization"))), {})
    planned = next(iter(items(grant.get("plannedDates"))), {})
    place = next(iter(items(recipient.get("location"))), {})
    return {
        "grant": first_cell(grant, "id"),
        "name": first_cell(recipient, "name"),
        "id": first_cell(recipient, "id"),
        "charity_number": first_cell(recipient, "charityNumber"),
        "company_number": first_cell(recipient, "companyNumber"),
        "website": first_cell(recipient, "url"),
        "description": first_cell(recipient, "description"),
        "address": first_cell(recipient, "streetAddress"),
        "address2": first_cell(recipient, "addressLocality"),
        "postcode": first_cell(recipient, "postalCode"),
        "longitude": first_cell(place, "longitude"),
        "latitude": first_cell(place, "latitude"),
        "funder": first_cell(funder, "name"),
        "funder_id": first_cell(funder, "id"),
        "title": first_cell(grant, "title"),
        "amount": first_cell(grant, "amountAwarded"),
        "currency": first_cell(grant, "currency"),
        "awarded_on": first_cell(grant, "awardDate"),
        "starts_on": first_cell(planned, "startDate"),
        "ends_on": first_cell(planned, "endDate"),
        **dict(_area_cells(grant)),
    }


def _area_cells(grant: Item) -> Iterator[tuple[str, str]]:
    places = items(grant.get("beneficiaryLocation"))[:MOST_AREAS]
    for number, place in enumerate(places):
        yield f"area_code{number}", cell(place.get("geoCode"))
        yield f"area_name{number}", cell(place.get("name"))
