"""Where very many pages hold all the words: the best come first, rights hold, and nothing is said to be all there is."""

import pytest

from storage.database import Database
from storage.search.near import ENOUGH
from tests.storage.test_search import BLANC, ROUX, Town

pytestmark = pytest.mark.usefixtures("postgres")
MANY = ENOUGH + 5


@pytest.fixture
async def town(database: Database) -> Town:
    """A town whose papers nearly all speak of the roof."""
    made = Town(database)
    await made.settle()
    return made


async def fill(town: Town, *, body: int = 1) -> None:
    """One paper more than enough, one page each."""
    for number in range(MANY):
        await town.file(f"Courrier {number}", f"La toiture de l'école est en mauvais état, lettre {number}", body=body)


async def test_the_best_come_first_by_their_title_and_their_exact_words(town: Town) -> None:
    """A paper about the roof stands above those that name it; those that say "toitures" answer too."""
    await fill(town)
    await town.file("Devis de la toiture", "Le devis de la toiture")
    hits = await town.find("toiture")
    assert hits.found[0].title == "Devis de la toiture"
    assert len(hits.found) == 5
    assert hits.total == MANY + 1
    assert not hits.others
    assert (await town.find("toitures")).total == MANY + 1


async def test_words_side_by_side_weigh(town: Town) -> None:
    """Of pages that hold both words, the one where they stand together."""
    for number in range(MANY):
        await town.file(f"Courrier {number}", "La toiture de la mairie, puis celle de la nouvelle école")
    await town.file("Lettre", "La mairie a vu la toiture ; la toiture école attend, dit la lettre")
    assert (await town.found("toiture école"))[0] == "Lettre"


async def test_rights_hold_among_very_many(town: Town) -> None:
    """Pages that one may not read take no place from those that one may, nor are they counted."""
    await fill(town, body=2)
    await town.file("Rapport du conseil", "La toiture")
    for who, total in ((BLANC, 1), (ROUX, MANY + 1)):
        hits = await town.find("toiture", who=who)
        assert hits.total == total
        assert (who == ROUX) or [hit.title for hit in hits.found] == ["Rapport du conseil"]


async def test_each_is_shown_once_to_the_last(town: Town) -> None:
    """Going on to the end meets every paper, and no paper twice."""
    await fill(town)
    seen: list[str] = []
    while found := (await town.find("toiture", offset=len(seen))).found:
        seen += [hit.reference for hit in found]
    assert len(seen) == len(set(seen)) == MANY


async def test_others_are_told_when_not_all_were_looked_at(town: Town) -> None:
    """Of a word that is everywhere, the answer is a beginning."""
    for number in range(4):
        await town.file(f"Recueil {number}", *("La toiture" for _ in range(50)))
    hits = await town.find("toiture", limit=2)
    assert hits.others
    assert len(hits.found) == 2
