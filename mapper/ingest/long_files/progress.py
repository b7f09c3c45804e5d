"""Telling whoever waits how far the reading of a file has come."""

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar

T = TypeVar("T")
Tell = Callable[[str, int, int], None]
"""Told the step, the rows done, and the rows in all (0 where their number is not known)."""

_EVERY: Final = 200


def untold(step: str, done: int, total: int) -> None:
    """Tell nobody.

    Parameters
    ----------
    step : what is being done.
    done, total : rows.
    """


def counted(items: Sequence[T], step: str, tell: Tell) -> Iterator[T]:
    """Give the items one by one, and tell now and then how many are done.

    Parameters
    ----------
    items : of the loop.
    step : what is being done with them.
    tell : told.
    """
    # Whoever tells nobody need not count: a long list is read whole for it.
    total = 0 if tell is untold else len(items)
    for done, item in enumerate(items):
        if done % _EVERY == 0:
            tell(step, done, total)
        yield item
