"""What the benchmarks stand on: a Synapse, a town of a given size, the bot as a process, a person who measures."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.demo import homeserver
from bot.demo.homeserver import SERVER_NAME, Running
from bot.demo.person import Person
from tests.town import BODIES, PASSWORD, configuration

BOT = f"@appariteur:{SERVER_NAME}"
CHAIR = f"@p0:{SERVER_NAME}"
FIRST = "Commission 1"


@dataclass
class Stage:
    """A town with rooms where everyone who measures already sits."""

    server: Running
    directory: Path
    chair: Person

    @property
    def config(self) -> Path:
        """The town's configuration."""
        return self.directory / "appariteur.toml"

    @contextmanager
    def bot(self) -> Iterator["subprocess.Popen[bytes]"]:
        """The bot as its own process."""
        command = [sys.executable, "-m", "bot", "run", "--config", str(self.config)]
        with running(command, self.directory / "bot.log") as process:
            yield process

    async def entered(self, room_id: str, user_id: str) -> None:
        """Wait until somebody is in a room."""
        async with asyncio.timeout(60):
            while user_id not in self.chair.client.joined(room_id):
                await self.chair.listen(500)

    async def room(self, name: str) -> str:
        """The id of a joined room by its name."""
        async with asyncio.timeout(60):
            while True:
                for room_id in await self.chair.client.joined_rooms():
                    state = await self.chair.client.state(room_id)
                    if any(e["type"] == "m.room.name" and e["content"].get("name") == name for e in state):
                        return room_id
                await self.chair.listen(500)
                for invitation in list(self.chair.invitations):
                    await self.chair.accepts(invitation.room_id)


@contextmanager
def running(command: list[str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that can't outlive the benchmark nor hold its output open."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log.open("ab") as output:  # compiled code is kept, as on a town's machine
        process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=kept)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@asynccontextmanager
async def stage(directory: Path, *, bodies: int = 3, people: int = 5) -> AsyncIterator[Stage]:
    """Everything but the bot: the homeserver, the accounts, the configuration, the chair's own client."""
    server = homeserver.start(directory / "synapse")
    try:
        await server.register("appariteur", PASSWORD)
        for number in range(people):
            await server.register(f"p{number}", PASSWORD)
        _write_town(directory, server.url, bodies, people)
        async with AsyncExitStack() as stack:
            chair = Person(server.url, CHAIR, PASSWORD, directory / "chair")
            await stack.enter_async_context(chair)
            yield Stage(server, directory, chair)
    finally:
        homeserver.stop(server)


def _write_town(directory: Path, url: str, bodies: int, people: int) -> None:
    commissions = {f"C{number}": f"Commission {number}" for number in range(1, bodies)}
    text = configuration(url, BOT, bodies={"CM": BODIES["CM"], **commissions})
    (directory / "appariteur.toml").write_text(text)
    rows = ["nom;prénom;identifiant;fonction;commissions;préside", f"Zéro;Anne;{CHAIR};maire;*;*"]
    rows += [f"Membre{n};Paul;@p{n}:{SERVER_NAME};conseiller;*;" for n in range(1, people)]
    (directory / "membres.csv").write_text("\n".join(rows) + "\n")
