"""A town hall for the tests of the whole bot: two files, a bot (in this process, or as one), people with encrypted apps."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from bot.app import Bot, open_bot
from bot.demo.person import Person
from bot.matrix.client import Account
from bot.matrix.events import Event
from bot.settings import Settings, load
from council.clock import Clock
from tests import town
from tests.bot.conftest import Matrix

LIMIT = 40.0
BODIES = {**town.BODIES, "VOI": "Commission voirie"}
HEAD = "nom;prénom;identifiant;fonction;commissions;préside;sortie"
PEOPLE = {
    "arnaud": "Arnaud;Blanche;{};maire;;;",
    "roux": "Roux;Hugo;{};adjoint;EAU;EAU;",
    "vidal": "Vidal;Lucie;{};conseiller;EAU;;",
    "petit": "Petit;Jean;{};conseiller;VOI;;",
    "blanc": "Blanc;Odile;{};externe;EAU;;",
}
"""Rows of the members file, the Matrix id left open."""


@dataclass
class Hall:
    """One town's folder, bot and people.

    Attributes:
        people: those with an app, by their short name.
        rows: the members file's, as they will be saved next.
    """

    matrix: Matrix
    folder: Path
    account: Account
    people: dict[str, Person] = field(default_factory=dict)
    rows: dict[str, str] = field(default_factory=dict)

    async def arrive(self, *names: str) -> None:
        """These people open an app, and have a row from now on."""
        found = await asyncio.gather(*(self.matrix.person(name) for name in names))
        for name, person in zip(names, found, strict=True):
            self.people[name] = person
            self.rows[name] = PEOPLE[name].format(person.user_id)

    def save(self, *more: str) -> None:
        """Write the members file, with further rows perhaps."""
        (self.folder / "membres.csv").write_text("\n".join([HEAD, *self.rows.values(), *more]) + "\n", encoding="utf-8")

    def configure(self, **changed: str) -> Path:
        """Write the configuration, some of its values changed; gives its path."""
        values = {"url": self.account.homeserver, "bot": self.account.user_id, **changed}
        admins = (next(iter(self.people.values())).user_id,)
        text = town.configuration(admins=admins, bodies=BODIES, storage={"max_file_mb": 1}, **values)
        path = self.folder / "appariteur.toml"
        path.write_text(text, encoding="utf-8")
        return path

    # --- the bot

    @property
    def settings(self) -> Settings:
        """The configuration as it is written now."""
        return load(self.folder / "appariteur.toml")

    @asynccontextmanager
    async def running(self, clock: Clock | None = None) -> AsyncIterator[Bot]:
        """The bot at work in this process."""
        async with open_bot(self.settings, clock) as bot:
            work = asyncio.create_task(bot.run())
            try:
                yield bot
            finally:
                work.cancel()
                with suppress(asyncio.CancelledError):
                    await work

    async def start(self, *, log: str = "bot.log") -> "asyncio.subprocess.Process":
        """The bot as a process of its own, its log in the folder; it ends with the test at the latest."""
        command = (sys.executable, "-m", "bot", "run", "--config", str(self.folder / "appariteur.toml"))
        with (self.folder / log).open("ab") as output:
            process = await asyncio.create_subprocess_exec(*command, stdout=output, stderr=output)

        async def end() -> None:
            if process.returncode is None:
                process.kill()
                await process.wait()

        self.matrix.at_the_end(end)
        return process

    # --- people

    async def find(self, place: str, *names: str) -> None:
        """These people accept invitations until they are in that room ("EAU", or "" for their own conversation)."""
        wanted = BODIES.get(place, "Appariteur")
        await asyncio.gather(*(self.people[name].finds(wanted, LIMIT) for name in names))

    def room(self, name: str, place: str = "") -> str:
        """The id of a room that somebody found."""
        return self.people[name].places[BODIES.get(place, "Appariteur")]

    async def says(self, name: str, text: str, place: str = "") -> str:
        """Somebody writes; gives the event's id."""
        return await self.people[name].says(self.room(name, place), text)

    async def asks(self, name: str, text: str, place: str = "") -> str:
        """What the bot replies to somebody."""
        return await self.answer(name, await self.says(name, text, place))

    async def drops(self, name: str, data: bytes, file: str, place: str = "", caption: str = "") -> str:
        """What the bot replies to a file."""
        event_id = await self.people[name].drops(self.room(name, place), data, file, caption)
        return await self.answer(name, event_id)

    async def answer(self, name: str, event_id: str) -> str:
        """The bot's reply to a message."""
        return str((await self.people[name].hears_answer(event_id, LIMIT)).content["body"])

    async def hears(self, name: str, start: str, place: str = "") -> Event:
        """The bot's message in a room that begins so, already heard or still to come."""
        person, room_id = self.people[name], self.room(name, place)
        async with asyncio.timeout(LIMIT):
            while True:
                for event in person.heard:
                    ours = (event.room_id, event.sender) == (room_id, self.account.user_id)
                    if ours and str(event.content.get("body", "")).startswith(start):
                        return event
                await person.listen(1_000)


async def open_hall(matrix: Matrix, folder: Path, *names: str) -> Hall:
    """A town hall with these people, the first of whom is its administrator; its files are written."""
    folder.mkdir(parents=True, exist_ok=True)
    hall = Hall(matrix, folder, await matrix.account("appariteur"))
    await hall.arrive(*names)
    hall.save()
    hall.configure()
    return hall


async def eventually(true: Callable[[], Awaitable[bool]], limit: float = LIMIT) -> None:
    """Look again until it is true; raises TimeoutError past the limit."""
    end = monotonic() + limit
    while not await true():
        if monotonic() > end:
            raise TimeoutError
        await asyncio.sleep(0.1)
