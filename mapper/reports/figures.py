"""The kinds of figures that areas have, and how each becomes a cell."""

from dataclasses import dataclass, replace
from enum import StrEnum

from mapper.reports.published import Column


class Kind(StrEnum):
    """How a stored figure becomes a cell."""

    TEXT = "text"
    RULE = "rule"
    COUNT = "count"
    MONTH = "month"
    SINCE = "since"
    PROVISION = "provision"
    NUMBER = "number"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an area.

    Parameters
    ----------
    column : as published.
    key : of the stored figure.
    kind : how it becomes a cell.
    decimals : shown.
    tells_count : whether the violence count could be worked out, or nearly, from it.
    is_drawn : whether it rests on chance draws about the counts of all areas, so that it is
        shown to nobody who may not see them all.
    """

    column: Column
    key: str
    kind: Kind = Kind.NUMBER
    decimals: int = 0
    tells_count: bool = False
    is_drawn: bool = False


def words(name: str, heading: str, meaning: str = "", *, key: str = "") -> Figure:
    """A figure of words that no count is in.

    Parameters
    ----------
    name : of the column, for machines.
    heading, meaning : of the column, for people.
    key : of the stored figure; the name when empty.
    """
    return Figure(Column(name, heading, meaning), key or name, Kind.TEXT)


def telling_words(
    name: str, heading: str, meaning: str, *, key: str = "", kind: Kind = Kind.TEXT
) -> Figure:
    """A figure of words from which the count could be told.

    Parameters
    ----------
    name : of the column, for machines.
    heading, meaning : of the column, for people.
    key : of the stored figure; the name when empty.
    kind : how it becomes a cell.
    """
    return Figure(Column(name, heading, meaning), key or name, kind, tells_count=True)


def drawn(figure: Figure) -> Figure:
    """The same figure, marked as resting on chance draws about the counts of all areas.

    Parameters
    ----------
    figure : to be marked.
    """
    return replace(figure, is_drawn=True)


def number(name: str, heading: str, meaning: str, decimals: int = 0, *, key: str = "") -> Figure:
    """A number that no count is in.

    Parameters
    ----------
    name : of the column, for machines.
    heading, meaning : of the column, for people.
    decimals : shown.
    key : of the stored figure; the name when empty.
    """
    return Figure(Column(name, heading, meaning, is_number=True), key or name, decimals=decimals)


def telling(name: str, heading: str, meaning: str, decimals: int = 0, *, key: str = "") -> Figure:
    """A number from which the count could be told.

    Parameters
    ----------
    name : of the column, for machines.
    heading, meaning : of the column, for people.
    decimals : shown.
    key : of the stored figure; the name when empty.
    """
    column = Column(name, heading, meaning, is_number=True)
    return Figure(column, key or name, decimals=decimals, tells_count=True)
