"""Which column holds which field, by what its heading says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.ingest.files.heading_spelling import full_heading, plain_heading

_IN_WORDS: Final = re.compile(r"\(\s*name\s*\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a reader asks a table for.

    Parameters
    ----------
    name : of the field, in code.
    synonyms : headings it is known by, the best first; case, spaces and punctuation do not
        count, and what is in brackets only where a heading is the same with it. Its own name
        is one.
    is_required : whether a table without it is refused.
    """

    name: str
    synonyms: tuple[str, ...] = ()
    is_required: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The plain forms of the headings it is known by, the best first."""
        spelt = (self.name, *self.synonyms)
        plain = (form(each) for each in spelt for form in (full_heading, plain_heading))
        return tuple(dict.fromkeys(plain))


def match_headings(headings: Sequence[str], fields: Sequence[Field]) -> dict[str, int]:
    """Find the column of each field.

    Parameters
    ----------
    headings : of the table.
    fields : asked for.

    Returns
    -------
    The column of each field that was found, counted from 0.
    """
    full, plain = _columns_by(headings, full_heading), _columns_by(headings, plain_heading)
    found: dict[str, int] = {}
    for field in fields:
        columns = [each[key] for key in field.keys for each in (full, plain) if key in each]
        # One column serves one field, the first that asks for it.
        free = [column for column in columns if column not in found.values()]
        if free:
            found[field.name] = free[0]
    return found


def column_spelt(headings: Sequence[str], heading: str) -> int | None:
    """Find the column of a heading, as it is spelt or else without what is in brackets.

    Parameters
    ----------
    headings : of the table.
    heading : looked for.

    Returns
    -------
    Counted from 0; None where no heading is the same.
    """
    full = _columns_by(headings, full_heading).get(full_heading(heading))
    if full is not None:
        return full
    return _columns_by(headings, plain_heading).get(plain_heading(heading))


def _columns_by(headings: Sequence[str], form: Callable[[str], str]) -> dict[str, int]:
    """Columns by a form of their headings: of a code and its name the name, else the first."""
    ordered = sorted(enumerate(headings), key=lambda each: (not _IN_WORDS.search(each[1]), each[0]))
    return {form(each): at for at, each in reversed(ordered)}
