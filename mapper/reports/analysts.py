"""Tables of the directory that only analysts see: records as their sources give them."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.errors import NotAllowedError
from mapper.reports.provenance import register_provenance
from mapper.reports.published import Cell, Column, PublishedTable

_KINDS = ("organisations",)


def require_analyst(audience: Audience) -> None:
    """Refuse anybody but analysts.

    Parameters
    ----------
    audience : who is looking.

    Raises
    ------
    NotAllowedError
        For any other audience.
    """
    if audience is not Audience.ANALYST:
        raise NotAllowedError(
            f"What only analysts may see was asked for as {audience.label}.",
            expected="An analyst: the records stand in it as their sources give them.",
        )


def reference(number: int) -> Cell:
    """A cell of the number that something is known by, without thousands separators.

    Parameters
    ----------
    number : of an organisation, proposal or merge.
    """
    return Cell(number, str(number))


def analysts_table(
    session: Session, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]
) -> PublishedTable:
    """Make a table of the directory that only analysts see.

    Parameters
    ----------
    title, columns, rows : as of `PublishedTable`.
    """
    provenance = register_provenance(session, _KINDS)
    return PublishedTable(Audience.ANALYST, title, columns, tuple(rows), provenance)
