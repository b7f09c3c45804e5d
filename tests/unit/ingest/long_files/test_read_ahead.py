"""Records made in another process."""

import os
import signal
import sys
import time
from collections.abc import Iterator

import pytest

from mapper.errors import SourceError
from mapper.ingest.long_files.read_ahead import ReadAhead, first_of
from mapper.ingest.long_files.spool import CHUNK

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="processes are copied on Linux only"
)

MANY = 3 * CHUNK + 7
HERE = os.getpid()


def nothing() -> None:
    """Neither learn nor begin anything."""


def ahead(records: Iterator[object], heard: list[object] | None = None) -> ReadAhead[object]:
    """Read ahead, and keep what was learnt."""
    told: list[object] = [] if heard is None else heard
    return ReadAhead(records, lambda is_whole: is_whole, told.append, nothing)


def failing_after(count: int) -> Iterator[object]:
    """Give some records, then fail."""
    yield from range(count)
    raise SourceError("The rest is torn.", action="Send it again.")


def test_every_record_comes_once_and_in_order() -> None:
    assert list(ahead(iter(range(MANY)))) == list(range(MANY))


def test_the_records_are_made_in_another_process() -> None:
    makers = set(ahead(os.getpid() for _ in range(3)))

    assert len(makers) == 1
    assert makers != {HERE}


def test_looking_at_the_first_records_takes_none() -> None:
    records = ahead(iter(range(MANY)))

    assert list(first_of(records))[:3] == [0, 1, 2]
    assert sum(1 for _ in records) == MANY


def test_no_records_are_told_at_once_with_what_was_learnt() -> None:
    heard: list[object] = []

    assert not ahead(iter(()), heard)
    assert heard == [True]


def test_what_was_learnt_is_heard_before_the_last_record_is_left() -> None:
    heard: list[object] = []
    records = ahead(iter(range(MANY)), heard)

    assert heard == []
    assert sum(1 for _ in records) == MANY
    assert heard == [True]


@pytest.mark.parametrize("before", [0, CHUNK + 1])
def test_an_error_there_is_raised_here_in_its_own_words(before: int) -> None:
    heard: list[object] = []
    with pytest.raises(SourceError) as raised:
        list(ahead(failing_after(before), heard))

    assert (raised.value.found, raised.value.action) == ("The rest is torn.", "Send it again.")
    assert heard == [False]


def test_a_process_that_is_killed_is_told_of() -> None:
    def killed() -> Iterator[object]:
        yield from range(CHUNK)
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(RuntimeError, match="ended with -9"):
        list(ahead(killed()))


def test_the_other_process_ends_when_nobody_takes_the_records_any_more() -> None:
    def number_then_records() -> Iterator[object]:
        yield os.getpid()
        yield from range(1_000 * CHUNK)

    records = ahead(number_then_records())
    process = int(str(records.first[0]))
    assert is_running(process)
    del records

    assert ends_soon(process)


def is_running(process: int) -> bool:
    """Tell whether a process runs; one that only waits to be told of does not."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:  # noqa: PTH123
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def ends_soon(process: int) -> bool:
    """Wait some seconds for a process to end."""
    for _ in range(100):
        if not is_running(process):
            return True
        time.sleep(0.1)
    return False
