"""Recognises the letters of scanned pages: slow work, a few pages of each paper in turn, that no answer waits for."""

from dataclasses import dataclass

import structlog

from bot.rounds import Rounds
from commands._scanned import title_scan
from council.clock import Clock
from storage.database import Database
from storage.extract import Extractor, Problem
from storage.files import BlobDamaged, BlobMissing, Files
from storage.scans import Waiting
from storage.store import Store

log = structlog.get_logger(__name__)
TURN = 5
"""Pages of one paper before another has its turn; what is done of it outlives a stop."""


@dataclass
class Recogniser(Rounds):
    """A loop over the pages that are pictures; without the system's program, they wait for a later start."""

    database: Database
    files: Files
    extractor: Extractor
    clock: Clock
    failed = "pictures not looked at"
    pause = 60.0

    async def once(self) -> bool:
        """Look at a few pages of one paper; False when none waits, or nothing can look at them."""
        if not self.extractor.reads_pictures:
            return False
        async with self.database.read() as session:
            turn = await Store(session, "", self.clock.now()).scans.next(TURN)
        if turn is None:
            return False
        texts = await self._texts(turn)
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            pages = await store.scans.keep(turn, texts, Problem.NO_TEXT.warning)
            if 1 in texts:
                await title_scan(store, turn.file_id, texts[1])
            if texts:
                await store.search.index(turn.file_id, pages)
        return True

    async def _texts(self, turn: Waiting) -> dict[int, str]:
        """What is recognised, by page; a page without any letter isn't among them."""
        try:
            data = await self.files.get(turn.blob)
        except (BlobMissing, BlobDamaged):
            log.warning("scan without its bytes", file=turn.file_id)
            return {}
        found = {number: await self.extractor.recognise(data, number - 1) for number in turn.pages}
        return {number: text for number, text in found.items() if text}
