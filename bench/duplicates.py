"""Measure the search for duplicates on lists whose duplicates are known.

Run with `python bench/duplicates.py`. The lists are real charities, libraries and schools,
corrupted as `bench/corrupted_lists.py` says; they are read from beside the repository, and
nothing made of them is kept. Ours is set beside blocking with rapidfuzz alone and Splink
alone. The seeds measured are not those that the weights were tried on.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from corrupted_lists import WAYS, LabelledLists, corrupted_lists, grown_lists
from rapidfuzz import fuzz, process

from mapper.ingest.matching.lookup import Lookup
from mapper.ingest.matching.prepared import Prepared
from mapper.ingest.matching.search import find_matches, with_second_opinion
from mapper.ingest.matching.splink_model import splink_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mapper.domain.matching import MatchRecord

REAL_DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "real"
FIRST_SEED = 101
RATIO = 88
MORE_FROM, MORE_SEEDS = 1_001, 50
KNOWN, LISTED = 5_000, 20_000
LOOKUPS = 200

Pair = tuple[int, int]


@dataclass
class Tally:
    """Counts of one way to search, over all seeds."""

    found: int = 0
    right: int = 0
    true: int = 0
    records: int = 0
    most: int = 0
    merged: int = 0
    merged_right: int = 0
    seconds: float = 0.0
    missed: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)

    def add(self, lists: LabelledLists, found: set[Pair], certain: set[Pair]) -> None:
        """Count one search."""
        asked = Counter(number for pair in found - certain for number in pair)
        self.found += len(found)
        self.right += len(found & lists.truth)
        self.true += len(lists.truth)
        self.records += len(lists.records)
        self.most = max(self.most, *asked.values(), 0)
        self.merged += len(certain)
        self.merged_right += len(certain & lists.truth)
        for pair, ways in lists.ways.items():
            self.met.update(ways)
            self.missed.update(ways if pair not in found else ())

    def row(self, name: str) -> str:
        """One line of the table."""
        asked = 2 * (self.found - self.merged) / self.records
        merged = f"{self.merged_right} of {self.merged}" if self.merged else "none"
        return (
            f"| {name} | {self.right / self.true:.3f} | {self.right / self.found:.3f} | "
            f"{asked:.2f} | {self.most} | {merged} | {self.seconds:.1f} |"
        )


def ours(records: Sequence[MatchRecord]) -> tuple[set[Pair], set[Pair]]:
    """Search as mapper does."""
    matches = find_matches(records)
    return {one.pair for one in matches}, {one.pair for one in matches if one.is_certain}


def ours_with_splink(records: Sequence[MatchRecord]) -> tuple[set[Pair], set[Pair]]:
    """Search as mapper does with `--splink`."""
    with contextlib.redirect_stdout(io.StringIO()):
        matches = with_second_opinion(records)
    return {one.pair for one in matches}, {one.pair for one in matches if one.is_certain}


def rapidfuzz_alone(records: Sequence[MatchRecord]) -> tuple[set[Pair], set[Pair]]:
    """Take the names alike in the same postcode district, or where one has no postcode."""
    prepared = Prepared(records)
    likeness = process.cdist(
        prepared.names, prepared.names, scorer=fuzz.token_sort_ratio, score_cutoff=RATIO
    )
    first, second = np.nonzero(np.triu(likeness, 1))
    district = [one.postcode.replace(" ", "").upper()[:-3] for one in records]
    return {
        _pair(records[i], records[j])
        for i, j in zip(first, second, strict=True)
        if not district[i] or not district[j] or district[i] == district[j]
    }, set()


def splink_alone(records: Sequence[MatchRecord]) -> tuple[set[Pair], set[Pair]]:
    """Take what Splink gives a probability of one half and more."""
    with contextlib.redirect_stdout(io.StringIO()):
        return set(splink_pairs(records)), set()


SEARCHES: dict[str, Callable[[Sequence[MatchRecord]], tuple[set[Pair], set[Pair]]]] = {
    "mapper": ours,
    "mapper with `--splink`": ours_with_splink,
    "rapidfuzz blocking alone": rapidfuzz_alone,
    "Splink 5 alone": splink_alone,
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10, help="how many pairs of lists")
    parser.add_argument("--data", type=Path, default=REAL_DATA, help="the real public data")
    options = parser.parse_args()
    labelled = [corrupted_lists(options.data, FIRST_SEED + at) for at in range(options.seeds)]
    tallies: dict[str, Tally] = defaultdict(Tally)
    for name, search in SEARCHES.items():
        for lists in labelled:
            start = time.perf_counter()
            found, certain = search(lists.records)
            tallies[name].seconds += time.perf_counter() - start
            tallies[name].add(lists, found, certain)
    one = tallies["mapper"]
    print(f"{options.seeds} pairs of lists, {one.records:,} records, {one.true:,} true pairs\n")
    print("| search | recall | precision | candidates a record | most | merged, right | seconds |")
    print("|---|---|---|---|---|---|---|")
    for name, tally in tallies.items():
        print(tally.row(name))
    print("\n| how the copy was spoilt | pairs | " + " | ".join(tallies) + " |")
    print("|---" * (2 + len(tallies)) + "|")
    for way in WAYS:
        shares = [f"{1 - t.missed[way] / t.met[way]:.3f}" for t in tallies.values()]
        print(f"| {way} | {one.met[way]:,} | " + " | ".join(shares) + " |")
    print(f"\n{_look_ups(labelled[0])}\n{_large(options.data)}")
    print(_certain(options.data))


def _certain(folder: Path) -> str:
    """Merge in many more lists what may be merged without a person."""
    tally = Tally()
    for seed in range(MORE_FROM, MORE_FROM + MORE_SEEDS):
        lists = corrupted_lists(folder, seed)
        tally.add(lists, *ours(lists.records))
    return (
        f"{MORE_SEEDS} more pairs of lists: recall {tally.right / tally.true:.3f}, "
        f"{tally.merged_right:,} of {tally.merged:,} automatic merges right"
    )


def _look_ups(lists: LabelledLists) -> str:
    """Ask of records of the partner's list whether they are in the register."""
    register = [one for one in lists.records if one.source_name == "register"]
    by_id = {one.id: one for one in lists.records}
    known = {one.id for one in register}
    asked = [pair for pair in sorted(lists.truth) if pair[0] in known and pair[1] not in known]
    lookup = Lookup(register)
    lookup.candidates(register[0])
    start = time.perf_counter()
    right = sum(
        first in {match.second_id for match in lookup.candidates(by_id[second])}
        for first, second in asked[:LOOKUPS]
    )
    asked = asked[:LOOKUPS]
    each = (time.perf_counter() - start) / len(asked) * 1000
    return f"{right} of {len(asked)} found at registration, {each:.0f} ms each"


def _large(folder: Path) -> str:
    lists = grown_lists(folder, FIRST_SEED, KNOWN, LISTED)
    register = [one for one in lists.records if one.source_name == "register"]
    listed = [one for one in lists.records if one.source_name == "list"]
    start = time.perf_counter()
    matches = find_matches(listed, against=register)
    seconds = time.perf_counter() - start
    found = {match.pair for match in matches}
    recall = len(found & lists.truth) / len(lists.truth)
    return f"{LISTED:,} against {KNOWN:,}: {seconds:.1f} s, recall {recall:.3f}"


def _pair(one: MatchRecord, other: MatchRecord) -> Pair:
    return (min(one.id, other.id), max(one.id, other.id))


if __name__ == "__main__":
    main()
