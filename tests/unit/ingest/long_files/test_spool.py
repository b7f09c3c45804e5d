"""Records laid aside on disk come back as they were, and are read by nobody else."""

from datetime import date

import pytest

from mapper.domain.contact import Consent, Contact
from mapper.domain.disclosure import Audience
from mapper.domain.vocabulary import Theme
from mapper.ingest.long_files.spool import CHUNK, Pending, Spool, laid_aside
from tests.factories import make_organisation, make_place

CONSENT = Consent(Audience.PARTNER, date(2025, 3, 1), "e-mail reply")


def test_a_record_comes_back_with_all_that_it_holds() -> None:
    record = make_organisation(
        themes=frozenset(Theme), contacts=(Contact("Alex Person", consent=CONSENT),)
    )
    assert list(Spool([(2, record), (3, None)])) == [(2, record), (3, None)]


def test_a_place_comes_back_equal() -> None:
    assert Spool([make_place()])[0] == make_place()


def test_records_keep_their_order_from_chunk_to_chunk() -> None:
    many = range(2 * CHUNK + 3)
    spool = Spool(many)
    assert len(spool) == len(many)
    assert list(spool) == list(many)
    assert list(spool) == list(many), "they can be gone through again"


@pytest.mark.parametrize("at", [0, CHUNK - 1, CHUNK, CHUNK + 6, -1])
def test_one_record_can_be_asked_for(at: int) -> None:
    many = range(CHUNK + 7)
    assert Spool(many)[at] == many[at]


def test_some_records_can_be_asked_for() -> None:
    assert list(Spool(range(CHUNK + 7))[CHUNK - 1 : CHUNK + 1]) == [CHUNK - 1, CHUNK]


def test_there_is_nothing_after_the_last() -> None:
    with pytest.raises(IndexError):
        Spool(range(3))[3]


def test_a_few_records_never_touch_the_disk() -> None:
    assert laid_aside(range(3)) == (0, 1, 2)


def test_many_records_are_laid_aside() -> None:
    kept = laid_aside(range(CHUNK))
    assert isinstance(kept, Spool)
    assert list(kept) == list(range(CHUNK))


def test_pending_records_taken_once_are_not_laid_aside() -> None:
    pending = Pending(iter(range(CHUNK + 1)))

    assert sum(1 for _ in pending.once()) == CHUNK + 1
    assert not pending.is_read


def test_pending_records_asked_for_in_another_way_can_be_had_again() -> None:
    pending = Pending(iter("abc"))

    assert (len(pending), pending[1], list(pending), list(pending.once())) == (
        3,
        "b",
        ["a", "b", "c"],
        ["a", "b", "c"],
    )
    assert pending.is_read
