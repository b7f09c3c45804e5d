"""Facets: the values by which a list is narrowed down, and how many rows have each."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet, for the present question.

    Parameters
    ----------
    value : as it stands in addresses.
    label : for people.
    count : rows that have it among those that everything else asked for leaves.
    is_chosen : whether it is asked for.
    """

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PublishedFacet:
    """A facet for the present question.

    Parameters
    ----------
    name : as it stands in addresses.
    heading : for people.
    values : those that some row has, and those chosen.
    """

    name: str
    heading: str
    values: tuple[FacetValue, ...]

    @property
    def chosen(self) -> tuple[FacetValue, ...]:
        """The values that are asked for."""
        return tuple(value for value in self.values if value.is_chosen)


@dataclass(frozen=True, slots=True)
class Facet:
    """The values that each row of a list has.

    Parameters
    ----------
    name, heading : as of `PublishedFacet`.
    labels : value to words for people, in order of reading.
    rows, codes : for each value that a row has, the row's position and that of the value.
    within : name of a facet that has to be chosen from before this one is shown; or empty.
    """

    name: str
    heading: str
    labels: Mapping[str, str]
    rows: NDArray[np.int64]
    codes: NDArray[np.int64]
    within: str = ""

    def has_any(self, chosen: Collection[str], row_count: int) -> Mask:
        """Mark the rows that have one of some values.

        Parameters
        ----------
        chosen : values; unknown ones are had by no row.
        row_count : of the list.
        """
        wanted = np.array([value in chosen for value in self.labels], dtype=bool)
        mask = np.zeros(row_count, dtype=bool)
        if wanted.any():
            mask[self.rows[wanted[self.codes]]] = True
        return mask

    def published(self, among: Mask, chosen: Collection[str]) -> PublishedFacet:
        """Count the rows that have each value.

        Parameters
        ----------
        among : rows that count.
        chosen : values asked for.
        """
        counts = np.bincount(self.codes[among[self.rows]], minlength=len(self.labels))
        values = (
            FacetValue(value, label, int(count), value in chosen)
            for (value, label), count in zip(self.labels.items(), counts, strict=True)
        )
        told = tuple(value for value in values if value.count or value.is_chosen)
        return PublishedFacet(self.name, self.heading, told)


def make_facet(
    names: tuple[str, str], labels: Mapping[str, str], joined: Iterable[str], within: str = ""
) -> Facet:
    """Make a facet of what each row has.

    Parameters
    ----------
    names : name and heading.
    labels : as of `Facet`; other values are passed over.
    joined : each row's values joined by "; ", or empty, in the order of the list.
    within : as of `Facet`.
    """
    # Few texts differ, so each is taken apart once, however many rows have it.
    number_of_row, texts = pd.factorize(np.array(list(joined), dtype=object))
    position = {value: code for code, value in enumerate(labels)}
    values_of = [[position[v] for v in text.split("; ") if v in position] for text in texts]
    how_many = np.array([len(values) for values in values_of], dtype=np.int64)
    first = np.cumsum(how_many) - how_many
    rows = np.repeat(np.arange(len(number_of_row)), how_many[number_of_row])
    begins = np.repeat(first[number_of_row], how_many[number_of_row])
    within_row = np.arange(len(rows)) - np.searchsorted(rows, rows)
    codes = np.array([code for values in values_of for code in values], dtype=np.int64)
    return Facet(*names, labels, rows, codes[begins + within_row], within)


def term_labels(words: type[StrEnum]) -> dict[str, str]:
    """Label the terms of a vocabulary, in its own order.

    Parameters
    ----------
    words : the vocabulary.
    """
    return {word.value: word.value[:1].upper() + word.value[1:] for word in words}
