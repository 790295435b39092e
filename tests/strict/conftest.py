"""A town whose people use the cryptography of Element; skipped where Node or its packages are missing."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from bot.demo.homeserver import Running
from tests.homeserver import common_directory, shared_homeserver
from tests.strict.people import Clients, Person, installed, login, strict_clients
from tests.town import configuration

NAMES = {
    "arnaud": "Blanche;Arnaud;maire;;",
    "roux": "Hugo;Roux;adjoint;EAU;EAU",
    "vidal": "Lucie;Vidal;conseiller;EAU;",
}


@dataclass
class Town:
    """One town on the run's homeserver, with its clients."""

    server: Running
    directory: Path
    clients: Clients
    ids: dict[str, str]

    @property
    def bot(self) -> str:
        """The bot's Matrix id."""
        return self.ids["appariteur"]

    def account(self, name: str) -> str:
        """The user name of somebody on the homeserver."""
        return self.ids[name][1:].split(":")[0]

    def seat(self, *names: str) -> None:
        """Save the members file with these people."""
        rows = ["prénom;nom;fonction;commissions;préside;identifiant"]
        rows += [f"{NAMES[name]};{self.ids[name]}" for name in names]
        (self.directory / "membres.csv").write_text("\n".join(rows) + "\n")

    async def enters(self, name: str) -> Person:
        """Somebody signs in on a new device."""
        return await login(self.clients, self.account(name), "secret")

    @asynccontextmanager
    async def running(self) -> AsyncIterator["asyncio.subprocess.Process"]:
        """The bot as its own process; SIGTERM ends it cleanly."""
        command = [sys.executable, "-m", "bot", "run", "--config", str(self.directory / "appariteur.toml")]
        with (self.directory / "bot.log").open("ab") as log:
            process = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log)
        try:
            yield process
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGTERM)
                await asyncio.wait_for(process.wait(), 20)


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The run's Synapse."""
    with shared_homeserver(common_directory(tmp_path_factory.getbasetemp())) as running:
        yield running


@pytest.fixture
async def town(homeserver: Running, tmp_path: Path) -> AsyncIterator[Town]:
    """A configured town; nobody has signed in yet."""
    folder = installed()
    if folder is None:
        pytest.skip("Node and the packages of tests/strict are not installed")
    mark = uuid4().hex[:6]
    ids = {name: await homeserver.register(f"{name}-{mark}", "secret") for name in (*NAMES, "appariteur")}
    text = configuration(homeserver.url, ids["appariteur"], (ids["arnaud"],))
    (tmp_path / "appariteur.toml").write_text(text)
    async with strict_clients(folder, homeserver.url) as clients:
        yield Town(homeserver, tmp_path, clients, ids)
