"""Writers queue, and what fails leaves nothing behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from mapper.errors import NotReadyError
from mapper.store.models import OrganisationRow, SourceRow
from mapper.store.organisations import organisation_names, save_organisations
from mapper.store.session import Store, open_store
from mapper.store.sources import add_source
from tests.factories import located, make_organisation, make_source

ROOT = Path(__file__).resolve().parents[3]

SAVE_AND_WAIT = """
import sys, time
from mapper.store.session import open_store
from mapper.store.sources import add_source
from mapper.store.organisations import save_organisations
from tests.factories import located, make_organisation, make_source

with open_store(sys.argv[1]).writing() as session:
    source = add_source(session, make_source())
    save_organisations(session, source, [located(make_organisation()) for _ in range(500)])
    print("half way", flush=True)
    time.sleep(60)
"""


def test_what_is_written_is_there_for_the_next_reader(store: Store) -> None:
    _save_one(store, "The Bridge")
    with store.reading() as session:
        assert organisation_names(session) == ["The Bridge"]


def test_a_failure_in_the_middle_leaves_nothing(store: Store) -> None:
    with pytest.raises(NotReadyError):
        _save_and_fail(store)
    assert _counts(store) == (0, 0)


def test_what_is_done_while_reading_is_not_kept(store: Store) -> None:
    with store.reading() as session:
        add_source(session, make_source())
    assert _counts(store) == (0, 0)


def test_a_killed_process_leaves_nothing_and_bars_nobody(store: Store, database_url: str) -> None:
    command = [sys.executable, "-c", SAVE_AND_WAIT, database_url]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
    ) as victim:
        assert victim.stdout is not None
        assert victim.stdout.readline() == "half way\n"
        victim.send_signal(signal.SIGKILL)
    assert _counts(store) == (0, 0)
    _save_one(store, "The Bridge")
    assert _counts(store) == (1, 1)


def test_writers_queue(store: Store, database_url: str, opened: Callable[[str], Store]) -> None:
    other = opened(database_url)
    failures: list[Exception] = []

    def write_often(writer: Store, name: str) -> None:
        for number in range(20):
            try:
                _read_then_save(writer, f"{name} {number}")
            except Exception as failure:  # noqa: BLE001  (whatever it is, it is told below)
                failures.append(failure)

    threads = [
        threading.Thread(target=write_often, args=(writer, name))
        for writer, name in ((store, "Left"), (other, "Right"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (failures, _counts(store)) == ([], (40, 40))


def test_a_reader_does_not_wait_for_a_writer(
    store: Store, database_url: str, opened: Callable[[str], Store]
) -> None:
    reader = opened(database_url)
    with store.writing() as session:
        add_source(session, make_source())
        began = time.monotonic()
        assert _counts(reader) == (0, 0)
        assert time.monotonic() - began < 5


def test_the_embedded_database_is_kept_in_a_write_ahead_log(new_spatialite_url: str) -> None:
    store = open_store(new_spatialite_url)
    with store.reading() as session:
        settings = [
            session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys")
        ]
    store.dispose()
    assert settings == ["wal", 1]


def test_opening_makes_the_folder(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'new' / 'folder' / 'mapper.sqlite'}")
    with store.reading() as session:
        assert session.scalar(text("SELECT 1")) == 1
    store.dispose()


def test_a_spatial_extension_loaded_too_early_is_refused(
    monkeypatch: pytest.MonkeyPatch, new_spatialite_url: str
) -> None:
    monkeypatch.delitem(sys.modules, "pyogrio")
    store = open_store(new_spatialite_url)
    with pytest.raises(NotReadyError, match="pyogrio is not imported yet"), store.reading() as s:
        s.scalar(text("SELECT 1"))
    store.dispose()


def _save_and_fail(store: Store) -> None:
    with store.writing() as session:
        source = add_source(session, make_source())
        save_organisations(session, source, [located(make_organisation())])
        raise NotReadyError("Something else went wrong.")


def _save_one(store: Store, name: str) -> None:
    with store.writing() as session:
        source = add_source(session, make_source())
        save_organisations(session, source, [located(make_organisation(name=name))])


def _read_then_save(store: Store, name: str) -> None:
    with store.writing() as session:
        assert name not in organisation_names(session)
        source = add_source(session, make_source(name=name))
        save_organisations(session, source, [located(make_organisation(name=name))])


def _counts(store: Store) -> tuple[int, int]:
    with store.reading() as session:
        counted = [
            session.scalar(select(func.count()).select_from(table))
            for table in (SourceRow, OrganisationRow)
        ]
    return counted[0] or 0, counted[1] or 0
