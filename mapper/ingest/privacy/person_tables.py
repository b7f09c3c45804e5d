"""Refusing files that describe persons, by their headings and by what stands under them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from mapper.errors import PersonLevelDataError
from mapper.ingest.faults.issues import shown
from mapper.ingest.files.rows import Row, Sheet
from mapper.ingest.privacy.free_text import is_about_a_person
from mapper.ingest.privacy.person_values import is_datum, is_prose, kind_of_persons
from mapper.ingest.privacy.persons import is_about_persons, words_about_persons

_LINES_ABOVE: Final = 30
_LEAST_CELLS: Final = 2
_TABLE_WIDTH: Final = 3
_MOST_WORDS: Final = 7
_ROLES: Final = re.compile(
    r"(all |total )?(victims|offenders|suspects|perpetrators|defendants)", re.IGNORECASE
)
_COUNT: Final = re.compile(r"\d{1,3}(,\d{3})+|\d{1,7}|[<\[(]?[\dcx*<. -]{1,4}[\])]?", re.IGNORECASE)
_AGE: Final = re.compile(r"(age|ages|age in years|age years)", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(
    r"\b(id|ref|reference|urn|number|no|identifier|record|case)\b", re.IGNORECASE
)
_MONTH: Final = re.compile(r"\d{4}-\d\d")
_SEVERAL_MONTHS: Final = 3
_SEVERAL_AGES: Final = 5
_LABEL: Final = re.compile(
    r"\W*(contact|e-?mail|tele?phone|phone|author|enquiries|queries|publish|prepared|produced|date"
    r"|version|updated|owner|analyst)",
    re.IGNORECASE,
)
_SINGLE_AGE: Final = re.compile(r"\d{1,2}|1[01]\d")
_WORDS: Final = re.compile(
    r"\b(notes?|footnotes?|definitions?|descriptions?|sources?|meaning|reasons?|rationale|why)\b",
    re.IGNORECASE,
)


def refuse_persons(sheets: Sequence[Sheet], source_name: str, *, has_names: bool = False) -> None:
    """Stop when a sheet is a table of persons.

    Headings are looked for in every one of the first lines, since they may stand below a title
    or be split over two lines; then the values of each column.

    Parameters
    ----------
    sheets : of the file, hidden ones included.
    source_name : of the file, for the message.
    has_names : whether a column called plainly ``name`` is one of areas.

    Raises
    ------
    PersonLevelDataError
        Naming the columns, and nothing of what stands in them.
    """
    found = dict.fromkeys(each for sheet in sheets for each in _columns(sheet, has_names=has_names))
    refuse_columns(tuple(found), source_name)


def refuse_columns(columns: Sequence[str], source_name: str) -> None:
    """Stop when any column was found to be about persons.

    Parameters
    ----------
    columns : their headings, or where they stand.
    source_name : of the file, for the message.

    Raises
    ------
    PersonLevelDataError
        Naming the columns, when there is one.
    """
    if columns:
        raise PersonLevelDataError(
            f"{source_name} has columns about persons: {', '.join(columns)}.",
            expected="Counts were expected, with nothing about any person.",
            action="Nothing of it was kept. Ask its owner for counts, and delete this copy.",
        )


def _columns(sheet: Sheet, *, has_names: bool) -> Iterator[str]:
    """Name the columns that give a sheet away."""
    where = f" on sheet {shown(sheet.name)}" if sheet.name else ""
    # A title stands in a cell of its own, but so does every cell of a sheet of one column.
    least = min(_LEAST_CELLS, max((len(row.cells) for row in sheet.rows), default=0))
    lines = sheet.rows[:_LINES_ABOVE]
    first = [row for row in lines if _filled(row) >= least and _may_be_headings(row)]
    found = [each for row in first for each in _by_headings(row.cells, sheet, has_names=has_names)]
    if not found:
        split = (_joined(above.cells, below.cells) for above, below in pairwise(first))
        found = [each for row in split for each in _by_headings(row, sheet, has_names=has_names)]
    found += _by_values(sheet, _heading_row(first))
    yield from (f"{each}{where}" for each in found)


def _by_headings(cells: Sequence[str], sheet: Sheet, *, has_names: bool) -> Iterator[str]:
    for column, cell in enumerate(cells):
        if _gives_away(cell, sheet, column, has_names=has_names):
            yield shown(words_about_persons(cell))


def _may_be_headings(row: Row) -> bool:
    filled = [cell for cell in row.cells if cell.strip()]
    data = [cell.strip() for cell in filled if is_datum(cell)]
    return not data or _are_columns_of_figures(data)


def _are_columns_of_figures(data: Sequence[str]) -> bool:
    """Tell headings that are months or years of age, one a column, from a row of figures."""
    if all(map(_MONTH.fullmatch, data)):
        return len(data) >= _SEVERAL_MONTHS
    if not all(map(_SINGLE_AGE.fullmatch, data)) or len(data) < _SEVERAL_AGES:
        return False
    return all(int(before) < int(after) for before, after in pairwise(data))


def _joined(above: Sequence[str], below: Sequence[str]) -> tuple[str, ...]:
    """Read headings split over two lines, a merged cell standing over all that are under it."""
    lead, joined = "", []
    for column, cell in enumerate(below):
        own = above[column].strip() if column < len(above) else ""
        lead = own or lead
        joined.append(f"{lead} {cell.strip()}" if lead and cell.strip() else "")
    return tuple(joined)


def _gives_away(heading: str, sheet: Sheet, column: int, *, has_names: bool) -> bool:
    words = heading.split()
    if not words or len(words) > _MOST_WORDS or not is_about_persons(heading):
        return False
    if has_names and words_about_persons(heading).casefold() in {"name", "names"}:
        return False
    # "Victims" over counts is a count of victims.
    is_of_many = not is_about_persons(heading, is_counts_only=False) and any(
        map(_ROLES.fullmatch, (heading.strip(), words[0]))
    )
    return not (is_of_many and _are_counts(_cells_of(sheet, column)))


def _are_counts(cells: Sequence[str]) -> bool:
    # A one in every row is a row a person.
    return bool(cells) and all(map(_COUNT.fullmatch, cells)) and set(cells) != {"1"}


def _cells_of(sheet: Sheet, column: int, after: int = 0) -> list[str]:
    """Give the values of a column in the rows that are rows of a table."""
    return [
        row.cells[column].strip()
        for row in sheet.rows
        if row.line > after
        and column < len(row.cells)
        and row.cells[column].strip()
        and not _may_be_headings(row)
        and _filled(row) >= _LEAST_CELLS
    ]


def _heading_row(first: Sequence[Row]) -> Row | None:
    """Take the widest of the lines that may be headings, the first of those as wide."""
    return max(first, key=lambda row: (_filled(row), -row.line), default=None)


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _by_values(sheet: Sheet, headings: Row | None) -> Iterator[str]:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    names = headings.cells if headings else ()
    under = [row for row in sheet.rows if headings is None or row.line != headings.line]
    rows = [row for row in under if not _says_whom_to_ask(row)]
    full = [row for row in rows if _filled(row) >= _TABLE_WIDTH]
    for column in range(width):
        cells = [row.cells[column] for row in rows if column < len(row.cells)]
        heading = names[column].strip() if column < len(names) else ""
        sentences = [row.cells[column] for row in full if column < len(row.cells)]
        kind = kind_of_persons(cells) or _kind_of_text(cells, sentences, heading)
        if kind:
            # A file without headings begins with a person, who is not to be quoted.
            is_name = bool(heading) and not is_datum(heading)
            yield f"{shown(heading) if is_name else f'column {column + 1}'} (holds {kind})"
    yield from _ages_of_single_persons(rows, names)


def _kind_of_text(cells: Sequence[str], sentences: Sequence[str], heading: str) -> str:
    """Tell what the texts of a column are; of a sheet that is no table there are no sentences."""
    if sentences and not _WORDS.search(heading) and is_prose(cells):
        return "free text about single cases"
    return "text about a person" if any(map(is_about_a_person, set(sentences))) else ""


def _says_whom_to_ask(row: Row) -> bool:
    """Tell a line of a cover sheet, such as a publisher's e-mail address."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) == _LEAST_CELLS and _LABEL.match(filled[0]) is not None


def _ages_of_single_persons(rows: Sequence[Row], names: Sequence[str]) -> Iterator[str]:
    """Name an age in years beside something that tells every row from the others."""
    columns = {
        column: [row.cells[column].strip() for row in rows if column < len(row.cells)]
        for column, name in enumerate(names)
        if name.strip()
    }
    ages = [
        column
        for column, cells in columns.items()
        if _AGE.fullmatch(_spelt(names[column])) and _are_single(cells)
    ]
    keys = [
        column
        for column, cells in columns.items()
        if _IDENTIFIER.search(_spelt(names[column])) and _are_unique(cells)
    ]
    if ages and keys:
        yield f"{shown(names[ages[0]].strip())} beside {shown(names[keys[0]].strip())}"


def _spelt(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", heading).strip()


def _are_single(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(map(bool, map(_SINGLE_AGE.fullmatch, filled))) * 2 > len(filled)


def _are_unique(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return len(filled) >= _LEAST_CELLS and len(set(filled)) == len(filled)
