"""Databases of an older version, to be upgraded by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alembic import command
from sqlalchemy import text

from mapper.store.schema import alembic_config

if TYPE_CHECKING:
    from mapper.store.session import Store


def upgrade_to(store: Store, revision: str) -> None:
    """Make the tables of an older version in a database without any."""
    if store.engine.dialect.name == "sqlite":
        with store.writing() as session:
            session.execute(text("SELECT InitSpatialMetaData(0)"))
    with store.engine.connect() as connection:
        if store.engine.dialect.name != "sqlite":
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS postgis"))
        command.upgrade(alembic_config(connection), revision)
        connection.commit()
