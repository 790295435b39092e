"""dossiers made anew when something changes: the look at each that was given, for who asked."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("given_dossiers") as batch:
        batch.add_column(sa.Column("notice_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("large", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("renewed_on", sa.Date(), nullable=True))
    if op.get_bind().dialect.name == "postgresql":  # rows that were copied with their numbers move no sequence
        op.execute("SELECT setval(pg_get_serial_sequence('notices', 'id'), (SELECT COALESCE(MAX(id), 1) FROM notices))")
    # Who asked is known where they were alone; in a body's room, what is given is what the whole room may see.
    op.execute(
        "INSERT INTO notices (kind, due_at, state, text, room_id, meeting_id, created_by, tries) "
        "SELECT 'dossier', given.given_at, 'done', '', given.room_id, given.meeting_id, "
        "COALESCE(rooms.person_id, meetings.created_by), 0 FROM given_dossiers AS given "
        "JOIN meetings ON meetings.id = given.meeting_id LEFT JOIN rooms ON rooms.room_id = given.room_id"
    )
    op.execute(
        "UPDATE given_dossiers SET notice_id = (SELECT MAX(notices.id) FROM notices WHERE notices.kind = 'dossier' "
        "AND notices.room_id = given_dossiers.room_id AND notices.meeting_id = given_dossiers.meeting_id)"
    )
    with op.batch_alter_table("given_dossiers") as batch:
        batch.alter_column("notice_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("large", existing_type=sa.Boolean(), server_default=None)
        batch.create_foreign_key(op.f("fk_given_dossiers_notice_id"), "notices", ["notice_id"], ["id"])
    op.create_index(op.f("ix_given_dossiers_notice_id"), "given_dossiers", ["notice_id"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
