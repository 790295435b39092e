"""what a point of an agenda is for: a decision, an opinion, information."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kind = sa.Enum("décision", "avis", "information", name="itemkind", native_enum=False, length=20)
    with op.batch_alter_table("agenda_items", schema=None) as batch_op:
        batch_op.add_column(sa.Column("kind", kind, nullable=True))


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
