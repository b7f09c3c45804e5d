"""Files of JSON: taken apart without trusting their size, depth or numbers."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from mapper.errors import SourceError
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.rows import Row, Table
from mapper.ingest.files.source import SourceFile
from mapper.ingest.files.text import read_text

Item = Mapping[str, Any]
"""An object of a JSON file. What stands under a key may be of any kind, whatever was promised."""

_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HEAD: Final = 256


def is_document(source: SourceFile) -> bool:
    """Tell JSON by its first character, not by its name.

    Parameters
    ----------
    source : the file.
    """
    head = source.content[:_HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip()[:1] in {b"{", b"["}


def read_document(source: SourceFile, log: IssueLog) -> object:
    """Read a file of JSON whole.

    Parameters
    ----------
    source : the file.
    log : told when its encoding was guessed.

    Raises
    ------
    SourceError
        When it is no JSON, is cut short, or is nested beyond reason.
    """
    return parse(read_text(source, log), source.name)


def parse(text: str, name: str) -> object:
    """Parse JSON; a number that is none (NaN, Infinity) becomes None.

    Parameters
    ----------
    text : of the file or answer.
    name : of it, for messages.

    Raises
    ------
    SourceError
        When it is no JSON, is cut short, or is nested beyond reason.
    """
    try:
        return json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        raise SourceError(
            f"{name} is not JSON that can be read: {error.msg} on line {error.lineno}.",
            expected="A complete JSON file was expected.",
            action="Download or export it again; a file that was cut short ends so.",
        ) from error
    except RecursionError as error:
        raise SourceError(
            f"{name} is nested too deeply to be read.",
            expected="No format that mapper reads is nested so.",
            action="Check where the file comes from.",
        ) from error
    except ValueError as error:
        raise SourceError(f"{name} holds a number that cannot be read: {error}.") from error


def item(value: object) -> Item:
    """Give an object, empty where something else stands.

    Parameters
    ----------
    value : what was found under a key.
    """
    return value if isinstance(value, Mapping) else {}


def items(value: object) -> list[Item]:
    """Give the objects of a list; an object alone is a list of one, anything else of none.

    Parameters
    ----------
    value : what was found under a key.
    """
    if isinstance(value, Mapping):
        return [value]
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def cell(value: object) -> str:
    """Write a plain value as a cell of a table would hold it; lists and objects are empty.

    Parameters
    ----------
    value : what was found under a key.
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, (str, int, float)) else ""


def first_cell(of: Item, *keys: str) -> str:
    """Give the first of several keys that holds something.

    Parameters
    ----------
    of : the object.
    keys : the best first.
    """
    return next((text for key in keys if (text := cell(of.get(key)).strip())), "")


def as_table(name: str, columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Table:
    """Lay objects out as a table, so that they are read and reported as rows are.

    Parameters
    ----------
    name : of the file.
    columns : the fields, which are their own headings.
    rows : cells by field, one mapping an object.

    Returns
    -------
    A table whose lines are the objects' places in the file, the first being 1.
    """
    cells = (tuple(row.get(column, "") for column in columns) for row in rows)
    return Table(
        name,
        tuple(columns),
        {column: at for at, column in enumerate(columns)},
        tuple(Row(line, each) for line, each in enumerate(cells, start=1)),
    )
