"""A postcode is found however it is written, and a fault says which fault it is."""

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapper.domain.place import Precision
from mapper.domain.postcode import PostcodeFault
from mapper.errors import SourceError
from mapper.geography.postcode_directory import PostcodeDirectory

CODES = {"lsoa11_code": "E01000001", "msoa11_code": "E02000001", "ward_code": "E05000001"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> PostcodeDirectory:
    """Four postcodes in two districts, worked out by hand."""
    rows = pd.DataFrame(
        {
            "postcode": ["PO11AA", "PO11AB", "PO11AD", "SO101AA"],
            "easting_m": [464000, 464100, 499999, 442000],
            "northing_m": [100000, 100200, 199999, 112000],
            "lad_code": ["E06000044", "E06000044", "E07000090", "E06000045"],
            "is_terminated": [False, False, True, True],
            **CODES,
        }
    )
    path = tmp_path_factory.mktemp("postcodes") / "small.parquet"
    rows.to_parquet(path)
    return PostcodeDirectory.load(path)


@pytest.fixture(scope="module")
def shipped() -> PostcodeDirectory:
    return PostcodeDirectory.load()


def test_a_postcode_gives_its_point_and_its_areas(small: PostcodeDirectory) -> None:
    found = small.find("po1 1aa")

    assert (found.postcode, found.easting_m, found.northing_m, found.lsoa11_code) == (
        "PO1 1AA",
        464000,
        100000,
        "E01000001",
    )


def test_a_full_postcode_is_as_exact_as_a_postcode_can_be(small: PostcodeDirectory) -> None:
    assert small.find("PO1 1AA").precision is Precision.UNIT_POSTCODE


def test_a_terminated_postcode_is_found_and_marked(small: PostcodeDirectory) -> None:
    assert small.find("SO10 1AA").is_terminated


def test_a_slip_is_forgiven(small: PostcodeDirectory) -> None:
    assert small.find("P01 IAA").postcode == "PO1 1AA"


def test_a_district_is_the_middle_of_its_live_postcodes(small: PostcodeDirectory) -> None:
    found = small.find("po1")

    assert (found.easting_m, found.northing_m, found.precision) == (
        464050,
        100100,
        Precision.DISTRICT,
    )


def test_a_district_gives_no_area_smaller_than_its_local_authority(
    small: PostcodeDirectory,
) -> None:
    found = small.find("PO1")

    assert (found.lad_code, found.ward_code, found.lsoa11_code) == ("E06000044", "", "")


def test_a_sector_is_the_middle_of_its_live_postcodes(small: PostcodeDirectory) -> None:
    found = small.find("po1 1")

    assert (found.postcode, found.easting_m, found.northing_m, found.precision) == (
        "PO1 1",
        464050,
        100100,
        Precision.SECTOR,
    )


def test_a_sector_gives_the_ward_of_all_its_live_postcodes_and_nothing_smaller(
    small: PostcodeDirectory,
) -> None:
    found = small.find("PO1 1")

    assert (found.lad_code, found.ward_code, found.lsoa11_code) == ("E06000044", "E05000001", "")


def test_a_sector_of_two_wards_gives_its_local_authority_alone(shipped: PostcodeDirectory) -> None:
    found = shipped.find("PO1 3")

    assert (found.lad_code, found.ward_code) == ("E06000044", "")


def test_a_district_without_live_postcodes_is_still_somewhere(small: PostcodeDirectory) -> None:
    assert small.find("SO10").easting_m == 442000


@pytest.mark.parametrize("text", ["AB10 1AA", "PO1 1AX", "AB10", "AB1O 1AA"])
def test_a_postcode_not_in_the_directory_is_unknown(small: PostcodeDirectory, text: str) -> None:
    assert small.find(text).fault is PostcodeFault.UNKNOWN


@pytest.mark.parametrize("text", ["", "none", "PO1 1A", "12345", "ZZ1 1", "ZZ1 1AA", "PO1 1AC"])
def test_what_is_not_a_postcode_is_malformed(small: PostcodeDirectory, text: str) -> None:
    assert small.find(text).fault is PostcodeFault.MALFORMED


def test_a_fault_has_no_place(small: PostcodeDirectory) -> None:
    assert small.find("AB10 1AA").place is None


def test_what_is_found_makes_a_place_for_a_record(small: PostcodeDirectory) -> None:
    place = small.find("SO101AA").place

    assert place is not None
    assert (place.postcode, place.method, place.is_terminated) == (
        "SO10 1AA",
        "postcode directory",
        True,
    )


WRITTEN = st.one_of(
    st.sampled_from(
        [
            "PO1 1AA",
            "po11aa",
            " PO1  1ab",
            "P01 1AA",
            "PO1\t1AD",
            "SO10",
            "po1 ",
            "PO1 1",
            "PO1 9",
            "so10 1",
            "SO1O 1AA",
        ]
    ),
    st.sampled_from(["AB10 1AA", "ZZ1 1AA", "W1A 1AA", "junk", "", "PO1-1AA", "\u00a0PO1 1AA"]),
    st.text(max_size=8),
)


@given(st.lists(WRITTEN, max_size=12))
@settings(deadline=None)
def test_many_are_found_as_one_by_one(small: PostcodeDirectory, texts: list[str]) -> None:
    found = small.find_many(texts)
    singly = [small.find(text) for text in texts]

    assert found["fault"].astype(object).where(found["fault"].notna(), None).tolist() == [
        one.fault for one in singly
    ]
    assert found["precision"].tolist() == [one.precision for one in singly]
    for column in ("easting_m", "northing_m", "is_terminated"):
        values = found[column].astype(object).where(found[column].notna(), None).tolist()
        assert values == [getattr(one, column) for one in singly]
    for column in ("lsoa11_code", "msoa11_code", "ward_code", "lad_code"):
        values = found[column].astype("str").fillna("").tolist()
        assert values == [getattr(one, column) for one in singly]


def test_rows_keep_the_index_of_the_series(small: PostcodeDirectory) -> None:
    found = small.find_many(pd.Series(["PO1 1AB", None], index=["x", "y"]))

    assert found["postcode"].dropna().to_dict() == {"x": "PO1 1AB"}


def test_a_missing_text_is_malformed(small: PostcodeDirectory) -> None:
    found = small.find_many(pa.array([None, "PO1 1AA"]))

    assert found["fault"].tolist()[0] == "malformed"


def test_the_shipped_directory_holds_hips(shipped: PostcodeDirectory) -> None:
    assert len(shipped) == 94_331


def test_every_shipped_postcode_finds_itself(shipped: PostcodeDirectory) -> None:
    keys = shipped.table["postcode"].iloc[: len(shipped)].astype("str").reset_index(drop=True)

    assert (shipped.find_many(keys.str.lower())["postcode"].astype("str") == keys).all()


def test_a_missing_directory_says_how_to_get_one() -> None:
    with pytest.raises(SourceError, match="make reference-data"):
        PostcodeDirectory.load(Path("nowhere.parquet"))


def test_a_file_that_is_no_directory_says_so(tmp_path: Path) -> None:
    path = tmp_path / "other.parquet"
    pd.DataFrame({"a": [1]}).to_parquet(path)

    with pytest.raises(SourceError, match="cannot be read"):
        PostcodeDirectory.load(path)
