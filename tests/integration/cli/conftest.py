"""The command line on databases of the tests' own."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mapper.ingest.reference import load_reference
from mapper.store.session import open_store
from tests.command_line import CommandLine

ROOT = Path(__file__).resolve().parents[3]
FILES = ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def initialised_file(upgraded_spatialite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the shipped areas and residents."""
    path = tmp_path_factory.mktemp("cli") / "initialised.sqlite"
    shutil.copy(upgraded_spatialite, path)
    store = open_store(f"sqlite:///{path}")
    load_reference(store, ROOT / "data")
    store.dispose()
    return path


@pytest.fixture(scope="session")
def analysed_file(initialised_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the small invented files loaded, and one run."""
    path = tmp_path_factory.mktemp("cli") / "analysed.sqlite"
    shutil.copy(initialised_file, path)
    run = CommandLine(f"sqlite:///{path}")
    run("ingest", "organisations", FILES / "organisations.csv")
    run("ingest", "activities", FILES / "activities.csv")
    run("ingest", "violence", FILES / "2026-01-hampshire-street.csv")
    assert run("analyse", "--from", "2026-01", "--to", "2026-02", "--publish").status == 0
    return path


@pytest.fixture
def on(tmp_path: Path) -> Callable[[Path], CommandLine]:
    """The command line on a copy of a database."""

    def copied(path: Path) -> CommandLine:
        return CommandLine(f"sqlite:///{shutil.copy(path, tmp_path / 'mapper.sqlite')}")

    return copied


@pytest.fixture
def mapper(on: Callable[[Path], CommandLine], analysed_file: Path) -> CommandLine:
    """The command line on a database that is ready for reports."""
    return on(analysed_file)


@pytest.fixture
def on_new_ground(on: Callable[[Path], CommandLine], initialised_file: Path) -> CommandLine:
    """The command line on a database with nothing but areas and residents."""
    return on(initialised_file)
