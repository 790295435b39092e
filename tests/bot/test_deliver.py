"""What can't be sent for good: who asked for it is told, once, in the transaction that gives it up."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from sqlalchemy import select

from bot.deliver import Deliver, Unsendable
from bot.matrix.client import Account, Client
from bot.matrix.errors import Unreachable
from bot.town import Town, open_town
from storage.states import DocumentKind, OutboxKind, OutboxState
from storage.store import Store
from storage.tables import Outgoing
from tests.commands.summons import council
from tests.storage.makers import paper

LIMIT = 10.0


async def _owed(town: Town) -> None:
    """A dossier, to somebody in private."""
    async with town.database.begin() as session:
        store = Store(session, "asked", town.clock.now())
        vidal = await store.people.by_matrix_id("@vidal:sainte-colombe.fr")
        (meeting,) = await store.meetings.coming([body.id for body in await store.bodies.all()])
        assert vidal is not None
        content = {"document": DocumentKind.DOSSIER.value, "name": "dossier EAU", "about": [meeting.id, vidal.id, 0, 0]}
        await store.outbox.owe(OutboxKind.DOSSIER, content, person_id=vidal.id)


async def _rows(town: Town) -> list[Outgoing]:
    async with town.database.read() as session:
        return list(await session.scalars(select(Outgoing).order_by(Outgoing.id)))


async def _send(town: Town, tmp_path: Path, conversation: Callable[[int], Awaitable[str]], done: asyncio.Event) -> None:
    """Send what is owed, through the real sender, until ``conversation`` says that it is done."""
    client = Client(Account("http://127.0.0.1:9", town.commune.bot_id, "secret"), tmp_path / "m", key=b"k" * 32)
    deliver = Deliver(town.database, client, town.files, town.clock, town.commune, conversation)
    work = asyncio.create_task(deliver.lanes().run())
    async with asyncio.timeout(LIMIT):
        await done.wait()
    work.cancel()
    with suppress(asyncio.CancelledError):
        await work


async def test_a_dossier_that_is_given_up_is_told(tmp_path: Path) -> None:
    """The reason, and how to read all the same; the message waits as any other."""
    tried: list[int] = []
    told_too = asyncio.Event()

    async def conversation(person_id: int) -> str:
        tried.append(person_id)
        if len(tried) == 1:
            raise Unsendable("fichier de plus de 50 Mo")
        told_too.set()
        raise Unreachable("down")

    async with open_town(tmp_path / "town") as town:
        before = len(await _rows(town))
        await _owed(town)
        await _send(town, tmp_path, conversation, told_too)
        dossier, told = (await _rows(town))[before:]
    assert (dossier.state, dossier.reason) == (OutboxState.FAILED, "fichier de plus de 50 Mo")
    assert (told.state, told.person_id) == (OutboxState.WAITING, dossier.person_id)
    assert told.content["markdown"].startswith(
        "**Le dossier n'a pas pu être fait** (dossier EAU) : fichier de plus de 50 Mo. Ses documents se lisent un par un : "
    )


async def test_a_sheet_whose_pages_can_t_be_taken_is_said_and_its_file_given(tmp_path: Path) -> None:
    """At once and once: no later try would read a file that is under a password."""
    tried: list[int] = []
    told_too = asyncio.Event()

    async def conversation(person_id: int) -> str:
        tried.append(person_id)
        if len(tried) > 1:
            told_too.set()
            raise Unreachable("down")
        return "!martin:x"

    async with open_town(tmp_path / "town") as town:
        town.delivered = frozenset(OutboxKind) - {OutboxKind.DOSSIER}
        await town.arrives("Colette", "Morel", "CM")
        await council(town)
        await town.drops("arnaud", paper("Un"), "note.pdf", caption="Note, point 1", room="CM")
        await town.says("arnaud", "!convoquer CM oui")
        await town.drops("arnaud", paper("Deux", password="s"), "n2.pdf", caption="remplacer CM-2026-001", room="CM")
        await town.says("arnaud", "oui", room="CM")
        before = len(await _rows(town))
        await _send(town, tmp_path, conversation, told_too)
        rows = await _rows(town)
    (sheet,) = [row for row in rows if row.kind is OutboxKind.DOSSIER]
    assert (sheet.state, sheet.reason) == (OutboxState.FAILED, "il est protégé par un mot de passe")
    told, file = rows[before:]
    assert told.content["markdown"].startswith("**La feuille de remplacement n'a pas pu être faite**")
    assert (file.kind, file.content["name"], file.person_id) == (OutboxKind.FILE, "n2.pdf", sheet.person_id)
