"""``appariteur verify``: whether everything that was kept is still what it was. Each check names what is wrong."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from council.french import count
from storage import journal
from storage.analysis import terms
from storage.database import Database
from storage.files import Files
from storage.search.index import index_of
from storage.search.rows import TITLE_PAGE
from storage.states import FileState, PaperState
from storage.tables import Drop, File, Page, Paper

NAMED = 5
"""How many faults of a check are named."""
_AT_ONCE = 200
_THERE = Paper.state != PaperState.ERASED


@dataclass(frozen=True)
class Checked:
    """What was looked at, how it is when it is well, and each fault in French."""

    what: str
    seen: str
    faults: tuple[str, ...] = ()

    @property
    def well(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults

    @property
    def said(self) -> str:
        """One line."""
        if self.well:
            return self.seen
        more = f" ; et {len(self.faults) - NAMED} de plus" if len(self.faults) > NAMED else ""
        return " ; ".join(self.faults[:NAMED]) + more


async def verify(database: Database, files: Files) -> list[Checked]:
    """Look at documents, index, journal and database; the bot may be at work meanwhile."""
    return [
        await _documents(database, files),
        await _index(database),
        await _journal(database),
        await _database(database),
    ]


async def _documents(database: Database, files: Files) -> Checked:
    """Every blob against its name, every version's blob present: a document is named by its reference."""
    async with database.read() as session:
        rows = await session.execute(
            select(File.blob, Paper.reference, File.version).join(File.paper).where(_THERE).order_by(File.id)
        )
        wanted = {blob: f"{reference} version {version}" for blob, reference, version in rows}
        for blob in await session.scalars(select(Drop.blob)):
            wanted.setdefault(blob, "un fichier à classer")
    present = await files.names()
    faults = [f"{wanted[name]} manque" for name in sorted(wanted.keys() - set(present))]
    damaged = [name for name in present if not await files.verify(name)]
    faults += [f"{wanted.get(name, f'le fichier {name[:12]}')} est abîmé" for name in damaged]
    return Checked("documents", count(len(present), "document intact", "documents intacts"), tuple(faults))


async def _index(database: Database) -> Checked:
    """The pages read against the index, both ways: what holds words is found, and what is found is there."""
    async with database.read() as session:
        named = await session.execute(select(File.id, Paper.reference, File.state).join(File.paper).where(_THERE))
        known = {file_id: (reference, state) for file_id, reference, state in named}
        held = {(file_id, TITLE_PAGE) for file_id, (_, state) in known.items() if state is not FileState.PENDING}
        numbers: dict[int, list[int]] = {}
        async for file_id, number, words in _pages(session):
            numbers.setdefault(file_id, []).append(number)
            if terms(words):
                held.add((file_id, number))
        indexed = set(await index_of(session).rows(session))
    pending = {(file_id, TITLE_PAGE) for file_id, (_, state) in known.items() if state is FileState.PENDING}
    faults = [
        f"une page de {_named(known, file_id)} manque"
        for file_id, found in numbers.items()
        if sorted(found) != list(range(1, len(found) + 1))
    ]
    for wrong, why in (
        (held - indexed, "n'est pas dans l'index"),
        (indexed - held - pending, "est dans l'index sans avoir été lu"),
    ):
        for file_id, page in sorted(wrong):
            faults.append(f"{_named(known, file_id)}, {_page(page)}, {why}")
    return Checked("index", count(len(indexed), "page trouvable", "pages trouvables"), tuple(faults))


async def _pages(session: AsyncSession) -> AsyncIterator[tuple[int, int, str]]:
    """Each page's file, number and text, a few at a time: ten years of papers don't fit in memory."""
    query = select(Page.id, Page.file_id, Page.number, Page.text).order_by(Page.id).limit(_AT_ONCE)
    last = 0
    while rows := (await session.execute(query.where(Page.id > last))).all():
        for row in rows:
            yield row.file_id, row.number, row.text
        last = rows[-1].id


def _named(known: dict[int, tuple[str, FileState]], file_id: int) -> str:
    return known[file_id][0] if file_id in known else "un document inconnu"


def _page(number: int) -> str:
    return "titre" if number == TITLE_PAGE else f"page {number}"


async def _journal(database: Database) -> Checked:
    """The chain of hashes, from the first entry to the last."""
    async with database.engine.connect() as connection:
        faults = await connection.run_sync(lambda sync: list(journal.faults(sync)))
        number, mark = await connection.run_sync(journal.head)
    return Checked("journal", f"{count(number, 'inscription')}, empreinte {mark[:12]}", tuple(faults))


async def _database(database: Database) -> Checked:
    """What SQLite itself can say of its file; PostgreSQL checks what it holds by itself."""
    if not database.is_sqlite:
        return Checked("base de données", database.engine.dialect.name)
    async with database.read() as session:
        lost = (await session.execute(text("PRAGMA foreign_key_check"))).all()
        sound = [str(row[0]) for row in await session.execute(text("PRAGMA integrity_check"))]
    faults = [f"une ligne de {row[0]} mène à une ligne absente de {row[2]}" for row in lost]
    return Checked("base de données", "sqlite", (*faults, *(each for each in sound if each != "ok")))
