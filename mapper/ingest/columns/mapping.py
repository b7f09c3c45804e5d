"""Which column holds what, guessed from headings and values, for somebody to confirm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from mapper.ingest.columns.column_values import LOOKS, share_alike
from mapper.ingest.columns.headings import Field, column_spelt
from mapper.ingest.faults.issues import IssueLog
from mapper.ingest.files.heading_spelling import full_heading, plain_heading
from mapper.ingest.files.rows import Table
from mapper.ingest.files.source import SourceFile

CERTAIN_ENOUGH: Final = 0.8
"""The confidence from which a guess is acted on without being confirmed."""

_MOST_VALUES: Final = 200
_MOST_LETTERS: Final = 300
_LEAST_SHARE: Final = 0.5
_LEAST_VALUES: Final = 3
_BY_VALUES: Final = 0.9
_BY_WORD: Final = 0.6
_CONTRADICTED: Final = 0.5
_LEAST_LETTERS: Final = 4
_LESS_A_SYNONYM: Final = 0.005
# Values alone do not settle these: other columns hold the like.
_AMBIGUOUS: Final = {
    "charity_number": 0.6, "company_number": 0.75, "name": 0.75, "contact_name": 0.4,
    "description": 0.6, "address": 0.75, "latitude": 0.75, "longitude": 0.6, "areas_served": 0.7,
    "kind": 0.75, "lead": 0.75, "starts_on": 0.75,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Guess:
    """A column taken for a field.

    Parameters
    ----------
    field : of the reader.
    heading : of the column, as the file spells it.
    confidence : between 0 and 1; 1 for the heading it is best known by.
    why : in words, to be shown to whoever confirms.
    """

    field: str
    heading: str
    confidence: float
    why: str


Propose = Callable[[SourceFile, IssueLog], tuple[Table, tuple[Guess, ...]]]
"""Gives a file's table, and a guess of its columns; no guess where none has to be confirmed."""


def guess_mapping(table: Table, fields: Sequence[Field]) -> tuple[Guess, ...]:
    """Guess the column of each field: by its heading, by a word in it, and by its values.

    Where heading and values agree the guess is sure; where they contradict it is doubtful.
    One column is taken for one field, the surest guess first.

    Parameters
    ----------
    table : with its headings; which columns it has been given already does not matter.
    fields : asked for.

    Returns
    -------
    At most one guess a field and a column, the surest first.
    """
    guesses = sorted(_guesses(table, fields), key=lambda pair: -pair[1].confidence)
    taken: set[int] = set()
    chosen: dict[str, Guess] = {}
    for column, guess in guesses:
        if column not in taken and guess.field not in chosen:
            taken.add(column)
            chosen[guess.field] = guess
    return tuple(chosen.values())


def confirmed_columns(headings: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int]:
    """Find the columns of a confirmed mapping.

    Parameters
    ----------
    headings : of a row that may hold them.
    mapping : field to heading.

    Returns
    -------
    The column of each field whose heading is there.
    """
    found = {field: column_spelt(headings, heading) for field, heading in mapping.items()}
    return {field: column for field, column in found.items() if column is not None}


def _guesses(table: Table, fields: Sequence[Field]) -> Iterator[tuple[int, Guess]]:
    for column, heading in enumerate(table.headings):
        cells = (row.cells[column][:_MOST_LETTERS].strip() for row in table.rows[:_MOST_VALUES])
        values = [cell for cell in cells if cell]
        for field in fields:
            guess = _guess(field, heading.strip(), values)
            if guess is not None:
                yield column, guess


def _guess(field: Field, heading: str, values: Sequence[str]) -> Guess | None:
    share = share_alike(field.name, values)
    has_values = len(values) >= _LEAST_VALUES
    by_heading = _by_heading(field, heading)
    if by_heading is None:
        if share < _LEAST_SHARE or not has_values:
            return None
        most = _AMBIGUOUS.get(field.name, _BY_VALUES)
        return Guess(field.name, heading, round(most * share, 3), _values_say(field, share))
    confidence, why = by_heading
    # Names and texts look like anything; only a telling shape can contradict a heading.
    is_telling = field.name in LOOKS and field.name not in _AMBIGUOUS
    if is_telling and has_values and share < _LEAST_SHARE:
        said = f"{why}, but only {_values_say(field, share)}"
        return Guess(field.name, heading, confidence * _CONTRADICTED, said)
    if share >= _LEAST_SHARE:
        sure = max(confidence, confidence + (1 - confidence) * share * _BY_VALUES)
        return Guess(field.name, heading, round(sure, 3), f"{why}, and {_values_say(field, share)}")
    return Guess(field.name, heading, confidence, why)


def _by_heading(field: Field, heading: str) -> tuple[float, str] | None:
    plain = plain_heading(heading)
    places = [
        field.keys.index(each) for each in (full_heading(heading), plain) if each in field.keys
    ]
    if places:
        return 1.0 - _LESS_A_SYNONYM * min(places), "its heading says so"
    words = (key for key in field.keys if len(key) >= _LEAST_LETTERS and key in plain)
    word = max(words, key=len, default="")
    if not word:
        return None
    # The more of the heading the word is, the likelier it says what the column holds.
    return round(_BY_WORD * (0.5 + 0.5 * len(word) / len(plain)), 3), f"its heading has '{word}'"


def _values_say(field: Field, share: float) -> str:
    return f"{share:.0%} of its cells look like {LOOKS[field.name][0]}"
