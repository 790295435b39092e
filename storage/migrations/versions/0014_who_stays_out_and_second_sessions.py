"""who stays out of a point; sessions held again without a quorum; when a copy on paper was noted."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INTERESTS = ("intérêt", "représentant", "compte")


def upgrade() -> None:
    op.create_table(
        "recusals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("interest", sa.Enum(*_INTERESTS, name="interest", native_enum=False, length=20), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"], name=op.f("fk_recusals_by_id")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_items.id"], name=op.f("fk_recusals_item_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_recusals_meeting_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_recusals_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recusals")),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_recusals_item_id_person_id")),
    )
    op.create_index(op.f("ix_recusals_meeting_id"), "recusals", ["meeting_id"])
    op.create_table(
        "second_sessions",
        sa.Column("meeting_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("found_by", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["first_id"], ["meetings.id"], name=op.f("fk_second_sessions_first_id")),
        sa.ForeignKeyConstraint(["found_by"], ["people.id"], name=op.f("fk_second_sessions_found_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_second_sessions_meeting_id")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_second_sessions")),
        sa.UniqueConstraint("first_id", name=op.f("uq_second_sessions_first_id")),
    )
    op.add_column("summonses", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
