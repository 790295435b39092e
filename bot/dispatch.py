"""One door for all that arrives or falls due: one transaction each; here alone are exceptions turned into French."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.edits import EDITED, is_edit, words_of
from bot.polls import RESPONSE, chosen
from bot.replies import owe_reply, owe_to, refused
from commands import (
    Commune,
    Context,
    Happening,
    Message,
    Redacted,
    Refusal,
    Reply,
    answer,
    content_of,
    hear_vote,
    listen,
    react,
    registry,
    welcome,
)
from council.clock import Clock
from council.french import long_moment
from council.refusals import Denied
from storage.database import Database, is_passing
from storage.states import InboxState, JournalKind, NoticeState, OutboxKind, RoomKind
from storage.store import Store
from storage.tables import Incoming, Notice, Person, Room

log = structlog.get_logger(__name__)
STALE = timedelta(minutes=15)
FAILED = "Je n'ai pas réussi. Rien n'a été changé. L'administrateur en est averti ; vous pouvez réessayer plus tard."
UNKNOWN = (
    "Je ne vous trouve pas dans la liste des membres de la commune : je ne peux pas vous répondre. "
    "Si vous devriez y être, signalez-le à la mairie."
)
SEATLESS = (
    "Vous ne siégez aujourd'hui dans aucune commission : je ne peux pas vous répondre. "
    "Si c'est une erreur, signalez-le à la mairie."
)
CLEAR = (
    "Ce message est arrivé sans chiffrement dans un salon chiffré : par prudence, je n'en tiens pas compte. "
    "Renvoyez-le depuis une application à jour."
)
FORGED = "Je n'ai pas pu m'assurer que ce message vient bien de votre appareil : renvoyez-le, s'il vous plaît."
UNREADABLE = (
    "Je n'ai pas pu lire un message que vous venez d'envoyer : sa clé ne m'est pas parvenue. Renvoyez-le, s'il vous plaît. "
    "Si cela se répète, déconnectez-vous de l'application et reconnectez-vous."
)
SOON = timedelta(minutes=5)


@dataclass(frozen=True)
class Touched:
    """What a transaction looked into, and may have changed."""

    schedule: bool = False
    papers: bool = False


@dataclass(frozen=True)
class Dispatch:
    """Handles one thing at a time, wholly or not at all.

    Attributes:
        encrypted: whether this bot's rooms are encrypted (not in the terminal): clear messages are then refused.
        after: called when something was handled and kept, with what it may have touched.
    """

    database: Database
    commune: Commune
    clock: Clock
    encrypted: bool = True
    after: Callable[[Touched], None] = lambda _: None

    async def receive(self, row_id: int, happening: Happening | Refusal | None = None) -> None:
        """Handle a received event; ``happening`` is what was prepared of it outside (a file that was fetched).

        A refusal takes everything back, then is owed in a transaction of its own. When the machine fails, its error is
        raised: the row is as it was, for a later try.
        """
        touched = Touched()
        try:
            try:
                touched = await self._receive_once(row_id, happening)
            except Refusal as refusal:
                await self._receive_once(row_id, refusal)
        except Exception as error:
            if is_passing(error):
                raise  # nothing was done: it is all done later, and the message is not to blame
            log.exception("event not handled", row=row_id, error=type(error).__name__)
            await self._failed(row_id, type(error).__name__)
        self.after(touched)

    async def _receive_once(self, row_id: int, happening: Happening | Refusal | None) -> Touched:
        async with self.database.begin() as session:
            row = await Store(session, "", self.clock.now()).inbox.get(row_id)
            if row.state is not InboxState.NEW:
                return Touched()
            store = Store(session, row.event_id, self.clock.now())
            await self._receive(store, row, happening)
            store.inbox.done(row)
        return Touched(schedule=store.opened("notices"), papers=store.opened("papers"))

    async def _failed(self, row_id: int, reason: str) -> None:
        async with self.database.begin() as session:
            inbox = Store(session, "", self.clock.now()).inbox
            if await inbox.failed(row_id, reason):
                row = await inbox.get(row_id)
                outbox = Store(session, f"{row.event_id} failed", self.clock.now()).outbox
                reply = content_of(Reply(FAILED), reply_to=row.event_id)
                await outbox.owe(OutboxKind.MESSAGE, reply, room_id=row.room_id)

    async def _receive(self, store: Store, row: Incoming, happening: Happening | Refusal | None) -> None:
        room, sender = await store.rooms.meeting_of(row.room_id, row.sender)
        if room is None or room.kind is RoomKind.SPACE:
            return
        if row.type == "m.room.redaction":
            await self._removed(store, (room, sender), row)
        elif row.type == "m.room.member":
            await self._moved(store, room, row)
        elif row.type in ("m.room.message", "m.reaction", RESPONSE):
            await self._hear(store, (room, sender), row, happening)

    async def _removed(self, store: Store, who: tuple[Room, Person | None], row: Incoming) -> None:
        """Words that were removed are forgotten; whoever removed a paper's message is asked about the paper."""
        (room, sender), event_id = who, str(row.content.get("redacts"))
        await store.inbox.forget(event_id)
        if sender is None or not (seats := await store.people.seats(sender, store.now.date())):
            return
        ctx = Context(room, sender, store.now, store, self.commune, Message(row.event_id), seats, _said_at(row, store))
        await registry().happenings[Redacted](ctx, Redacted(event_id))

    async def _moved(self, store: Store, room: Room, row: Incoming) -> None:
        """Who enters their conversation is welcomed; who leaves it is written to in a new one, next time."""
        if room.kind is not RoomKind.DM or room.person_id is None:
            return
        if row.content.get("membership") == "join":
            await self._welcome(store, room.person_id)
        elif row.content.get("membership") in ("leave", "ban"):
            await store.rooms.close(room.room_id)

    async def welcome(self, person_id: int) -> None:
        """Owe a person their welcome, once, or a word about the bodies that they entered since."""
        now = self.clock.now()
        async with self.database.begin() as session:
            seats = await Store(session, "", now).arrivals.seats(person_id, now.date())
            # Not the moment: after a restored backup the same word is owed again, and known by the same key.
            await self._welcome(Store(session, f"welcome {person_id} {seats}", now), person_id)
        self.after(Touched())

    async def _welcome(self, store: Store, person_id: int) -> None:
        person = await store.people.get(person_id)
        said = await welcome(store, self.commune, person, store.now)
        if said.text:
            await owe_to(store, person_id, said)
            await store.arrivals.told(person, store.now.date())

    async def _hear(
        self, store: Store, who: tuple[Room, Person | None], row: Incoming, happening: Happening | Refusal | None
    ) -> None:
        room, sender = who
        spoken = listen(words_of(row.content), self.commune, _mentions(row))
        meant = room.kind is RoomKind.DM or spoken.addressed or happening is not None
        message = row.type != "m.reaction"
        seats = await store.people.seats(sender, store.now.date()) if sender else ()
        if sender is None or not (seats or sender.matrix_id in self.commune.admins):
            if meant and message:
                await store.journal.add(JournalKind.REFUSED, room.kind.value, body_id=room.body_id, user=row.sender)
                await self._object(store, row, UNKNOWN if sender is None else SEATLESS)
        elif message and self.encrypted and not (row.encrypted and row.authentic):
            if meant:
                await self._object(store, row, FORGED if row.encrypted else CLEAR)
        else:
            ctx = Context(room, sender, store.now, store, self.commune, _message(row), seats, _said_at(row, store))
            await self._answer(ctx, row, happening)

    async def _object(self, store: Store, row: Incoming, text: str) -> None:
        content = content_of(Reply(text), reply_to=row.event_id)
        await store.outbox.owe(OutboxKind.MESSAGE, content, room_id=row.room_id)

    async def _answer(self, ctx: Context, row: Incoming, happening: Happening | Refusal | None) -> None:
        if isinstance(happening, Denied):
            await ctx.store.journal.add(
                JournalKind.REFUSED, happening.what, person_id=ctx.sender.id, body_id=ctx.room.body_id
            )
        reply = refused(happening) if isinstance(happening, Refusal) else await self._reply(ctx, row, happening)
        if reply is not None and reply.text:
            if row.received_at - row.sent_at > STALE:
                sent = long_moment(row.sent_at, self.commune.zone)
                reply = replace(reply, text=f"{reply.text}\n\n(Je réponds avec retard à votre message du {sent}.)")
            await owe_reply(ctx, reply)

    async def _reply(self, ctx: Context, row: Incoming, happening: Happening | None) -> Reply | None:
        if happening is not None:
            return await registry().happenings[type(happening)](ctx, happening)
        if row.type in ("m.reaction", RESPONSE):
            relation = row.content.get("m.relates_to") or {}
            key = await ctx.store.outbox.key_of(str(relation.get("event_id")))
            if key and row.type == RESPONSE:
                await hear_vote(ctx, key, chosen(row.content))
                return None
            return await react(ctx, key, str(relation.get("key"))) if key else None
        spoken = listen(words_of(row.content), self.commune, _mentions(row))
        if is_edit(row.content):
            return EDITED if ctx.private or spoken.addressed else None
        return await answer(ctx, spoken)

    async def tell(self, notice_id: int) -> None:
        """Say what falls due, once: the notice and what it owes are one transaction.

        When the machine fails, its error is raised: the notice waits as it was.
        """
        try:
            async with self.database.begin() as session:
                notice = await Store(session, "", self.clock.now()).notices.get(notice_id)
                # Its moment too: a notice that serves once more owes something new.
                cause = f"notice {notice_id} {notice.due_at.isoformat()}"
                await self._tell(Store(session, cause, self.clock.now()), notice)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("notice not told", notice=notice_id, error=type(error).__name__)
            async with self.database.begin() as session:
                await Store(session, "", self.clock.now()).notices.failed(notice_id)

    async def _tell(self, store: Store, notice: Notice) -> None:
        if notice.state is not NoticeState.WAITING:
            return
        asker = await store.people.get(notice.created_by)
        room = await self._room_of(store, notice, asker)
        if room is None:
            notice.due_at = store.now + SOON
            return
        store.notices.said(notice)
        seats = await store.people.seats(asker, store.now.date())
        if room.kind is RoomKind.DM and not seats:
            return
        ctx = Context(room, asker, store.now, store, self.commune, Message(""), seats, store.now.astimezone(UTC))
        reply = await registry().notices[notice.kind](ctx, notice)
        if reply.text:
            await owe_reply(ctx, reply)

    async def unreadable(self) -> int:
        """Tell each person, once a session, that a message can't be read; how many were told.

        It is said in private: nobody knows whether the message was meant for the bot.
        """
        async with self.database.begin() as session:
            inbox = Store(session, "", self.clock.now()).inbox
            rows = await inbox.overdue()
            for row in rows:
                store = Store(session, f"{row.event_id} unreadable", self.clock.now())
                sender = await store.people.by_matrix_id(row.sender)
                told = await inbox.told_about(row.session_id or "")
                inbox.tell(row)
                if sender is not None and not told:
                    await store.outbox.owe(OutboxKind.MESSAGE, content_of(Reply(UNREADABLE)), person_id=sender.id)
            return len(rows)

    async def prune(self) -> None:
        """Forget what is old: handled events, sent messages, expired offers."""
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            await store.inbox.prune()
            await store.outbox.prune()
            await store.offers.prune()

    async def _room_of(self, store: Store, notice: Notice, asker: Person) -> Room | None:
        """Where a notice is said today: rooms may have been replaced since it was asked for."""
        room = await store.rooms.get(notice.room_id) if notice.room_id else None
        if room is None and notice.meeting_id:
            meeting = await store.meetings.get(notice.meeting_id)
            room = await store.rooms.of_body(meeting.body_id)
            return await store.rooms.get(room.room_id) if room else None
        return room or await store.rooms.of_person(asker.id)


def _message(row: Incoming) -> Message:
    relation = row.content.get("m.relates_to") or {}
    reply_to = (relation.get("m.in_reply_to") or {}).get("event_id")
    thread = relation.get("event_id") if relation.get("rel_type") == "m.thread" else None
    return Message(row.event_id, None if relation.get("is_falling_back") else reply_to, thread)


def _said_at(row: Incoming, store: Store) -> datetime:
    """When it was said, as far as it can be true: nothing was said later than now."""
    return min(row.sent_at, store.now).astimezone(UTC)


def _mentions(row: Incoming) -> tuple[str, ...]:
    mentioned = row.content.get("m.mentions")
    users = mentioned.get("user_ids") if isinstance(mentioned, dict) else None
    return tuple(str(user) for user in users) if isinstance(users, list) else ()
