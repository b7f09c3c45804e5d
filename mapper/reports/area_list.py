"""The areas loaded, as a list."""

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Column, PublishedTable
from mapper.reports.wording import text_cell
from mapper.store.areas import area_names

_COLUMNS = (
    Column("area_code", "Code"),
    Column("area_name", "Area"),
    Column("level", "Level"),
    Column("vintage", "Vintage"),
    Column("lad_code", "Local authority code"),
)


def area_list(session: Session, level: str, lad_code: str = "") -> PublishedTable:
    """List the areas of one level, every vintage; of one authority when given."""
    names = area_names(session)
    rows = names[names["level"] == level]
    if lad_code:
        rows = rows[rows["lad_code"] == lad_code]
    columns = [column.name for column in _COLUMNS]
    return PublishedTable(
        audience=Audience.PUBLIC,
        title="Areas",
        columns=_COLUMNS,
        rows=tuple(tuple(text_cell(v) for v in row) for row in rows[columns].to_numpy().tolist()),
        provenance=register_provenance(session, ("boundaries",)),
    )
