"""errata: when each copy left, or was handed over on paper, and by whom."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("erratum_copies") as batch:
        batch.add_column(sa.Column("outbox_key", sa.String(), nullable=True))
        batch.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("handed_on", sa.Date(), nullable=True))
        batch.add_column(sa.Column("handed_by", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(batch.f("fk_erratum_copies_handed_by"), "people", ["handed_by"], ["id"])
    op.create_index(op.f("ix_erratum_copies_outbox_key"), "erratum_copies", ["outbox_key"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
