"""Rows of the Indices of Deprivation into figures; a blank is missing, never zero."""

from dataclasses import dataclass
from typing import Final

from mapper.domain.deprivation import DeprivationFigure, DeprivationKind, Domain
from mapper.errors import InvalidValueError
from mapper.ingest.cells.values import read_number, tidy
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.formats.deprivation_headings import Measure
from mapper.ingest.records.provenance import under_ogl

PROVENANCE: Final = under_ogl(
    "Indices of Deprivation", "Ministry of Housing, Communities and Local Government"
)
LSOAS_IN_ENGLAND: Final = {"2011": 32_844, "2021": 33_755}
"""How many LSOAs are ranked, by vintage."""

_DECILES: Final = 10
_BLANK: Final = frozenset({"", "-", "..", ":", "na", "n/a", "null", "*"})


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of the indices.

    Parameters
    ----------
    year : such as 2025.
    vintage : of its LSOAs.
    """

    year: int
    vintage: str


def row_figures(
    table: Table, row: Row, code: str, *, of: tuple[Edition, dict[int, Measure]], log: IssueLog
) -> list[DeprivationFigure]:
    """Read the figures of one LSOA.

    Parameters
    ----------
    table, row : where they stand.
    code : of the LSOA.
    of : the edition, and what stands in which column.
    log : told of each cell that cannot be; a rank and a decile that do not belong together are
        a warning, and both are left out.
    """
    edition, measures = of
    found: dict[Measure, float] = {}
    for column, measure in measures.items():
        text = tidy(row.cells[column])
        if text.casefold() in _BLANK:
            continue
        try:
            found[measure] = _value(text, measure[1], edition)
        except InvalidValueError as error:
            log.add(
                row.line,
                f"{error} This figure was left out.",
                column=table.headings[column].strip(),
                value=text,
                severity=Severity.WARNING,
                who_can_fix=WhoCanFix.ANALYST,
            )
    _drop_contradictions(row, found, edition, log)
    return [
        DeprivationFigure(
            area_code=code,
            edition=edition.year,
            vintage=edition.vintage,
            measure=measure,
            kind=kind,
            value=value,
        )
        for (measure, kind), value in found.items()
    ]


def _value(text: str, kind: DeprivationKind, edition: Edition) -> float:
    number = read_number(text)
    most = {
        DeprivationKind.RANK: LSOAS_IN_ENGLAND[edition.vintage],
        DeprivationKind.DECILE: _DECILES,
    }.get(kind)
    if most is not None and not (number.is_integer() and 1 <= number <= most):
        raise InvalidValueError(
            f"{text} is not a {kind.value}.", expected=f"A whole number from 1 to {most:,}."
        )
    return number


def _drop_contradictions(
    row: Row, found: dict[Measure, float], edition: Edition, log: IssueLog
) -> None:
    """Leave out a rank and a decile that contradict each other: one of them is not theirs."""
    size = LSOAS_IN_ENGLAND[edition.vintage] / _DECILES
    for domain in Domain:
        rank = found.get((domain.value, DeprivationKind.RANK))
        decile = found.get((domain.value, DeprivationKind.DECILE))
        # A rank on the border of two tenths may be counted to either.
        if rank is None or decile is None or abs(rank - (decile - 0.5) * size) <= size / 2 + 1:
            continue
        log.add(
            row.line,
            f"Rank {rank:,.0f} of {domain.value} is not in decile {decile:.0f}, so neither was "
            "kept.",
            severity=Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
            kind="rank and decile",
        )
        for kind in (DeprivationKind.RANK, DeprivationKind.DECILE):
            del found[domain.value, kind]
