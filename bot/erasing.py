"""The night's erasing: papers whose days are over since they were taken away, old dossiers, then the bytes that nothing holds any more."""

from datetime import timedelta

import structlog

from council.clock import Clock
from storage.database import Database
from storage.files import Files
from storage.store import Store

log = structlog.get_logger(__name__)
IDLE = timedelta(hours=1).total_seconds()
"""How long bytes must have been left alone: a file that is just arriving may be the same."""


async def erase_expired(database: Database, files: Files, clock: Clock) -> int:
    """Erase what was taken away more than thirty days ago and no rule keeps; how many papers were.

    The rows are settled first: stopped in between, the bytes go the night after.
    """
    async with database.begin() as session:
        store = Store(session, "erasing", clock.now())
        expired = await store.withdrawals.expired(clock.now().date())
        for paper in expired:
            for file in paper.files:
                await store.search.forget(file.id)
            await store.withdrawals.erase(paper)
    async with database.read() as session:
        unheld = await Store(session, "", clock.now()).withdrawals.unheld()
    async with database.begin() as session:
        unheld |= set(await Store(session, "erasing", clock.now()).dossiers.forget())
    gone = [await files.delete_idle(name, IDLE) for name in sorted(unheld)]
    if expired or any(gone):
        log.info("papers erased", papers=len(expired), blobs=sum(gone))
    return len(expired)
