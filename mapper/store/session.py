"""Opening a database, and the two kinds of session: reading and writing."""

import importlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.orm import Session

from mapper.errors import NotReadyError

_MUST_COME_FIRST = ("shapely", "pyproj", "pyogrio")
# A list of 200,000 organisations is saved in about half a minute, and nobody else writes then.
_BUSY_TIMEOUT_MS = 120_000
_CACHE_KB = 65_536


@dataclass(frozen=True, slots=True)
class Store:
    """An open database.

    Parameters
    ----------
    engine : for reading; a writing session takes the write lock at its beginning.
    """

    engine: Engine

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that is committed when the block ends, or rolled back when it fails."""
        writing_engine = self.engine.execution_options(is_writing=True)
        with Session(writing_engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for reading; nothing done in it is kept."""
        with Session(self.engine) as session:
            yield session

    @contextmanager
    def snapshot(self) -> Iterator[Session]:
        """A session for reading that sees nothing of what others save after its first query.

        SQLite reads so anyhow; PostgreSQL only when asked to.
        """
        engine = self.engine
        if engine.dialect.name != "sqlite":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
        with Session(engine) as session:
            yield session

    @property
    def address(self) -> str:
        """The address to open the same database with in another process; may hold a password."""
        return self.engine.url.render_as_string(hide_password=False)

    def leave_to_the_first(self) -> None:
        """In a copy of a process: use none of the connections that the first one has open."""
        self.engine.dispose(close=False)

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def open_store(database_url: str) -> Store:
    """Open a SpatiaLite or PostGIS database.

    Parameters
    ----------
    database_url : an SQLAlchemy address. The folder of an SQLite file is made when absent.

    Raises
    ------
    NotReadyError
        When mod_spatialite cannot be loaded.
    """
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite":
        return Store(create_engine(url, pool_pre_ping=True))
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, module=_sqlite_module())
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Store(engine)


def _sqlite_module() -> ModuleType:
    """The standard sqlite3 where it can load extensions, otherwise pysqlite3."""
    if hasattr(sqlite3.Connection, "enable_load_extension"):
        return sqlite3
    return importlib.import_module("pysqlite3")


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401  (the driver's own type)
    missing = [name for name in _MUST_COME_FIRST if name not in sys.modules]
    if missing:
        raise NotReadyError(
            f"{', '.join(missing)} is not imported yet.",
            expected="It is imported before mod_spatialite, or the process dies.",
            action="Import the package `mapper` first.",
        )
    connection.isolation_level = None  # BEGIN is ours to say: see _begin_sqlite
    connection.enable_load_extension(True)
    connection.execute("SELECT count(*) FROM sqlite_master")  # fails where it is no database
    try:
        connection.execute("SELECT load_extension('mod_spatialite')")
    except Exception as error:
        raise NotReadyError(
            f"mod_spatialite could not be loaded ({error}).",
            expected="The SpatiaLite extension is installed.",
            action="On Debian or Ubuntu: apt-get install libsqlite3-mod-spatialite",
        ) from error
    connection.enable_load_extension(False)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")


def _begin_sqlite(connection: Connection) -> None:
    # A deferred BEGIN that reads and then writes fails "database is locked" as soon as two
    # processes do it at once; taking the write lock at the beginning makes them queue.
    is_writing = connection.get_execution_options().get("is_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")
