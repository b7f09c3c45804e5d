"""A distance that somebody serves, as people write it."""

import re
from typing import Final

from mapper.errors import InvalidValueError

MOST_RADIUS_M: Final = 100_000.0
"""Nobody in HIPS serves further than this: a larger radius is a slip."""

_METRES: Final = {"mile": 1_609.344, "mi": 1_609.344, "km": 1_000.0, "kilometre": 1_000.0,
                  "kilometer": 1_000.0, "metre": 1.0, "meter": 1.0, "m": 1.0}  # fmt: skip
_UNIT: Final = r"miles?|mi|kms?|kilomet(?:re|er)s?|met(?:re|er)s?|m"
_WRITTEN: Final = re.compile(
    rf"(?:up to|within|about|a|an| )*(\d+(?:\.\d+)?)[ -]*({_UNIT})?\b"
    r"(?: radius)?(?: (?:of|from|around|round|about) (?P<about>.+))?",
    re.IGNORECASE,
)


def read_radius(text: str, unit: str = "") -> tuple[float, str]:
    """Read a radius, and what it is about where that is said.

    Parameters
    ----------
    text : such as ``5 miles``, ``8 km`` or ``within 5 miles of PO1 3AX``.
    unit : of a number alone, as a heading says it; may be a whole heading.

    Returns
    -------
    Metres, and a postcode or the like; empty where there is none.

    Raises
    ------
    InvalidValueError
        When it is no distance, its unit is not known, or it is over 100 km.
    """
    match = _WRITTEN.fullmatch(" ".join(text.split()))
    by_heading = re.search(rf"\b({_UNIT})\b", unit.replace("_", " "), re.IGNORECASE)
    if match is None or not (match[2] or by_heading):
        raise InvalidValueError(
            f"{text[:80]!r} is not a distance.",
            expected="A number with its unit, such as 5 miles, 8 km or 800 m.",
            action="Add the unit.",
        )
    name = (match[2] or (by_heading[1] if by_heading else "")).lower()
    metres = float(match[1]) * _METRES[name if name in _METRES else name.removesuffix("s")]
    require_radius(metres)
    return metres, (match["about"] or "").strip()


def require_radius(metres: float) -> None:
    """Refuse a radius that can only be a slip.

    Parameters
    ----------
    metres : served about a place.

    Raises
    ------
    InvalidValueError
        When it is not more than 0, or over 100 km.
    """
    if not 0 < metres <= MOST_RADIUS_M:
        raise InvalidValueError(
            f"The radius is {metres / 1000:,.1f} km.",
            expected=f"It is more than 0 and at most {MOST_RADIUS_M / 1000:,.0f} km.",
            action="Correct it, or name the areas served.",
        )
