"""Grid references name a square, and are the same written again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.grid_reference import GridReference
from mapper.errors import InvalidValueError

SIDES = st.sampled_from([10_000, 1_000, 100, 10, 1])


@st.composite
def squares(draw: st.DrawFn) -> GridReference:
    side = draw(SIDES)
    return GridReference(
        draw(st.integers(0, 700_000 // side - 1)) * side,
        draw(st.integers(0, 1_300_000 // side - 1)) * side,
        side,
    )


@given(squares())
def test_a_square_written_and_read_is_the_same_square(square: GridReference) -> None:
    assert GridReference.parse(str(square)) == square


@given(squares())
def test_case_and_spaces_do_not_matter(square: GridReference) -> None:
    assert GridReference.parse(str(square).lower().replace(" ", "")) == square


@pytest.mark.parametrize(
    ("text", "middle", "side"),
    [
        ("SU 42 12", (442_500, 112_500), 1_000),  # Southampton
        ("SU4212", (442_500, 112_500), 1_000),
        ("SU 42123 12345", (442_123.5, 112_345.5), 1),
        ("sz 649 998", (464_950, 99_850), 100),  # Portsmouth
        ("NN 166 712", (216_650, 771_250), 100),  # Ben Nevis
        ("TQ38", (535_000, 185_000), 10_000),  # London
        ("HP 60 14", (460_500, 1_214_500), 1_000),  # Unst
    ],
)
def test_known_places_lie_where_they_are(text: str, middle: tuple[float, float], side: int) -> None:
    square = GridReference.parse(text)
    assert (square.middle_m, square.side_m) == (middle, side)


@pytest.mark.parametrize("text", ["J 33 74", "j3374", "C 43 16"])
def test_the_irish_grid_is_refused_by_name(text: str) -> None:
    with pytest.raises(InvalidValueError, match="Irish Grid"):
        GridReference.parse(text)


@pytest.mark.parametrize("text", ["", "SU", "SU 421 12", "SI 42 12", "SU 421234 123456", "PO1 3AX"])
def test_what_is_no_reference_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="not a grid reference"):
        GridReference.parse(text)


def test_letters_outside_great_britain_are_refused() -> None:
    with pytest.raises(InvalidValueError, match="AA, which is not in Great Britain"):
        GridReference.parse("AA 12 12")
