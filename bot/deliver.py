"""Sends what is owed: in order within a room, each row under its own transaction id, until the homeserver has it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import polls
from bot.lanes import LONGEST, Lanes, Turn
from bot.mail import Postponed, Refused, Relay
from bot.mailing import mail_of
from bot.matrix.client import Client
from bot.matrix.errors import FileTooBig, Limited, MatrixError, Rejected, SignedOut, Unreachable
from bot.render import message
from commands import Commune
from commands._chasing import mail_refused
from commands._dossier import tell_unmade
from commands._sheets import tell_unmade_sheet
from commands.letters import Made, Shelf, Unbindable, Unmade, bind, make
from council.clock import Clock
from council.french import size
from storage.database import Database
from storage.files import BlobDamaged, BlobMissing, Files
from storage.outbox import Head
from storage.states import DocumentKind, JournalKind, OutboxKind
from storage.store import Store
from storage.tables import Outgoing

log = structlog.get_logger(__name__)
MEMORY = timedelta(hours=20)
"""How long a homeserver surely remembers a transaction id (Synapse: a day); past it, the room is looked through."""
DRIFT = timedelta(days=1)
"""How far our clock, or its homeserver's, may have been from the truth when a row was written."""
PAUSES = (1, 2, 5, 15, 30, 60, 120, 300)
"""Seconds before another try, by the number of tries."""
PATIENCE = timedelta(days=5)
"""How long an e-mail is tried before it is given up (RFC 5321, 4.5.4.1)."""
ATTEMPTS = 8
"""How often a document that can't be made is tried before it is given up: the machine may only have been busy."""

REFUSED = "le serveur Matrix l'a refusé"


class Unsendable(Exception):
    """This row can't be sent, now or ever: the message says why, for the administrator."""


@dataclass(frozen=True)
class Deliver:
    """Takes rows from the outbox and settles them.

    Attributes:
        relay: takes the e-mails, where there is one.
        conversation: finds, or makes, the direct conversation with a person (their row's id).
        restored: when the database comes from a backup: the moment it was made. What was said since may be owed again,
            and is looked for in its room before it is sent.
    """

    database: Database
    client: Client
    files: Files
    clock: Clock
    commune: Commune
    conversation: Callable[[int], Awaitable[str]]
    relay: Relay | None = None
    restored: datetime | None = None
    _said: dict[str, dict[str, str]] = field(default_factory=dict)
    _binding: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))

    def lanes(self) -> Lanes[Head]:
        """The loop that sends, to be run beside the others and rung when something is owed."""
        return Lanes("deliver", self.clock, self._heads, self._send_one)

    async def _heads(self, busy: tuple[str, ...]) -> list[Turn[Head]]:
        async with self.database.read() as session:
            heads = await Store(session, "", self.clock.now()).outbox.heads(busy)
        return [Turn(head, head.lane, head.row.due_at, head.waiting > 1) for head in heads]

    async def _send_one(self, head: Head) -> None:
        row = head.row
        try:
            event_id = await self._send(head)
        except SignedOut:
            raise
        except Limited as limited:
            await self._postpone(row, limited.retry_after, "le serveur demande de ralentir")
        except Unreachable as error:
            await self._postpone(row, PAUSES[min(row.tries, len(PAUSES) - 1)], f"serveur injoignable ({error})")
        except Postponed as error:
            await self._mail_later(row, str(error))
        except Unmade as error:
            if row.tries >= ATTEMPTS:
                await self._settle(row, reason=str(error))
            else:
                await self._postpone(row, PAUSES[min(row.tries, len(PAUSES) - 1)], str(error))
        except (MatrixError, Refused, Unsendable, Unbindable, BlobDamaged, BlobMissing) as error:
            log.warning("not sent", row=row.id, reason=type(error).__name__)
            await self._settle(row, reason=str(error), why=REFUSED if isinstance(error, MatrixError) else "")
        else:
            await self._settle(row, event_id=event_id)

    async def _settle(self, row: Outgoing, *, event_id: str = "", reason: str = "", why: str = "") -> None:
        """It was sent, or never will be; ``why`` is the reason in French, where ``reason`` is the server's own."""
        async with self.database.begin() as session:
            store = Store(session, f"settled {row.key}", self.clock.now())
            if not event_id:
                await store.outbox.failed(row.id, reason)
                if row.kind is OutboxKind.MAIL:
                    await mail_refused(store, row)
                elif row.kind is OutboxKind.DOSSIER:
                    sheet = row.content["document"] == DocumentKind.SHEET.value
                    tell = tell_unmade_sheet if sheet else tell_unmade
                    await tell(store, row, why or reason, self.commune)
                return
            await store.outbox.sent(row.id, event_id)
            await store.convocations.delivered(row, event_id)
            await store.errata.delivered(row)
            await store.mails.delivered(row, event_id)
            if row.content.get("everyone"):
                await self._tell(store, row, event_id)

    async def _tell(self, store: Store, row: Outgoing, event_id: str) -> None:
        """What was said aloud to a body's whole room is proved by its event."""
        room = await store.rooms.get(row.room_id) if row.room_id else None
        if room is not None and room.body_id is not None:
            await store.journal.add(JournalKind.ANNOUNCED, row.key, body_id=room.body_id, event=event_id)

    async def _mail_later(self, row: Outgoing, reason: str) -> None:
        if self.clock.now() - row.created_at > PATIENCE:
            await self._settle(row, reason=reason)
        else:
            await self._postpone(row, PAUSES[min(row.tries, len(PAUSES) - 1)], reason)

    async def _postpone(self, row: Outgoing, seconds: float, reason: str) -> None:
        log.info("sent later", row=row.id, seconds=seconds)
        async with self.database.begin() as session:
            outbox = Store(session, "", self.clock.now()).outbox
            await outbox.postpone(row.id, timedelta(seconds=min(seconds, LONGEST)), reason)

    async def _send(self, head: Head) -> str:
        if head.row.kind is OutboxKind.MAIL:
            return await self._mail(head.row)
        row, room_id = head.row, await self._room(head.row)
        if found := await self._already_said(row, room_id):
            return found
        # A try may have left no trace but in the room: the bot can be killed between the answer and the mark.
        if abs(self.clock.now() - row.created_at) > MEMORY:
            found = await self.client.find_sent(room_id, row.key, row.created_at - DRIFT)
            if found:
                return found
        kind, content = await self._event(row, room_id)
        self._refuse_company(room_id, head.alone_with)
        try:
            return await self.client.send(room_id, kind, content, row.key)
        except Rejected as error:
            if error.code == "M_DUPLICATE_ANNOTATION":  # the same reaction is already there: that is what was owed
                return f"duplicate-{row.key}"
            raise

    async def _mail(self, row: Outgoing) -> str:
        """Hand an e-mail to the relay; gives its Message-ID, by which a repeat is known."""
        if self.relay is None:
            raise Unsendable("l'envoi par courriel n'est plus configuré")
        return await self.relay.send(await mail_of(self.database, self.files, self.commune, row))

    async def _already_said(self, row: Outgoing, room_id: str) -> str | None:
        """The event that this became before the backup was restored; each room is looked through once."""
        if self.restored is None:
            return None
        if room_id not in self._said:
            self._said[room_id] = await self.client.sent_since(room_id, self.restored - DRIFT)
        return self._said[room_id].get(row.key)

    async def _room(self, row: Outgoing) -> str:
        if row.room_id is not None:
            return row.room_id
        if row.person_id is None:
            raise Unsendable("destinataire inconnu")
        return await self.conversation(row.person_id)

    def _refuse_company(self, room_id: str, alone_with: str | None) -> None:
        """What is private is sent only where nobody else listens, checked at the last moment."""
        if alone_with is not None and self.client.joined(room_id) - {self.client.user_id, alone_with}:
            raise Unsendable("la conversation privée a d'autres participants")

    async def _event(self, row: Outgoing, room_id: str) -> tuple[str, dict[str, Any]]:
        if row.kind is OutboxKind.REACTION:
            return "m.reaction", await self._reaction(row)
        if row.kind is OutboxKind.POLL:
            return await self._poll(row)
        if row.kind is OutboxKind.FILE:
            data = await self.files.get(row.content["blob"])
            content = await self._file(Made(row.content["name"], row.content["mime"], data), room_id)
        elif row.kind is OutboxKind.DOCUMENT:
            content = await self._file(await make(self.database, self.commune, row.content, row.created_at), room_id)
        elif row.kind is OutboxKind.DOSSIER:
            async with self._binding:  # it takes both processors: one at a time
                shelf = Shelf(self.database, self.files, self.commune)
                content = await self._file(await bind(shelf, row.content, self.clock.now()), room_id)
        else:
            content = _text(row.content)
        return "m.room.message", {**content, **_relation(row.content)}

    async def _reaction(self, row: Outgoing) -> dict[str, Any]:
        event_id = await self._answered(row)
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": row.content["emoji"]}
        return {"m.relates_to": relation}

    async def _poll(self, row: Outgoing) -> tuple[str, dict[str, Any]]:
        """A poll begins, or the one of an earlier row ends."""
        if "to" in row.content:
            return polls.end(await self._answered(row), row.content["text"])
        return polls.start(row.content["question"], row.content["answers"])

    async def _answered(self, row: Outgoing) -> str:
        """The event of the row that this one is about."""
        async with self.database.read() as session:
            event_id = await Store(session, "", self.clock.now()).outbox.event_of(row.content["to"])
        if event_id is None:
            raise Unsendable("le message à marquer n'a pas été envoyé")
        return event_id

    async def _file(self, file: Made, room_id: str) -> dict[str, Any]:
        encrypted = self.client.is_encrypted(room_id)
        try:
            where = await self.client.upload(file.data, file.name, file.mime, encrypted=encrypted)
        except FileTooBig as error:
            raise Unsendable(f"fichier de plus de {size(error.limit)}") from error
        info = {"mimetype": file.mime, "size": len(file.data)}
        return {"msgtype": "m.file", "body": file.name, "filename": file.name, "info": info, "m.mentions": {}, **where}


def _text(content: dict[str, Any]) -> dict[str, Any]:
    return message(
        content["markdown"],
        loud=content["loud"],
        everyone=content["everyone"],
        mentions=tuple(content["mentions"]),
    )


def _relation(content: dict[str, Any]) -> dict[str, Any]:
    """A reply where it was asked: in the thread if the question was in one."""
    reply_to, thread = content.get("reply_to"), content.get("thread")
    if thread:
        inner = {"event_id": reply_to or thread}
        relation = {"rel_type": "m.thread", "event_id": thread, "is_falling_back": not reply_to, "m.in_reply_to": inner}
        return {"m.relates_to": relation}
    return {"m.relates_to": {"m.in_reply_to": {"event_id": reply_to}}} if reply_to else {}
