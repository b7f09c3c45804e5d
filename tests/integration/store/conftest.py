"""Stores with ground in them."""

import pytest

from mapper.store.session import Store
from tests.factories import lay_ground


@pytest.fixture
def ground(store: Store) -> Store:
    """A store with areas and residents."""
    with store.writing() as session:
        lay_ground(session)
    return store
