"""Whether an entry of the directory can still be relied on."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import Final

VERIFY_AFTER_MONTHS: Final = 12
"""An entry that nobody has confirmed for so long is marked."""

LAPSE_AFTER_MONTHS: Final = 15
"""An entry that nobody has confirmed for so long is not shown to the public, nor counted."""


class Freshness(StrEnum):
    """How long ago an entry was confirmed."""

    CURRENT = "current"
    TO_VERIFY = "to be confirmed"
    LAPSED = "not confirmed in time"


class VerifiedHow(StrEnum):
    """Who or what confirmed an entry."""

    CONTACT = "its own contact"
    ANALYST = "an analyst"
    EDITION = "a new edition of its source"
    SOURCE = "its source"
    """The source itself says when the entry was last confirmed."""


def freshness(confirmed_on: date, today: date) -> Freshness:
    """Say whether an entry is current.

    Parameters
    ----------
    confirmed_on : the day it was last confirmed; where nobody ever did, the day it was recorded.
    today : the day it is looked at.
    """
    if today >= months_later(confirmed_on, LAPSE_AFTER_MONTHS):
        return Freshness.LAPSED
    if today >= months_later(confirmed_on, VERIFY_AFTER_MONTHS):
        return Freshness.TO_VERIFY
    return Freshness.CURRENT


def months_later(day: date, months: int) -> date:
    """Give the same day some months later; the last of that month where it has no such day.

    Parameters
    ----------
    day : to count from.
    months : how many; may be negative.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
