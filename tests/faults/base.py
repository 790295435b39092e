"""The bot's database as the laboratory sees it from outside: asked, held closed, set back; SQLite or PostgreSQL."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import asyncpg

Rows = list[tuple[object, ...]]
SET_BACK = "update settings set value = {} where name = 'sync_token'"
TABLES = "inbox, outbox, settings, offers, notices"
OTHERS = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid != pg_backend_pid()"


class Base(Protocol):
    """What the laboratory does to a database."""

    url: str
    """For the configuration; empty where the bot keeps it in its own folder."""

    def ask(self, query: str) -> Rows:
        """The answer to a question; nothing while there is none."""

    async def hold(self, seconds: float, rng: random.Random) -> None:
        """Keep the bot out of it for a while."""

    async def set_back(self, token: str) -> None:
        """Make the bot, which is down, listen again from an older moment."""


@dataclass
class Sqlite:
    """A file in the town's folder."""

    path: Path
    url: str = ""

    def ask(self, query: str) -> Rows:
        """From outside, without writing."""
        if not self.path.exists():
            return []
        try:
            with closing(sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, timeout=5)) as connection:
                return list(connection.execute(query))
        except sqlite3.OperationalError:
            return []

    async def hold(self, seconds: float, rng: random.Random) -> None:
        """As a backup program that locks the file would."""
        connection = await asyncio.to_thread(self._lock)
        if connection is not None:
            await asyncio.sleep(seconds)
            connection.close()

    def _lock(self) -> sqlite3.Connection | None:
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            connection.close()
            return None
        return connection

    async def set_back(self, token: str) -> None:
        """Written as the bot would."""
        with closing(sqlite3.connect(self.path, timeout=10)) as connection, connection:
            connection.execute(SET_BACK.format("?"), (token,))


@dataclass
class Postgresql:
    """A database of its own on a server."""

    url: str

    def ask(self, query: str) -> Rows:
        """By a connection of its own, from a thread of its own: who asks is not always in a loop."""
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, self._with(lambda connection: connection.fetch(query))).result()

    async def hold(self, seconds: float, rng: random.Random) -> None:
        """Tables locked by another session; or, as when the server restarts, every connection cut."""
        if rng.random() < 0.5:
            await self._with(lambda connection: connection.execute(OTHERS))
        else:
            await self._with(lambda connection: self._lock(connection, seconds))

    async def _lock(self, connection: Any, seconds: float) -> Rows:
        async with connection.transaction():
            await connection.execute(f"lock table {TABLES} in access exclusive mode")
            await asyncio.sleep(seconds)
        return []

    async def set_back(self, token: str) -> None:
        """Written as the bot would."""
        await self._with(lambda connection: connection.execute(SET_BACK.format("$1"), token))

    async def _with(self, act: Callable[[Any], Awaitable[Any]]) -> Rows:
        connection = await asyncpg.connect(self.url.replace("+asyncpg", ""))
        try:
            found = await act(connection)
            return [tuple(row) for row in found] if isinstance(found, list) else []
        except asyncpg.UndefinedTableError:
            return []
        finally:
            await connection.close()
