"""The basic dataset for public libraries in England."""

import re
from calendar import day_name
from typing import Final

from mapper.domain.organisation import Organisation, OrganisationKind, Sector
from mapper.ingest.cells.naming import stable_key
from mapper.ingest.cells.record import RowReader
from mapper.ingest.columns.headings import Field
from mapper.ingest.records.locations import LOCATION_FIELDS, read_location
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl("public libraries", "Arts Council England")
SIGNATURE: Final = ("reporting", "operating_organisation", "closed")
FIELDS: Final = (
    Field("reporting", is_required=True),
    Field("name", is_required=True),
    Field("type"),
    Field("closed"),
    Field("operation", ("operation_23", "operation_22", "operation_21")),
    Field("operating_organisation"),
    Field("email"),
    *(Field(day.casefold()) for day in day_name),
    *LOCATION_FIELDS,
)
_SAYS_WHAT_IT_IS: Final = re.compile(r"librar|archive|discovery centre|studies", re.IGNORECASE)
_IS_WEB: Final = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_SECTORS: Final = {"la": Sector.PUBLIC, "lat": Sector.PUBLIC, "icl": Sector.VCSE, "cl": Sector.VCSE}


def read_library(reader: RowReader) -> Organisation | None:
    """Read one library; a closed one is kept and marked.

    Parameters
    ----------
    reader : of the row.

    Returns
    -------
    None where the row cannot be saved; the issue is filed.
    """
    authority = reader.text("reporting").title()
    bare = reader.required("name", lambda text: text)
    if bare is None:
        return None
    if reader.text("closed"):
        reader.note("closed", "The library is closed: it was kept, and is not counted.")
    email = reader.text("email")
    is_web = bool(_IS_WEB.match(email))
    if is_web:
        reader.note("email", "A web address stands for the e-mail: it was kept as the website.")
    operator = reader.text("operating_organisation")
    return Organisation(
        source_key=stable_key(authority, bare, reader.text("postcode")),
        name=_full_name(bare, authority),
        kind=OrganisationKind.LIBRARY,
        sector=_SECTORS.get(reader.text("operation").casefold(), Sector.UNKNOWN),
        location=read_location(reader),
        description=_described(reader.text("type"), operator),
        website=email if is_web else "",
        opening=_opening(reader),
        is_active=not reader.text("closed"),
    )


def _opening(reader: RowReader) -> str:
    """Say when it is open, by day; empty where no day says anything."""
    said = ((day, reader.text(day.casefold())) for day in day_name)
    return "; ".join(f"{day}: {hours}" for day, hours in said if hours)


def _full_name(bare: str, authority: str) -> str:
    """Add to a bare place name what it is, and to a bare `Archives` whose they are."""
    if bare.casefold() in {"archive", "archives", "library"}:
        return f"{authority} {bare}"
    return bare if _SAYS_WHAT_IT_IS.search(bare) else f"{bare} Library"


def _described(kind: str, operator: str) -> str:
    is_named = operator.casefold() not in {"", "-", "n/a"}
    return f"{kind}, run by {operator}" if is_named else kind
