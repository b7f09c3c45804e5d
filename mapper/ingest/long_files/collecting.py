"""Looking for lost circles of objects less often while many records are made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_OBJECTS: Final = 100_000


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let Python's garbage collector look about seldom in the block, and as before after it.

    Records hold no circles and go when the last chunk that has them goes; without this, a sixth
    of the time of a long list is spent looking for circles among them.
    """
    before = gc.get_threshold()
    gc.set_threshold(max(_OBJECTS, before[0]) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
