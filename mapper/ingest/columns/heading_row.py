"""The row of headings of a file found, and the rows under it fitted to them."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from mapper.domain.counted import counted
from mapper.errors import SourceError
from mapper.ingest.columns.headings import Field, match_headings
from mapper.ingest.columns.no_rows import is_no_row
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.files.heading_spelling import full_heading, plain_heading
from mapper.ingest.files.rows import Row, Sheet, Table
from mapper.ingest.files.streamed import RowLog, StreamedRows

_LINES_ABOVE: Final = 15
_SHOWN_HEADINGS: Final = 20
_A_PAIR: Final = re.compile(r"\(\s*(code|name)\s*\)", re.IGNORECASE)


def choose_table(
    sheets: Sequence[Sheet], fields: Sequence[Field], source_name: str, log: IssueLog
) -> Table:
    """Find the sheet and the row of headings that have every required field.

    Lines above the headings (a title, a publisher's preamble) are passed over, as are sheets
    without the required headings.

    Parameters
    ----------
    sheets : of the file.
    fields : asked for.
    source_name : of the file, for messages.
    log : told of rows that do not fit the headings.

    Raises
    ------
    SourceError
        When there is no row, no required heading, or a heading stands twice.
    """
    if not any(sheet.rows for sheet in sheets):
        raise SourceError(
            f"{source_name} is empty.",
            expected="A row of headings was expected.",
            action="Save the file again with its content.",
        )
    for sheet in sheets:
        for above, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            columns = match_headings(row.cells, fields)
            if all(field.name in columns for field in fields if field.is_required):
                return table_under(sheet.rows[above:], columns, source_name, log)
    raise _missing(sheets, fields, source_name)


def table_under(
    rows: Sequence[Row],
    columns: dict[str, int],
    source_name: str,
    log: IssueLog,
    *,
    is_confirmed: bool = False,
) -> Table:
    """Make a table of a row of headings and the rows under it.

    Parameters
    ----------
    rows : the headings first.
    columns : where each field stands.
    source_name : of the file, for messages.
    log : told of rows that do not fit the headings.
    is_confirmed : whether somebody chose the columns, so that a twin of one is not meant.

    Raises
    ------
    SourceError
        When a heading stands twice, or no row is under them.
    """
    headings = _trimmed(rows[0].cells)
    log.headings, log.columns = (rows[0].line, headings), frozenset(columns.values())
    refuse_duplicates(headings, () if is_confirmed else columns.values(), source_name)
    if not rows[1:]:
        raise SourceError(
            f"{source_name} has headings and no rows.",
            expected="At least one row under the headings was expected.",
            action="Save the file again with its rows.",
        )
    told, under = RowLog(log), rows[1:]

    def fitted() -> Iterator[Row]:
        real = (row for row in under if not is_no_row(row, headings, told))
        rows = (_fitted(row, headings, told) for row in real)
        return (row for row in rows if row is not None)

    is_streamed = isinstance(rows, StreamedRows)
    return Table(
        source_name, headings, columns, StreamedRows(fitted) if is_streamed else tuple(fitted())
    )


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    width = max((i for i, cell in enumerate(cells, start=1) if cell.strip()), default=0)
    return cells[:width]


def _fitted(row: Row, headings: tuple[str, ...], log: RowLog) -> Row | None:
    """Make a row as wide as the headings; None, with an issue, when it holds more than that."""
    width, cells = len(headings), row.cells
    if len(cells) > width:
        if any(cell.strip() for cell in cells[width:]):
            log.add(
                row.line,
                f"The row has {counted(len(_trimmed(cells)), 'cell')} under "
                f"{counted(width, 'heading')}, so it cannot be "
                "told which is which. Put text with a comma in it in quotation marks.",
                value=cells[0],
            )
            return None
        return Row(row.line, cells[:width])
    if len(cells) < width:
        log.add(
            row.line,
            f"The row has {counted(len(cells), 'cell')} under "
            f"{counted(width, 'heading')}; the missing ones at its end "
            "were read as empty.",
            value=cells[0],
            severity=Severity.WARNING,
        )
        return Row(row.line, cells + ("",) * (width - len(cells)))
    return row


def refuse_duplicates(headings: Sequence[str], used: Collection[int], source_name: str) -> None:
    """Refuse headings alike, and those alike but for their brackets where one of them is read.

    Parameters
    ----------
    headings : of the table.
    used : the columns that are read, by what their headings say.
    source_name : of the file, for messages.

    Raises
    ------
    SourceError
        When there are any.
    """
    full = Counter(map(full_heading, headings))
    # A publisher's code and its name are two columns, and it is known which is which.
    plain = Counter(plain_heading(each) for each in headings if not _A_PAIR.search(each))
    read = {plain_heading(headings[at]) for at in used if at < len(headings)}
    twice = [
        f"{shown(each.strip())} (column {at})"
        for at, each in enumerate(headings, start=1)
        if (full[full_heading(each)] > 1 and full_heading(each))
        or (plain[plain_heading(each)] > 1 and plain_heading(each) in read)
    ]
    if twice:
        raise SourceError(
            f"{source_name} has headings that stand twice: {', '.join(twice)}.",
            expected="Each heading once was expected.",
            action="Rename or remove one of each pair.",
        )


def _missing(sheets: Sequence[Sheet], fields: Sequence[Field], source_name: str) -> SourceError:
    """Say which headings were found and which are missing, of the sheet that comes nearest."""
    rows = [row for sheet in sheets for row in sheet.rows[:_LINES_ABOVE]]
    best = max(rows, key=lambda row: len(match_headings(row.cells, fields)))
    found = match_headings(best.cells, fields)
    missing = [field for field in fields if field.is_required and field.name not in found]
    headings = [shown(each.strip()) for each in best.cells if each.strip()]
    wanted = " or ".join(field.name.replace("_", " ") for field in missing)
    listed = ", ".join(headings[:_SHOWN_HEADINGS])
    return SourceError(
        f"{source_name} has no heading for {wanted}. "
        f"The headings found on line {best.line} are: {listed}.",
        expected="Expected "
        + "; ".join(f"'{(field.synonyms or (field.name,))[0]}'" for field in missing)
        + ", or a heading that says the same.",
        action="Put the headings in the first line, spelt so.",
    )


def note_unused(table: Table, log: IssueLog) -> None:
    """Note the columns that were not read.

    Parameters
    ----------
    table : with its headings.
    log : told once for all of them.
    """
    if table.unused:
        log.add(
            0,
            f"These columns were not read: {', '.join(map(shown, table.unused))}.",
            severity=Severity.NOTE,
            who_can_fix=WhoCanFix.NOBODY,
        )
