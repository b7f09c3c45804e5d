"""No withheld count can be had from what is shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from mapper.domain.disclosure import THRESHOLD
from mapper.reports.suppression import Path, may_read_fewer, path_totals, withheld_paths

ROUNDING_ERROR = 1e-6


def paths(*counts: tuple[str, float]) -> dict[Path, float]:
    """Leaves written as ``lad/ward/lsoa``."""
    return {tuple(path.split("/")): count for path, count in counts}


@st.composite
def grounds(draw: st.DrawFn) -> dict[Path, float]:
    """Up to twelve small areas in up to three districts, most of them with few incidents."""
    counts = draw(st.lists(st.one_of(st.integers(0, 6), st.integers(0, 40)), max_size=12))
    wards = draw(st.lists(st.integers(0, 5), min_size=len(counts), max_size=len(counts)))
    return {
        (f"L{ward % 3}", f"W{ward}", f"A{i}"): float(count)
        for i, (count, ward) in enumerate(zip(counts, wards, strict=True))
    }


def attack(
    leaves: dict[Path, float], withheld: frozenset[Path], most: float | None
) -> dict[Path, tuple[float, float]]:
    """What somebody with every shown total can tell of each withheld area: least and most."""
    order = sorted(leaves)
    totals = path_totals(leaves)

    def holds(path: Path) -> np.ndarray:
        return np.array([float(leaf[: len(path)] == path) for leaf in order])

    shown = [path for path in totals if path not in withheld]
    given_totals = [totals[path] for path in shown]
    known = np.array([holds(path) for path in shown]) if shown else None
    bounds = [(0, most if leaf in withheld else None) for leaf in order]
    found = {}
    for path in withheld:
        ends = []
        for sign in (1, -1):
            solved = linprog(
                sign * holds(path), A_eq=known, b_eq=given_totals or None, bounds=bounds
            )
            ends.append(np.inf if solved.status == 3 else float(solved.fun) * sign)
        found[path] = (ends[0], ends[1])
    return found


@given(grounds())
def test_no_withheld_count_can_be_told_to_within_less_than_the_threshold(
    leaves: dict[Path, float],
) -> None:
    withheld = withheld_paths(leaves)
    for path, (least, most) in attack(leaves, withheld, None).items():
        assert most - least >= THRESHOLD - ROUNDING_ERROR, path


@given(grounds())
def test_every_count_under_the_threshold_is_withheld_at_every_level(
    leaves: dict[Path, float],
) -> None:
    small = {path for path, total in path_totals(leaves).items() if total < THRESHOLD}
    assert small <= withheld_paths(leaves) | (set() if leaves else {()})


@given(grounds())
@settings(max_examples=150)
def test_areas_said_to_have_fewer_than_five_may_still_have_none_or_four(
    leaves: dict[Path, float],
) -> None:
    withheld = withheld_paths(leaves)
    if not may_read_fewer(withheld, path_totals(leaves), 3):
        return
    for path, (least, most) in attack(leaves, withheld, THRESHOLD - 1).items():
        assert least <= ROUNDING_ERROR or len(path) < 3, path
        assert most >= THRESHOLD - 1 - ROUNDING_ERROR, path


@given(grounds())
def test_what_is_withheld_does_not_hang_on_the_order_of_areas(leaves: dict[Path, float]) -> None:
    assert withheld_paths(leaves) == withheld_paths(dict(reversed(leaves.items())))


def test_nothing_is_withheld_where_every_count_is_large() -> None:
    assert withheld_paths(paths(("P/W/a", 5), ("P/W/b", 90))) == frozenset()


def test_a_small_area_takes_the_one_paired_with_it_along_and_not_the_smallest() -> None:
    withheld = withheld_paths(paths(("P/W/a", 2), ("P/W/b", 70), ("P/W/c", 6), ("P/W/d", 50)))
    assert withheld == {("P", "W", "a"), ("P", "W", "b")}


@pytest.mark.parametrize(
    ("largest", "names"), [(90, "ab"), (9, "ab"), (8, "abc"), (7, "abc"), (4, "abc")]
)
def test_of_three_the_largest_is_shown_when_it_outweighs_the_others(
    largest: float, names: str
) -> None:
    withheld = withheld_paths(paths(("P/W/a", 2), ("P/W/b", 6), ("P/W/c", largest)))
    assert withheld == {("P", "W", name) for name in names}


def test_of_three_that_hold_too_little_all_are_withheld() -> None:
    withheld = withheld_paths(paths(("P/W/a", 2), ("P/W/b", 2), ("P/W/c", 60)))
    assert withheld == {("P", "W", name) for name in "abc"}


def test_the_last_of_an_odd_number_are_three() -> None:
    leaves = paths(*((f"P/W/{name}", 9) for name in "abcd"), ("P/W/e", 2))
    assert withheld_paths(leaves) == {("P", "W", name) for name in "cde"}


def test_a_pair_that_holds_too_little_takes_the_next_along() -> None:
    withheld = withheld_paths(
        paths(*((f"P/W/{name}", 9) for name in "abef"), ("P/W/c", 2), ("P/W/d", 2))
    )
    assert withheld == {("P", "W", name) for name in "abcd"}


def test_two_levels_cannot_be_subtracted_from_each_other() -> None:
    leaves = paths(
        ("P/V/a", 1), ("P/V/b", 2),
        ("P/W/c", 6), ("P/W/d", 60),
        ("P/X/e", 20), ("P/X/f", 20), ("P/Y/g", 8), ("P/Y/h", 9),
    )  # fmt: skip
    withheld = withheld_paths(leaves)
    assert withheld == {
        ("P", "V"), ("P", "V", "a"), ("P", "V", "b"),
        ("P", "W"), ("P", "W", "c"), ("P", "W", "d"),
    }  # fmt: skip


@given(grounds())
def test_whoever_knows_the_rule_can_tell_no_more(leaves: dict[Path, float]) -> None:
    withheld = withheld_paths(leaves)
    pools: dict[Path, list[Path]] = {}
    for path in leaves:
        if path in withheld and () not in withheld:
            around = next(path[:n] for n in (2, 1, 0) if path[:n] not in withheld)
            pools.setdefault(around, []).append(path)
    for pool in pools.values():
        together = sum(leaves[path] for path in pool)
        assert together >= THRESHOLD
        for chosen in pool:
            other = leaves | dict.fromkeys(pool, 0.0) | {chosen: together}
            assert withheld_paths(other) == withheld


def test_a_whole_with_too_little_is_withheld_too() -> None:
    assert () in withheld_paths(paths(("P/W/a", 1), ("S/W/b", 2)))


def test_four_and_four_are_not_said_to_be_fewer_than_five() -> None:
    leaves = paths(("P/W/a", 4), ("P/W/b", 4), ("P/W/c", 50))
    assert not may_read_fewer(withheld_paths(leaves), path_totals(leaves), 3)


def test_many_small_counts_may_be_said_to_be_fewer_than_five() -> None:
    small = (("P/W/a", 1), ("P/W/b", 2), ("P/W/c", 3), ("P/W/d", 0))
    leaves = paths(*small, ("P/W/e", 50), ("P/W/f", 50))
    assert may_read_fewer(withheld_paths(leaves), path_totals(leaves), 3)


@pytest.mark.parametrize("length", [1, 2, 3])
def test_nothing_withheld_leaves_nothing_to_tell(length: int) -> None:
    leaves = paths(("P/W/a", 10))
    assert may_read_fewer(withheld_paths(leaves), path_totals(leaves), length)
