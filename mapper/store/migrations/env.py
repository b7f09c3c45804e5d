"""Run the migrations on a connection handed over by `mapper.store.schema`."""

from typing import Any

from alembic import context
from geoalchemy2 import alembic_helpers

from mapper.store.models import Base


def include_object(*about: Any) -> bool:  # noqa: ANN401  (Alembic's own types)
    """Skip what the spatial extension keeps, and every table that is not ours."""
    candidate, name, kind, is_reflected, compare_to = about
    if kind == "table" and is_reflected and name not in Base.metadata.tables:
        return False
    return bool(alembic_helpers.include_object(candidate, name, kind, is_reflected, compare_to))


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    include_object=include_object,
    process_revision_directives=alembic_helpers.writer,
    render_item=alembic_helpers.render_item,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
