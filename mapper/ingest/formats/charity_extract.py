"""The whole register as the Charity Commission publishes it: JSON or tab-separated."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.naming import sensible_case
from mapper.ingest.cells.record import LONGEST_TEXT, RowReader
from mapper.ingest.columns.headings import Field
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.formats.charity_register import company_identifier
from mapper.ingest.formats.directory import read_areas
from mapper.ingest.formats.extract_rows import extract_rows
from mapper.ingest.records.layout import Layout
from mapper.ingest.records.locations import read_location
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("charity register extract", "Charity Commission")
SIGNATURE: Final = ("registered_charity_number", "charity_name", "charity_registration_status")
FIELDS: Final = (
    Field("registered_charity_number", is_required=True),
    Field("organisation_number"),
    Field("linked_charity_number"),
    Field("name", ("charity_name",), is_required=True),
    Field("charity_registration_status"),
    Field("description", ("charity_activities",)),
    Field("website", ("charity_contact_web",)),
    Field("company_number", ("charity_company_registration_number",)),
    Field("address", ("charity_contact_address1",)),
    Field("address2", ("charity_contact_address2",)),
    Field("address3", ("charity_contact_address3",)),
    Field("postcode", ("charity_contact_postcode",)),
    Field("areas_served"),
)
POSTCODE_AREAS: Final = frozenset({"BH", "GU", "PO", "RG", "SO", "SP"})
"""Beginnings of every postcode in HIPS; most of these areas reach beyond it."""

_AREAS: Final = frozenset(
    {"hampshire", "isle of wight", "portsmouth city", "southampton city", "portsmouth",
     "southampton"}
)  # fmt: skip
_HEAD: Final = 16_384


def is_extract(source: SourceFile) -> bool:
    """Tell the register's extract by the names of its columns, near its beginning.

    Parameters
    ----------
    source : the file.
    """
    head = source.content[:_HEAD]
    first_line = head.split(b"\n", 1)[0]
    is_json = head.lstrip(b"\xef\xbb\xbf \r\n\t[")[:1] == b"{"
    return all(each.encode() in head for each in SIGNATURE) and (is_json or b"\t" in first_line)


def layout(source: SourceFile, log: IssueLog) -> Layout:
    """Lay out the charities that may belong to HIPS, by postcode area or area of operation.

    Parameters
    ----------
    source : the table of charities; its parts, if any, are tables of areas of operation.
    log : told of rows that could not be taken apart.
    """
    areas = _areas_of_operation(source.parts, log)
    rows: list[Row] = []
    count = 0
    for line, cells in extract_rows(source, log):
        count += 1
        served = areas.get(cells.get("organisation_number", ""), ())
        if served or _postcode_area(cells) in POSTCODE_AREAS:
            told = {**cells, "areas_served": "; ".join(served)}
            rows.append(Row(line, tuple(_cell(told, field) for field in FIELDS)))
    columns = {field.name: at for at, field in enumerate(FIELDS)}
    headings = tuple((*field.synonyms, field.name)[0] for field in FIELDS)
    table = Table(source.name, headings, columns, tuple(rows))
    return Layout(table, read_charity, PROVENANCE, is_wider=True, rows_read=count)


def read_charity(reader: RowReader, ground: Ground) -> Organisation | None:
    """Read one charity; a removed one is kept and not counted.

    The postcode is where letters reach it, so it is shown no more exactly than the ward.

    Parameters
    ----------
    reader : of the row.
    ground : areas that it may work in.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    number = reader.required("registered_charity_number", lambda text: text.removesuffix(".0"))
    name = reader.required("name", lambda text: text)
    if number is None or name is None:
        return None
    linked = reader.text("linked_charity_number", 20).removesuffix(".0")
    own = Identifier("GB-CHC", number if linked in {"", "0"} else f"{number}-{linked}")
    company = company_identifier(reader.text("company_number"))
    return Organisation(
        source_key=str(own),
        name=sensible_case(name),
        kind=OrganisationKind.CHARITY,
        sector=Sector.VCSE,
        location=read_location(reader),
        visibility=Visibility.WARD,
        description=reader.text("description", LONGEST_TEXT),
        website=reader.text("website"),
        identifiers=(own, company) if company else (own,),
        areas_served=read_areas(reader, ground, "areas_served"),
        is_active=reader.text("charity_registration_status").casefold() != "removed",
    )


def _cell(cells: Mapping[str, str], field: Field) -> str:
    return next((cells[key] for key in (*field.synonyms, field.name) if cells.get(key)), "")


def _postcode_area(cells: Mapping[str, str]) -> str:
    match = re.match(r"\s*([A-Za-z]{1,2})(?=[\dOoIl])", cells.get("charity_contact_postcode", ""))
    return match[1].upper() if match else ""


def _areas_of_operation(parts: Iterable[SourceFile], log: IssueLog) -> dict[str, tuple[str, ...]]:
    """Give the authorities of HIPS that each charity works in, by its organisation number.

    "Throughout England" is not one: it says where a charity may work, not where it does.
    """
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for part in parts:
        for _, cells in extract_rows(part, log):
            name = cells.get("geographic_area_description", "").strip()
            if name.casefold() in _AREAS:
                found[cells.get("organisation_number", "")][name] = None
    return {number: tuple(names) for number, names in found.items()}
