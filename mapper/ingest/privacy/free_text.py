"""Free text in tables: told from other cells, and told of where it is about a single person.

Texts are looked at and forgotten: what is told of a column is its heading, never what stands
in it. Nothing here knows names; a text that names somebody and does nothing else is not told.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from mapper.ingest.faults.issues import IssueLog, Severity, WhoCanFix, shown
from mapper.ingest.files.rows import Sheet

_A_SENTENCE: Final = 4
_MANY_WORDS: Final = 8
_SEVERAL_WORDS: Final = 3
_LINES_ABOVE: Final = 15
_WHO: Final = r"victim|suspect|offender|perpetrator|complainant|aggrieved|witness|assailant"
_ANYBODY: Final = rf"{_WHO}|male|female|man|woman|boy|girl|youth|teenager|pupil|patient|child"
_DID: Final = (
    r"was|had|has|said|states?|stated|reported|reports|refused|declined|attended|attends|lives"
    r"|lived|ran|left|suffered|sustained|threatened|attacked|assaulted|admitted|denied|disclosed"
)
_DONE_TO: Final = (
    r"stabbed|attacked|assaulted|punched|kicked|robbed|threatened|injured|shot|raped|arrested"
    r"|followed|harassed|beaten|slapped|bitten|killed|strangled|abused|treated"
)
_ONE_PERSON: Final = re.compile(
    rf"""
    \b([Hh]e|[Ss]he|[Hh]im|[Hh]is|[Hh]er|[Hh]ers|[Hh]imself|[Hh]erself)\b(?!\s+Majesty)
  | \b[Aa]ged?\s+\d{{1,2}}\b(?!\s*(-|–|to\b|and\b|or\b|\+|years?\s+(and|or)\b))
  | \b\d{{1,2}}[ -]?(year|yr)s?[ -]old\b(?!s)
  | \b(Mr|Mrs|Ms|Miss|Mx)\b\.?\s+[A-Z]
  | (?<!where\s)(?<!when\s)(?<!if\s)(?<!which\s)
    \b([Tt]he|[Aa]n?|[Oo]ne)\s+({_ANYBODY})\s+({_DID})\b
  | ^(?i:{_WHO})\s+({_DID}|known|is)\b
  | ^[A-Z][a-z]+\s+(\w+\s+)?({_WHO})\s+({_DID})\b
  | \b[A-Z][\w'’-]+\s+[A-Z][\w'’-]+,?\s+(\d{{1,2}},?\s+)?((was|were|been|got)\s+)?({_DONE_TO})\b
    """,  # noqa: RUF001  (a dash and an apostrophe, as they are typed)
    re.VERBOSE,
)
_SAYS_SO: Final = re.compile(
    r"\b(notes?|comments?|commentary|remarks?|free\s?text|observations?)\b",
    re.IGNORECASE,
)


def is_about_a_person(text: str) -> bool:
    """Tell a sentence about a single person by its pronouns, an age, or what was done to whom.

    Parameters
    ----------
    text : of a cell.
    """
    is_sentence = len(text.split(maxsplit=_A_SENTENCE - 1)) >= _A_SENTENCE
    return is_sentence and _ONE_PERSON.search(text) is not None


def holds_free_text(cells: Iterable[str]) -> bool:
    """Tell whether any cell of a column is a text of many words.

    Parameters
    ----------
    cells : of the column, its heading left out.
    """
    return any(len(cell.split()) >= _MANY_WORDS for cell in cells)


def tell_of_free_text(sheets: Sequence[Sheet], log: IssueLog) -> None:
    """Say which columns of tables of counts are called notes, or the like, and hold texts.

    Parameters
    ----------
    sheets : in which nothing about persons was found.
    log : told once for all of them.
    """
    found = dict.fromkeys(each for sheet in sheets for each in _called_notes(sheet))
    if found:
        log.add(
            0,
            f"These columns hold free text: {', '.join(map(shown, found))}. They are not read, and "
            "nothing of them is kept: what somebody writes there can be about a person. Take "
            "such columns out before a file is passed on.",
            severity=Severity.WARNING,
            who_can_fix=WhoCanFix.ANALYST,
        )


def _called_notes(sheet: Sheet) -> Iterator[str]:
    lines = sheet.rows[:_LINES_ABOVE]
    if not lines:
        return
    headings = max(lines, key=lambda row: (sum(map(bool, map(str.strip, row.cells))), -row.line))
    under = [row.cells for row in sheet.rows if row.line > headings.line]
    for column, heading in enumerate(headings.cells):
        cells = [each[column] for each in under if column < len(each)]
        if _SAYS_SO.search(heading) and _has_texts(cells):
            yield heading.strip()


def _has_texts(cells: Iterable[str]) -> bool:
    return any(len(cell.split()) >= _SEVERAL_WORDS for cell in cells)
