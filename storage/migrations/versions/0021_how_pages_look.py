"""how the pages of papers look, of those that have several versions."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drawings",
        sa.Column("file_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("drawn", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_drawings_file_id")),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_drawings")),
    )
    op.create_table(
        "page_looks",
        sa.Column("file_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("look", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_page_looks_file_id")),
        sa.PrimaryKeyConstraint("file_id", "number", name=op.f("pk_page_looks")),
    )


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
