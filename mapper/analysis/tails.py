"""A low quantile of many draws, of which only the lowest are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[np.float64]


class Tail:
    """The lowest draws of every area, from which a low quantile is read.

    Parameters
    ----------
    level : of the quantile, between 0 and 1; the lower, the less is kept.
    draws : how many there will be.
    """

    def __init__(self, level: float, draws: int) -> None:
        self._place = level * (draws - 1)
        self._number = min(int(self._place) + 2, draws)
        self._kept: Numbers | None = None

    def add(self, block: Numbers) -> None:
        """Take more draws in.

        Parameters
        ----------
        block : draws by areas.
        """
        kept = block if self._kept is None else np.concatenate([self._kept, block])
        if len(kept) > self._number:
            kept = np.partition(kept, self._number - 1, axis=0)[: self._number].copy()
        self._kept = kept

    def quantile(self) -> Numbers:
        """Give the quantile of each area, between two draws in proportion.

        Raises
        ------
        ValueError
            When no draw was taken in.
        """
        if self._kept is None:
            raise ValueError("No draw was taken in.")
        kept = np.sort(self._kept, axis=0)
        below = int(self._place)
        above = min(below + 1, len(kept) - 1)
        part = self._place - below
        between: Numbers = kept[below] + part * (kept[above] - kept[below])
        return between
