"""The alarm clock, apart from Matrix: what falls due is told though nothing rings, and what serves again is told again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.alarm import LOOK, Alarm
from bot.town import HOST, Town, open_town
from storage.states import NoticeState
from storage.store import Store


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """Sainte-Colombe."""
    async with open_town(tmp_path) as town:
        yield town


async def _told(town: Town) -> int:
    """How many reminders wait to be sent."""
    async with town.database.read() as session:
        heads = await Store(session, "", town.clock.now()).outbox.heads(())
    return sum("Rappel" in head.row.content["markdown"] for head in heads)


async def test_a_clock_that_jumps_is_noticed(town: Town) -> None:
    """The machine slept, or its clock was put right: what is then overdue is told within seconds, once."""
    await town.says("vidal", "rappel dans 3 heures relire le devis")

    async def nothing() -> None:
        return

    alarm = asyncio.create_task(Alarm(town.dispatch, lambda: None, nothing).run())
    await asyncio.sleep(0)
    town.clock.push(timedelta(hours=4))
    end = monotonic() + 4 * LOOK
    while not await _told(town):
        assert monotonic() < end
        await asyncio.sleep(0.05)
    assert await _told(town) == 1
    alarm.cancel()
    with suppress(asyncio.CancelledError):
        await alarm


async def test_a_notice_that_serves_again_is_told_again(town: Town) -> None:
    """What it owes the second time is not what it owed the first time; looked at twice, it owes nothing more."""
    await town.says("vidal", "rappel dans 3 heures relire le devis")
    async with town.database.read() as session:
        store = Store(session, "", town.clock.now())
        vidal = await store.people.by_matrix_id(f"@vidal:{HOST}")
        [notice] = await store.notices.of_person(vidal.id if vidal else 0)
    for _ in range(2):
        town.clock.push(timedelta(hours=4))
        async with town.database.begin() as session:
            again = await Store(session, "", town.clock.now()).notices.get(notice.id)
            again.state, again.due_at = NoticeState.WAITING, town.clock.now()
        for _ in range(2):
            await town.dispatch.tell(notice.id)
    await town.wake()
    assert sum(text.startswith("Rappel : relire") for _, text in town.heard) == 2
