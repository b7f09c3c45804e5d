"""Extracts of the charity registers (England and Wales, Scotland)."""

import re
from typing import Final

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.ingest.cells.naming import sensible_case
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.cells.values import read_yes_no
from mapper.ingest.columns.headings import Field
from mapper.ingest.records.locations import LOCATION_FIELDS, read_location
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("charity register", "Charity Commission")
SIGNATURE: Final = ("reg_number", "date_registered", "activities")
FIELDS: Final = (
    Field("org_id", is_required=True),
    Field("reg_number", is_required=True),
    Field("name", is_required=True),
    Field("active"),
    Field("activities"),
    Field("objects"),
    Field("website", ("web",)),
    Field("company_number"),
    *LOCATION_FIELDS,
)
_ORG_ID: Final = re.compile(r"([A-Z]{2}-[A-Z0-9]+)-(\S+)")
_COMPANY_DIGITS: Final = 8


def read_charity(reader: RowReader) -> Organisation | None:
    """Read one charity.

    The postcode of a charity is where letters reach it, which is often a trustee's home or a
    solicitor: so its site is shown no more exactly than the ward unless somebody says more.

    Parameters
    ----------
    reader : of the row.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    match = reader.required("org_id", lambda text: text)
    name = reader.text("name")
    if match is None:
        return None
    identifiers = tuple(
        each for each in (read_org_id(match), _company(reader.text("company_number"))) if each
    )
    return Organisation(
        source_key=match,
        name=sensible_case(name),
        kind=OrganisationKind.CHARITY,
        sector=Sector.VCSE,
        location=read_location(reader),
        visibility=Visibility.WARD,
        description=reader.text("activities", LONGEST_TEXT) or reader.text("objects", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=identifiers,
        is_active=reader.optional("active", read_yes_no, default=True),
    )


def read_org_id(text: str) -> Identifier | None:
    """Split an identifier such as GB-CHC-1003275 into its register and number.

    Parameters
    ----------
    text : the identifier; None is returned where it is not one.
    """
    match = _ORG_ID.fullmatch(text.upper())
    return None if match is None else Identifier(match[1], match[2])


def _company(text: str) -> Identifier | None:
    """Write a company number as Companies House does, with eight characters.

    Spreadsheets turn 02601495 into 2601495 or 2601495.0.
    """
    number = re.sub(r"\.0$", "", text).upper().replace(" ", "")
    if number.isdigit():
        number = number.zfill(_COMPANY_DIGITS)
    is_right = re.fullmatch(r"[A-Z0-9]{2}\d{6}", number) and number != "0" * _COMPANY_DIGITS
    return Identifier("GB-COH", number) if is_right else None


def company_identifier(text: str) -> Identifier | None:
    """Give a company number as an identifier, None where it is not one.

    Parameters
    ----------
    text : as a spreadsheet spells it.
    """
    return _company(text)
