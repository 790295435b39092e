"""The schema's history: Alembic revisions in ``versions/``, run from the code so that nobody has to type a command.

A database that is up to date is recognised without loading Alembic: that is every start but the first after an upgrade.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from storage.journal import Fact, append
from storage.states import JournalKind

if TYPE_CHECKING:
    from alembic.config import Config

HERE = Path(__file__).parent
VERSIONS = "alembic_version"
"""Alembic's own table: the revision that the schema is at."""


class NewerSchema(Exception):
    """The database was written by a newer release: going back would lose what it holds."""


def revisions() -> list[str]:
    """The revisions of this release, oldest first: each file of ``versions/`` begins with its number."""
    return sorted(path.name.split("_")[0] for path in (HERE / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """The revision that a database is at; None for an empty one."""
    if not inspect(connection).has_table(VERSIONS):
        return None
    found: str | None = connection.execute(text(f"SELECT version_num FROM {VERSIONS}")).scalar()  # noqa: S608 - a constant
    return found


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, bound to an open connection."""
    from alembic.config import Config  # noqa: PLC0415 - see the module's docstring

    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Run the revisions that are missing.

    Raises:
        NewerSchema: the database's revision is unknown to this release.
    """
    current, known = revision_of(connection), revisions()
    if current == known[-1]:
        return
    if current is not None and current not in known:
        raise NewerSchema(
            "Cette base de données vient d'une version plus récente d'Appariteur : installez cette version-là, "
            "ou restaurez une sauvegarde faite avant la mise à jour."
        )
    from alembic import command  # noqa: PLC0415 - see the module's docstring

    command.upgrade(configuration(connection), "head")
    if current is not None:
        append(
            connection,
            Fact(datetime.now(UTC), JournalKind.UPGRADED, known[-1], details=(("from", current),)),
        )
