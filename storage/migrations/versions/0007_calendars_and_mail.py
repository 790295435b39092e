"""how often a session changed, for the calendars that hold it; the copies of convocations by e-mail."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("meetings", sa.Column("changes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("summonses", sa.Column("copy_key", sa.String(), nullable=True))
    op.add_column("summonses", sa.Column("copied_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index(op.f("ix_summonses_copy_key"), "summonses", ["copy_key"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
