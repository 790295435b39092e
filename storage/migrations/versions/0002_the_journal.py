"""the journal, which nobody can rewrite."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQLITE = """CREATE TRIGGER journal_no_{word} BEFORE {word} ON journal
            BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END"""
POSTGRES = (
    """CREATE FUNCTION journal_is_append_only() RETURNS trigger LANGUAGE plpgsql
       AS $$ BEGIN RAISE EXCEPTION 'the journal is append-only'; END $$""",
    """CREATE TRIGGER journal_no_rewriting BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
       FOR EACH STATEMENT EXECUTE FUNCTION journal_is_append_only()""",
)
KINDS = (
    *("filed", "version", "withdrawn", "returned", "planned", "moved", "cancelled", "sending", "announced"),
    *("arrived", "left", "rights", "invited", "removed", "refused", "backup", "restored", "upgraded"),
)


def upgrade() -> None:
    op.create_table(
        "journal",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="journalkind", native_enum=False, length=20), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["bodies.id"], name=op.f("fk_journal_body_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_journal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_journal_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_journal_kind"), ["kind"], unique=False)
    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in [SQLITE.format(word=word) for word in ("UPDATE", "DELETE")] if sqlite else POSTGRES:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
