"""The journal: what was done, when and by whom, append-only; each entry is hashed with the one before.

It holds references, codes and kinds, never what people wrote. An entry is added in the very transaction of what it tells:
both are kept, or neither. The number and hash of the last one are also kept apart, in the settings, so that an end cut off
shows too.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from storage.settings import JOURNAL
from storage.states import JournalKind
from storage.tables import Entry, Person, Setting

BEGINNING = "0" * 64
"""What stands for the hash before the first."""
_LOCK = 7_240_126
"""The number of PostgreSQL's advisory lock: two transactions never follow the same entry."""
_AT_ONCE = 1000


@dataclass(frozen=True)
class Fact:
    """What an entry tells.

    Attributes:
        at: the moment, aware.
        subject: a reference, a code, a kind: never words of people.
        details: small, and just as free of anybody's words.
    """

    at: datetime
    kind: JournalKind
    subject: str = ""
    person_id: int | None = None
    body_id: int | None = None
    details: tuple[tuple[str, Any], ...] = ()


class Journal:
    """Adds entries and reads them."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now

    async def add(
        self,
        kind: JournalKind,
        subject: str = "",
        *,
        person_id: int | None = None,
        body_id: int | None = None,
        **details: Any,
    ) -> None:
        """Tell something, in this transaction.

        Args:
            subject: a reference, a code, a kind.
            person_id: who did it, or to whom it was done.
            details: a few more of these, by name.
        """
        await self._session.flush()  # whoever is named must be there before
        fact = Fact(self._now, kind, subject, person_id, body_id, tuple(details.items()))
        await (await self._session.connection()).run_sync(append, fact)

    async def latest(
        self, limit: int, *, offset: int = 0, until: datetime | None = None
    ) -> Sequence[tuple[Entry, Person | None]]:
        """The last entries, latest first, with who is meant; only those before a moment when one is given."""
        query = select(Entry, Person).outerjoin(Person, Person.id == Entry.person_id).order_by(Entry.id.desc())
        if until is not None:
            query = query.where(Entry.at < until)
        return [(entry, person) for entry, person in await self._session.execute(query.limit(limit).offset(offset))]

    async def last(self, kind: JournalKind) -> Entry | None:
        """The last entry of a kind."""
        return await self._session.scalar(select(Entry).where(Entry.kind == kind).order_by(Entry.id.desc()).limit(1))

    async def head(self) -> tuple[int, str]:
        """The number and the hash of the last entry: whoever notes them can tell later that nothing was rewritten."""
        return await (await self._session.connection()).run_sync(head)


def append(connection: Connection, fact: Fact) -> None:
    """Add an entry within a connection's transaction: also for the upgrade of the schema, which has no session."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    number, previous = head(connection)
    values = {
        "id": number + 1,
        "at": fact.at.astimezone(UTC),
        "kind": fact.kind,
        "person_id": fact.person_id,
        "body_id": fact.body_id,
        "subject": fact.subject,
        "details": dict(fact.details),
        "previous": previous,
    }
    values["hash"] = _hash(values)
    connection.execute(insert(Entry).values(values))
    kept = f"{values['id']} {values['hash']}"
    changed = connection.execute(update(Setting).where(Setting.name == JOURNAL).values(value=kept))
    if changed.rowcount == 0:
        connection.execute(insert(Setting).values(name=JOURNAL, value=kept))


def faults(connection: Connection) -> Iterator[str]:
    """What is wrong with the chain: the first entry that differs, or the missing end; nothing when it is whole."""
    number, previous = 0, BEGINNING
    while rows := _next(connection, number):
        for row in rows:
            values = row._asdict()
            if row.id != number + 1:
                yield f"l'entrée {number + 1} manque"
                return
            if row.previous != previous or row.hash != _hash(values):
                yield f"l'entrée {row.id} a été modifiée"
                return
            number, previous = row.id, row.hash
    if (number, previous) != head(connection):
        yield f"la fin manque, ou a été récrite : après l'entrée {number}"


def _next(connection: Connection, number: int) -> Sequence[Row[Any]]:
    table = Entry.__table__
    query = select(table).where(table.c.id > number).order_by(table.c.id).limit(_AT_ONCE)
    return connection.execute(query).all()


def head(connection: Connection) -> tuple[int, str]:
    """The number and the hash of the last entry, as they are kept apart."""
    kept = connection.scalar(select(Setting.value).where(Setting.name == JOURNAL))
    if kept is None:
        return 0, BEGINNING
    number, hash_ = kept.split()
    return int(number), hash_


def _hash(values: dict[str, Any]) -> str:
    """SHA-256 over the entry in its one canonical form: JSON, keys sorted, no spaces, moments in UTC."""
    said = [
        values["id"],
        values["at"].isoformat(timespec="microseconds"),
        values["kind"].value,
        values["person_id"],
        values["body_id"],
        values["subject"],
        values["details"],
        values["previous"],
    ]
    form = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(form.encode()).hexdigest()
