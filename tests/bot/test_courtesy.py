"""Files go slower while people talk, and only then."""

import asyncio

from bot.courtesy import BREATH, Courtesy


async def test_a_file_leaves_a_breath_only_while_people_talk() -> None:
    """Nobody talks: nothing is waited for. Somebody does: each file waits, and no longer than a breath."""
    now = asyncio.get_running_loop().time
    courtesy = Courtesy()
    start = now()
    await courtesy.take_breath()
    assert now() - start < BREATH / 2
    courtesy.heard()
    for _ in range(2):
        start = now()
        await courtesy.take_breath()
        assert BREATH <= now() - start < 5 * BREATH
