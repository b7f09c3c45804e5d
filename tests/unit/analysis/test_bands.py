"""Age bands of two tables put on those that both are made of."""

from mapper.analysis.bands import common_bands


def test_bands_are_added_up_to_those_both_can_be_made_of() -> None:
    first = {(10, 14): 1.0, (15, 17): 2.0, (18, 24): 3.0, (25, None): 4.0}
    second = {(10, 17): 10.0, (18, 24): 20.0, (25, 44): 30.0, (45, None): 40.0}
    assert common_bands(first, second) == {
        (10, 17): (3.0, 10.0),
        (18, 24): (3.0, 20.0),
        (25, None): (4.0, 70.0),
    }


def test_a_withheld_part_makes_the_whole_unknown() -> None:
    found = common_bands({(10, 14): None, (15, 17): 2.0}, {(10, 17): 5.0})
    assert found == {(10, 17): (None, 5.0)}


def test_bands_with_a_hole_or_an_overlap_are_not_compared() -> None:
    assert common_bands({(0, 9): 1.0, (20, 29): 1.0}, {(0, 29): 1.0}) == {}
    assert common_bands({(0, 9): 1.0, (5, 14): 1.0}, {(0, 14): 1.0}) == {}
    assert common_bands({}, {(0, 14): 1.0}) == {}
