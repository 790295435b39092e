"""what came to the town's mailbox; how often papers were sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_OUTCOMES = ("classé", "expéditeur inconnu", "non authentifié", "trop gros", "trop nombreux", "illisible")


def upgrade() -> None:
    op.create_table(
        "mails",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("outcome", sa.Enum(*_OUTCOMES, name="outcome", native_enum=False, length=20), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_mails_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mails_message_id"), ["message_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_mails_outcome_seen_at"), ["outcome", "seen_at"], unique=False)
    op.create_table(
        "sendings",
        sa.Column("file_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_sendings_file_id")),
        sa.PrimaryKeyConstraint("file_id", "year", name=op.f("pk_sendings")),
    )


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
