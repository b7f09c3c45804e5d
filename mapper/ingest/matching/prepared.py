"""Records made ready to be compared: one spelling of everything, and the letters of names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from mapper.domain.matching import MatchField, MatchRecord
from mapper.ingest.matching.spelling import (
    compact_postcode,
    distinguishing_words,
    domain_of,
    initials,
    phone_digits,
    plain_words,
    told,
)

_LETTERS: Final = 3
Keys = dict[MatchField, "list[tuple[str, ...]]"]


@dataclass(frozen=True)
class Prepared:
    """Records made ready to be compared.

    Parameters
    ----------
    records : in the order all else follows.
    """

    records: Sequence[MatchRecord]

    def __len__(self) -> int:
        return len(self.records)

    @cached_property
    def names(self) -> NDArray[np.object_]:
        """The names, spelt for comparison."""
        return np.array([plain_words(one.name) for one in self.records], dtype=object)

    @cached_property
    def distinguishing(self) -> list[tuple[str, ...]]:
        """The words of each name by which near namesakes differ."""
        return [distinguishing_words(name) for name in self.names]

    @cached_property
    def initials(self) -> list[tuple[str, str]]:
        """The initials of each name: of all its words, and without the empty ones."""
        told_only = ("".join(word[0] for word in name.split()) for name in self.names)
        return [
            (initials(one.name), short) for one, short in zip(self.records, told_only, strict=True)
        ]

    @cached_property
    def keys(self) -> Keys:
        """The values of each field that two records can share."""
        return {
            MatchField.IDENTIFIER: [told(map(str, one.identifiers)) for one in self.records],
            MatchField.POSTCODE: [told([compact_postcode(one.postcode)]) for one in self.records],
            MatchField.WEBSITE: [told([domain_of(one.website)]) for one in self.records],
            MatchField.EMAIL: [
                told(domain_of(each) for each in one.emails) for one in self.records
            ],
            MatchField.PHONE: [
                told(phone_digits(each) for each in one.phones) for one in self.records
            ],
        }

    @cached_property
    def frequencies(self) -> dict[MatchField, "pd.Series[int]"]:
        """How many records have each value of each field, and each name."""
        found = {
            field: pd.Series(_flat(values)).value_counts() for field, values in self.keys.items()
        }
        return found | {MatchField.NAME: pd.Series(self.names).value_counts()}

    @cached_property
    def letters(self) -> sparse.csr_matrix:
        """The names as runs of three letters, the rarer the heavier, each row of length 1.

        Returns
        -------
        A row a record, a column a run of letters; the scalar product of two rows is the
        cosine of their names, 0 to 1.
        """
        runs = [_runs(name) for name in self.names]
        columns, _ = pd.factorize(np.array(_flat(runs), dtype=object))
        ends = np.concatenate([[0], np.cumsum([len(each) for each in runs])])
        counts = sparse.csr_matrix((np.ones(len(columns)), columns, ends))
        counts.sum_duplicates()
        met = np.bincount(counts.indices, minlength=counts.shape[1])
        weighted = counts @ sparse.diags(np.log((1 + len(self)) / met))
        lengths = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
        return sparse.csr_matrix(sparse.diags(1 / np.maximum(lengths, 1e-9)) @ weighted)


def _runs(name: str) -> tuple[str, ...]:
    """Runs of three letters within each word, its ends marked, and its letters in any order."""
    words = name.split()
    runs = [
        marked[at : at + _LETTERS]
        for marked in (f" {word} " for word in words)
        for at in range(len(marked) - _LETTERS + 1)
    ]
    return (*runs, *("".join(sorted(word)) + "*" for word in words)) or (name,)


def _flat(values: Sequence[tuple[str, ...]]) -> list[str]:
    return [value for each in values for value in each]
