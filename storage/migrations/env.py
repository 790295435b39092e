"""Alembic's entry: the connection is the caller's, already open."""

from alembic import context

from storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
with context.begin_transaction():
    context.run_migrations()
