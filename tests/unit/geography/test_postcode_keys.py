"""A number stands for one postcode and no other."""

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapper.geography.postcode_keys import pack_postcodes


def pack(*texts: str) -> list[int]:
    return [int(key) for key in pack_postcodes(pa.array(texts, pa.large_string()))]


TEXTS = st.text(alphabet="PO1Aapo \0é", max_size=9)


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_the_same_letters_and_only_they_have_the_same_number(texts: list[str]) -> None:
    plain = [text.replace(" ", "").encode().upper()[:8] for text in texts]
    plain = ["too long" if len(text) > 7 else text for text in plain]
    keys = pack(*texts)

    assert [[a == b for b in keys] for a in keys] == [[a == b for b in plain] for a in plain]


@given(st.lists(TEXTS, min_size=2, max_size=6))
def test_a_text_has_the_same_number_in_any_company(texts: list[str]) -> None:
    array = pa.array(texts, pa.large_string())

    assert pack_postcodes(array.slice(1))[0] == pack(texts[1])[0]


def test_a_postcode_is_its_letters_in_order_and_its_length() -> None:
    assert pack("po1 3ax") == [int.from_bytes(b"PO13AX\0\x06", "little")]


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_nothing_is_packed_as_nothing(texts: list[str]) -> None:
    assert pack(*texts) == [0] * len(texts)
