"""Looking at how the bot is: the homeserver, the clock, the disk, the database. Never within a transaction."""

import asyncio
import shutil
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp

from bot.matrix.client import Client
from bot.settings import Settings
from commands import Facts, MailboxFacts
from council.clock import Clock
from storage.database import Database
from storage.extract import tesseract

PATIENCE = 10


async def gather(
    settings: Settings, database: Database, client: Client, clock: Clock, mailbox: MailboxFacts | None
) -> Facts:
    """What there is to know now; what can't be known is left unsaid."""
    health = client.health
    disk = await asyncio.to_thread(shutil.disk_usage, settings.storage.directory)
    return Facts(
        seen_at=clock.now(),
        last_sync_at=health.last_sync_at,
        signed=health.signed,
        one_time_keys=health.one_time_keys,
        unread=health.undecryptable,
        drift=await drift(settings.matrix.homeserver),
        disk_free=disk.free,
        database_size=await database.size(),
        mailbox=mailbox,
        reads_scans=await asyncio.to_thread(tesseract) is not None,
    )


async def drift(homeserver: str) -> float | None:
    """Seconds by which our clock is ahead of the homeserver's (behind: negative), to the second; None when it isn't told."""
    url = f"{homeserver.rstrip('/')}/_matrix/client/versions"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as session,
            session.get(url) as response,
        ):
            said = parsedate_to_datetime(response.headers["Date"])
    except (aiohttp.ClientError, TimeoutError, KeyError, ValueError):
        return None
    return (datetime.now(UTC) - said).total_seconds()
