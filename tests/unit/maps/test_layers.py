"""Which shade an area gets."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.maps.layers import (
    NO_ACTIVITY,
    UNKNOWN,
    WITHHELD,
    Choropleth,
    choropleths,
    rounded_breaks,
    shaded_features,
    step_labels,
)
from tests.unit.maps.invented import UNKNOWN as UNKNOWN_CELL
from tests.unit.maps.invented import WITHHELD as WITHHELD_CELL
from tests.unit.maps.invented import cell, square_areas

GAP, NEED, PROVISION = choropleths(square_areas())
FIGURES = st.lists(st.floats(0, 1e6), min_size=1, max_size=60)


def test_the_gap_comes_first() -> None:
    assert [layer.key for layer in (GAP, NEED, PROVISION)] == ["gap", "need", "provision"]


@pytest.mark.parametrize("layer", [GAP, NEED, PROVISION])
def test_a_withheld_figure_is_its_own_shade(layer: Choropleth) -> None:
    assert layer.shade_key(WITHHELD_CELL) == WITHHELD


@pytest.mark.parametrize("layer", [GAP, NEED, PROVISION])
def test_an_unknown_figure_is_its_own_shade(layer: Choropleth) -> None:
    assert layer.shade_key(UNKNOWN_CELL) == UNKNOWN


def test_no_activity_is_not_low_provision() -> None:
    assert PROVISION.shade_key(cell(0.0)) == NO_ACTIVITY


def test_no_violence_is_low_need() -> None:
    assert NEED.shade_key(cell(0.0)) == "0"


def test_a_figure_equal_to_a_break_belongs_to_the_step_above() -> None:
    assert NEED.shade_key(cell(NEED.breaks[1])) == "2"


def test_a_gap_class_that_nobody_defined_is_unknown() -> None:
    assert GAP.shade_key(cell("rather wide")) == UNKNOWN


def test_the_key_counts_every_area_once() -> None:
    assert [
        sum(shade.area_count for shade in layer.shades) for layer in (GAP, NEED, PROVISION)
    ] == [
        36,
        36,
        36,
    ]


def test_every_gap_class_stays_in_the_key_even_when_empty() -> None:
    assert (
        len([shade for shade in choropleths(square_areas(2))[0].shades if not shade.is_pattern])
        == 9
    )


def test_every_area_carries_the_shade_of_every_layer() -> None:
    layers = choropleths(square_areas())
    keys = {layer.key: {shade.key for shade in layer.shades} for layer in layers}
    features = shaded_features(square_areas(), layers)["features"]
    assert all(
        feature["properties"][f"{key}_shade"] in shades
        for feature in features
        for key, shades in keys.items()
    )


def test_breaks_cut_a_hundred_figures_into_fifths() -> None:
    assert rounded_breaks([float(each) for each in range(101)]) == (20, 40, 60, 80)


def test_equal_figures_make_one_step() -> None:
    assert rounded_breaks([3.0, 3.0, 3.0]) == ()


@given(FIGURES)
def test_breaks_increase_and_lie_within_the_figures(figures: list[float]) -> None:
    breaks = rounded_breaks(figures)
    assert all(low < high for low, high in pairwise(breaks))
    assert all(min(figures) < cut <= max(figures) for cut in breaks)


@given(FIGURES)
def test_there_is_a_label_for_every_step(figures: list[float]) -> None:
    breaks = rounded_breaks(figures)
    assert len(step_labels(breaks)) == len(breaks) + 1


def test_labels_say_which_end_belongs_to_the_step() -> None:
    assert step_labels((2.5, 10)) == ["Under 2.5", "2.5 to under 10", "10 and over"]
