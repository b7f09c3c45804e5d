"""A fingerprint of a record, to tell a changed one from one that is as before."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any, Final

from mapper.domain.located import Located

_AS_THEY_ARE: Final = (str, int, float)


def digest_of(*parts: object) -> str:
    """Return a SHA-256 that is the same for the same values, in any process.

    A field that holds its default adds nothing, so that a field which a later version of
    mapper adds leaves the digests of records that do not use it as they were.

    Parameters
    ----------
    parts : records (dataclasses) or plain values.
    """
    return hashlib.sha256(_ENCODER.encode([_plain(part) for part in parts]).encode()).hexdigest()


def with_digest(located: Located[Any]) -> Located[Any]:
    """Give a record with the digest of it and its places, worked out unless it was before.

    Parameters
    ----------
    located : the record.
    """
    if located.digest:
        return located
    digest = digest_of(located.record, located.place, located.further_places)
    return replace(located, digest=digest)


def _plain(value: Any) -> object:  # noqa: ANN401  (any value a record may hold)
    """Give a value as lists and what JSON writes by itself; a field's default says nothing."""
    kind: Any = type(value)
    if kind is str or value is None or issubclass(kind, _AS_THEY_ARE):
        return value
    if kind is tuple or kind is list:
        return [_plain(each) for each in value]
    names, defaults, read = _fields_of(kind)
    if not names:
        return sorted(value) if kind is frozenset else str(value)
    return [
        [name, _plain(held)]
        for name, held, usual in zip(names, read(value), defaults, strict=True)
        if held is not usual and held != usual
    ]


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], tuple[object, ...], Any]:  # noqa: ANN401
    """Give the names of a dataclass's fields, their defaults, and what reads them together."""
    found = fields(kind) if is_dataclass(kind) else ()
    if not found:
        return (), (), None
    names = tuple(field.name for field in found)
    defaults = tuple(field.default for field in found)
    if len(names) == 1:
        return names, defaults, lambda value: (getattr(value, names[0]),)
    return names, defaults, attrgetter(*names)


# Made once: making it costs more than writing a record. Records hold no circles.
_ENCODER = json.JSONEncoder(check_circular=False)
