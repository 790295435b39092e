"""what papers hold: enclosures, archives, pages that are pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enclosures",
        sa.Column("paper_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("holder_id", sa.Integer(), nullable=False),
        sa.Column("archived", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["holder_id"], ["papers.id"], name=op.f("fk_enclosures_holder_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_enclosures_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_enclosures")),
    )
    with op.batch_alter_table("enclosures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enclosures_holder_id"), ["holder_id"], unique=False)
    for name, more in (("archives", []), ("scans", [sa.Column("looked", sa.Integer(), nullable=False)])):
        op.create_table(
            name,
            sa.Column("file_id", sa.Integer(), autoincrement=False, nullable=False),
            *more,
            sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f(f"fk_{name}_file_id")),
            sa.PrimaryKeyConstraint("file_id", name=op.f(f"pk_{name}")),
        )
    op.create_table(
        "unpackings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("numbers", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.String(), nullable=False),
        sa.Column("event_id", sa.String(), nullable=False),
        sa.Column("thread", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["asked_by"], ["people.id"], name=op.f("fk_unpackings_asked_by")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_unpackings_file_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unpackings")),
    )
    # What was filed before is told by what was said of it: scans to be read now, archives to be opened on request.
    op.execute(
        "INSERT INTO scans (file_id, looked) SELECT id, 0 FROM files"
        " WHERE state = 'unreadable' AND problem LIKE '%image num_ris_e%'"
    )
    op.execute("INSERT INTO archives (file_id) SELECT id FROM files WHERE problem LIKE '%une archive, dont%'")


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
