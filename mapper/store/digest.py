"""A fingerprint of a record, to tell a changed one from one that is as before."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any


def digest_of(*parts: object) -> str:
    """Return a SHA-256 that is the same for the same values, in any process.

    Parameters
    ----------
    parts : records (dataclasses) or plain values.
    """
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()


def _plain(value: Any) -> object:  # noqa: ANN401  (any value a record may hold)
    """Give what JSON cannot write, as something that it can."""
    kind: Any = type(value)
    names = _field_names(kind)
    if names:
        return {name: getattr(value, name) for name in names}
    return sorted(value) if isinstance(value, frozenset) else str(value)


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


# Made once: making it costs more than writing a record. Records hold no circles.
_ENCODER = json.JSONEncoder(sort_keys=True, default=_plain, check_circular=False)
