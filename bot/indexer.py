"""Reads in the background what took too long when it was dropped, and unpacks what was asked of archives.

Filing never waits for indexing. What is slow, letters in pictures, has its own loop in ``recogniser``.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import structlog

from bot.reading import Reading
from bot.replies import shown
from bot.rounds import Rounds
from commands import Commune, Dropped, Message, Reply, content_of, file_late, file_unpacked, numbered
from council.clock import Clock
from storage.database import Database, is_passing
from storage.enclosed import Unpacking
from storage.extract import Extraction, Kind, Problem, Unpacked
from storage.files import BlobDamaged, BlobMissing
from storage.readings import keep_reading
from storage.states import OutboxKind
from storage.store import Store
from storage.tables import File

log = structlog.get_logger(__name__)
READING = 5.0
"""Seconds that the answer about an archive waits for the text of its files."""


@dataclass
class Indexer(Rounds):
    """A loop over the files wanted of archives, then the versions whose text was not looked for yet.

    Attributes:
        after: called when something was kept: it may owe messages, and bring pictures to look at.
    """

    database: Database
    reading: Reading
    commune: Commune
    clock: Clock
    after: Callable[[], None] = lambda: None
    failed = "not indexed"
    pause = 30.0
    calm = 0.5

    async def once(self) -> bool:
        """Unpack what one person wants, or read one version; False when nothing waits."""
        async with self.database.read() as session:
            store = Store(session, "", self.clock.now())
            wanted = await store.archives.asked()
            waiting = await store.papers.pending(limit=1) if wanted is None else ()
            blob = (await store.papers.version(wanted.file_id)).blob if wanted else ""
        if wanted is not None:
            await self._unpack(wanted, blob)
        for file in waiting:
            await self._read(file)
        if done := wanted is not None or bool(waiting):
            self.after()
        return done

    async def _read(self, file: File) -> None:
        read = Extraction(Kind.UNKNOWN, problem=Problem.LOST)
        enclosed: tuple[Dropped, ...] = ()
        try:
            read = await self.reading.read(await self.reading.files.get(file.blob))
            enclosed = await self.reading.enclosed(read)
        except (BlobMissing, BlobDamaged):
            log.warning("paper without its bytes", file=file.id)
        async with self.database.begin() as session:
            store = Store(session, f"file {file.id}", self.clock.now())
            kept = await store.papers.version(file.id)
            if await keep_reading(store, kept, read):
                said = await file_late(store, self.commune, kept, read, enclosed)
                await _owe(store, said, kept.filed_by, kept.room_id, Message(kept.event_id))

    async def _unpack(self, wanted: Unpacking, blob: str) -> None:
        """File what somebody wants of an archive, and answer; a failure of ours is told, and never tried for ever."""
        unpacked, files = Unpacked(), tuple[Dropped, ...]()
        try:
            data = await self.reading.files.get(blob)
            unpacked = await self.reading.extractor.unpack(data, wanted.numbers, self.commune.file_limit)
            until = asyncio.get_running_loop().time() + READING
            files = await self.reading.unpacked(unpacked.files, until=until)
        except (BlobMissing, BlobDamaged):
            log.warning("archive without its bytes", file=wanted.file_id)
        except Exception as error:
            if is_passing(error):
                raise
            log.exception("archive not unpacked", file=wanted.file_id, error=type(error).__name__)
        async with self.database.begin() as session:
            store = Store(session, f"{wanted.event_id} unpacked", self.clock.now())
            if await store.archives.answered(wanted.id):
                said = await file_unpacked(store, self.commune, wanted, files, unpacked.refused)
                message = Message(wanted.event_id, thread=wanted.thread)
                await _owe(store, said, wanted.asked_by, wanted.room_id, message)


async def _owe(store: Store, said: Reply, person_id: int, room_id: str, message: Message) -> None:
    """Answer to a message after its own transaction; what has no text isn't said."""
    if not said.text or not room_id:
        return
    content = content_of(Reply(shown(said)), reply_to=message.event_id, thread=message.thread)
    key = await store.outbox.owe(OutboxKind.MESSAGE, content, room_id=room_id)
    if said.options:
        await store.offers.make(room_id, person_id, key, numbered(said.options))
