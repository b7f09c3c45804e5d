"""Counts with what they count, in words."""


def counted(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun, such as ``1 area`` or ``1,204 areas``.

    Parameters
    ----------
    count : of them.
    one : the words for one of them, a verb with them where it differs: ``area was``.
    many : the words for several or none; the first with an s where not given.
    """
    return f"{count:,} {one if count == 1 else many or f'{one}s'}"
