"""A small part of `python -m bench.truth share_gaps`: the interval holds what is true."""

from __future__ import annotations

import numpy as np

from bench.truth.share_gaps import measure, one
from bench.truth.worlds import hips, top, world


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    coverage, *_ = measure(worlds=4, draws=400)
    assert coverage.is_met, coverage.found


def test_stability_means_what_it_says() -> None:
    said = one(1, 400)
    sure = said[said["stability"] >= 0.5]
    off = sure["is_top"].mean() - sure["stability"].mean()
    # Of some eighty areas, twice the standard error of a share about 0.65.
    assert abs(off) < 2 * np.sqrt(0.65 * 0.35 / len(sure))
    assert (~said["is_top"][said["stability"] < 0.02]).mean() > 0.98


def test_the_true_share_gaps_of_a_world_add_up_to_nothing() -> None:
    assert abs(world(hips(), 1).share_gap.sum()) < 1e-9


def test_the_top_tenth_of_nineteen_areas_is_two_and_ties_are_in() -> None:
    scores = np.array([float("nan"), *range(17), 17, 17])
    assert top(scores).sum() == 2
