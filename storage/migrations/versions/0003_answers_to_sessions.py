"""answers to sessions: who comes, and who votes for whom."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "presence",
            sa.Enum("présent", "absent", "distance", name="presence", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("bearer_id", sa.Integer(), nullable=True),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["bearer_id"], ["people.id"], name=op.f("fk_answers_bearer_id")),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_answers_by_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_answers_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_answers_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answers")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_answers_meeting_id_person_id")),
    )
    with op.batch_alter_table("answers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answers_person_id"), ["person_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
