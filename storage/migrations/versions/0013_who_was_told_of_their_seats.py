"""who was told of their seats: those welcomed before are not welcomed again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_WELCOMED = """
INSERT INTO greetings (membership_id, told_at)
SELECT memberships.id, people.welcomed_at FROM memberships JOIN people ON people.id = memberships.person_id
WHERE people.welcomed_at IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "greetings",
        sa.Column("membership_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"], name=op.f("fk_greetings_membership_id")),
        sa.PrimaryKeyConstraint("membership_id", name=op.f("pk_greetings")),
    )
    op.execute(_WELCOMED)


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
