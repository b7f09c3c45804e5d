"""Postcodes as whole numbers, many at a time: the fast half of the postcode directory.

A postcode without its spaces is at most seven letters and figures, so it fits in the eight
bytes of one number, with its length in the last. Numbers are compared and looked up several
times faster than texts.
"""

from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

_SPACE: Final = ord(" ")
_SMALL_TO_CAPITAL: Final = 5  # the bit, 32, that tells a small letter from a capital one
_LONGEST: Final = 7
# By length: the bytes that count, and the length itself; what is too long is never found.
_BYTES: Final = np.array([(1 << 8 * n) - 1 for n in range(_LONGEST + 1)] + [0], np.uint64)
_LENGTH: Final = np.array([n << 56 for n in range(_LONGEST + 1)] + [255 << 56], np.uint64)


def pack_postcodes(texts: pa.Array) -> NDArray[np.uint64]:
    """Pack each text, less its spaces and in capitals, into one number.

    Parameters
    ----------
    texts : an Arrow array of large strings without nulls.

    Returns
    -------
    One number a text. Two texts have the same number if and only if they are the same but for
    case and spaces; texts longer than seven bytes all have one number, which no postcode has.
    """
    offsets = np.frombuffer(texts.buffers()[1], np.int64)[texts.offset :][: len(texts) + 1]
    letters = np.frombuffer(texts.buffers()[2] or b"", np.uint8)[offsets[0] : offsets[-1]]
    is_kept = letters != _SPACE
    kept_before = np.zeros(len(letters) + 1, np.int32)
    np.cumsum(is_kept, out=kept_before[1:])
    starts = kept_before[offsets - offsets[0]]
    lengths = np.minimum(np.diff(starts), _LONGEST + 1)
    words = _eight_bytes_from(_capitals(np.compress(is_kept, letters)))
    keys: NDArray[np.uint64] = (words[starts[:-1]] & _BYTES[lengths]) | _LENGTH[lengths]
    return keys


def _capitals(letters: NDArray[np.uint8]) -> NDArray[np.uint8]:
    is_small = (letters >= ord("a")) & (letters <= ord("z"))
    return letters - (is_small.view(np.uint8) << _SMALL_TO_CAPITAL)


def _eight_bytes_from(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """View the eight bytes that begin at each byte as a number, without copying them."""
    padded = np.concatenate([letters, np.zeros(8, np.uint8)])
    return np.ndarray((len(letters) + 1,), np.dtype("<u8"), buffer=padded, strides=(1,))
