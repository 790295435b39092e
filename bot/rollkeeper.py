"""Keeps the roll true: a saved members file is taken up while the bot runs; a row in error is named, the rest goes on."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import structlog

from bot.matrix.errors import ENDS
from bot.roll import Roll, RollError, read_roll
from commands import Commune, Reply, content_of, plain
from council.clock import Clock
from council.roles import Role
from storage.bodies import BodyEntry
from storage.database import Database
from storage.people import RollChange
from storage.settings import ROLL
from storage.states import JournalKind, OutboxKind
from storage.store import Store

log = structlog.get_logger(__name__)
EVERY = 2.0
"""Seconds between two looks at the file."""


@dataclass
class RollKeeper:
    """Takes the members file into the database, and tells the administrators what could not be read.

    Attributes:
        changed: called after people or bodies changed: the rooms must follow.
        ring: called when something is owed.
    """

    database: Database
    commune: Commune
    clock: Clock
    path: Path
    bodies: tuple[BodyEntry, ...]
    changed: Callable[[], Awaitable[None]]
    ring: Callable[[], None]
    _seen: tuple[float, int] | None = None
    _behind: bool = False

    async def take(self) -> RollChange | None:
        """Read the file and make the database say the same; None when it can't be read (the roll stays as it was)."""
        try:
            self._seen = self._stamp()
            roll = await asyncio.to_thread(read_roll, self.path, self.bodies)
        except RollError as error:
            log.warning("roll not read", reason=str(error))
            await self._tell_once(str(error), f"Je garde la liste des membres d'avant : {error}")
            return None
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            await store.bodies.declare(self.bodies)
            change = await store.people.take_roll(roll.entries, self.clock.now().date())
            await self._tell(store, change)
        if roll.faults:
            log.warning("rows in error", count=len(roll.faults))
            await self._tell_once(repr(roll.faults), _faults(roll))
        return change

    async def _tell(self, store: Store, change: RollChange) -> None:
        """The journal says who came and went, and whose rights changed, with the seats that are now theirs."""
        for kind, ids in (
            (JournalKind.ARRIVED, change.arrived),
            (JournalKind.LEFT, change.left),
            (JournalKind.RIGHTS, change.moved),
        ):
            for person_id in ids:
                seats = await store.people.seats(await store.people.get(person_id), store.now.date())
                chaired = [seat.body.code for seat in seats if Role.CHAIR in seat.role]
                codes = [seat.body.code for seat in seats]
                await store.journal.add(kind, person_id=person_id, bodies=codes, chairs=chaired)

    async def watch(self) -> None:
        """Look at the file until cancelled; take it up when it was saved."""
        while True:
            await asyncio.sleep(EVERY)
            if self._behind or self._stamp() not in (self._seen, None):
                await self._take_up()

    async def _take_up(self) -> None:
        """Take the file, then let the rooms follow; whatever fails on the way is done again at the next look."""
        begun, self._behind = self._behind, True
        try:
            change = await self.take()
            if change:
                log.info("roll changed", arrived=len(change.arrived), left=len(change.left), moved=len(change.moved))
            if begun or change:
                await self.changed()
            self._behind = False
        except ENDS:
            raise
        except Exception as error:
            log.warning("roll not taken up", error=type(error).__name__)

    def _stamp(self) -> tuple[float, int] | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_mtime, status.st_size

    async def _tell_once(self, what: str, text: str) -> None:
        """Tell the administrators, unless they were told exactly this last time."""
        fingerprint = hashlib.sha256(what.encode()).hexdigest()
        async with self.database.begin() as session:
            store = Store(session, f"roll {fingerprint} {self.clock.now().isoformat()}", self.clock.now())
            if await store.settings.get(ROLL) == fingerprint:
                return
            await store.settings.put(ROLL, fingerprint)
            for admin in self.commune.admins:
                person = await store.people.by_matrix_id(admin)
                if person is not None:
                    await store.outbox.owe(OutboxKind.MESSAGE, content_of(Reply(text)), person_id=person.id)
        self.ring()


def _faults(roll: Roll) -> str:
    lines = [f"- {plain(str(fault), 200)}" for fault in roll.faults[:20]]
    return (
        "Dans le fichier des membres, ces lignes sont à corriger ; les autres sont prises en compte :\n\n"
        + "\n".join(lines)
    )
