"""The crypto store: the library's SQLite tables, made durable, and two of our own beside them.

``shared_sessions`` remembers which room keys may be handed to newcomers (MSC4268); ``seen_messages`` which message
each key index was first seen in, so that a homeserver can't serve an old message again as a new one, even after a
restart.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from nio.crypto import InboundGroupSession
from nio.store import SqliteStore
from peewee import DatabaseError, SqliteDatabase

from bot.matrix.errors import StoreFailed

_SHARED = """create table if not exists shared_sessions (
    room_id text, session_id text, primary key (room_id, session_id))"""
_SEEN = """create table if not exists seen_messages (
    session_id text, position integer, event_id text not null, primary key (session_id, position))"""


class _Durable(SqliteDatabase):  # type: ignore[misc]  # the library is not typed
    """An SQLite file whose failures can't be taken for a fault of what was being kept."""

    def execute_sql(self, *arguments: Any, **named: Any) -> Any:
        """Execute; raises StoreFailed."""
        try:
            return super().execute_sql(*arguments, **named)
        except DatabaseError as error:
            raise StoreFailed(str(error)) from error

    def commit(self) -> Any:
        """Keep; raises StoreFailed."""
        try:
            return super().commit()
        except DatabaseError as error:
            raise StoreFailed(str(error)) from error


class Store(SqliteStore):  # type: ignore[misc]  # the library is not typed
    """One device's keys and sessions; single process, single thread."""

    def _create_database(self) -> SqliteDatabase:
        # WAL and NORMAL: one fsync less per Olm session, which counts when a key goes to a hundred devices.
        pragmas = {"foreign_keys": 1, "journal_mode": "wal", "synchronous": 1, "busy_timeout": 10_000}
        return _Durable(self.database_path, pragmas=pragmas)

    def prepare(self) -> None:
        """Makes our two tables where they are missing."""
        for statement in (_SHARED, _SEEN):
            self.database.execute_sql(statement)

    def close(self) -> None:
        """Closes the file; the store is of no use afterwards."""
        self.database.close()

    def outlive(self) -> None:
        """Make what was kept so far outlive a power cut: one fsync for all, where each commit goes without."""
        for name in (f"{self.database_path}-wal", self.database_path):
            with suppress(FileNotFoundError), open(name, "rb") as file:  # noqa: PTH123 - the library's own path
                os.fsync(file.fileno())

    def keep(self, session: InboundGroupSession) -> None:
        """Saves a room key, in place of a worse copy from the same maker.

        A copy under another maker's name stays in memory only: the table has one row per key, and whoever holds a
        key could overwrite its maker's row by sending it on as his own.
        """
        row = self.database.execute_sql(
            "select sender_key, room_id from megolminboundsessions where session_id = ?", (session.id,)
        ).fetchone()
        if row is not None and tuple(row) != (session.sender_key, session.room_id):
            return
        with self.database.atomic():
            self.database.execute_sql("delete from forwardedchains where session_id = ?", (session.id,))
            self.database.execute_sql(
                "update megolminboundsessions set fp_key = ? where session_id = ?", (session.ed25519, session.id)
            )
            self.save_inbound_group_session(session)

    def mark_shared(self, room_id: str, session_id: str) -> None:
        """Remembers that this room key may be handed to newcomers: the room's history was shared when it was made."""
        self.database.execute_sql("insert or ignore into shared_sessions values (?, ?)", (room_id, session_id))

    def shared_sessions(self, room_id: str) -> frozenset[str]:
        """The ids of the room keys that newcomers of this room may have."""
        rows: Iterable[tuple[str]] = self.database.execute_sql(
            "select session_id from shared_sessions where room_id = ?", (room_id,)
        )
        return frozenset(row[0] for row in rows)

    def inherit(self, older: "Store") -> None:
        """Take over from a former device's store what goes with its room keys: who may have them, what was read."""
        for table, marks in (("shared_sessions", "?, ?"), ("seen_messages", "?, ?, ?")):
            rows = older.database.execute_sql(f"select * from {table}").fetchall()  # noqa: S608 - our own names
            with self.database.atomic():
                for row in rows:
                    self.database.execute_sql(f"insert or ignore into {table} values ({marks})", row)  # noqa: S608

    def first_seen(self, session_id: str, position: int, event_id: str) -> str:
        """The event in which this position of this key was first seen: ``event_id`` itself, unless replayed."""
        self.database.execute_sql(
            "insert or ignore into seen_messages values (?, ?, ?)", (session_id, position, event_id)
        )
        row = self.database.execute_sql(
            "select event_id from seen_messages where session_id = ? and position = ?", (session_id, position)
        ).fetchone()
        first: str = row[0]
        return first
