"""Tables whose columns somebody confirmed, or whose headings nobody knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapper.errors import SourceError
from mapper.ingest.columns.column_values import LOOKS
from mapper.ingest.columns.heading_row import choose_table, refuse_duplicates, table_under
from mapper.ingest.columns.headings import Field
from mapper.ingest.columns.mapping import CERTAIN_ENOUGH, Guess, confirmed_columns, guess_mapping
from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.files.heading_spelling import full_heading, plain_heading
from mapper.ingest.files.rows import Row, Sheet, Table

_LINES_ABOVE: Final = 15
_LEAST_CELLS: Final = 2
_FULL_ENOUGH: Final = 0.6
_NAME_ENOUGH: Final = 0.5
_GIVE_AWAYS: Final = ("postcode", "contact_email", "website", "latitude")
# Acted on unconfirmed: what places an organisation or names it, never what is about a person.
_UNCONFIRMED: Final = frozenset(
    {"name", "postcode", "website", "charity_number", "company_number", "latitude", "longitude",
     "areas_served", "themes", "cohorts", "kind"}
)  # fmt: skip


class UnfitColumnsError(SourceError):
    """A file without the headings that were confirmed."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A mapping that somebody confirmed, and the fields it may speak of.

    Parameters
    ----------
    mapping : field to heading.
    fields : of the reader.
    """

    mapping: Mapping[str, str]
    fields: Sequence[Field]


def confirmed_table(
    sheets: Sequence[Sheet],
    confirmed: Confirmed,
    source_name: str,
    log: IssueLog,
) -> Table:
    """Find the row of headings that a confirmed mapping names, and its rows.

    Parameters
    ----------
    sheets : of the file.
    confirmed : the mapping.
    source_name : of the file, for messages.
    log : told of rows that do not fit the headings.

    Raises
    ------
    UnfitColumnsError
        When no line has all the headings.
    SourceError
        When a column is given to no field or to two.
    """
    mapping = confirmed.mapping
    _refuse_impossible(confirmed)
    for sheet in sheets:
        for above, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            columns = confirmed_columns(row.cells, mapping)
            if len(columns) == len(mapping):
                rows = sheet.rows[above:]
                return table_under(rows, columns, source_name, log, is_confirmed=True)
    present = {plain_heading(cell) for sheet in sheets for row in sheet.rows[:_LINES_ABOVE]
               for cell in row.cells}  # fmt: skip
    missing = [each for each in mapping.values() if plain_heading(each) not in present]
    raise UnfitColumnsError(
        f"{source_name} has no line with all the headings that were confirmed; "
        f"missing: {', '.join(map(shown, missing)) or 'none, but they stand on several lines'}.",
        action="Look at the columns of this file again, and confirm them.",
    )


def _refuse_impossible(confirmed: Confirmed) -> None:
    fields = {field.name: field for field in confirmed.fields}
    unknown = [each for each in confirmed.mapping if each not in fields]
    needed = {name for name, field in fields.items() if field.is_required}
    missing = sorted(needed - confirmed.mapping.keys())
    headings = [full_heading(each) for each in confirmed.mapping.values()]
    if unknown or missing or len(set(headings)) < len(headings):
        raise SourceError(
            "The columns that were confirmed cannot be right: "
            f"unknown fields: {', '.join(unknown) or 'none'}; "
            f"fields without a column: {', '.join(missing) or 'none'}.",
            expected="Each column for one field, and one for each that is needed, were expected.",
            action="Confirm the columns again.",
        )


def guessed_table(
    sheets: Sequence[Sheet], fields: Sequence[Field], source_name: str, log: IssueLog
) -> Table:
    """Find the table by its headings; what they do not say, guess from the values.

    Parameters
    ----------
    sheets : of the file.
    fields : asked for.
    source_name : of the file, for messages.
    log : told of each column that was guessed, and of rows that do not fit.

    Raises
    ------
    SourceError
        When there are no rows, or no column can be told to hold a required field.
    """
    try:
        return _with_guesses(choose_table(sheets, fields, source_name, log), fields, log)
    except SourceError:
        unknown = unmapped_table(sheets, source_name, log)
        if unknown is None:
            raise
        table = _with_guesses(unknown, fields, log)
        if any(field.is_required and field.name not in table.columns for field in fields):
            raise
        refuse_duplicates(table.headings, table.columns.values(), source_name)
        return table


def unmapped_table(sheets: Sequence[Sheet], source_name: str, log: IssueLog) -> Table | None:
    """Take the first full line as headings, whatever they say; None where it is no heading.

    Parameters
    ----------
    sheets : of the file.
    source_name : of the file, for messages.
    log : told of rows that do not fit the headings.
    """
    for sheet in sheets:
        width = max((_filled(row) for row in sheet.rows[:_LINES_ABOVE]), default=0)
        for above, row in enumerate(sheet.rows[:_LINES_ABOVE]):
            if _filled(row) >= max(_LEAST_CELLS, _FULL_ENOUGH * width):
                if _is_data(row) or not sheet.rows[above + 1 :]:
                    break
                return table_under(sheet.rows[above:], {}, source_name, log)
    return None


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_data(row: Row) -> bool:
    return any(LOOKS[field][1](cell.strip()) for field in _GIVE_AWAYS for cell in row.cells)


def _with_guesses(table: Table, fields: Sequence[Field], log: IssueLog) -> Table:
    columns = dict(table.columns)
    for guess in guess_mapping(table, fields):
        at = table.headings.index(_spelt(table, guess))
        is_free = guess.field not in columns and at not in columns.values()
        if is_free and guess.field in _UNCONFIRMED and guess.confidence >= _enough(guess.field):
            columns[guess.field] = at
            log.add(
                0,
                f"The column was read as {guess.field.replace('_', ' ')}: {guess.why}. If it is "
                "not, change its heading.",
                column=guess.heading,
                severity=Severity.WARNING if guess.field == "name" else Severity.NOTE,
                who_can_fix=WhoCanFix.ANALYST,
            )
    log.columns = frozenset(columns.values())
    return replace(table, columns=columns)


def _enough(field: str) -> float:
    # Without a name there is nothing to read, so a likely one is taken, with a warning.
    return _NAME_ENOUGH if field == "name" else CERTAIN_ENOUGH


def _spelt(table: Table, guess: Guess) -> str:
    return next(each for each in table.headings if each.strip() == guess.heading)
