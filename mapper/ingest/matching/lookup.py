"""Looking one record up: whether its organisation is here already."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from mapper.domain.matching import MOST_CANDIDATES, Match, MatchRecord
from mapper.ingest.matching.prepared import Prepared
from mapper.ingest.matching.search import compared
from mapper.ingest.matching.spelling import plain_words

_NEAREST: Final = 12
_LEAST_RATIO: Final = 60.0
_LEAST_SCORE: Final = 0.05
"""Higher than for the review queue: somebody at a form is asked about likely ones only."""


@dataclass(frozen=True)
class Lookup:
    """The directory, ready for questions.

    Parameters
    ----------
    records : of the directory.
    """

    records: Sequence[MatchRecord]

    @cached_property
    def prepared(self) -> Prepared:
        """The records, spelt for comparison."""
        return Prepared(self.records)

    @cached_property
    def _holders(self) -> dict[str, list[int]]:
        """Positions of the records that have a value, a name among them."""
        found: dict[str, list[int]] = defaultdict(list)
        for field, rows in self.prepared.keys.items():
            for at, values in enumerate(rows):
                for value in values:
                    found[f"{field}:{value}"].append(at)
        return found

    def candidates(self, record: MatchRecord, most: int = MOST_CANDIDATES) -> list[Match]:
        """Find the records that may be of the same organisation.

        Parameters
        ----------
        record : looked up; its id is taken as 0.
        most : how many at most.

        Returns
        -------
        The likeliest first, one for each group; `first_id` is 0.
        """
        asked = Prepared([replace(record, id=0, group=0)])
        near = sorted(self._sharing(asked) | self._alike(plain_words(record.name)))
        matches = compared(asked.records[0], [self.records[at] for at in near])
        group_of = {one.id: one.group or one.id for one in self.records}
        best: dict[int, Match] = {}
        for match in matches:
            if match.score >= _LEAST_SCORE:
                best.setdefault(
                    group_of[match.second_id], replace(match, second_id=group_of[match.second_id])
                )
        return list(best.values())[:most]

    def _sharing(self, asked: Prepared) -> set[int]:
        values = (f"{field}:{value}" for field, rows in asked.keys.items() for value in rows[0])
        return {at for value in values for at in self._holders.get(value, ())[:_NEAREST]}

    def _alike(self, name: str) -> set[int]:
        found = process.extract(
            name, self.prepared.names, scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_LEAST_RATIO
        )
        return {int(at) for _, _, at in found}
