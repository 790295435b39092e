"""The small town, prepared once for the run and copied for each test."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.town import Town, open_town


async def _prepare(directory: Path) -> None:
    async with open_town(directory):
        pass


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a town on its Monday morning."""
    directory = tmp_path_factory.mktemp("town")
    asyncio.run(_prepare(directory))
    return directory


@pytest.fixture
async def town(prepared: Path, tmp_path: Path) -> AsyncIterator[Town]:
    """Sainte-Colombe, Monday 2 March 2026 at 9."""
    shutil.copytree(prepared, tmp_path / "town")
    async with open_town(tmp_path / "town", settled=True) as town:
        yield town
