"""Telling which organisations run a refuge, so that none is shown where it is."""

import re
from collections.abc import Iterable
from typing import Any, Final

from mapper.domain.disclosure import Visibility
from mapper.domain.organisation import SHELTERED_KINDS

_NAME_WORDS: Final = re.compile(
    r"\brefuges?\b|\bwomen['’]?s['’]?\s+aid\b|\bsafe\s+houses?\b"  # noqa: RUF001  (either apostrophe is met)
    r"|\b(domestic|sexual)\s+(abuse|violence)\b.*\b(accommodation|housing|shelter|hostel)\b"
    r"|\bwomen['’]?s\s+(shelter|hostel|crisis)\b",  # noqa: RUF001  (either apostrophe is met)
    re.IGNORECASE,
)
# Registers misspell accommodation often enough.
_TEXT_WORDS: Final = re.compile(
    r"\bacc?omm?odation\s+for\s+(women|victims|survivors|families\s+fleeing|people\s+fleeing)"
    r"|\b(safe|emergency)\s+acc?omm?odation\b"
    r"|\b(women|families|victims|survivors)\b[^.]{0,60}\brefuges?\b"
    r"|\brefuges?\b[^.]{0,60}\b(women|families|children|victims|survivors|abuse|violence)\b"
    r"|\b(domestic|sexual)\s+(abuse|violence)\b[^.]{0,80}\b(acc?omm?odation|shelter|hostel)\b"
    r"|\b(acc?omm?odation|shelter|hostel)\b[^.]{0,80}\b(domestic|sexual)\s+(abuse|violence)\b",
    re.IGNORECASE,
)
_OTHER_REFUGES: Final = re.compile(
    r"\b(wild\s?life|animals?|bird|cats?|dogs?|horses?|donkey|hedgehog|nature|owl|pony|ponies)\b",
    re.IGNORECASE,
)
# One of these is in whatever the patterns find, and in few other texts: in a long list a tenth of
# the reading is saved by looking for them first. None has an i in it, which the patterns find
# with and without its dot, and which keeps that when case is dropped.
_HINTS: Final = ("refuge", "women", "safe", "domest", "sexual", "odat")


def runs_a_refuge(name: str, description: str = "") -> bool:
    """Tell from its own words whether an organisation runs a refuge or safe house.

    A doubt counts as a yes: an organisation shown too coarsely can be put right by hand, an
    address that was shown cannot be taken back.

    Parameters
    ----------
    name : of the organisation.
    description : what it says it does; may be empty.
    """
    folded = f"{name} {description}".casefold()
    if not any(hint in folded for hint in _HINTS):
        return False
    is_meant = _NAME_WORDS.search(name) or _TEXT_WORDS.search(description)
    return bool(is_meant) and not _OTHER_REFUGES.search(name)


def is_sheltered(record: Any) -> bool:  # noqa: ANN401  (a record of any kind)
    """Tell whether a record is of a refuge, or of a site that may not be shown exactly.

    Parameters
    ----------
    record : of the domain, or a further site; one without kind and visibility is not.
    """
    is_refuge = getattr(record, "kind", None) in SHELTERED_KINDS
    return is_refuge or getattr(record, "visibility", Visibility.EXACT) is not Visibility.EXACT


def may_be_sheltered(cells: Iterable[str], shown: str) -> bool:
    """Tell of a row that could not be read whether its site may have to be sheltered.

    Parameters
    ----------
    cells : of the row.
    shown : what the row says of how exactly its site may be shown; empty where it does not.
    """
    is_coarse = shown.strip().casefold() not in {"", "yes", "y", Visibility.EXACT.value}
    return is_coarse or any(runs_a_refuge(cell, cell) for cell in cells)
