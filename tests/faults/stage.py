"""A small town for one seed: its two files, a bot that may die, three people, and perhaps a bad network in between."""

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from uuid import uuid4

from bot.demo import homeserver
from bot.demo.homeserver import Running
from bot.demo.person import Person
from tests.faults.base import Base, Postgresql, Sqlite
from tests.faults.ledger import Ledger
from tests.faults.people import Listener, folder_of, listening
from tests.faults.process import Service, served
from tests.faults.proxy import Proxy, proxied
from tests.postgres import Postgres
from tests.town import BODIES, configuration

OWN = "Appariteur"
HEAD = "nom;prénom;identifiant;fonction;commissions;préside;sortie"
ROWS = {
    "arnaud": "Arnaud;Blanche;{};maire;;;",
    "roux": "Roux;Hugo;{};adjoint;EAU;EAU;",
    "vidal": "Vidal;Lucie;{};conseiller;{};;",
}
LOOK = 0.1


@dataclass
class House:
    """A homeserver that can be stopped and started again at the same address."""

    directory: Path
    running: Running
    port: int

    @classmethod
    async def build(cls, directory: Path) -> "House":
        """Start it for the first time."""
        port = homeserver.free_port()
        return cls(directory, await asyncio.to_thread(homeserver.start, directory, port=port), port)

    async def stop(self) -> None:
        """End it."""
        await asyncio.to_thread(homeserver.stop, self.running)

    async def start(self) -> None:
        """Start it where it was."""
        self.running = await asyncio.to_thread(homeserver.start, self.directory, port=self.port)

    def url(self) -> str:
        """Its address."""
        return self.running.url


@dataclass
class Stage:
    """All that a seed's scenario and faults act upon.

    Attributes:
        seats: the codes of Lucie Vidal's commissions: she comes and goes.
        first_token: where the bot listened when everybody was in the rooms.
    """

    house: House
    folder: Path
    bot: str
    service: Service
    proxy: Proxy
    base: Base
    people: dict[str, Listener] = field(default_factory=dict)
    seats: str = ""
    first_token: str = ""
    ledger: Ledger = field(default_factory=Ledger)

    def save_roll(self) -> None:
        """Write the members file as a spreadsheet would: aside, then in place."""
        rows = [ROWS[name].format(each.person.user_id, self.seats) for name, each in self.people.items()]
        aside = self.folder / "membres.new"
        aside.write_text("\n".join([HEAD, *rows]) + "\n", encoding="utf-8")
        aside.rename(self.folder / "membres.csv")

    def configure(self, url: str) -> None:
        """Write the configuration."""
        admin = self.people["arnaud"].person.user_id
        text = configuration(url, self.bot, (admin,), storage={"database": self.base.url})
        (self.folder / "appariteur.toml").write_text(text, encoding="utf-8")

    async def room(self, name: str, place: str) -> str:
        """The room that somebody knows as "CM", "EAU", or "" for their own conversation, once they are in it."""
        wanted = BODIES.get(place, OWN)
        await eventually(lambda: self.people[name].room(wanted) is not None, 90, f"{name} enters {wanted}")
        return self.people[name].room(wanted) or ""


async def eventually(true: Callable[[], bool], limit: float, what: str) -> None:
    """Look again until it is true; raises TimeoutError past the limit of seconds."""
    end = monotonic() + limit
    while not true():
        if monotonic() > end:
            raise TimeoutError(what)
        await asyncio.sleep(LOOK)


@asynccontextmanager
async def set_up(
    house: House, folder: Path, rng: random.Random, service: Service, postgres: Postgres | None = None
) -> AsyncIterator[Stage]:
    """The town, its people listening, the bot not yet started."""
    folder.mkdir(parents=True, exist_ok=True)
    tag = f"{uuid4().hex[:6]}"
    names = ("appariteur", *ROWS)
    ids = await asyncio.gather(*(house.running.register(f"{name}-{tag}", "secret") for name in names))
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(proxied(house.url, rng))
        base = Postgresql(await postgres.fresh()) if postgres else Sqlite(folder / "data" / "appariteur.sqlite3")
        stage = Stage(house, folder, ids[0], service, proxy, base)
        people = [
            Person(house.url(), user, "secret", folder_of(folder, name))
            for name, user in zip(ROWS, ids[1:], strict=True)
        ]
        opened = await asyncio.gather(*(stack.enter_async_context(person) for person in people))
        for name, person in zip(ROWS, opened, strict=True):
            stage.people[name] = await stack.enter_async_context(listening(name, person, stage.bot))
        yield stage


@asynccontextmanager
async def running(stage: Stage) -> AsyncIterator[Stage]:
    """The bot alive, on the town as it is now."""
    os.umask(0o077)
    stage.save_roll()
    async with served(stage.service):
        yield stage
