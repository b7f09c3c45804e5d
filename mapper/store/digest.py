"""A fingerprint of a record, to tell a changed one from one that is as before."""

import hashlib
import json
from dataclasses import fields, is_dataclass
from typing import Any


def digest_of(*parts: object) -> str:
    """Return a SHA-256 that is the same for the same values, in any process.

    Parameters
    ----------
    parts : records (dataclasses) or plain values.
    """
    text = json.dumps([_plain(part) for part in parts], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: ANN401  (any value a record may hold)
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
