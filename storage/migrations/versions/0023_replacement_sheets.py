"""replacement sheets: the version that an erratum replaces, and who reads large print."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not by a table made anew: the copies of errata refer to it.
    op.execute("ALTER TABLE errata ADD COLUMN older_id INTEGER CONSTRAINT fk_errata_older_id REFERENCES files (id)")
    op.add_column("people", sa.Column("large", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
