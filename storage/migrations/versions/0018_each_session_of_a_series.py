"""the session fixed for each day of a series."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "occurrences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_occurrences_meeting_id")),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_occurrences_series_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occurrences")),
        sa.UniqueConstraint("meeting_id", name=op.f("uq_occurrences_meeting_id")),
        sa.UniqueConstraint("series_id", "day", name=op.f("uq_occurrences_series_id_day")),
    )


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
