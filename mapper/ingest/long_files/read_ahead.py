"""Records made in a process of their own, while this one saves those made before them."""

import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from typing import Any, Final, Generic, TypeVar

from mapper.ingest.long_files.spool import RecordPickler, chunks

T = TypeVar("T")

_FORK: Final = "fork"
_PATIENCE_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class _End:
    """What the other process had learnt by its end, and why it came early, where it did."""

    learnt: Any
    error: BaseException | None = None


class ReadAhead(Generic[T]):
    """Records that another process makes, some ahead of whoever takes them.

    The other process is a copy of this one at the moment it starts, so that whatever the
    records are made with need not be sent there. It ends with this one, whichever way.

    Parameters
    ----------
    records : made there; a few thousand are under way at any time.
    learn : asked there at the end, and told whether all records were made.
    hear : told here what was learnt, before the last record is taken or the error is raised.
    begin : called there first, to let go of what two processes may not share.
    """

    def __init__(
        self,
        records: Iterable[T],
        learn: Callable[[bool], Any],
        hear: Callable[[Any], None],
        begin: Callable[[], None],
    ) -> None:
        context = multiprocessing.get_context(_FORK)
        line, theirs = context.Pipe(duplex=False)
        process = context.Process(
            target=_make, args=(records, learn, begin, (theirs, line)), daemon=True
        )
        process.start()
        theirs.close()
        arriving = _arriving(line, process, hear)
        self.first: list[T] = next(arriving, [])
        """The first records, to look at; they are among those taken."""
        self._items: Iterator[T] = chain(self.first, chain.from_iterable(arriving))

    def __iter__(self) -> Iterator[T]:
        """Give each record, once.

        Raises
        ------
        Exception
            Whatever the making raised there.
        """
        return self._items

    def __bool__(self) -> bool:
        """Tell whether there is a record."""
        return bool(self.first)


# Apart from the class: the line closes, and the other process ends, as soon as nobody holds it.
def _arriving(
    line: Connection, process: ForkProcess, hear: Callable[[Any], None]
) -> Iterator[list[Any]]:
    while True:
        try:
            said = pickle.loads(line.recv_bytes())  # noqa: S301  (written by our own process)
        except EOFError as error:
            process.join(_PATIENCE_S)
            raise RuntimeError(
                f"The process that reads ahead ended with {process.exitcode}."
            ) from error
        if isinstance(said, list):
            yield said
            continue
        hear(said.learnt)
        if said.error is not None:
            raise said.error
        process.join(_PATIENCE_S)
        return


Records = Sequence[T] | ReadAhead[T]
"""Records at hand, or on their way."""


def first_of(records: Records[T]) -> Sequence[T]:
    """Give records to look at, without taking any: all that are at hand, or the first to come.

    Parameters
    ----------
    records : not taken yet.
    """
    return records.first if isinstance(records, ReadAhead) else records


def can_read_ahead() -> bool:
    """Tell whether a second process can be had, and has a processor to run on.

    On macOS a copy of a process may not go on using the system's own libraries.
    """
    is_safe = sys.platform.startswith("linux") and _FORK in multiprocessing.get_all_start_methods()
    return is_safe and len(os.sched_getaffinity(0)) > 1


def _make(
    records: Iterable[Any],
    learn: Callable[[bool], object],
    begin: Callable[[], None],
    ends: tuple[Connection, Connection],
) -> None:
    line, other_end = ends
    other_end.close()  # or this process would never learn that the other one has gone
    begin()
    failed: BaseException | None = None
    with line, suppress(BrokenPipeError):  # nobody takes the records any more
        try:
            for some in chunks(records):
                _send(line, some)
        except BrokenPipeError:
            raise
        except BaseException as error:  # noqa: BLE001  (it is raised where the records are taken)
            failed = error
        _send(line, _End(learn(failed is None), failed))


def _send(line: Connection, said: object) -> None:
    written = BytesIO()
    RecordPickler(written, pickle.HIGHEST_PROTOCOL).dump(said)
    line.send_bytes(written.getbuffer())
