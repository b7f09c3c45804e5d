"""The version of everything published, for caches."""

import hashlib

from sqlalchemy.orm import Session

from mapper.store.listings import register_version


def data_version(session: Session) -> str:
    """A short text that differs whenever anything published could."""
    return hashlib.sha256(repr(register_version(session)).encode()).hexdigest()[:16]
