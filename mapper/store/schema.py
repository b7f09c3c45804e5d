"""Creating and upgrading the database."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from mapper.errors import NotReadyError
from mapper.store.session import Store

_MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(store: Store) -> None:
    """Create the tables, or bring them to the newest version. Does nothing the second time.

    Raises
    ------
    NotReadyError
        When a PostgreSQL database has no PostGIS and the account may not add it.
    """
    with store.engine.connect() as connection:
        _prepare(connection)
        connection.commit()
        config = alembic_config(connection)
        command.upgrade(config, "head")
        connection.commit()


def require_current(engine: Engine) -> None:
    """Refuse a database that is not at the newest version.

    Raises
    ------
    NotReadyError
        When the database has no tables, or older or newer ones.
    """
    newest = ScriptDirectory(str(_MIGRATIONS)).get_current_head()
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    if present != newest:
        raise NotReadyError(
            f"The database is at version {present or 'none'}.",
            expected=f"This mapper needs version {newest}.",
            action="Run `mapper init`.",
        )


def alembic_config(connection: Connection) -> Config:
    """The migrations' configuration, bound to a connection."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def _prepare(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        tables = text("SELECT count(*) FROM sqlite_master WHERE name = 'spatial_ref_sys'")
        if not connection.scalar(tables):
            connection.execute(text("SELECT InitSpatialMetaData(0)"))
        return
    try:
        connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
    except Exception as error:
        raise NotReadyError(
            "The PostgreSQL database has no PostGIS.",
            expected="The extension postgis is installed in it.",
            action="As a superuser of that database: CREATE EXTENSION postgis;",
        ) from error
