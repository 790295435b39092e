"""What is read after the filing: letters in pictures when the system can, letters' files and archives' in the background."""

import stat
from pathlib import Path

from bot.indexer import Indexer
from bot.reading import Reading
from bot.recogniser import TURN, Recogniser
from bot.town import Town, open_town, room_id
from storage.enclosed import Unpacking
from storage.extract import Extractor
from storage.store import Store
from tests.storage.makers import letter, paper, zipped


def program(tmp_path: Path, says: str) -> str:
    """A program in Tesseract's place, that sees the same in each picture."""
    path = tmp_path / "tesseract"
    path.write_text(f"#!/bin/sh\ncat >/dev/null\necho '{says}'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def recogniser(town: Town, tool: str) -> Recogniser:
    """The town's, with a program or none."""
    return Recogniser(town.database, town.files, Extractor(program=tool), town.clock)


async def _waiting(town: Town) -> int:
    async with town.database.read() as session:
        return await Store(session, "", town.clock.now()).scans.waiting()


async def test_scans_filed_without_the_program_are_read_once_it_is_there(tmp_path: Path) -> None:
    """Filed at once, said unreadable; found at the first start with the program, a few pages in each turn."""
    async with open_town(tmp_path / "town") as town:
        said = await town.drops("vidal", paper(*[""] * (TURN + 2)), "pompe.pdf", room="EAU")
        assert "c'est une image numérisée." in said
        assert not await recogniser(town, "").once()
        assert await _waiting(town) == TURN + 2
        able = recogniser(town, program(tmp_path, "Pompe de relevage du hameau"))
        assert await able.once()
        assert await _waiting(town) == 2
        assert "EAU-2026-002" in await town.says("roux", "chercher relevage")
        assert await able.once()
        assert not await able.once()
        assert await _waiting(town) == 0


async def test_short_papers_do_not_wait_for_a_long_one(tmp_path: Path) -> None:
    """Each has its turn; pages that already have text aren't looked at."""
    async with open_town(tmp_path / "town") as town:
        await town.drops("vidal", paper(*[""] * (3 * TURN)), "long.pdf", room="EAU")
        await town.drops(
            "vidal", paper("Le conseil municipal vote.", "Un autre vote a lieu ici.", ""), "court.pdf", room="EAU"
        )
        able = recogniser(town, program(tmp_path, "Clôture du cimetière en châtaignier"))
        assert await able.once()
        assert await able.once()
        assert await _waiting(town) == 2 * TURN
        assert "EAU-2026-003" in await town.says("roux", "chercher châtaignier")
        assert "EAU-2026-003" in await town.says("roux", "chercher un autre vote")


async def test_a_picture_without_letters_is_said_unreadable(tmp_path: Path) -> None:
    """It isn't looked at for ever."""
    async with open_town(tmp_path / "town") as town:
        await town.drops("vidal", b"\x89PNG\r\n\x1a\n....", "photo.png", room="EAU")
        able = recogniser(town, program(tmp_path, ""))
        assert await able.once()
        assert not await able.once()
        async with town.database.read() as session:
            file = await Store(session, "", town.clock.now()).papers.version(2)
        assert file.problem.startswith("Je ne pourrai pas le chercher par son texte")


async def test_the_answer_says_that_letters_will_be_looked_for(tmp_path: Path) -> None:
    """Where the program is."""
    async with open_town(tmp_path / "town") as town:
        town.extractor = Extractor(program=program(tmp_path, ""))
        assert "Ce sont des pages numérisées : j'en lis les lettres à part, et la recherche les trouvera ensuite." in (
            await town.drops("vidal", paper(""), "scan.pdf", room="EAU")
        )


async def test_what_is_wanted_of_an_archive_outlives_a_stop(tmp_path: Path) -> None:
    """It is a row until it is answered: the next start files it, once, and answers once."""
    async with open_town(tmp_path / "town") as town:
        inner = letter("Bonjour", ("n.txt", b"Une note")).as_bytes()
        await town.drops("vidal", zipped({"a.txt": "Premier devis", "l.eml": inner}), "deux.zip", room="EAU")
        async with town.database.begin() as session:
            store = Store(session, "", town.clock.now())
            asked_by = (await store.papers.version(2)).filed_by
            room, event = room_id("", "EAU"), "$voulu"
            await store.archives.ask(
                Unpacking(file_id=2, numbers=[1, 2], asked_by=asked_by, room_id=room, event_id=event, thread=None)
            )
        indexer = Indexer(town.database, Reading(town.files, town.extractor), town.commune, town.clock)
        assert await indexer.once()
        assert not await indexer.once()
        async with town.database.read() as session:
            [head] = await Store(session, "", town.clock.now()).outbox.heads(())
        assert head.row.content["markdown"].count("**EAU-2026-00") == 4
        assert head.row.content["reply_to"] == "$voulu"


async def test_an_archive_whose_bytes_are_lost_is_said(tmp_path: Path) -> None:
    """The answer comes all the same."""
    async with open_town(tmp_path / "town") as town:
        await town.drops("vidal", zipped({"a.txt": "Premier"}), "un.zip", room="EAU")
        async with town.database.read() as session:
            blob = (await Store(session, "", town.clock.now()).papers.version(2)).blob
        await town.files.delete(blob)
        assert await town.says("vidal", "1", room="EAU") == (
            "Je n'ai rien pu tirer de l'archive EAU-2026-002 : elle est abîmée ou incomplète."
        )


async def test_a_scan_named_by_a_device_takes_the_title_that_its_first_page_tells(tmp_path: Path) -> None:
    """Silently, for nobody chose that name: it is found by the title and by the file's name, and the journal tells it."""
    async with open_town(tmp_path / "town") as town:
        assert "EAU-2026-002 Scan0001 (1 page)" in await town.drops("vidal", paper(""), "scan0001.pdf", room="EAU")
        heard = len(town.heard)
        able = recogniser(
            town, program(tmp_path, "Mairie de Sainte-Colombe\nProcès-verbal de la séance du 24 mars 2025")
        )
        assert await able.once()
        await town.wake()
        assert town.heard[heard:] == []
        titled = "EAU-2026-002 Procès-verbal de la séance du 24 mars 2025"
        assert titled in await town.says("roux", "documents eau")
        assert titled in await town.says("roux", "chercher scan0001")
        assert titled in await town.says("roux", "chercher procès-verbal")
        told = await town.says("martin", "!journal")
        assert "titre de EAU-2026-002 lu sur sa première page numérisée (EAU)" in told
        assert "Procès" not in told


async def test_what_a_person_wrote_is_kept(tmp_path: Path) -> None:
    """A caption, a corrected title, a file's name that tells something; and what is read must surely be a title."""
    async with open_town(tmp_path / "town") as town:
        pages = ([""], ["", ""], [""] * 3, [""] * 4)
        await town.drops("vidal", paper(*pages[0]), "scan0001.pdf", caption="Bail du moulin", room="EAU")
        await town.drops("vidal", paper(*pages[1]), "scan0002.pdf", room="EAU")
        await town.says("vidal", "!classer EAU-2026-003 Bail de la grange", room="EAU")
        await town.drops("vidal", paper(*pages[2]), "lavoir.pdf", room="EAU")
        able = recogniser(town, program(tmp_path, "Procès-verbal de la séance du 24 mars 2025"))
        while await able.once():
            pass
        await town.drops("vidal", paper(*pages[3]), "IMG_2034.pdf", room="EAU")
        unsure = recogniser(town, program(tmp_path, "PRÉFÈTE | E Flaux\nLe lavoir est très ancien, dit-on"))
        while await unsure.once():
            pass
        said = await town.says("roux", "documents eau")
        for titled in ("Bail du moulin", "Bail de la grange", "Lavoir", "IMG 2034"):
            assert titled in said
        assert "Procès" not in said


async def test_neither_a_replaced_version_nor_a_paper_taken_away_gives_a_title(tmp_path: Path) -> None:
    """Nobody reads them any more."""
    async with open_town(tmp_path / "town") as town:
        await town.drops("vidal", paper(""), "scan0001.pdf", room="EAU")
        await town.drops(
            "vidal", paper("Le bail est de neuf ans."), "b.pdf", caption="remplacer EAU-2026-002", room="EAU"
        )
        await town.drops("vidal", paper("", ""), "scan0002.pdf", room="EAU")
        await town.says("vidal", "!retirer EAU-2026-003 oui", room="EAU")
        able = recogniser(town, program(tmp_path, "Procès-verbal de la séance du 24 mars 2025"))
        while await able.once():
            pass
        assert "Procès" not in await town.says("martin", "documents eau")
        assert "titre de" not in await town.says("martin", "!journal")
