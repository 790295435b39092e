"""sessions that come back by a rule."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    mode = sa.Enum("présentiel", "visio", "hybride", name="mode", native_enum=False, length=20)
    op.create_table(
        "series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("at", sa.String(), nullable=False),
        sa.Column("ends", sa.String(), nullable=True),
        sa.Column("but", sa.JSON(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("mode", mode, nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("planned_to", sa.Date(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_series_body_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_series_made_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series")),
    )
    with op.batch_alter_table("series", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_series_body_id"), ["body_id"], unique=False)


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
