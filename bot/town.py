"""Sainte-Colombe: the small town of the tests, of the help's examples and of ``appariteur chat``. No Matrix: it only remembers.

Blanche Arnaud is mayor, Hugo Roux is vice-president of Eau, Lucie Vidal a councillor there, Odile Blanc a guest of Eau,
Paul Martin an agent; Jean Petit sits on the council and Voirie only: he must see nothing of Eau. Mireille Faure is nobody.
"""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.dispatch import Dispatch
from bot.indexer import Indexer
from bot.reading import Reading
from bot.render import to_plain
from commands import Commune, Dropped
from council.clock import HandClock
from council.meetings import Mode
from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.extract import Extractor
from storage.files import Files
from storage.people import Entry
from storage.states import OutboxKind, RoomKind
from storage.store import Store
from storage.tables import Incoming, Meeting, Outgoing, Room

ZONE = ZoneInfo("Europe/Paris")
MORNING = datetime(2026, 3, 2, 9, tzinfo=ZONE)
"""A Monday: the town's clock at the start."""
HOST = "sainte-colombe.fr"
BOT = f"@appariteur:{HOST}"
BODIES = (
    BodyEntry("CM", "Conseil municipal", BodyKind.COUNCIL),
    BodyEntry("EAU", "Commission de l'eau", BodyKind.COMMISSION),
    BodyEntry("VOI", "Commission voirie et bâtiments", BodyKind.COMMISSION),
)
PEOPLE = {
    "arnaud": ("Blanche", "Arnaud", Function.MAYOR, {"CM": True, "EAU": False, "VOI": False}),
    "roux": ("Hugo", "Roux", Function.DEPUTY, {"CM": False, "EAU": True}),
    "vidal": ("Lucie", "Vidal", Function.COUNCILLOR, {"CM": False, "EAU": False}),
    "petit": ("Jean", "Petit", Function.COUNCILLOR, {"CM": False, "VOI": False}),
    "blanc": ("Odile", "Blanc", Function.GUEST, {"EAU": False}),
    "martin": ("Paul", "Martin", Function.AGENT, {"CM": False, "EAU": False, "VOI": False}),
}
QUOTE = (
    (
        "Devis du réservoir\n\nDevis pour la réfection du réservoir des Buttes : étanchéité, peinture, clôture.\n"
        "Société Hydra, montant 48 200,00 € hors taxes."
    ),
    "Conditions : les travaux commenceront en juin. Pénalités de retard : 150 € par jour.",
)


@dataclass
class Town:
    """Lets anybody of the town speak and gives what the bot answers, as plain text, in order.

    Attributes:
        heard: everything sent so far, (room id, plain text or file name).
        sent: the messages among it, as the outbox keeps them.
        documents: the files to make that were owed, as the outbox keeps them.
        delivered: what it sends to memory; a test that has a real relay leaves e-mails to it.
    """

    database: Database
    files: Files
    clock: HandClock
    commune: Commune
    extractor: Extractor = field(default_factory=lambda: Extractor(program=""))
    heard: list[tuple[str, str]] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    documents: list[Outgoing] = field(default_factory=list)
    delivered: frozenset[OutboxKind] = frozenset(OutboxKind)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @property
    def dispatch(self) -> Dispatch:
        """The bot's own door, without encryption."""
        return Dispatch(self.database, self.commune, self.clock, encrypted=False)

    @property
    def _reading(self) -> Reading:
        return Reading(self.files, self.extractor)

    async def says(self, who: str, text: str, *, room: str = "", reply_to: str = "", mention: bool = False) -> str:
        """What the bot answers to a person, in a body's room (its code) or, by default, in their own conversation."""
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        if mention:
            content["m.mentions"] = {"user_ids": [BOT]}
        if reply_to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        return await self.happens(who, room, "m.room.message", content)

    async def drops(
        self,
        who: str,
        data: bytes,
        name: str,
        *,
        caption: str = "",
        room: str = "",
        reply_to: str = "",
        event_id: str = "",
    ) -> str:
        """What the bot answers to a file; its text is read before the answer, so that tests needn't wait.

        Args:
            event_id: the message's id, where a test answers to it later.
        """
        happening = await self._reading.dropped(data, name, "application/octet-stream", caption, until=None)
        content: dict[str, Any] = {"msgtype": "m.file", "body": caption or name}
        if reply_to:
            content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
        return await self.happens(who, room, "m.room.message", content, happening=happening, event_id=event_id)

    async def taps(self, who: str, emoji: str, *, room: str = "", event_id: str = "") -> str:
        """What the bot answers to a reaction on a message of its own, by default its last one of that room."""
        async with self.database.read() as session:
            store = Store(session, "", self.clock.now())
            last = [row for row in await store.outbox.sent_in(room_id(who, room)) if row.kind is OutboxKind.MESSAGE]
        relation = {"rel_type": "m.annotation", "event_id": event_id or last[-1].event_id, "key": emoji}
        return await self.happens(who, room, "m.reaction", {"m.relates_to": relation})

    async def waits(self, distance: timedelta) -> str:
        """Push the clock and give what the bot said by itself meanwhile, each thing at its own moment."""
        end = self.clock.now() + distance
        before = len(self.heard)
        while True:
            async with self.database.read() as session:
                due = await Store(session, "", end).notices.next_due()
            if due is None or due > end:
                break
            self.clock.set(max(due.astimezone(ZONE), self.clock.now()))
            await self.wake()
        self.clock.set(end)
        return "\n\n".join(text for _, text in self.heard[before:])

    async def leaves(self, who: str, code: str = "") -> None:
        """Take someone off the roll, or out of one body: they sit there no more from now on."""
        entries = [_entry(name) for name in PEOPLE if name != who or code]
        if code:
            next(entry for entry in entries if entry.matrix_id == f"@{who}:{HOST}").seats.pop(code)
        async with self.database.begin() as session:
            await Store(session, "", self.clock.now()).people.take_roll(entries, self.clock.now().date())

    async def arrives(self, first: str, last: str, *codes: str, phone: str = "", large: bool = False) -> None:
        """Put a councillor who is only reached on paper on the roll, in these bodies."""
        seats = dict.fromkeys(codes, False)
        newcomer = Entry(last, first, None, "", phone, Function.COUNCILLOR, Channel.PAPER, None, None, seats, large)
        entries = [*(_entry(name) for name in PEOPLE), newcomer]
        async with self.database.begin() as session:
            await Store(session, "", self.clock.now()).people.take_roll(entries, self.clock.now().date())

    async def wake(self) -> None:
        """Say what is due now."""
        async with self.database.read() as session:
            due = await Store(session, "", self.clock.now()).notices.due()
        for notice in due:
            await self.dispatch.tell(notice)
        await self._deliver()

    async def happens(
        self,
        who: str,
        room: str,
        kind: str,
        content: dict[str, Any],
        *,
        happening: Dropped | None = None,
        event_id: str = "",
        said_at: datetime | None = None,
    ) -> str:
        """What the bot answers to an event of any type, in a body's room or in a person's own conversation."""
        now = self.clock.now()
        async with self.database.begin() as session:
            row = Incoming(
                event_id=event_id or f"${next(self._numbers)}",
                room_id=room_id(who, room),
                sender=f"@{who}:{HOST}",
                type=kind,
                content=content,
                encrypted=False,
                authentic=True,
                session_id=None,
                sent_at=said_at or now,
                received_at=now,
                due_at=now,
            )
            await Store(session, "", now).inbox.add([row])
        await self.dispatch.receive(row.id, happening)
        indexer = Indexer(self.database, self._reading, self.commune, self.clock)
        while await indexer.once():
            pass
        before = len(self.heard)
        await self._deliver()
        return "\n\n".join(text for where, text in self.heard[before:] if where == row.room_id)

    async def _deliver(self) -> None:
        """Send what is owed, to memory."""
        while True:
            async with self.database.begin() as session:
                store = Store(session, "", self.clock.now())
                heads = [head for head in await store.outbox.heads(()) if head.row.kind in self.delivered]
                for head in heads:
                    self._hear(head.row)
                    await store.outbox.sent(head.row.id, f"$sent{head.row.id}")
                    await store.convocations.delivered(head.row, f"$sent{head.row.id}")
                    await store.errata.delivered(head.row)
                    await store.mails.delivered(head.row, f"$sent{head.row.id}")
            if not heads:
                return

    def _hear(self, row: Outgoing) -> None:
        where = row.room_id or f"!dm{row.person_id}"
        if row.kind is OutboxKind.MESSAGE:
            self.sent.append(row.content)
            self.heard.append((where, to_plain(row.content["markdown"])))
        elif row.kind in (OutboxKind.FILE, OutboxKind.DOCUMENT, OutboxKind.DOSSIER):
            self.heard.append((where, f"[fichier : {row.content['name']}]"))
        elif row.kind is OutboxKind.MAIL:
            said = f"{row.content['subject']}\n\n{to_plain(row.content['markdown'])}"
            said += f"\n\n[joint : {row.content['name']}]" if "name" in row.content else ""
            self.heard.append((f"courriel {row.person_id}", said))
        if row.kind in (OutboxKind.DOCUMENT, OutboxKind.DOSSIER):
            self.documents.append(row)


def room_id(who: str, room: str) -> str:
    """The id of a body's room by its code, or of a person's own conversation."""
    return f"!{(room or who).lower()}:{HOST}"


@asynccontextmanager
async def open_town(directory: Path, *, settled: bool = False) -> AsyncIterator[Town]:
    """The town on its Monday morning, in a directory of its own.

    Args:
        directory: where its database and files are made.
        settled: whether they were made already: a copy of such a directory opens at once.
    """
    database = Database.in_directory(directory)
    commune = Commune("Sainte-Colombe", ZONE, BOT, population=640, admins=frozenset({f"@martin:{HOST}"}))
    town = Town(database, Files(directory / "files", b"k" * 32), HandClock(MORNING), commune)
    try:
        if not settled:
            await database.migrate()
            await _settle(town)
        yield town
    finally:
        await database.close()


async def _settle(town: Town) -> None:
    """People, rooms, one session with one item, one paper."""
    now = town.clock.now()
    async with town.database.begin() as session:
        store = Store(session, "", now)
        await store.bodies.declare(BODIES)
        await store.people.take_roll([_entry(name) for name in PEOPLE], now.date())
        for body in await store.bodies.all():
            await store.rooms.add(Room(room_id=room_id("", body.code), kind=RoomKind.BODY, body_id=body.id, since=now))
        for name in (*PEOPLE, "faure"):
            person = await store.people.by_matrix_id(f"@{name}:{HOST}")
            if person is not None:
                await store.arrivals.told(person, now.date())
            dm = Room(room_id=room_id(name, ""), kind=RoomKind.DM, person_id=person.id if person else None, since=now)
            await store.rooms.add(dm)
        roux = await store.people.by_matrix_id(f"@roux:{HOST}")
        assert roux is not None  # noqa: S101 - of this very town
        eau = (await store.bodies.all())[1]
        meeting = await store.meetings.add(
            Meeting(
                body_id=eau.id,
                starts_at=datetime(2026, 3, 26, 18, 30, tzinfo=ZONE),
                place="mairie",
                mode=Mode.IN_PERSON,
                link="",
                created_by=roux.id,
            )
        )
        await store.meetings.add_item(meeting, "Réservoir des Buttes", roux.id)
    quote = "\f".join(QUOTE).encode()
    await town.drops(
        "roux", quote, "devis-reservoir.txt", caption="Devis du réservoir, point 1", room="EAU", event_id="$devis"
    )
    town.heard.clear()
    town.sent.clear()


def _entry(name: str) -> Entry:
    first, last, function, seats = PEOPLE[name]
    return Entry(last, first, f"@{name}:{HOST}", "", "", function, Channel.ELEMENT, None, None, dict(seats))
