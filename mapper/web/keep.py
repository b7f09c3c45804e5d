"""A small memory for what is costly to make and the same for everybody who may see it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")

_MOST_KEPT = 128


class Keep:
    """Values by key, the least recently used dropped first.

    Two requests that miss at the same time both make the value; the last one stays.

    Parameters
    ----------
    most : how many values are kept.
    """

    def __init__(self, most: int = _MOST_KEPT) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under a key, made when it is not there.

        Parameters
        ----------
        key : everything that the value depends on.
        make : makes the value.
        """
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return cast("T", self._values[key])
        value = make()
        with self._lock:
            self._values[key] = value
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return value

    def __len__(self) -> int:
        return len(self._values)
