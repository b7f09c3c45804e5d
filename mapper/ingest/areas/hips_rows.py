"""Which rows of a table of areas are about HIPS."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mapper.domain.area import HIPS_LADS
from mapper.domain.counted import counted
from mapper.errors import SourceError
from mapper.ingest.areas.ground import Ground
from mapper.ingest.cells.values import tidy
from mapper.ingest.columns.ons_headings import OnsHeading, code_columns
from mapper.ingest.faults.issues import OUTSIDE, IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table

_CODES: Final = {
    "lsoa": re.compile(r"[EW]01\d{6}"),
    "msoa": re.compile(r"[EW]02\d{6}"),
    "ward": re.compile(r"[EW]05\d{6}"),
    "lad": re.compile(r"[EW]0[6-9]\d{6}"),
    "csp": re.compile(r"[EW]22\d{6}"),
    "pfa": re.compile(r"[EW]23\d{6}"),
    "ruc": re.compile(r"[A-Z]{1,3}\d?"),
}
_EXAMPLES: Final = {
    "lsoa": "E01017013",
    "msoa": "E02003524",
    "ward": "E05002441",
    "lad": "E06000044",
    "csp": "E22000118",
    "pfa": "E23000030",
    "ruc": "UN1",
}


class NoGroundError(SourceError):
    """A file whose areas cannot be told to be of HIPS until something else has been loaded.

    Parameters
    ----------
    name : of the file.
    own : the column that names its areas.
    """

    def __init__(self, name: str, own: OnsHeading) -> None:
        areas = f"{own.level.upper()}s of {own.vintage}"
        first = f"the boundaries of the {areas} (as Boundaries)"
        if own.level == "lsoa":
            first += ", or the look-up from LSOA 2011 to LSOA 2021 (as Look-ups)"
        super().__init__(
            f"{name} does not say which authority its areas are in, and mapper does not know the "
            f"{areas} yet: so it cannot tell which rows are about HIPS.",
            expected=f"The {areas} are known, or a column such as LAD24CD says the authority.",
            action=f"Load first {first}. Then load this file again.",
        )


@dataclass(frozen=True, slots=True)
class HipsRows:
    """Tells rows about HIPS by their authority, else by codes that are known.

    Parameters
    ----------
    table : of areas.
    lads : columns of authorities.
    own : the column that names the area of a row.
    known : codes of HIPS of the level and vintage of `own`.
    """

    table: Table
    lads: tuple[OnsHeading, ...]
    own: OnsHeading
    known: frozenset[str]

    @classmethod
    def of(cls, table: Table, own: OnsHeading, ground: Ground) -> "HipsRows":
        """Choose how the rows of a table are told.

        Parameters
        ----------
        table : of areas.
        own : the column that names the area of a row.
        ground : the areas known.

        Raises
        ------
        NoGroundError
            When the table names no authority and no area of its vintage is known.
        """
        lads = tuple(code_columns(table.headings, "lad"))
        known = ground.codes_of(own.level, own.vintage)
        if not lads and not known:
            raise NoGroundError(table.source_name, own)
        return cls(table, lads, own, known)

    def inside(self, log: IssueLog) -> Iterable[tuple[Row, str]]:
        """Give the rows about HIPS, each with the code of its area.

        Parameters
        ----------
        log : told of codes that are none, and once how many rows were left out.
        """
        left_out = 0
        for row in self.table.rows:
            code = checked_code(self.table, row, self.own, log)
            if code and self._is_inside(row, code):
                yield row, code
            elif code:
                left_out += 1
        log.leave_out(OUTSIDE, left_out)
        if left_out:
            log.add(
                0,
                f"{counted(left_out, 'row')} left out, of areas outside HIPS.",
                severity=Severity.NOTE,
                who_can_fix=WhoCanFix.NOBODY,
            )

    def _is_inside(self, row: Row, code: str) -> bool:
        if self.lads:
            return any(row.cells[each.column].strip().upper() in HIPS_LADS for each in self.lads)
        return code in self.known


def checked_code(table: Table, row: Row, heading: OnsHeading, log: IssueLog) -> str:
    """Read the code of an area.

    Parameters
    ----------
    table, row, heading : where it stands.
    log : told where it is none of its level.

    Returns
    -------
    The code in capitals; empty where it is none.
    """
    code = tidy(row.cells[heading.column]).upper()
    if _CODES[heading.level].fullmatch(code):
        return code
    log.add(
        row.line,
        f"This is not a code such as {_EXAMPLES[heading.level]}, so the row was not saved.",
        column=table.headings[heading.column].strip(),
        value=code,
        who_can_fix=WhoCanFix.ANALYST,
    )
    return ""
