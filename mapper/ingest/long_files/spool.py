"""Records of a long file, laid aside on disk, so that memory does not grow with the file."""

import pickle
import tempfile
import weakref
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import chain, islice, repeat
from operator import attrgetter
from typing import IO, Any, Final, TypeVar, overload

T = TypeVar("T")

CHUNK: Final = 5_000
"""Records that are in memory together."""


class Spool(Sequence[T]):
    """Records in a file of this process alone: it has no name, and goes when the process does.

    Parameters
    ----------
    items : the records, in order; read once.
    """

    def __init__(self, items: Iterable[T]) -> None:
        # On Linux the file never has a name, and is readable by its owner only.
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed by the next line)
        weakref.finalize(self, self._file.close)
        self._starts: list[int] = []
        self._length = 0
        for chunk in chunks(items):
            self._starts.append(self._file.tell())
            RecordPickler(self._file, pickle.HIGHEST_PROTOCOL).dump(chunk)
            self._length += len(chunk)

    def __len__(self) -> int:
        """Count the records."""
        return self._length

    def __iter__(self) -> Iterator[T]:
        """Give the records one by one, a chunk in memory at a time."""
        return chain.from_iterable(map(self._chunk, range(len(self._starts))))

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Give one record, or some."""
        if isinstance(at, slice):
            return [self[each] for each in range(*at.indices(self._length))]
        which = at if at >= 0 else self._length + at
        if not 0 <= which < self._length:
            raise IndexError(at)
        return self._chunk(which // CHUNK)[which % CHUNK]

    def _chunk(self, number: int) -> list[T]:
        self._file.seek(self._starts[number])
        found: list[T] = pickle.load(self._file)  # noqa: S301  (written by this process)
        return found


class Pending(Sequence[T]):
    """Records that are not read yet.

    Whoever needs each of them only once takes them by `once`, and they are never laid aside;
    asked for in any other way they are.

    Parameters
    ----------
    items : the records, in order; read once.
    """

    def __init__(self, items: Iterable[T]) -> None:
        self._items = items
        self._kept: Sequence[T] | None = None

    @property
    def is_read(self) -> bool:
        """Whether they were asked for, and are laid aside."""
        return self._kept is not None

    def once(self) -> Iterator[T]:
        """Give the records one by one, for the only time unless they are laid aside already."""
        return iter(self._items if self._kept is None else self._kept)

    def __len__(self) -> int:
        """Count the records."""
        return len(self._read())

    def __iter__(self) -> Iterator[T]:
        """Give the records one by one, as often as wanted."""
        return iter(self._read())

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[T]: ...
    def __getitem__(self, at: int | slice) -> T | Sequence[T]:
        """Give one record, or some."""
        return self._read()[at]

    def _read(self) -> Sequence[T]:
        if self._kept is None:
            self._kept = laid_aside(self._items)
        return self._kept


def is_pending(records: Sequence[T]) -> bool:
    """Tell whether records are still to be read.

    Parameters
    ----------
    records : of a file.
    """
    return isinstance(records, Pending) and not records.is_read


def laid_aside(items: Iterable[T]) -> Sequence[T]:
    """Keep records for later: a few in memory, many on disk.

    Parameters
    ----------
    items : in order.
    """
    left = iter(items)
    first = tuple(islice(left, CHUNK))
    if len(first) < CHUNK:
        return first
    return Spool(chain(first, left))


def chunks(items: Iterable[T]) -> Iterator[list[T]]:
    """Cut records into lists that fit in memory.

    Parameters
    ----------
    items : in order.
    """
    left = iter(items)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


class RecordPickler(pickle.Pickler):
    """Pickles records field by field, which for frozen ones is far quicker than their own way."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401  (pickle's own shape)
        """Give a dataclass as its class and values, and leave the rest to pickle.

        Parameters
        ----------
        value : part of a record.
        """
        kind: Any = type(value)
        read = _values_of(kind)
        return NotImplemented if read is None else (_made, (kind, read(value)))


def _made(kind: Any, values: Iterable[object]) -> object:  # noqa: ANN401  (a dataclass)
    # Not by calling it: what was checked when it was first made need not be checked again.
    # The loop runs inside the interpreter: there are millions of values in a long list.
    made: object = object.__new__(kind)
    deque(map(object.__setattr__, repeat(made), _names(kind), values), maxlen=0)
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  (a dataclass)
    return tuple(field.name for field in fields(kind))


@cache
def _values_of(kind: type) -> Callable[[object], tuple[object, ...]] | None:
    """Give what reads the values of a dataclass, None for any other kind of value."""
    names = _names(kind) if is_dataclass(kind) else ()
    if not names:
        return None
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda value: (read(value),)
