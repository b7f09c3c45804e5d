"""Databases for tests: an empty, upgraded store on SpatiaLite and on a real PostGIS.

PostgreSQL is started once, on a free port, in a folder of its own, by a user that is not
root (it refuses root), and is stopped and removed at the end.
"""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from mapper.store.schema import upgrade
from mapper.store.session import Store, open_store

_NUMBERS = count(1)
_OWNER = "mapper"
_SERVER_OPTIONS = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


@dataclass(frozen=True)
class Cluster:
    """A PostgreSQL server of the tests' own."""

    programs: Path
    folder: Path
    port: int

    def url(self, database: str) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{_OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Make the cluster and start it."""
        data = self.folder / "data"
        made = ["--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={_OWNER}"]
        self._run("initdb", "--pgdata", str(data), "--no-sync", *made)
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -k {self.folder} {_SERVER_OPTIONS}"
        log = str(self.folder / "server.log")
        self._run("pg_ctl", "start", "--wait", "-D", str(data), "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop it; its folder is the caller's to remove."""
        self._run("pg_ctl", "stop", "--wait", "-m", "immediate", "-D", str(self.folder / "data"))

    def run_sql(self, statement: str) -> None:
        """Run one statement outside any transaction."""
        engine = create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()

    def _run(self, program: str, *arguments: str) -> None:
        command = [*_as_somebody_else(), str(self.programs / program), *arguments]
        # pg_ctl hands its output to the server, which would keep a pipe open for ever.
        with (self.folder / "commands.log").open("a") as log:
            done = subprocess.run(
                command,
                cwd=self.folder,
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
                timeout=120,
            )
        if done.returncode:
            pytest.fail(f"{program} failed:\n{(self.folder / 'commands.log').read_text()}")


@pytest.fixture(scope="session")
def postgis() -> Iterator[Cluster]:
    """A running PostgreSQL with PostGIS, and an upgraded template database in it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip("There is no PostgreSQL server here: run scripts/system_packages.sh test.")
    folder = Path(tempfile.mkdtemp(prefix="mapper-postgis-"))
    if os.geteuid() == 0:
        account = _unprivileged()
        os.chown(folder, account.pw_uid, account.pw_gid)
    cluster = Cluster(programs[-1].parent, folder, _free_port())
    try:
        cluster.start()
        cluster.run_sql("CREATE DATABASE upgraded")
        _upgrade(cluster.url("upgraded"))
        yield cluster
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgis_url(postgis: Cluster) -> str:
    """The address of an upgraded PostGIS database that tests leave as it is."""
    return postgis.url("upgraded")


@pytest.fixture(scope="session")
def upgraded_spatialite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with an upgraded SpatiaLite database, to copy."""
    path = tmp_path_factory.mktemp("spatialite") / "upgraded.sqlite"
    _upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def new_spatialite_url(upgraded_spatialite: Path, tmp_path: Path) -> str:
    """The address of an upgraded SpatiaLite database of the test's own."""
    shutil.copy(upgraded_spatialite, tmp_path / "mapper.sqlite")
    return f"sqlite:///{tmp_path / 'mapper.sqlite'}"


@pytest.fixture
def new_postgis_url(postgis: Cluster) -> Iterator[str]:
    """The address of an upgraded PostGIS database of the test's own."""
    name = f"test_{next(_NUMBERS)}"
    postgis.run_sql(f"CREATE DATABASE {name} TEMPLATE upgraded STRATEGY FILE_COPY")
    yield postgis.url(name)
    postgis.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgis)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an upgraded, empty database: each test runs on both kinds."""
    url: str = request.getfixturevalue(f"new_{request.param}_url")
    return url


@pytest.fixture
def bare_spatialite_url(tmp_path: Path) -> str:
    """The address of an SQLite database that is not there yet, nor its folder."""
    return f"sqlite:///{tmp_path / 'bare' / 'mapper.sqlite'}"


@pytest.fixture
def bare_postgis_url(postgis: Cluster) -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    name = f"bare_{next(_NUMBERS)}"
    postgis.run_sql(f"CREATE DATABASE {name}")
    yield postgis.url(name)
    postgis.run_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["spatialite", pytest.param("postgis", marks=pytest.mark.postgis)])
def bare_database_url(request: pytest.FixtureRequest) -> str:
    """The address of a database before `mapper init`, of both kinds."""
    url: str = request.getfixturevalue(f"bare_{request.param}_url")
    return url


@pytest.fixture
def opened() -> Iterator[Callable[[str], Store]]:
    """Opens stores, and closes them when the test ends."""
    stores: list[Store] = []

    def open_one(url: str) -> Store:
        stores.append(open_store(url))
        return stores[-1]

    yield open_one
    for one in stores:
        one.dispose()


@pytest.fixture
def store(database_url: str, opened: Callable[[str], Store]) -> Store:
    """An open, upgraded, empty store."""
    return opened(database_url)


def _upgrade(url: str) -> None:
    store = open_store(url)
    upgrade(store)
    if store.engine.dialect.name == "sqlite":
        # Everything into the one file that tests copy.
        with store.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.exec_driver_sql("BEGIN")
    store.dispose()


def _as_somebody_else() -> list[str]:
    if os.geteuid() != 0:
        return []
    account = _unprivileged()
    return ["setpriv", f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]


def _unprivileged() -> pwd.struct_passwd:
    known = {account.pw_name: account for account in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _free_port() -> int:
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
