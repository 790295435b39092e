"""papers shared with other bodies, behind closed doors, or taken away; the town's day on which a version was filed."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_DAY = {"postgresql": "(filed_at AT TIME ZONE 'UTC')::date", "sqlite": "date(filed_at)"}


def upgrade() -> None:
    op.add_column("files", sa.Column("filed_on", sa.Date(), nullable=False, server_default="1970-01-01"))
    # The town's zone isn't known here: what was filed before this revision has its day in UTC.
    op.execute(f"UPDATE files SET filed_on = {_DAY[op.get_bind().dialect.name]}")  # noqa: S608 - a constant
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("shared_by", sa.Integer(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_shares_body_id")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meetings.id"], name=op.f("fk_shares_meeting_id")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_shares_paper_id")),
        sa.ForeignKeyConstraint(["shared_by"], ["people.id"], name=op.f("fk_shares_shared_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shares")),
    )
    for name in ("paper_id", "body_id", "meeting_id"):
        op.create_index(op.f(f"ix_shares_{name}"), "shares", [name])
    _tables_of_papers()


def _tables_of_papers() -> None:
    op.create_table(
        "closed_papers",
        sa.Column("paper_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["closed_by"], ["people.id"], name=op.f("fk_closed_papers_closed_by")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_closed_papers_paper_id")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_closed_papers")),
    )
    op.create_table(
        "withdrawals",
        sa.Column("paper_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_withdrawals_paper_id")),
        sa.ForeignKeyConstraint(["withdrawn_by"], ["people.id"], name=op.f("fk_withdrawals_withdrawn_by")),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_withdrawals")),
    )
    op.create_index(op.f("ix_withdrawals_last_day"), "withdrawals", ["last_day"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
