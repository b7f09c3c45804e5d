"""A load that is killed leaves all of its file or nothing, and the next one works."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from mapper.store.session import Store

pytestmark = pytest.mark.slow

ROWS = 12_000
"""Enough that a second process reads them."""
PATIENCE_SECONDS = 600
ROOT = Path(__file__).resolve().parents[3]
POSTCODES = ("PO1 2AL", "SO14 7DU", "PO30 1UD")
GROWN_BYTES = 500_000
OTHERS = """SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()"""
OTHERS_WRITING = f"{OTHERS} AND backend_xid IS NOT NULL"
Sees = Callable[[], bool]


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A list of organisations that takes some seconds to load."""
    path = tmp_path_factory.mktemp("killed") / "big.csv"
    rows = (f"Example Club {n},{POSTCODES[n % 3]},{'What it does. ' * 30}" for n in range(ROWS))
    path.write_text("\n".join(["name,postcode,description", *rows]) + "\n")
    return path


@pytest.fixture
def start(database_url: str, big: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts the command as a shell would, in a process that can be killed."""
    running: list[subprocess.Popen[bytes]] = []

    def one() -> subprocess.Popen[bytes]:
        environment = os.environ | {"MAPPER_DATABASE_URL": database_url, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "mapper", "ingest", "organisations", str(big)]
        running.append(
            subprocess.Popen(
                command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
        )
        return running[-1]

    yield one
    for process in running:
        process.kill()
        process.wait()


def opened(store: Store, process: subprocess.Popen[bytes]) -> Sees:
    """Sees the process come to the database; saving is seconds away."""
    if store.engine.dialect.name == "sqlite":
        database = Path(str(store.engine.url.database)).resolve()
        handles = Path(f"/proc/{process.pid}/fd")
        return lambda: database in map(_target, handles.iterdir())
    return lambda: _number(store.engine, OTHERS) > 0


def _target(handle: Path) -> Path:
    """What a process has open; a handle may be closed before it is looked at."""
    try:
        return handle.resolve()
    except FileNotFoundError:
        return handle


def saving(store: Store, process: subprocess.Popen[bytes]) -> Sees:  # noqa: ARG001
    """Sees the first pages of the one transaction that saves reach the database."""
    if store.engine.dialect.name == "sqlite":
        return _grown(lambda: _size(f"{store.engine.url.database}-wal"), 1)
    return lambda: _number(store.engine, OTHERS_WRITING) > 0


def far_into_saving(store: Store, process: subprocess.Popen[bytes]) -> Sees:  # noqa: ARG001
    """Sees megabytes of that transaction there."""
    if store.engine.dialect.name == "sqlite":
        return _grown(lambda: _size(f"{store.engine.url.database}-wal"), GROWN_BYTES)
    size = "SELECT pg_database_size(current_database())"
    return _grown(lambda: _number(store.engine, size), GROWN_BYTES)


@pytest.mark.parametrize("moment", [opened, saving, far_into_saving])
def test_a_killed_load_leaves_all_or_nothing_and_the_next_one_works(
    moment: Callable[[Store, subprocess.Popen[bytes]], Sees],
    store: Store,
    start: Callable[[], subprocess.Popen[bytes]],
) -> None:
    process = start()
    _wait_for(moment(store, process), process)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert _kept(store) in {(0, 0), (ROWS, 1)}

    assert start().wait(PATIENCE_SECONDS) == 0
    assert _kept(store) == (ROWS, 1)


def _wait_for(sees: Sees, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            pytest.fail(f"The load ended with {process.returncode} before the moment was seen.")
        if sees():
            return
        time.sleep(0.002)
    pytest.fail("The moment to kill the load was never seen.")


def _grown(measure: Callable[[], int], by: int) -> Sees:
    before = measure()
    return lambda: measure() >= before + by


def _size(path: str) -> int:
    return Path(path).stat().st_size if Path(path).exists() else 0


def _number(engine: Engine, query: str) -> int:
    with engine.connect() as connection:
        return int(connection.scalar(text(query)) or 0)


def _kept(store: Store) -> tuple[int, int]:
    """Count the organisations and the sources that they came from."""
    organisations = _number(store.engine, "SELECT count(*) FROM organisations")
    return organisations, _number(store.engine, "SELECT count(*) FROM sources")
