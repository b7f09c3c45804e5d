"""The garbage collector is put back as it was."""

import gc

import pytest

from mapper.ingest.long_files.collecting import collecting_seldom


def test_it_looks_about_less_often_in_the_block_only() -> None:
    before = gc.get_threshold()
    with collecting_seldom():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before


def test_it_is_put_back_when_the_block_fails() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), collecting_seldom():
        raise KeyError
    assert gc.get_threshold() == before
