"""The colours: readable, in order, and told apart by colour-blind readers."""

from itertools import combinations, pairwise

import numpy as np
import pytest

from mapper.maps.palette import (
    GAP,
    INK,
    LEVELS,
    NEED,
    OUTLINE,
    PROVISION,
    contrast,
    ink_on,
    relative_luminance,
)

# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = TO_XYZ @ np.ones(3)


def lab(colour: str, sight: str) -> np.ndarray:
    coded = np.array([int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)])
    linear = np.where(coded <= 0.04045, coded / 12.92, ((coded + 0.055) / 1.055) ** 2.4)
    ratio = TO_XYZ @ np.clip(SIGHT[sight] @ linear, 0, 1) / WHITE
    root = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def smallest_difference(colours: tuple[str, ...], sight: str) -> float:
    seen = [lab(colour, sight) for colour in colours]
    return min(float(np.linalg.norm(one - other)) for one, other in combinations(seen, 2))


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("name", ["NEED", "PROVISION", "GAP"])
def test_no_two_colours_of_a_layer_look_alike(name: str, sight: str) -> None:
    colours = {"NEED": NEED, "PROVISION": PROVISION, "GAP": tuple(GAP.values())}[name]
    # 2.3 is just noticeable; areas lie apart, so five times as much is asked.
    assert smallest_difference(colours, sight) > 11


@pytest.mark.parametrize("steps", [NEED, PROVISION])
def test_steps_darken_from_low_to_high(steps: tuple[str, ...]) -> None:
    assert all(
        relative_luminance(one) > relative_luminance(other) for one, other in pairwise(steps)
    )


def test_every_pair_of_thirds_has_a_colour() -> None:
    assert set(GAP) == {f"{need} need, {have} provision" for need in LEVELS for have in LEVELS}


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_contrast_does_not_depend_on_order() -> None:
    assert contrast(INK, OUTLINE) == contrast(OUTLINE, INK)


@pytest.mark.parametrize("colour", GAP.values())
def test_numbers_in_the_key_can_be_read(colour: str) -> None:
    assert contrast(ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("colour", [NEED[0], PROVISION[0], GAP["low need, low provision"]])
def test_outlines_stand_out_from_the_palest_fills(colour: str) -> None:
    assert contrast(OUTLINE, colour) >= 3
