"""Rows of grants into dated links from funder to recipient."""

from decimal import Decimal
from typing import Final

from mapper.domain.grant import Grant
from mapper.domain.organisation import Identifier
from mapper.errors import InvalidValueError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.naming import stable_key
from mapper.ingest.cells.record import RowReader
from mapper.ingest.cells.values import read_date, read_number
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Table
from mapper.ingest.formats.charity_register import read_org_id
from mapper.ingest.formats.grant_areas import grant_areas

_POUNDS: Final = "GBP"


def read_grants(table: Table, ground: Ground, log: IssueLog) -> tuple[tuple[int, Grant], ...]:
    """Read the grant of every row that names an organisation.

    Parameters
    ----------
    table : with the fields of `three_sixty_giving.FIELDS`.
    ground : areas that may benefit.
    log : told of each fault; a grant without an identifier or a funder is left out.

    Returns
    -------
    Grants with their lines.
    """
    found: list[tuple[int, Grant]] = []
    for row in table.rows:
        reader = RowReader(table, row, log)
        if reader.text("name"):
            grant = _grant(reader, ground)
            if grant is not None:
                found.append((row.line, grant))
    return tuple(found)


def _grant(reader: RowReader, ground: Ground) -> Grant | None:
    number, funder, name = reader.text("grant"), reader.text("funder"), reader.text("name")
    if not (number and funder):
        reader.warn("grant", "It has no identifier or no funder: the organisation was kept, the "
                    "grant was not.")  # fmt: skip
        return None
    try:
        return Grant(
            source_key=number,
            title=reader.text("title"),
            funder=funder,
            funder_identifier=_identifier(reader.text("funder_id")),
            recipient_key=reader.text("id", 200) or stable_key(name, reader.text("postcode")),
            recipient=name,
            awarded_on=reader.optional("awarded_on", read_date, None),
            starts_on=reader.optional("starts_on", read_date, None),
            ends_on=reader.optional("ends_on", read_date, None),
            amount=reader.optional("amount", _amount, None),
            currency=reader.text("currency", 3).upper() or _POUNDS,
            areas=grant_areas(reader, ground),
        )
    except InvalidValueError as error:
        reader.warn("grant", f"{error} The organisation was kept, the grant was not.")
        return None


def _amount(text: str) -> Decimal:
    plain = text.replace("£", "").replace(" ", "")
    read_number(plain)
    return Decimal(plain.replace(",", ""))


def _identifier(text: str) -> Identifier | None:
    return read_org_id(text) if text else None
