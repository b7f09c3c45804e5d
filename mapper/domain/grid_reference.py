"""National Grid references: two letters and figures for a square of the ground."""

import re
from dataclasses import dataclass
from typing import Final, Self

from mapper.errors import InvalidValueError

_LETTERS: Final = "ABCDEFGHJKLMNOPQRSTUVWXYZ"  # no I
_SHAPE: Final = re.compile(r"([A-HJ-Z]{2})((?: ?\d)+)")
_IRISH: Final = re.compile(r"[A-HJ-Z](?: ?\d){4,10}")
_SQUARE_M: Final = 100_000
_WIDE, _HIGH = 7, 13  # squares of 100 km in the National Grid, from west to east, south to north
_MOST_FIGURES: Final = 10


@dataclass(frozen=True, slots=True)
class GridReference:
    """A square of the National Grid.

    Parameters
    ----------
    west_m, south_m : its south-western corner, easting and northing in metres.
    side_m : of the square: 10,000 for two figures, 1,000 for four, 100 for six, 10 for eight
        and 1 for ten.
    """

    west_m: int
    south_m: int
    side_m: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a reference such as SU 42 12, SU4212 or SU 42123 12345.

        Parameters
        ----------
        text : letters first; case and spaces do not matter.

        Raises
        ------
        InvalidValueError
            When it is no such reference, is one of the Irish Grid, or names a square that the
            National Grid does not have.
        """
        plain = " ".join(text.upper().replace(",", " ").split())
        if _IRISH.fullmatch(plain):
            raise InvalidValueError(
                f"{text!r} is a reference of the Irish Grid.",
                expected="A reference of the National Grid of Great Britain, such as SU 42 12.",
                action="Give a place in Great Britain, or its longitude and latitude.",
            )
        match = _SHAPE.fullmatch(plain)
        figures = match[2].replace(" ", "") if match else ""
        if match is None or len(figures) % 2 or len(figures) > _MOST_FIGURES:
            raise InvalidValueError(
                f"{text!r} is not a grid reference.",
                expected="Two letters and an even number of figures, such as SU 42 12.",
                action="Write as many figures for the easting as for the northing.",
            )
        return cls(*_corner(match[1], figures, text))

    @property
    def middle_m(self) -> tuple[float, float]:
        """Easting and northing of the middle of the square, in metres."""
        return self.west_m + self.side_m / 2, self.south_m + self.side_m / 2

    def __str__(self) -> str:
        figures = len(str(_SQUARE_M // self.side_m)) - 1
        east, north = (
            f"{metres % _SQUARE_M // self.side_m:0{figures}}"
            for metres in (self.west_m, self.south_m)
        )
        return f"{_letters(self.west_m // _SQUARE_M, self.south_m // _SQUARE_M)} {east} {north}"


def _corner(letters: str, figures: str, text: str) -> tuple[int, int, int]:
    # Letters run from west to east and north to south, first in squares of 500 km, of which V
    # is the south-western one and S two rows up and three along, then in squares of 100 km.
    first, second = (_LETTERS.index(letter) for letter in letters)
    column = (first - 2) % 5 * 5 + second % 5
    row = 19 - first // 5 * 5 - second // 5
    if not (0 <= column < _WIDE and 0 <= row < _HIGH):
        raise InvalidValueError(
            f"{text!r} names the square {letters}, which is not in Great Britain.",
            expected="A square of the National Grid, such as SU, SZ or TQ.",
            action="Correct the letters.",
        )
    half = len(figures) // 2
    side_m = 10 ** (5 - half)
    east, north = int(figures[:half]) * side_m, int(figures[half:]) * side_m
    return column * _SQUARE_M + east, row * _SQUARE_M + north, side_m


def _letters(column: int, row: int) -> str:
    first = (19 - row) // 5 * 5 + (column + 10) // 5
    second = (19 - row) % 5 * 5 + column % 5
    return _LETTERS[first] + _LETTERS[second]
