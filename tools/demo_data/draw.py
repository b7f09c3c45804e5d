"""Drawing lots, always from a seed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Draw:
    """A stream of lots that is the same for the same seed and purpose.

    Parameters
    ----------
    seed : of the whole demo.
    purpose : each has its own stream, so that a change to one leaves the others alone.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        self.rng = np.random.default_rng([seed, *purpose.encode()])

    def chance(self, share: float) -> bool:
        """Tell yes in this share of cases."""
        return bool(self.rng.random() < share)

    def whole(self, least: int, most: int) -> int:
        """Draw a whole number, both ends included."""
        return int(self.rng.integers(least, most + 1))

    def one(self, options: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """Draw one option, all alike or by weight."""
        return self.several(options, 1, weights)[0]

    def several(
        self, options: Sequence[T], number: int, weights: Sequence[float] | None = None
    ) -> list[T]:
        """Draw different options, as many as there are at most."""
        if weights is None:
            order = self.rng.permutation(len(options))[:number]
            return [options[at] for at in order]
        chances = np.asarray(weights, dtype=float)
        number = min(number, int((chances > 0).sum()))
        picked = self.rng.choice(
            len(options), size=number, replace=False, p=chances / chances.sum()
        )
        return [options[at] for at in picked]

    def day(self, first: date, last: date) -> date:
        """Draw a day, both ends included."""
        return first + timedelta(days=self.whole(0, (last - first).days))
