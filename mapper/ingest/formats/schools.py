"""Schools and colleges from Get Information About Schools (GIAS)."""

from typing import Final

from mapper.domain.organisation import Identifier, Organisation, OrganisationKind, Sector
from mapper.ingest.cells.record import RowReader
from mapper.ingest.columns.headings import Field
from mapper.ingest.records.locations import LOCATION_FIELDS, read_location
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("schools", "Department for Education")
SIGNATURE: Final = ("urn", "establishment_name")
FIELDS: Final = (
    Field("urn", is_required=True),
    Field("name", ("establishment_name",), is_required=True),
    Field("type", ("establishment_type", "TypeOfEstablishment (name)")),
    Field("phase", ("education_phase", "PhaseOfEducation (name)")),
    Field("status", ("EstablishmentStatus (name)",)),
    Field("website", ("SchoolWebsite",)),
    *LOCATION_FIELDS,
)


def read_school(reader: RowReader) -> Organisation | None:
    """Read one school.

    The authority that the file names is the education authority, whose "Hampshire" is eleven
    districts: it is not read, the point says which district a school is in.

    Parameters
    ----------
    reader : of the row.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    urn = reader.required("urn", lambda text: text)
    name = reader.text("name")
    if urn is None:
        return None
    phase = reader.text("phase")
    described = (reader.text("type"), "" if phase == "Not applicable" else phase)
    return Organisation(
        source_key=f"GB-EDU-{urn}",
        name=name,
        kind=OrganisationKind.SCHOOL,
        sector=Sector.EDUCATION,
        location=read_location(reader),
        description=", ".join(each for each in described if each),
        website=reader.text("website"),
        identifiers=(Identifier("GB-EDU", urn),),
        is_active=not reader.text("status").casefold().startswith("closed"),
    )
