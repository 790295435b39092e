"""errata: papers that changed after their session was convoked, and the receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "errata",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("convocation_id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["convocation_id"], ["convocations.id"], name=op.f("fk_errata_convocation_id")),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_errata_file_id")),
        sa.ForeignKeyConstraint(["made_by"], ["people.id"], name=op.f("fk_errata_made_by")),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name=op.f("fk_errata_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errata")),
        sa.UniqueConstraint("file_id", name=op.f("uq_errata_file_id")),
        sa.UniqueConstraint("reference", name=op.f("uq_errata_reference")),
    )
    op.create_index(op.f("ix_errata_convocation_id"), "errata", ["convocation_id"])
    op.create_index(op.f("ix_errata_paper_id"), "errata", ["paper_id"])
    op.create_table(
        "erratum_copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("erratum_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum("element", "courriel", "papier", name="channel", native_enum=False, length=20),
            nullable=False,
        ),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["erratum_id"], ["errata.id"], name=op.f("fk_erratum_copies_erratum_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_erratum_copies_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erratum_copies")),
        sa.UniqueConstraint("erratum_id", "person_id", name=op.f("uq_erratum_copies_erratum_id_person_id")),
    )
    op.create_index(op.f("ix_erratum_copies_person_id"), "erratum_copies", ["person_id"])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
