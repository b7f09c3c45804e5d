"""Coordinates as people write them in one cell: a grid reference, metres, degrees, minutes."""

import re
from dataclasses import dataclass
from typing import Final

from mapper.domain.grid_reference import GridReference
from mapper.errors import InvalidValueError

_NUMBER: Final = r"[-+]?\d{1,3}(?:\.\d+)?"
_METRES: Final = re.compile(r"(\d{5,6}(?:\.\d+)?) ?[E]?(?: ?[,;/] ?| )(\d{5,7}(?:\.\d+)?) ?[N]?")
_PAIR: Final = re.compile(rf"\(?({_NUMBER})(?: ?[,;/] ?| )({_NUMBER})\)?")
_PAIRED: Final = re.compile(r"[-+]?\d{1,2}(?:\.\d+)?")
_ANGLE: Final = r"\d{1,3}(?:\.\d+)?(?: \d{1,2}(?:\.\d+)?){0,2}"
_MARKED: Final = re.compile(
    rf"(?:([NSEW]) ?({_ANGLE})|({_ANGLE}) ?([NSEW]))[ ,;/]+"
    rf"(?:([NSEW]) ?({_ANGLE})|({_ANGLE}) ?([NSEW]))"
)
# Of degrees, minutes and seconds, as keyboards and word processors make them.
_MARKS: Final = re.compile(
    "[\u00b0\u00ba'\u2019\u2032\"\u201d\u2033]+"
)  # degrees, minutes, seconds
_LETTERED: Final = re.compile(r"[A-HJ-Z]{2}(?: ?\d){4,10}", re.IGNORECASE)
_LATITUDES: Final = (49.0, 61.5)
_LONGITUDES: Final = (-9.0, 2.5)
_METRES_A_DEGREE: Final = 111_000.0
_SIDES_M: Final = (10.0, 100.0, 1_000.0, 10_000.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenPoint:
    """A point that somebody wrote down, and how exactly they did.

    Parameters
    ----------
    easting_m, northing_m : National Grid; None for a point in degrees.
    longitude, latitude : WGS 84 degrees; None for a point in metres.
    square_m : the side of the square that the writing leaves open, the point being its
        middle; 0 where that is 10 metres or less.
    is_swapped : whether longitude was written before latitude.
    """

    easting_m: float | None = None
    northing_m: float | None = None
    longitude: float | None = None
    latitude: float | None = None
    square_m: float = 0.0
    is_swapped: bool = False


def read_point(text: str, *, is_declared: bool = True) -> WrittenPoint | None:
    """Read a point written in one cell.

    Parameters
    ----------
    text : such as ``SU 42 12``, ``442100, 112300``, ``50.8012, -1.0912`` or
        ``50°48'12"N 1°5'24"W``.
    is_declared : whether the cell is one for coordinates. In one for an address or a postcode,
        only what can be nothing else is taken for them: a reference of four figures or more,
        and degrees with two decimals.

    Returns
    -------
    None where the text is not one of coordinates.

    Raises
    ------
    InvalidValueError
        When it is a grid reference that cannot be right, such as one of the Irish Grid.
    """
    plain = " ".join(_MARKS.sub(" ", text.upper()).split())
    if not any(character.isdigit() for character in plain):
        return None
    found = _metres(plain) or _degrees(plain, is_declared=is_declared) or _angles(plain)
    if found is not None:
        return found
    if is_declared or _LETTERED.fullmatch(plain):
        return _square(plain)
    return None


def side_of_columns(latitude: str, longitude: str) -> float:
    """Give the side of the square that degrees in two columns leave open, in metres.

    The one with more decimals decides: a spreadsheet drops the noughts at the end of a number,
    seldom of both.

    Parameters
    ----------
    latitude, longitude : numbers as written.

    Returns
    -------
    0 where the square is 10 metres or less, and for what is not degrees.
    """
    if not (_PAIRED.fullmatch(latitude) and _PAIRED.fullmatch(longitude)):
        return 0.0
    return _side(10.0 ** -max(len(each.partition(".")[2]) for each in (latitude, longitude)))


def _square(plain: str) -> WrittenPoint:
    square = GridReference.parse(plain)
    east, north = square.middle_m
    side = float(square.side_m) if square.side_m > _SIDES_M[0] else 0.0
    return WrittenPoint(easting_m=east, northing_m=north, square_m=side)


def _metres(plain: str) -> WrittenPoint | None:
    match = _METRES.fullmatch(plain)
    if match is None:
        return None
    return WrittenPoint(easting_m=float(match[1]), northing_m=float(match[2]))


def _degrees(plain: str, *, is_declared: bool) -> WrittenPoint | None:
    match = _PAIR.fullmatch(plain)
    if match is None:
        return None
    decimals = [len(number.partition(".")[2]) for number in match.groups()]
    if min(decimals) < (1 if is_declared else 2):
        return None
    return _in_order(float(match[1]), float(match[2]), 10.0 ** -min(decimals))


def _angles(plain: str) -> WrittenPoint | None:
    match = _MARKED.fullmatch(plain)
    if match is None:
        return None
    parts = list(filter(None, match.groups()))
    (one, first), (other, second) = (_lettered(parts[at : at + 2]) for at in (0, 2))
    if {one in "NS", other in "NS"} != {True, False}:
        raise InvalidValueError(
            f"{plain!r} has two latitudes or two longitudes.",
            expected="One of each, such as 50°48'12\"N 1°5'24\"W.",
            action="Correct the letters N, S, E and W.",
        )
    found = {one: first, other: second}
    step = max(each[1] for each in found.values())
    latitude, longitude = (
        next(-value if letter in "SW" else value for letter, (value, _) in found.items()
             if letter in letters)
        for letters in ("NS", "EW")
    )  # fmt: skip
    return WrittenPoint(longitude=longitude, latitude=latitude, square_m=_side(step))


def _lettered(pair: list[str]) -> tuple[str, tuple[float, float]]:
    """Give the letter of an angle, its degrees, and the smallest step that was written."""
    letter, written = sorted(pair, key=lambda part: not part.isalpha())
    parts = written.split()
    degrees = sum(float(part) / 60**at for at, part in enumerate(parts))
    decimals = len(parts[-1].partition(".")[2])
    return letter, (degrees, 10.0**-decimals / 60 ** (len(parts) - 1))


def _in_order(first: float, second: float, step: float) -> WrittenPoint:
    """Tell latitude from longitude by their size; the first is the latitude where neither is."""
    for latitude, longitude, is_swapped in ((first, second, False), (second, first, True)):
        if _within(latitude, _LATITUDES) and _within(longitude, _LONGITUDES):
            return WrittenPoint(
                longitude=longitude,
                latitude=latitude,
                square_m=_side(step),
                is_swapped=is_swapped,
            )
    return WrittenPoint(longitude=second, latitude=first, square_m=_side(step))


def _side(step: float) -> float:
    """Give the side of the square, of those that grid references have, that a step stands for."""
    metres = step * _METRES_A_DEGREE
    # 0.0001 degrees are 11 metres, 0.001 are 111: a little over is still that square.
    side = next((side for side in _SIDES_M if metres <= side * 2), _SIDES_M[-1])
    return side if side > _SIDES_M[0] else 0.0


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]
