"""The faults: what each kind does to the bot, to its homeserver, to the wire between them and to the machine below."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.faults.process import Service
from tests.faults.proxy import CUTS, WORDS, Weather
from tests.faults.scenario import SPAN
from tests.faults.stage import Stage, eventually
from tests.faults.victim import MOMENTS, POINTS

EARLY = 0.25
"""The part of the seeds in which it breaks while the town is being set up."""
OFTEN = {"Transport._ask": 60, "OneTripConnection.commit": 40, "Outbox.owe": 15, "Keyring.send_to": 12, "Inbox.add": 12}
"""Functions called often in a seed: the planned call may be any of so many."""
SELDOM = 4
BETWEEN = ("Client.send", "Deliver._settle", "Outbox.sent", "Receive._keep", "Dispatch._receive_once", "Dispatch.tell")
"""Where something was done, but not yet written down."""
PATHS = (
    "",
    "",
    "/send/",
    "/send/",
    "/sync",
    "/send/",
    "/media/",
    "/keys/",
    "/sendToDevice/",
    "/createRoom",
    "/invite",
    "/messages",
)
ZONE = ZoneInfo("Europe/Paris")
SPRING, AUTUMN = datetime(2027, 3, 28, 1, 59, 50, tzinfo=ZONE), datetime(2027, 10, 31, 2, 59, 50, tzinfo=ZONE)
"""Seconds before the clocks change."""


@dataclass(frozen=True)
class Plan:
    """What a seed breaks.

    Attributes:
        kinds: one kind of fault, sometimes a second.
        early: from the start of the bot, not once everybody is in the rooms.
    """

    kinds: tuple[str, ...]
    early: bool

    @property
    def proxied(self) -> bool:
        """Whether the bot speaks to its homeserver through the proxy."""
        return bool({"proxy", "http"} & set(self.kinds))

    def __str__(self) -> str:
        return "+".join(self.kinds) + (" early" if self.early else "")


def plan(rng: random.Random, seed: int, kinds: tuple[str, ...]) -> Plan:
    """Each kind in turn; every third seed a kill as well; some while the town is set up."""
    kind = kinds[seed % len(kinds)]
    second = ("kill",) if kind != "kill" and rng.random() < 0.3 else ()
    return Plan((kind, *second), kind in WHILE_SETTING_UP and rng.random() < EARLY)


def prepare(chosen: Plan, service: Service, rng: random.Random) -> None:
    """What has to be known before the bot starts."""
    if "kill" in chosen.kinds:
        service.deaths = [death(rng) for _ in range(rng.randint(1, 3))]
    if {"lock", "disk"} & set(chosen.kinds):
        service.tolerated = frozenset({2})
    service.quick = "lock" in chosen.kinds
    service.own_log = "disk" in chosen.kinds and rng.random() < 0.5
    if chosen.early:
        service.armed.touch()
    if "clock" in chosen.kinds and rng.random() < 0.5:
        change = rng.choice((SPRING, AUTUMN)) - timedelta(seconds=rng.uniform(0, 20))
        service.push((change - datetime.now(ZONE)).total_seconds())


def death(rng: random.Random) -> str:
    """A planned death: half of them at a request or a commit, a quarter where it hurts most, the others anywhere."""
    point = rng.choice(("Transport._ask", "OneTripConnection.commit", rng.choice(BETWEEN), rng.choice(tuple(POINTS))))
    return f"{point}:{rng.choice(MOMENTS)}:{rng.randint(1, OFTEN.get(point, SELDOM))}"


async def _kill(stage: Stage, rng: random.Random) -> None:
    """The planned deaths come by themselves; one more at any moment."""
    stage.service.armed.touch()
    await asyncio.sleep(rng.uniform(0, SPAN + 1))
    stage.service.kill()


async def _synapse(stage: Stage, rng: random.Random) -> None:
    await stage.house.stop()
    await asyncio.sleep(rng.uniform(0, 1.5))
    await stage.house.start()


async def _proxy(stage: Stage, rng: random.Random) -> None:
    if rng.random() < 0.3:
        await stage.proxy.close()
        await asyncio.sleep(rng.uniform(0.3, 3))
        await stage.proxy.open()
    await _storm(stage, rng, CUTS)


async def _http(stage: Stage, rng: random.Random) -> None:
    await _storm(stage, rng, WORDS)


async def _storm(stage: Stage, rng: random.Random, wounds: tuple[str, ...]) -> None:
    for _ in range(rng.randint(2, 3)):
        chosen = tuple(rng.sample(wounds, rng.randint(1, len(wounds))))
        only = rng.choice(PATHS)
        enough = stage.proxy.hurts + rng.randint(2, 5)
        stage.proxy.storm(Weather(rng.uniform(0.5, 1.0) if only else rng.uniform(0.2, 0.6), chosen, only))
        with suppress(TimeoutError):  # nothing of that kind was asked any more
            await eventually(lambda enough=enough: stage.proxy.hurts >= enough, 3, "enough wounds")  # type: ignore[misc]
        stage.proxy.calm()


async def _disk(stage: Stage, rng: random.Random) -> None:
    stage.service.limit.write_text(str(rng.choice((1, 4_096, 100_000, 250_000))))
    await asyncio.sleep(rng.uniform(0.5, 4))
    stage.service.limit.unlink()


async def _clock(stage: Stage, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 3)):
        stage.service.push(rng.choice((70, 1_000, 7_200, 90_000, -70, -3_600, -10_000)))
        await asyncio.sleep(rng.uniform(0.2, 1.5))


async def _lock(stage: Stage, rng: random.Random) -> None:
    for _ in range(rng.randint(1, 2)):
        await stage.base.hold(rng.uniform(0.3, 4), rng)
        await asyncio.sleep(rng.uniform(0, 0.5))


async def _token(stage: Stage, rng: random.Random) -> None:
    """The bot starts again from where it listened at the very beginning, as after a restored database's settings."""
    await asyncio.sleep(rng.uniform(0.5, SPAN))
    await stage.service.hold()
    await stage.base.set_back(stage.first_token)
    stage.service.release()


async def _gap(stage: Stage, rng: random.Random) -> None:
    """More is said while the bot is down than one sync brings."""
    await asyncio.sleep(rng.uniform(0, 1))
    await stage.service.hold()
    for place in ("CM", "EAU"):
        room = await stage.room("arnaud", place)
        for n in range(rng.randint(40, 75)):
            await stage.people["arnaud"].says(room, f"Nous parlons, {n}.")
    stage.service.release()


KINDS: dict[str, Callable[[Stage, random.Random], Awaitable[None]]] = {
    "kill": _kill,
    "synapse": _synapse,
    "proxy": _proxy,
    "http": _http,
    "disk": _disk,
    "clock": _clock,
    "lock": _lock,
    "token": _token,
    "gap": _gap,
}
WHILE_SETTING_UP = frozenset({"kill", "synapse", "proxy", "http", "disk"})


async def break_things(stage: Stage, chosen: Plan, rng: random.Random) -> None:
    """All of a plan's faults, side by side, until they are over."""
    await asyncio.gather(*(KINDS[kind](stage, random.Random(rng.random())) for kind in chosen.kinds))  # noqa: S311
