"""A fingerprint is the same for the same values, in any process, and differs for others."""

import os
import subprocess
import sys
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from mapper.domain.vocabulary import Theme
from mapper.store.digest import digest_of
from tests.factories import make_organisation, make_place

IN_ANOTHER_PROCESS = """
from mapper.domain.vocabulary import Theme
from mapper.store.digest import digest_of
from tests.factories import make_organisation
print(digest_of(make_organisation(source_key="1", name="One", themes=frozenset(Theme))))
"""


def test_equal_records_have_one_digest() -> None:
    choices = {"source_key": "1", "name": "One"}
    assert digest_of(make_organisation(**choices)) == digest_of(make_organisation(**choices))


def test_another_hash_seed_gives_the_same_digest() -> None:
    here = digest_of(make_organisation(source_key="1", name="One", themes=frozenset(Theme)))
    there = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS],
        env=os.environ | {"PYTHONHASHSEED": "12345", "PYTHONPATH": "."},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == here


@given(first=st.text(), second=st.text())
def test_different_values_have_different_digests(first: str, second: str) -> None:
    assert (digest_of(first) == digest_of(second)) == (first == second)


def test_the_place_counts() -> None:
    record = make_organisation()
    assert digest_of(record, None) != digest_of(record, make_place())


@given(st.frozensets(st.sampled_from(Theme)))
def test_the_order_of_a_set_does_not_matter(themes: frozenset[Theme]) -> None:
    backwards = frozenset(reversed(list(themes)))
    assert digest_of(themes) == digest_of(backwards)


def test_a_field_left_at_its_default_adds_nothing() -> None:
    @dataclass(frozen=True)
    class Before:
        name: str

    @dataclass(frozen=True)
    class After:
        name: str
        motto: str = ""

    assert digest_of(Before("One")) == digest_of(After("One", "".join([])))
    assert digest_of(Before("One")) != digest_of(After("One", "Onwards"))
