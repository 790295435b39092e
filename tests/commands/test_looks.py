"""What is drawn behind the answers: versions compared by how their pages look, told apart from their text."""

from datetime import timedelta

from bot.erasing import erase_expired
from bot.town import Town
from bot.viewer import TURN, Viewer
from storage.extract import Extractor
from storage.looks import Drawing, PageLook
from storage.store import Store
from tests.commands.summons import council
from tests.storage.test_extract_pictures import picture, scanned
from tests.storage.test_looks import by_pypdf, drawn, line, nothing, photograph, signature, stamp

REPLACES = "remplacer EAU-2026-002"
ASKED_AGAIN = "Je compare encore l'aspect des pages : reposez la question dans une minute."


def viewer(town: Town) -> Viewer:
    """The town's."""
    return Viewer(town.database, town.files, Extractor(program=""), town.clock)


async def draws(town: Town) -> int:
    """Draw all that waits; how many turns it took."""
    turns, able = 0, viewer(town)
    while await able.once():
        turns += 1
    return turns


async def replaced(town: Town, older: bytes, newer: bytes, name: str = "plan.pdf") -> str:
    """How the second version of a paper is told from the first, once both are drawn."""
    await town.drops("roux", older, name, caption="Plan", room="EAU")
    await town.drops("roux", newer, name, caption=REPLACES, room="EAU")
    await draws(town)
    said = await town.says("vidal", "versions EAU-2026-002")
    [told] = [each for each in said.splitlines() if each.startswith("2. ")]
    return told.partition(" ; ")[2]


async def test_a_page_of_the_same_text_drawn_otherwise_is_told(town: Town) -> None:
    """Not before it is known; then told apart from a page whose words changed."""
    await town.drops("roux", drawn(nothing, nothing), "plan.pdf", caption="Plan", room="EAU")
    assert await draws(town) == 0
    await town.drops("roux", drawn(nothing, signature), "plan.pdf", caption=REPLACES, room="EAU")
    assert (
        await town.says("vidal", "versions EAU-2026-002")
        == f"""EAU-2026-002 Plan

1. version 1 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux (2 pages)
2. version 2, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux (2 pages) ; même texte

Répondez par un numéro : je vous l'envoie.

{ASKED_AGAIN}"""
    )
    assert await draws(town) == 2
    assert (
        await town.says("vidal", "versions EAU-2026-002")
        == """EAU-2026-002 Plan

1. version 1 : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux (2 pages)
2. version 2, en vigueur : lundi 2 mars 2026 à 9 h, déposée par Hugo Roux (2 pages) ; page 2 (le dessin a changé)

Répondez par un numéro : je vous l'envoie."""
    )


async def test_a_paper_saved_again_has_the_same_pages(town: Town) -> None:
    """Its bytes are others, nothing that is seen is."""
    older = drawn(stamp, line)
    assert await replaced(town, older, by_pypdf(older)) == "mêmes pages"


async def test_scans_are_compared_though_nothing_was_read_of_them(town: Town) -> None:
    """By their looks alone."""
    scan = scanned(picture())
    assert await replaced(town, scan, scan + b"\n%") == "mêmes pages"


async def test_a_photograph_that_was_marked_is_another(town: Town) -> None:
    """A picture is a page."""
    plain, marked = photograph(90, mark=False), photograph(90, mark=True)
    assert await replaced(town, plain, marked, "plan.jpg") == "page 1 changée"


async def test_a_long_paper_is_drawn_by_turns_and_other_files_have_no_look(town: Town) -> None:
    """What is done of it outlives a stop; a version of another kind isn't waited for."""
    older = drawn(*[nothing] * (TURN + 1))
    await town.drops("roux", older, "long.pdf", caption="Long", room="EAU")
    await town.drops("roux", b"du texte", "court.txt", caption=REPLACES, room="EAU")
    assert await draws(town) == 3
    assert ASKED_AGAIN not in await town.says("vidal", "versions EAU-2026-002")


async def test_lost_or_broken_bytes_are_not_looked_at_for_ever(town: Town) -> None:
    """They have no look."""
    await town.drops("roux", b"%PDF-1.4 nothing", "plan.pdf", caption="Plan", room="EAU")
    await town.drops("roux", drawn(nothing), "plan.pdf", caption=REPLACES, room="EAU")
    async with town.database.read() as session:
        blob = (await Store(session, "", town.clock.now()).papers.version(3)).blob
    await town.files.delete(blob)
    assert await draws(town) == 2
    assert ASKED_AGAIN not in await town.says("vidal", "versions EAU-2026-002")


async def test_looks_are_erased_with_their_paper(town: Town) -> None:
    """They show its pages; a paper taken away meanwhile isn't drawn."""
    await replaced(town, drawn(nothing), drawn(stamp))
    await town.says("roux", "!retirer EAU-2026-002 oui", room="EAU")
    await town.waits(timedelta(days=31))
    assert await erase_expired(town.database, town.files, town.clock) == 1
    async with town.database.read() as session:
        assert await session.get(PageLook, (2, 1)) is None
        assert await session.get(Drawing, 2) is None


async def test_a_paper_taken_away_while_it_is_drawn_keeps_no_look(town: Town) -> None:
    """It would outlive its erasing."""
    await town.drops("roux", drawn(nothing), "plan.pdf", caption="Plan", room="EAU")
    await town.drops("roux", drawn(stamp), "plan.pdf", caption=REPLACES, room="EAU")
    async with town.database.read() as session:
        version = await Store(session, "", town.clock.now()).looks.next()
    assert version is not None
    await town.says("roux", "!retirer EAU-2026-002 oui", room="EAU")
    async with town.database.begin() as session:
        await Store(session, "", town.clock.now()).looks.keep(version, ["1 1 AA=="], more=False)
        assert await session.get(Drawing, version.file_id) is None
    assert await draws(town) == 0


async def test_an_erratum_says_that_the_drawing_changed(town: Town) -> None:
    """Once it is known: the chair is shown it before it leaves."""
    await council(town)
    await town.drops("arnaud", drawn(nothing, nothing), "plan.pdf", caption="Plan, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", drawn(nothing, signature), "plan.pdf", caption="remplacer CM-2026-001", room="CM")
    await draws(town)
    assert "- page 2 (le dessin a changé)" in await town.says("arnaud", "!remplacer CM-2026-001 prévenir", room="CM")
