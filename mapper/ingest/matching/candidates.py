"""Which pairs are worth comparing: those that share a value, or whose names have like letters."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from mapper.ingest.matching.prepared import Prepared

Indices = NDArray[np.int64]

_MOST_SHARING: Final = 40
"""A value that more records have, such as a council's switchboard, makes no candidates."""

_NEAREST: Final = 10
_LEAST_COSINE: Final = 0.3
_CHUNK: Final = 1_000
_COMMON_SHARE: Final = 0.05
"""Runs of letters that more of the names have find nothing; they still count in the score."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of records, by their positions.

    Parameters
    ----------
    first, second : positions, the smaller first.
    """

    first: Indices
    second: Indices

    def __len__(self) -> int:
        return len(self.first)


def candidate_pairs(prepared: Prepared, is_new: NDArray[np.bool_] | None = None) -> Pairs:
    """Find the pairs worth comparing.

    Parameters
    ----------
    prepared : the records.
    is_new : row-aligned; when given, only pairs of a new record and one that is not new.

    Returns
    -------
    Each pair once; records of one group are not paired.
    """
    shared = [_sharing(values) for values in prepared.keys.values()]
    pairs = np.vstack([*shared, _alike(prepared.letters, is_new)])
    pairs.sort(axis=1)
    pairs = np.unique(pairs, axis=0)
    groups = np.array([one.group or -i for i, one in enumerate(prepared.records)])
    is_wanted = groups[pairs[:, 0]] != groups[pairs[:, 1]]
    if is_new is not None:
        is_wanted &= is_new[pairs[:, 0]] != is_new[pairs[:, 1]]
    return Pairs(pairs[is_wanted, 0], pairs[is_wanted, 1])


def _sharing(values: list[tuple[str, ...]]) -> Indices:
    """Pairs of records that share a value."""
    rows = [(value, at) for at, each in enumerate(values) for value in each]
    frame = pd.DataFrame(rows, columns=["value", "at"])
    frame = frame[frame.groupby("value")["at"].transform("size").le(_MOST_SHARING)]
    both = frame.merge(frame, on="value")
    found = both.loc[both["at_x"] < both["at_y"], ["at_x", "at_y"]]
    return found.to_numpy(dtype=np.int64).reshape(-1, 2)


def _alike(letters: sparse.csr_matrix, is_new: NDArray[np.bool_] | None) -> Indices:
    """Each record with those whose names have the most letters in common."""
    met = np.bincount(letters.indices, minlength=letters.shape[1])
    rare = letters[:, met <= max(_MOST_SHARING, _COMMON_SHARE * letters.shape[0])]
    everything = np.arange(letters.shape[0])
    askers = everything if is_new is None else everything[is_new]
    asked = everything if is_new is None else everything[~is_new]
    against = rare[asked].T.tocsr()
    found = [
        _nearest(rare[rows] @ against, rows, asked)
        for rows in np.split(askers, range(_CHUNK, len(askers), _CHUNK))
    ]
    return np.vstack(found) if found else np.empty((0, 2), dtype=np.int64)


def _nearest(cosines: sparse.csr_matrix, rows: Indices, asked: Indices) -> Indices:
    found = cosines.tocoo()
    is_near = found.data >= _LEAST_COSINE
    asker, other, cosine = found.row[is_near], found.col[is_near], found.data[is_near]
    is_other = rows[asker] != asked[other]
    asker, other, cosine = asker[is_other], other[is_other], cosine[is_other]
    order = np.lexsort((-cosine, asker))
    asker, other = asker[order], other[order]
    rank = np.arange(len(asker)) - np.searchsorted(asker, asker)
    is_first = rank < _NEAREST
    return np.column_stack([rows[asker[is_first]], asked[other[is_first]]]).astype(np.int64)
