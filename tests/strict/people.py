"""Drives people on matrix-js-sdk (the Rust cryptography of Element), one Node process for all, by lines of JSON."""

import asyncio
import itertools
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DRIVER = Path(__file__).with_name("person.mjs")
LIMIT = 30.0
"""Seconds to wait for anything that was expected."""


def installed() -> Path | None:
    """The folder where the driver's packages are installed (``make strict`` does it), when Node is there too."""
    folder = Path(os.environ.get("APPARITEUR_STRICT", Path(__file__).parents[2] / ".venv" / "strict"))
    return folder if shutil.which("node") and (folder / "node_modules" / "matrix-js-sdk").is_dir() else None


@dataclass
class Clients:
    """All the people of a test; what they see arrives in ``seen``, in order."""

    process: asyncio.subprocess.Process
    url: str
    seen: list[dict[str, Any]] = field(default_factory=list)
    _numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))
    _waiting: dict[int, "asyncio.Future[Any]"] = field(default_factory=dict)
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Take what the process says until it ends."""
        assert self.process.stdout is not None
        while line := await self.process.stdout.readline():
            said = json.loads(line)
            if waiting := self._waiting.pop(said.get("id", 0), None):
                if "error" in said:
                    waiting.set_exception(RuntimeError(said["error"]))
                else:
                    waiting.set_result(said.get("ok"))
            else:
                self.seen.append(said)
                self._news.set()

    async def do(self, op: str, **arguments: Any) -> Any:
        """One operation of the driver."""
        assert self.process.stdin is not None
        number = next(self._numbers)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        self.process.stdin.write(json.dumps({"id": number, "op": op, **arguments}).encode() + b"\n")
        async with asyncio.timeout(LIMIT * 2):
            return await self._waiting[number]

    async def until(
        self, wanted: Callable[[dict[str, Any]], bool], start: int = 0, limit: float = LIMIT
    ) -> dict[str, Any]:
        """The first thing seen from ``start`` on that is wanted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                while True:
                    self._news.clear()
                    for each in self.seen[start:]:
                        if wanted(each):
                            return each
                    await self._news.wait()
        raise AssertionError(f"never seen; last: {json.dumps(self.seen[-4:], ensure_ascii=False)[:3000]}")


@dataclass
class Person:
    """One person, logged in as Element would be."""

    clients: Clients
    name: str

    async def rooms(self) -> list[dict[str, Any]]:
        """The rooms they see."""
        return list(await self.clients.do("rooms", **{"as": self.name}))

    async def room(self, name: str) -> str:
        """The id of the joined room of this name, once it is usable."""
        async with asyncio.timeout(LIMIT):
            while True:
                for room in await self.rooms():
                    if room["name"] == name and room["membership"] == "join":
                        await self.clients.do("ready", **{"as": self.name, "room": room["id"]})
                        return str(room["id"])
                await asyncio.sleep(0.2)

    async def conversation(self, bot: str) -> str:
        """The room of their own conversation with the bot, once its welcome was read."""
        room = await self.room("Appariteur")
        await self.hears(room, bot, 0)
        return room

    async def asks(self, room: str, text: str, *, bot: str, answers: int = 1, **more: Any) -> list[dict[str, Any]]:
        """Say something and give the bot's next messages in that room, as this person's client shows them."""
        start = len(self.clients.seen)
        await self.clients.do("send", **{"as": self.name, "room": room, "text": text, **more})
        return await self.hears(room, bot, start, answers)

    async def drops(self, room: str, file: Path, *, bot: str, **more: Any) -> list[dict[str, Any]]:
        """Drop a file and give the bot's answer."""
        start = len(self.clients.seen)
        await self.clients.do("upload", **{"as": self.name, "room": room, "file": str(file), **more})
        return await self.hears(room, bot, start, 1)

    async def hears(self, room: str, bot: str, start: int, count: int = 1) -> list[dict[str, Any]]:
        """The bot's next ``count`` messages of a room from ``start`` on, decrypted."""
        found: list[dict[str, Any]] = []
        position = start
        before = {seen["event"]["id"] for seen in self.clients.seen[:start] if self._is_message(seen, room, bot)}
        while len(found) < count:
            each = await self.clients.until(lambda seen: self._is_message(seen, room, bot), position)
            position = self.clients.seen.index(each, position) + 1
            if each["event"]["id"] not in before | {event["id"] for event in found}:
                found.append(each["event"])
        return found

    def _is_message(self, seen: dict[str, Any], room: str, bot: str) -> bool:
        event = seen.get("event", {})
        here = event.get("as") == self.name and event.get("room") == room and event.get("sender") == bot
        return here and event.get("type") == "m.room.message" and not event.get("failure")


@asynccontextmanager
async def strict_clients(folder: Path, url: str) -> AsyncIterator[Clients]:
    """A Node process with the driver, ended after the test."""
    shutil.copy(DRIVER, folder / "person.mjs")
    process = await asyncio.create_subprocess_exec(
        "node",
        "person.mjs",
        cwd=folder,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=50_000_000,
    )
    clients = Clients(process, url)
    reading = asyncio.create_task(clients.read())
    try:
        yield clients
    finally:
        reading.cancel()
        process.kill()
        await process.wait()


async def login(clients: Clients, name: str, password: str) -> Person:
    """A person who signs in on a new device, cross-signed, talking to cross-signed devices only."""
    await clients.do("login", user=name, password=password, hs=clients.url)
    return Person(clients, name)
