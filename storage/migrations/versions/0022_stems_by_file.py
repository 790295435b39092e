"""the search index: all the stems of a file in one row, to find papers whose words stand on different pages."""

from alembic import op

from storage.search.index import create_index

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_FILL = {
    "sqlite": """INSERT INTO search_files (rowid, stems)
       SELECT rowid / 4096, group_concat(stems, ' ') FROM search_index GROUP BY rowid / 4096""",
    "postgresql": """INSERT INTO search_files (file_id, stems)
       SELECT file_id, array_to_tsvector(array_agg(DISTINCT lexeme))
       FROM search_index, unnest(ts_filter(terms, '{b}')) GROUP BY file_id""",
}


def upgrade() -> None:
    create_index(op.get_bind())
    op.execute(_FILL[op.get_bind().dialect.name])


def downgrade() -> None:
    raise NotImplementedError("a schema is never taken back: restore a backup")
