"""The schema's history: Alembic revisions in ``versions/``, run from the code so that nobody has to type a command."""

from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.journal import Fact, append
from storage.states import JournalKind

HERE = Path(__file__).parent


class NewerSchema(Exception):
    """The database was written by a newer release: going back would lose what it holds."""


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, bound to an open connection."""
    config = Config()
    config.set_main_option("script_location", str(HERE))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection) -> None:
    """Run the revisions that are missing.

    Raises:
        NewerSchema: the database's revision is unknown to this release.
    """
    config = configuration(connection)
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    if current is not None and current not in {revision.revision for revision in script.walk_revisions()}:
        raise NewerSchema(
            "Cette base de données vient d'une version plus récente d'Appariteur : installez cette version-là, "
            "ou restaurez une sauvegarde faite avant la mise à jour."
        )
    command.upgrade(config, "head")
    if current is not None:
        append(
            connection,
            Fact(datetime.now(UTC), JournalKind.UPGRADED, str(script.get_current_head()), details=(("from", current),)),
        )
