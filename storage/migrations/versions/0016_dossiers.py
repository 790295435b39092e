"""dossiers that were bound, and the last one given in each conversation."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("blob", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossiers")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_dossiers_fingerprint")),
    )
    with op.batch_alter_table("dossiers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dossiers_made_at"), ["made_at"], unique=False)
    op.create_table(
        "given_dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_given_dossiers_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_dossiers")),
        sa.UniqueConstraint("room_id", "meeting_id", name=op.f("uq_given_dossiers_room_id_meeting_id")),
    )


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
