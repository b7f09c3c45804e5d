"""Stores with the small world in them, analysed; each test's own and free to be changed."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.domain.disclosure import Sensitivity
from mapper.store.session import Store, open_store
from tests.integration.reports.world import choices, fill
from tests.published import analyse_and_publish

Opened = Callable[[str], Store]


def _made(upgraded: Path, folder: Path, sensitivity: Sensitivity) -> Path:
    path = folder / f"{sensitivity.value}.sqlite"
    shutil.copy(upgraded, path)
    store = open_store(f"sqlite:///{path}")
    fill(store, sensitivity)
    analyse_and_publish(store, choices())
    store.dispose()
    return path


@pytest.fixture(scope="session")
def open_file(upgraded_spatialite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the world in it, its violence counts open, and one run."""
    return _made(upgraded_spatialite, tmp_path_factory.mktemp("world"), Sensitivity.OPEN)


@pytest.fixture(scope="session")
def restricted_file(upgraded_spatialite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, its violence counts restricted."""
    return _made(upgraded_spatialite, tmp_path_factory.mktemp("world"), Sensitivity.RESTRICTED)


@pytest.fixture
def world(open_file: Path, tmp_path: Path, opened: Opened) -> Store:
    """The world with open counts, analysed."""
    return opened(f"sqlite:///{shutil.copy(open_file, tmp_path)}")


@pytest.fixture
def restricted(restricted_file: Path, tmp_path: Path, opened: Opened) -> Store:
    """The world with restricted counts, analysed."""
    return opened(f"sqlite:///{shutil.copy(restricted_file, tmp_path)}")


@pytest.fixture
def filled(store: Store) -> Store:
    """The world with open counts, not analysed yet, on both kinds of database."""
    fill(store)
    return store


@pytest.fixture
def fresh(upgraded_spatialite: Path, tmp_path: Path, opened: Opened) -> Callable[[str], Store]:
    """Makes empty, upgraded stores."""

    def make(name: str) -> Store:
        return opened(f"sqlite:///{shutil.copy(upgraded_spatialite, tmp_path / name)}")

    return make
