"""convocations, their copies, and offers made with a message whose room isn't known yet."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

VERDICTS = sa.Enum("lawful", "urgent", "late", name="verdict", native_enum=False, length=20)
CHANNELS = sa.Enum("element", "courriel", "papier", name="channel", native_enum=False, length=20)


def upgrade() -> None:
    op.create_table(
        "convocations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", VERDICTS, nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_convocations_body_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_convocations_made_by")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_convocations_meeting_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_convocations")),
        sa.UniqueConstraint("body_id", "year", "number", name=op.f("uq_convocations_body_id_year_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_convocations_reference")),
    )
    op.create_index(op.f("ix_convocations_meeting_id"), "convocations", ["meeting_id"])
    _summonses()
    with op.batch_alter_table("offers", schema=None) as batch_op:
        batch_op.alter_column("room_id", existing_type=sa.String(), nullable=True)


def _summonses() -> None:
    op.create_table(
        "summonses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("convocation_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", CHANNELS, nullable=False),
        sa.Column("outbox_key", sa.String(), nullable=True),
        sa.Column("event_id", sa.String(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("handed_by", sa.Integer(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["convocation_id"], ["convocations.id"], name=op.f("fk_summonses_convocation_id")),
        sa.ForeignKeyConstraint(["handed_by"], ["people.id"], name=op.f("fk_summonses_handed_by")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_summonses_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_summonses")),
        sa.UniqueConstraint("convocation_id", "person_id", name=op.f("uq_summonses_convocation_id_person_id")),
    )
    op.create_index(op.f("ix_summonses_outbox_key"), "summonses", ["outbox_key"])
    op.create_index(op.f("ix_summonses_person_id"), "summonses", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
