"""The same tests on both databases."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.database import Database
from tests.postgres import Postgres, running_postgres


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """The worker's PostgreSQL server."""
    with running_postgres(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty town's database, with the present schema."""
    if request.param == "sqlite":
        database = Database.in_directory(tmp_path)
        await database.migrate()
    else:
        database = Database(await request.getfixturevalue("postgres").fresh())
    yield database
    await database.close()
