"""Alembic's entry: the connection is the caller's, already open."""

from typing import Literal

from alembic import context

import storage.arrivals
import storage.dossiers
import storage.enclosed
import storage.errata
import storage.looks
import storage.mails
import storage.savings
import storage.sharing
import storage.summons
import storage.tables  # noqa: F401 - fills the metadata
from storage.base import Base
from storage.types import Instant


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """A revision stands alone: our column types are written as what they are to the database."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, Instant) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    render_item=render_item,
)
with context.begin_transaction():
    context.run_migrations()
