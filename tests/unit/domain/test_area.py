"""An area code says what type of area it names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.area import HIPS_LADS, AreaCode, AreaType
from mapper.errors import InvalidValueError


@pytest.mark.parametrize(
    ("code", "area_type"),
    [
        ("E00086000", AreaType.OA),
        ("E01017290", AreaType.LSOA),
        ("W01000001", AreaType.LSOA),
        ("E02003523", AreaType.MSOA),
        ("E05015600", AreaType.WARD),
        ("E06000044", AreaType.LAD),
        ("E07000091", AreaType.LAD),
        ("E08000001", AreaType.LAD),
        ("E09000001", AreaType.LAD),
        ("W06000001", AreaType.LAD),
    ],
)
def test_the_first_three_characters_tell_the_type(code: str, area_type: AreaType) -> None:
    assert AreaCode.parse(code).area_type is area_type


@given(st.sampled_from(["E00", "E01", "E02", "E05", "E06", "W01", "S12"]), st.integers(0, 999_999))
def test_a_code_read_from_its_own_text_is_itself(prefix: str, number: int) -> None:
    code = AreaCode.parse(f"{prefix}{number:06}")

    assert AreaCode.parse(f"  {code.lower()} ") == code


@pytest.mark.parametrize("text", ["", "E0101729", "E010172900", "01017290E", "Portsmouth", "nan"])
def test_what_has_not_the_shape_of_a_code_is_refused(text: str) -> None:
    with pytest.raises(InvalidValueError, match="is not an area code"):
        AreaCode.parse(text)


@pytest.mark.parametrize("code", ["E12000008", "E23000030", "N09000003"])
def test_a_code_of_another_type_is_refused(code: str) -> None:
    with pytest.raises(InvalidValueError, match="which mapper does not use"):
        AreaCode.parse(code)


def test_every_type_but_the_district_has_a_parent() -> None:
    assert {kind: kind.parent for kind in AreaType} == {
        AreaType.OA: AreaType.LSOA,
        AreaType.LSOA: AreaType.MSOA,
        AreaType.MSOA: AreaType.LAD,
        AreaType.WARD: AreaType.LAD,
        AreaType.LAD: None,
    }


def test_hips_is_fourteen_districts() -> None:
    assert len([code for code in HIPS_LADS if code.area_type is AreaType.LAD]) == 14
