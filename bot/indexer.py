"""Reads in the background what took too long when it was dropped: filing never waits for indexing."""

import asyncio
from dataclasses import dataclass, field

import structlog

from council.clock import Clock
from storage.database import Database
from storage.extract import Extractor
from storage.files import BlobDamaged, BlobMissing, Files
from storage.store import Store
from storage.tables import File

log = structlog.get_logger(__name__)
CALM = 0.5
"""Seconds left to the answers before the papers are looked at again."""
PAUSE = 30.0
"""Seconds before another try, after a failure that is not the paper's."""
UNREAD = "Je ne pourrai pas le chercher par son texte : {why}."


@dataclass
class Indexer:
    """A loop over the versions whose text was not looked for yet."""

    database: Database
    files: Files
    extractor: Extractor
    clock: Clock
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Something may wait to be read."""
        self._bell.set()

    async def run(self) -> None:
        """Read until cancelled."""
        while True:
            self._bell.clear()
            try:
                while await self.once():
                    pass
            except Exception:
                log.exception("not indexed")
                asyncio.get_running_loop().call_later(PAUSE, self._bell.set)
            await self._bell.wait()
            await asyncio.sleep(CALM)

    async def once(self) -> bool:
        """Read one version; False when none waits."""
        async with self.database.read() as session:
            waiting = await Store(session, "", self.clock.now()).papers.pending(limit=1)
        for file in waiting:
            await self._read(file)
        return bool(waiting)

    async def _read(self, file: File) -> None:
        pages: tuple[str, ...] = ()
        count, why = None, "il manque dans mes archives"
        try:
            read = await self.extractor.extract(await self.files.get(file.blob))
            pages, count, why = read.pages, read.page_count, read.problem.in_french if read.problem else ""
        except (BlobMissing, BlobDamaged):
            log.warning("paper without its bytes", file=file.id)
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            kept = await store.papers.version(file.id)
            await store.papers.keep_text(kept, pages, count, UNREAD.format(why=why) if why else "")
            await store.search.index(kept.id, pages)
