"""What papers hold, on both databases: enclosures seen by right, wishes answered once, pages that wait."""

from datetime import UTC, date, datetime

import pytest

from council.roles import BodyKind, Channel, Function
from storage.bodies import BodyEntry
from storage.database import Database
from storage.enclosed import Unpacking
from storage.extract import Extraction, Kind, Problem
from storage.papers import Reader
from storage.people import Entry
from storage.readings import keep_reading
from storage.states import FileState
from storage.store import Store
from storage.tables import File, Paper

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
ROUX, BLANC = Reader(1, None, date(2026, 11, 24)), Reader(2, None, date(2026, 11, 24))


def _entry(last: str, code: str) -> Entry:
    matrix_id = f"@{last.lower()}:x.fr"
    return Entry(last, "A", matrix_id, "", "", Function.COUNCILLOR, Channel.ELEMENT, None, None, {code: False})


@pytest.fixture
async def papers(database: Database) -> list[Paper]:
    """Two papers of Eau, where Roux sits and Blanc doesn't."""
    async with database.begin() as session:
        store = Store(session, "$drop", NOW)
        codes = ("EAU", "VOI")
        await store.bodies.declare([BodyEntry(code, code, BodyKind.COMMISSION) for code in codes])
        await store.people.take_roll([_entry("Roux", "EAU"), _entry("Blanc", "VOI")], date(2026, 11, 24))
        body = (await store.bodies.all())[0]
        known = {
            "mime": "",
            "size": 3,
            "room_id": "!r",
            "event_id": "$e",
            "filed_by": 1,
            "filed_at": NOW,
            "problem": "",
        }
        files = [File(blob=str(n), name=f"{n}", state=FileState.PENDING, **known) for n in range(2)]
        return [await store.papers.file(body, 2026, f"Papier {n}", file) for n, file in enumerate(files)]


async def test_where_a_paper_came_from_is_told_to_who_may_see_it(database: Database, papers: list[Paper]) -> None:
    """The letter or the archive, by its reference; to others, nothing."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        await store.archives.enclose(papers[1], papers[0], archived=True)
        found = await store.archives.holder_of(papers[1], ROUX)
        assert found is not None
        assert (found[0].reference, found[1]) == ("EAU-2026-001", True)
        assert await store.archives.holder_of(papers[1], BLANC) is None
        assert await store.archives.holder_of(papers[0], ROUX) is None
        assert await store.archives.paper_of(papers[0].files[0].id, BLANC) is None


async def test_the_names_of_an_archive_keep_their_numbers(database: Database, papers: list[Paper]) -> None:
    """Across its pages, in their order."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        file = await store.papers.version(papers[0].files[0].id)
        read = Extraction(Kind.ZIP, ("a.txt\nb.txt", "c.txt"), problem=Problem.ARCHIVE)
        assert await keep_reading(store, file, read)
        assert not await keep_reading(store, file, read)
        assert await store.archives.is_archive(file.id)
        assert await store.archives.names(file.id) == ["a.txt", "b.txt", "c.txt"]


async def test_a_wish_is_answered_once(database: Database, papers: list[Paper]) -> None:
    """The oldest first; a second answer finds nothing to answer to."""
    file_id = papers[0].files[0].id
    async with database.begin() as session:
        archives = Store(session, "", NOW).archives
        for number in (1, 2):
            event = f"${number}"
            wanted = Unpacking(file_id=file_id, numbers=[number], asked_by=1, room_id="!r", event_id=event, thread=None)
            await archives.ask(wanted)
    async with database.begin() as session:
        archives = Store(session, "", NOW).archives
        first = await archives.asked()
        assert first is not None
        assert first.numbers == [1]
        assert await archives.answered(first.id)
        assert not await archives.answered(first.id)
        second = await archives.asked()
        assert second is not None
        assert second.numbers == [2]


async def test_pages_that_are_pictures_wait_and_are_kept_as_they_come(database: Database, papers: list[Paper]) -> None:
    """Only blank ones, the version that waited longest first; what was found ends the warning."""
    async with database.begin() as session:
        store = Store(session, "", NOW)
        for paper in papers:
            file = await store.papers.version(paper.files[0].id)
            pages = ("", "Le conseil vote.", "", "")
            await keep_reading(store, file, Extraction(Kind.PDF, pages, 4, problem=Problem.SCANNED, pictures=(0, 2, 3)))
        assert await store.scans.waiting() == 6
        turn = await store.scans.next(2)
        assert turn is not None
        assert (turn.file_id, turn.pages, turn.last) == (papers[0].files[0].id, (1, 3), False)
        assert await store.scans.keep(turn, {3: "Une clôture"}, "illisible") == [
            "",
            "Le conseil vote.",
            "Une clôture",
            "",
        ]
        other = await store.scans.next(9)
        assert other is not None
        assert (other.file_id, other.pages, other.last) == (papers[1].files[0].id, (1, 3, 4), True)
        await store.scans.keep(other, {}, "illisible")
        last = await store.scans.next(2)
        assert last is not None
        assert (last.pages, last.last) == ((4,), True)
        await store.scans.keep(last, {}, "illisible")
        assert await store.scans.next(2) is None
        assert [(await store.papers.version(paper.files[0].id)).problem for paper in papers] == ["", ""]
