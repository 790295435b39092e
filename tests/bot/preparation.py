"""A whole preparation, played on a real homeserver: from the search for a date to the eve of the session.

What it writes is docs/une-preparation.md, which a test compares: ``python -m tests.bot.preparation > docs/une-preparation.md``.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot.app import open_bot
from bot.settings import load
from council.clock import HandClock
from tests.bot import scenes
from tests.bot.conftest import Matrix
from tests.bot.playing import PRIVATE, App, Light, Play, Strict
from tests.homeserver import shared_homeserver
from tests.strict.people import installed, login, strict_clients

COUNCIL = "Conseil municipal"
START = datetime(2027, 1, 4, 9, tzinfo=ZoneInfo("Europe/Paris"))
ON_ELEMENT = ("aubry", "noel")
"""Those whose app is built on Element's own SDK, where it is installed."""
CONFIGURATION = """\
[commune]
name = "Valmont-sur-Suippe"
population = 1620
[matrix]
homeserver = "{url}"
user = "{bot}"
password = "secret"
admins = ["{admin}"]
[storage]
directory = "data"
[[bodies]]
code = "CM"
name = "Conseil municipal"
kind = "council"
"""


@dataclass(frozen=True)
class Resident:
    """A row of the members file."""

    login: str
    first_name: str
    last_name: str
    function: str = "conseiller"
    phone: str = ""
    account: bool = True

    def row(self, matrix_id: str) -> str:
        """As the town hall's spreadsheet has it."""
        channel = "element" if self.account else "papier"
        return ";".join((self.last_name, self.first_name, matrix_id, self.phone, self.function, channel))


CAST = (
    Resident("garnier", "Hélène", "Garnier", "maire"),
    Resident("mercier", "Roland", "Mercier", "adjoint"),
    Resident("perrin", "Josiane", "Perrin", "adjoint"),
    Resident("delcourt", "Alain", "Delcourt", "adjoint"),
    Resident("benali", "Nadia", "Benali", "adjoint"),
    Resident("lambert", "Thierry", "Lambert", "adjoint"),
    Resident("aubry", "Colette", "Aubry"),
    Resident("hautecoeur", "Marcel", "Hautecœur", phone="03 26 00 00 11", account=False),
    Resident("noel", "Sylvie", "Noël"),
    Resident("thibault", "Gérard", "Thibault"),
    Resident("collard", "Amandine", "Collard"),
    Resident("dasilva", "Bruno", "Da Silva", phone="06 00 00 00 12"),
    Resident("lemaitre", "Françoise", "Lemaître"),
    Resident("haddad", "Mehdi", "Haddad"),
    Resident("roussel", "Odile", "Roussel"),
    Resident("vanhove", "Patrick", "Vanhove"),
    Resident("malherbe", "Yvette", "Malherbe", phone="03 26 00 00 17", account=False),
    Resident("guyot", "Laurent", "Guyot"),
    Resident("fournier", "Céline", "Fournier"),
    Resident("lefort", "Sandrine", "Lefort", "dgs"),
)
"""Nineteen councillors, two of them on paper, and the town's chief officer."""
HEAD = """\
# Une préparation, du choix de la date à la veille de la séance

Cette page est la transcription d'une préparation jouée par les essais sur un vrai serveur Matrix, dans des salons chiffrés, avec
une horloge que l'on avance : ce que dit l'appariteur y est mot pour mot. La commune, Valmont-sur-Suippe, n'existe pas. Elle a
1 620 habitants et dix-neuf conseillers : dix-sept ont Element sur leur téléphone, deux reçoivent tout sur papier, et l'un ne répond jamais. Hélène
Garnier est maire ; Sandrine Lefort est secrétaire générale.

Dans le salon du conseil, une commande commence par « ! ». En conversation privée, on écrit comme à une personne.

*Elle se refait par `python -m tests.bot.preparation > docs/une-preparation.md`.*"""


async def play(matrix: Matrix, folder: Path) -> str:
    """Play it all, and give what was said."""
    async with _opened(matrix, folder) as on_stage:
        for scene in scenes.ALL:
            try:
                await scene(on_stage)
            except BaseException:
                sys.stderr.write(on_stage.transcript(HEAD))
                raise
        return on_stage.transcript(HEAD)


@asynccontextmanager
async def _opened(matrix: Matrix, folder: Path) -> AsyncIterator[Play]:
    """The town with its bot at work and everybody in the council's room."""
    async with AsyncExitStack() as stack:
        apps = await _apps(matrix, stack)
        account = await matrix.account("appariteur")
        text = CONFIGURATION.format(url=account.homeserver, bot=account.user_id, admin=apps["lefort"].user_id)
        (folder / "appariteur.toml").write_text(text, encoding="utf-8")
        rows = [each.row(apps[each.login].user_id if each.account else "") for each in CAST]
        roll = "\n".join(["nom;prénom;identifiant;téléphone;fonction;canal", *rows])
        (folder / "membres.csv").write_text(roll + "\n", encoding="utf-8")
        clock = HandClock(START)
        bot = await stack.enter_async_context(open_bot(load(folder / "appariteur.toml"), clock))
        work = asyncio.create_task(bot.run())
        stack.push_async_callback(_ended, work)
        names = {each.login: f"{each.first_name} {each.last_name}" for each in CAST}
        on_stage = Play(bot, clock, apps, names, COUNCIL, "dans le salon du conseil")
        await asyncio.gather(*(on_stage.enter(who, COUNCIL, PRIVATE) for who in apps))
        await on_stage.settle()
        yield on_stage


async def _apps(matrix: Matrix, stack: AsyncExitStack) -> dict[str, App]:
    """Everybody's app, by their short name."""
    folder = installed()
    strict = ON_ELEMENT if folder else ()
    light = [each.login for each in CAST if each.account and each.login not in strict]
    people = await asyncio.gather(*(matrix.person(name) for name in light))
    apps: dict[str, App] = {name: Light(person) for name, person in zip(light, people, strict=True)}
    if folder:
        clients = await stack.enter_async_context(strict_clients(folder, matrix.server.url))
        for name in strict:
            account = await matrix.account(name)
            person = await login(clients, account.user_id[1:].partition(":")[0], "secret")
            apps[name] = Strict(person, account.user_id)
    return apps


async def _ended(work: "asyncio.Task[None]") -> None:
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def _main() -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))  # the page alone goes to the output
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with shared_homeserver(folder) as server:
            async with AsyncExitStack() as stack:
                town = folder / "town"
                town.mkdir()
                sys.stdout.write(await play(Matrix(server, folder, stack), town))


if __name__ == "__main__":
    asyncio.run(_main())
