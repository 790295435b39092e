"""Draws the pages of papers that have several versions, small: what changed is then told by how pages look too."""

from dataclasses import dataclass

import structlog

from bot.rounds import Rounds
from council.clock import Clock
from storage.database import Database
from storage.extract import Extractor, Seen
from storage.files import BlobDamaged, BlobMissing, Files
from storage.looks import Undrawn
from storage.store import Store

log = structlog.get_logger(__name__)
TURN = 25
"""Pages of one version before another has its turn: about a second; what is done of it outlives a stop."""


@dataclass
class Viewer(Rounds):
    """A loop over the versions that aren't drawn yet; no answer waits for it."""

    database: Database
    files: Files
    extractor: Extractor
    clock: Clock
    failed = "pages not drawn"
    pause = 60.0
    calm = 0.5

    async def once(self) -> bool:
        """Draw a few pages of one version; False when none waits."""
        async with self.database.read() as session:
            version = await Store(session, "", self.clock.now()).looks.next()
        if version is None:
            return False
        seen = await self._seen(version)
        async with self.database.begin() as session:
            await Store(session, "", self.clock.now()).looks.keep(version, seen.pages, more=seen.more)
        return True

    async def _seen(self, version: Undrawn) -> Seen:
        try:
            return await self.extractor.see(await self.files.get(version.blob), version.first, TURN)
        except (BlobMissing, BlobDamaged):
            log.warning("version without its bytes", file=version.file_id)
            return Seen()
