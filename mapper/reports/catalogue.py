"""A list that can be searched: words and facets choose its rows, and only those are published.

A catalogue holds rows as the store gave them, exact places among them, so it is no answer
itself: what leaves it are a table, places and facets for its audience. Words find only what
that audience may read: names, terms and places as published, and a description where it is told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from mapper.domain.disclosure import Audience
from mapper.domain.words import SearchWord, folded, search_words
from mapper.reports.facets import Facet, Mask, PublishedFacet
from mapper.reports.places import Shown
from mapper.reports.rows import Rows
from mapper.store.text_search import Subject, rows_with

Positions = Sequence[int]

BEST_FIRST = "best"
_TERM_RANK = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What somebody looks for in a list.

    Parameters
    ----------
    words : as typed; empty for none.
    chosen : name of a facet to the values asked for; a row needs one of each facet's.
    order : `BEST_FIRST`, or anything else for the list's own order.
    """

    words: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = BEST_FIRST

    @property
    def is_empty(self) -> bool:
        """Whether every row is an answer."""
        return not self.words and not any(self.chosen.values())


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found.

    Parameters
    ----------
    positions : of the rows, in order.
    facets : with counts for the question.
    """

    positions: Positions
    facets: tuple[PublishedFacet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """A list that can be searched, for one audience.

    Parameters
    ----------
    audience : who is looking.
    subject : what the rows are.
    ids : of the rows, in the list's own order.
    records : the rows, as the store gave them: not to be shown.
    shown : where each row may be shown.
    facets : of the rows.
    terms : published words of each row beside its name and description, folded.
    tells_description : whether each row's description is published.
    positions : id of each row to its position, with those of rows that were merged into it.
    """

    audience: Audience
    subject: Subject
    ids: Sequence[int]
    records: Rows
    shown: Sequence[Shown]
    facets: tuple[Facet, ...]
    terms: Sequence[str]
    tells_description: Sequence[bool]
    positions: Mapping[int, int]

    def found(self, session: Session, question: Question) -> Found:
        """Answer a question.

        Parameters
        ----------
        question : of words and facets.
        """
        count = len(self.ids)
        ranks = self._ranks(session, search_words(question.words))
        said = ~np.isnan(ranks)
        masks = {
            facet.name: facet.has_any(question.chosen[facet.name], count)
            for facet in self.facets
            if question.chosen.get(facet.name)
        }
        positions = np.flatnonzero(_all(said, masks))
        if question.order == BEST_FIRST and question.words:
            positions = positions[np.argsort(-ranks[positions], kind="stable")]
        facets = [
            facet.published(
                _all(said, {name: mask for name, mask in masks.items() if name != facet.name}),
                question.chosen.get(facet.name, ()),
            )
            for facet in self.facets
            if not facet.within or any(map(question.chosen.get, (facet.within, facet.name)))
        ]
        return Found(positions.tolist(), tuple(facet for facet in facets if facet.values))

    def _ranks(self, session: Session, words: Sequence[SearchWord]) -> NDArray[np.float64]:
        """How well each row answers all the words; NaN where it lacks one."""
        ranks = np.zeros(len(self.ids))
        if not words:
            return ranks
        for word in words:
            best = dict.fromkeys(self._with_term(word), _TERM_RANK)
            for hit in rows_with(session, self.subject, word):
                at = self.positions.get(hit.id)
                if at is not None and (hit.is_in_name or self.tells_description[at]):
                    best[at] = max(hit.rank, best.get(at, 0.0))
            has = np.full(len(self.ids), np.nan)
            has[np.fromiter(best.keys(), np.int64)] = np.fromiter(best.values(), float)
            ranks += has
        return ranks

    def _with_term(self, word: SearchWord) -> list[int]:
        sought = f" {word.text}" if word.is_begun else f" {word.text} "
        return [position for position, text in enumerate(self.terms) if sought in text]


def folded_terms(records: Rows, names: Iterable[str], shown: Iterable[Shown]) -> list[str]:
    """Spell published words of each row so that a catalogue finds each by its beginning.

    Parameters
    ----------
    records : the rows.
    names : columns of text that are published.
    shown : where each row may be shown.
    """
    columns = [_folded(records.column(name)) for name in names]
    places = _folded([place.words for place in shown])
    return [f" {' '.join(filter(None, words))} " for words in zip(*columns, places, strict=True)]


def _folded(texts: Sequence[str]) -> list[str]:
    """Fold each text; those of many rows once."""
    spelt = {text: folded(text) for text in set(texts)}
    return [spelt[text] for text in texts]


def _all(said: Mask, masks: Mapping[str, Mask]) -> Mask:
    both = said.copy()
    for mask in masks.values():
        both &= mask
    return both
