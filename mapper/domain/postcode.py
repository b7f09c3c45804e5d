"""How a postcode is spelt, and which misspellings can be put right without guessing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import Final, Self

from mapper.errors import InvalidValueError

# Royal Mail's shapes, with the eight one-letter areas named. No two-figure district begins
# with 0, and no one-letter area has a district 0: so S014 can only be meant for SO14.
_OUTWARD_SHAPE: Final = (
    r"[BEGLMNSW][1-9](?:[0-9]|[ABCDEFGHJKPSTUW])?"
    r"|[A-PR-UWYZ][A-HK-Y](?:[0-9]|[1-9][0-9]|[1-9][ABEHMNPRVWXY])"
    r"|GIR"
)
_INWARD_SHAPE: Final = "[0-9][ABD-HJLNP-UW-Z]{2}"
COMPACT_SHAPE: Final = f"^(?:{_OUTWARD_SHAPE}){_INWARD_SHAPE}$"
"""What a full postcode without its space looks like, as a regular expression."""

_OUTWARD: Final = re.compile(_OUTWARD_SHAPE)
_INWARD: Final = re.compile(_INWARD_SHAPE)
_SECTOR_FIGURE: Final = re.compile("[0-9]")
_SEPARATORS: Final = re.compile(r"[\s.\-]+")
_LOOKALIKES: Final = {"O": "O0", "0": "0O", "I": "I1", "1": "1I"}
_INWARD_LENGTH: Final = 3
_MOST_SLIPS: Final = 3


class PostcodeFault(StrEnum):
    """Why a text has no place: it is not a postcode, or no directory knows it."""

    MALFORMED = "malformed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, order=True)
class OutwardCode:
    """The first half of a postcode, a postcode district such as PO1."""

    text: str

    def __post_init__(self) -> None:
        if not _OUTWARD.fullmatch(self.text):
            raise _not_a("postcode district", self.text, "PO1 or SO14")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a postcode district, forgiving case, the spaces round it, O for 0 and I for 1.

        A space inside is refused: 'PO1 3' is the beginning of a postcode in PO1, not PO13.

        Parameters
        ----------
        text : the district as a person writes it.

        Raises
        ------
        InvalidValueError
            If no district, or more than one, could be meant.
        """
        outward = _spell(text.strip(), _OUTWARD)
        if outward is None:
            raise _not_a("postcode district", text, "PO1 or SO14")
        return cls(outward)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, order=True)
class SectorCode:
    """A postcode district and the first figure of the second half, such as PO1 3."""

    outward: str
    figure: str

    def __post_init__(self) -> None:
        if not (_OUTWARD.fullmatch(self.outward) and _SECTOR_FIGURE.fullmatch(self.figure)):
            raise _not_a("postcode sector", str(self), "PO1 3")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a postcode sector, forgiving case, O for 0 and I for 1.

        The space is needed: without it PO1 3 would be the district PO13.

        Parameters
        ----------
        text : the sector as a person writes it.

        Raises
        ------
        InvalidValueError
            If no sector, or more than one, could be meant.
        """
        first, _, last = " ".join(text.split()).rpartition(" ")
        outward, figure = _spell(first, _OUTWARD), _spell(last, _SECTOR_FIGURE)
        if outward is None or figure is None:
            raise _not_a("postcode sector", text, "PO1 3")
        return cls(outward, figure)

    def __str__(self) -> str:
        return f"{self.outward} {self.figure}"


@dataclass(frozen=True, slots=True, order=True)
class Postcode:
    """A full postcode, such as PO1 3AX; spelt right, though it need not exist."""

    outward: str
    inward: str

    def __post_init__(self) -> None:
        if not (_OUTWARD.fullmatch(self.outward) and _INWARD.fullmatch(self.inward)):
            raise _not_a("postcode", f"{self.outward} {self.inward}", "PO1 3AX")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a full postcode, forgiving case, spacing, O for 0 and I for 1.

        A slip is put right only where one reading is left: a figure stands where only a
        letter may, or the other way round. P01 3AX is PO1 3AX; PO1 3AO is nothing, since no
        postcode ends in O.

        Parameters
        ----------
        text : the postcode as a person or a file writes it.

        Raises
        ------
        InvalidValueError
            If no postcode, or more than one, could be meant.
        """
        compact = _SEPARATORS.sub("", text)
        outward = _spell(compact[:-_INWARD_LENGTH], _OUTWARD)
        inward = _spell(compact[-_INWARD_LENGTH:], _INWARD)
        if outward is None or inward is None:
            raise _not_a("postcode", text, "PO1 3AX")
        return cls(outward, inward)

    @property
    def compact(self) -> str:
        """The postcode without its space, as directories key it."""
        return self.outward + self.inward

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}"


def _spell(part: str, shape: re.Pattern[str]) -> str | None:
    """Spell half a postcode with the fewest slips put right, None if none or several fit."""
    if not part.isascii():
        return None
    by_slips: dict[int, list[str]] = {}
    for slips, reading in _readings(part.upper()):
        if shape.fullmatch(reading):
            by_slips.setdefault(slips, []).append(reading)
    if not by_slips:
        return None
    nearest = by_slips[min(by_slips)]
    return nearest[0] if len(nearest) == 1 else None


def _readings(part: str) -> Iterator[tuple[int, str]]:
    """Give each way to read the lookalikes of a part, with the number of changes made."""
    if sum(letter in _LOOKALIKES for letter in part) > _MOST_SLIPS:
        return
    for letters in product(*(_LOOKALIKES.get(letter, letter) for letter in part)):
        reading = "".join(letters)
        yield sum(a != b for a, b in zip(part, reading, strict=True)), reading


def _not_a(thing: str, text: str, example: str) -> InvalidValueError:
    return InvalidValueError(
        f"{text!r} is not a {thing}.",
        expected=f"Something like {example} was expected.",
        action=f"Correct the {thing}, or leave it blank.",
    )
