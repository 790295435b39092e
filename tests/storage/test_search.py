"""Finding papers: by any form of their words, the best first, and never beyond what the asker may read."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from council.roles import BodyKind, Channel, Function
from storage.database import Database
from storage.papers import Reader
from storage.search import Hits, Search, read_query
from storage.search.index import create_index
from storage.states import PaperState
from storage.store import Store
from storage.tables import Body, File, Membership, Page, Paper, Person

TODAY = date(2027, 1, 12)
# The server of the run must be started before the loop of a test is.
pytestmark = pytest.mark.usefixtures("postgres")

NOW = datetime(2027, 1, 12, 9, tzinfo=UTC)
ROUX, BLANC = 1, 2

Find = Callable[..., Awaitable[Hits]]


class Town:
    """Mr Roux sits in both bodies, Mrs Blanc in the council only; papers are filed in one line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def settle(self) -> None:
        """The index, two bodies and two people."""
        async with self._database.begin() as session:
            await (await session.connection()).run_sync(create_index)
            for number, code in enumerate(("CM", "FIN"), start=1):
                kind = BodyKind.COUNCIL if code == "CM" else BodyKind.COMMISSION
                session.add(Body(id=number, code=code, name=code, kind=kind, position=number))
            for number in (ROUX, BLANC):
                session.add(_person(number))
            await session.flush()
            for person, body in ((ROUX, 1), (ROUX, 2), (BLANC, 1)):
                session.add(
                    Membership(person_id=person, body_id=body, chair=False, since=date(2026, 3, 22), until=None)
                )

    async def file(self, title: str, *pages: str, body: int = 1, name: str = "papier.pdf", days_ago: int = 0) -> str:
        """File a paper, keep its pages and index it; its reference."""
        async with self._database.begin() as session:
            at = NOW - timedelta(days=days_ago)
            of_body = await session.get_one(Body, body)
            paper = await Store(session, "", NOW).papers.file(of_body, at.year, title, _file(name, at))
            await _keep(session, paper.files[0], pages)
            return paper.reference

    async def replace(self, reference: str, *pages: str) -> None:
        """File a new version."""
        async with self._database.begin() as session:
            paper = await Store(session, "", NOW).papers.by_reference(reference, Reader(ROUX, None, TODAY))
            assert paper is not None
            newer = _file("v2.pdf", NOW)
            await Store(session, "", NOW).papers.replace(paper, newer)
            await _keep(session, newer, pages)

    async def withdraw(self, reference: str) -> None:
        """Withdraw a paper."""
        async with self._database.begin() as session:
            await session.execute(update(Paper).where(Paper.reference == reference).values(state=PaperState.WITHDRAWN))

    async def find(self, query: str, *, who: int = ROUX, limit: int = 5, offset: int = 0) -> Hits:
        """Ask, as one person, in private."""
        async with self._database.read() as session:
            return await Search(session).find(
                read_query(query, now=NOW),
                readable=Reader(who, None, TODAY),
                limit=limit,
                offset=offset,
                today=TODAY,
            )

    async def found(self, query: str, *, who: int = ROUX) -> list[str]:
        """The titles found, in order."""
        return [hit.title for hit in (await self.find(query, who=who)).found]


def _person(number: int) -> Person:
    return Person(
        id=number, key=str(number), last_name="Roux", first_name="Anne", matrix_id=None, email="", phone="",
        function=Function.COUNCILLOR, channel=Channel.ELEMENT, since=None, until=None, welcomed_at=None,
    )  # fmt: skip


def _file(name: str, at: datetime) -> File:
    return File(
        blob="0" * 64, name=name, mime="application/pdf", size=1, page_count=None, room_id="!a", event_id="$a",
        filed_by=ROUX, filed_at=at,
    )  # fmt: skip


async def _keep(session: AsyncSession, file: File, pages: tuple[str, ...]) -> None:
    session.add_all(Page(file_id=file.id, number=n, text=page) for n, page in enumerate(pages, start=1))
    await session.flush()
    await Search(session).index(file.id, pages)


@pytest.fixture
async def town(database: Database) -> Town:
    """A town with its index, on each database."""
    town = Town(database)
    await town.settle()
    return town


async def test_a_page_is_found_by_any_form_of_its_words(town: Town) -> None:
    """Accents, plurals and elisions don't count; the page and its words are shown."""
    reference = await town.file("Devis", "Page de garde", "Réfection du réservoir des Buttes")
    for query in ("réservoirs", "RESERVOIR", "le réservoir d'eau des buttes".replace(" d'eau", "")):
        hits = await town.find(query)
        assert [(hit.reference, hit.page) for hit in hits.found] == [(reference, 2)]
        assert (hits.total, hits.every_word, hits.corrected) == (1, True, {})
    assert (await town.find("réservoirs")).found[0].snippet.marked(str) == "Réfection du **réservoir** des Buttes"


async def test_a_paper_without_text_is_found_by_its_names(town: Town) -> None:
    """A scan answers by its title, the name of its file, or its reference."""
    reference = await town.file("Arrêté de voirie", name="ARR_2027_carrefour_de\u0301viation.pdf")
    for query in ("arrêtés voirie", "carrefour", "deviation", reference, reference.lower()):
        hits = await town.find(query)
        assert [(hit.reference, hit.page, hit.snippet.text) for hit in hits.found] == [(reference, None, "")]


async def test_all_the_words_come_first(town: Town) -> None:
    """When papers hold all the words, wherever, they alone answer; when none does, those with the most lead."""
    await town.file("Budget de l'eau", "Recettes et dépenses", "Assainissement")
    await town.file("Budget des fêtes", "Recettes et dépenses")
    assert await town.found("budget eau assainissement") == ["Budget de l'eau"]
    hits = await town.find("budget eau piscine")
    assert [hit.title for hit in hits.found] == ["Budget de l'eau", "Budget des fêtes"]
    assert not hits.every_word


async def test_words_together_lead_words_apart(town: Town) -> None:
    """A page that holds the whole question is better than a paper where its words are far apart."""
    await town.file("Un", "La subvention est votée", "Rien de plus", "Le club de football")
    await town.file("Deux", "La subvention du club de football est votée", "Rien", "Rien de plus")
    assert await town.found("subvention football") == ["Deux", "Un"]


async def test_a_title_weighs_more_than_a_mention(town: Town) -> None:
    """The paper about something comes before the one that speaks of it."""
    await town.file("Compte rendu", "On a parlé du cimetière, puis de la salle, de l'école et des chemins.")
    await town.file("Règlement du cimetière", "Article premier : les horaires sont affichés à l'entrée du lieu.")
    assert await town.found("cimetière") == ["Règlement du cimetière", "Compte rendu"]


async def test_an_exact_word_weighs_more_than_its_stem(town: Town) -> None:
    """The form that was asked comes before the other forms."""
    await town.file("Un", "Les élections des communes")
    await town.file("Deux", "Les élections de la communauté")
    assert (await town.found("communauté"))[0] == "Deux"


async def test_the_newer_leads_when_all_else_is_equal(town: Town) -> None:
    """Between two like papers, the recent one is likelier to be wanted."""
    await town.file("Tarifs de la cantine", "Les tarifs de la cantine", days_ago=700)
    newer = await town.file("Tarifs de la cantine", "Les tarifs de la cantine")
    await town.file("Tarifs de la cantine", "Les tarifs de la cantine", days_ago=300)
    assert (await town.find("tarifs cantine")).found[0].reference == newer


async def test_nobody_finds_what_they_may_not_read(town: Town) -> None:
    """A commission's paper answers its members only, whatever the words, even through a typo."""
    await town.file("Licenciement d'un agent", "Le licenciement est confidentiel", body=2)
    assert await town.found("licenciement") == ["Licenciement d'un agent"]
    for query in ("licenciement", "licenciment"):
        assert await town.find(query, who=BLANC) == Hits(every_word=False)


async def test_only_the_version_in_force_is_found(town: Town) -> None:
    """What a newer version doesn't say any more isn't found, nor is a withdrawn paper."""
    reference = await town.file("Projet", "La piscine est couverte")
    await town.replace(reference, "La patinoire est couverte")
    assert await town.found("piscine") == []
    assert await town.found("patinoire") == ["Projet"]
    await town.withdraw(reference)
    assert await town.found("patinoire") == []


async def test_a_typo_is_read_as_the_nearest_word(town: Town) -> None:
    """A slip of the finger is mended, told, and spelt as the papers spell it."""
    await town.file("Devis", "Réfection du réservoir")
    hits = await town.find("resevoir réfecton")
    assert [hit.title for hit in hits.found] == ["Devis"]
    assert hits.corrected == {"resevoir": "réservoir", "réfecton": "réfection"}
    assert hits.found[0].snippet.marked(str) == "**Réfection** du **réservoir**"


@pytest.mark.parametrize(
    "query", ["piscine", "xyz", "2031", "CM-2031-999", "«»", "", "de la", "\"'): OR *", "é" * 9999]
)
async def test_nothing_is_found_where_nothing_is(town: Town, query: str) -> None:
    """Unknown words, figures, references and odd signs find nothing and break nothing."""
    await town.file("Devis", "Réfection du réservoir en 2027")
    assert (await town.find(query)).found == []


async def test_amounts_are_found(town: Town) -> None:
    """An amount is found whichever way its thousands were written."""
    await town.file("Devis", "Le total est de 12 345,60 € toutes taxes comprises")
    for query in ("12345,60", "12 345,60 €", "12345", "12 345"):
        assert await town.found(query) == ["Devis"]


async def test_quotes_keep_words_together(town: Town) -> None:
    """Side by side, in that order and form; a page where they stand apart isn't found."""
    await town.file("Un", "Le plan communal de sauvegarde est à jour")
    await town.file("Deux", "La sauvegarde du plan communal, les plans communaux de sauvegarde")
    assert await town.found('"plan communal de sauvegarde"') == ["Un"]
    assert sorted(await town.found("plan communal de sauvegarde")) == ["Deux", "Un"]
    assert await town.found('"plan communal de sauvegarde" jour') == ["Un"]


async def test_words_side_by_side_come_first(town: Town) -> None:
    """Of two pages with the same words, the one that says them as they were asked."""
    await town.file("Un", "Le public demande un éclairage, rien de plus ici que ces mots")
    await town.file("Deux", "On vote sur l'éclairage public, rien de plus ici que ces mots")
    await town.file("Trois", "Le public demande un éclairage, rien de plus ici que ces mots")
    assert (await town.found("éclairage public"))[0] == "Deux"


async def test_an_unwanted_word_takes_its_papers_away(town: Town) -> None:
    """In any form, wherever it stands in them."""
    await town.file("Un", "La pompe du réservoir", "Les travaux")
    await town.file("Deux", "La pompe du lavoir")
    assert await town.found("pompe -travail") == ["Deux", "Un"]
    assert await town.found("pompe -réservoirs") == ["Deux"]
    assert await town.found("pompe -travaux") == ["Deux"]
    assert await town.found("-pompe") == []


async def test_filters_narrow_the_answer(town: Town) -> None:
    """By the day of filing, by body, by what the title says; alone, they list the newest first."""
    await town.file("Devis de la pompe", "La pompe", days_ago=400)
    await town.file("Facture de la pompe", "La pompe", body=2)
    await town.file("Devis du lavoir", "La pompe du lavoir")
    assert await town.found("pompe depuis:2027") == ["Facture de la pompe", "Devis du lavoir"]
    assert await town.found("pompe avant:2027") == ["Devis de la pompe"]
    assert await town.found("pompe commission:FIN") == ["Facture de la pompe"]
    assert await town.found("pompe commission:FIN", who=BLANC) == []
    assert sorted(await town.found("pompe type:devis")) == ["Devis de la pompe", "Devis du lavoir"]
    assert await town.found("type:devis") == ["Devis du lavoir", "Devis de la pompe"]
    assert await town.found("type:devis depuis:2027 pompe") == ["Devis du lavoir"]
    assert await town.found("séance:12/01") == []


async def test_a_hint_weighs_and_hides_nothing(town: Town) -> None:
    """The date and the kind said put their papers first; the others follow."""
    await town.file("Compte rendu du 24 mars 2026", "Le réservoir est voté")
    await town.file("Devis du réservoir", "Le réservoir, le réservoir, le réservoir")
    await town.file("CR_seance_20260127", "Le réservoir est voté, et encore le réservoir")
    assert (await town.found("réservoir du 24 mars 2026"))[0] == "Compte rendu du 24 mars 2026"
    assert (await town.found("réservoir de janvier 2026"))[0] == "CR_seance_20260127"
    assert (await town.found("le PV du 27/01/2026"))[0] == "CR_seance_20260127"
    assert len(await town.found("réservoir du 24 mars 2026")) == 3
    assert await town.found("les PV de février 2026") == ["CR_seance_20260127", "Compte rendu du 24 mars 2026"]


async def test_an_acronym_finds_its_long_form_and_back(town: Town) -> None:
    """The word "plus" is no plural of PLU."""
    await town.file("Un", "Le plan local d'urbanisme est arrêté")
    await town.file("Deux", "Le PLU est arrêté")
    await town.file("Trois", "Rien de plus")
    assert sorted(await town.found("PLU")) == ["Deux", "Un"]
    assert sorted(await town.found("plan local d'urbanisme")) == ["Deux", "Un"]


async def test_papers_on_the_same_subject(town: Town, database: Database) -> None:
    """Those that share a paper's telling words, without itself, nor what the asker may not read."""
    about = await town.file("Réservoir des Buttes", "Le réservoir des Buttes fuit : étanchéité, peinture, clôture.")
    await town.file("Étanchéité", "Le réservoir demande une étanchéité neuve et une peinture.")
    await town.file("Réservoir, suite", "L'étanchéité du réservoir, sa clôture et sa peinture.", body=2)
    await town.file("Cantine", "Les tarifs de la cantine.")

    async def like(who: int) -> list[str]:
        async with database.read() as session:
            reader, store = Reader(who, None, TODAY), Store(session, "", NOW)
            paper = await store.papers.by_reference(about, reader)
            assert paper is not None
            return [hit.title for hit in (await store.search.like(paper, readable=reader, today=TODAY)).found]

    assert sorted(await like(ROUX)) == ["Réservoir, suite", "Étanchéité"]
    assert await like(BLANC) == ["Étanchéité"]


async def test_answers_come_in_turn(town: Town) -> None:
    """The rest of a long answer follows, without repeating anything."""
    for number in range(7):
        await town.file(f"Chemin {number}", "Le chemin rural")
    first, rest = await town.find("chemin", limit=5), await town.find("chemin", limit=5, offset=5)
    assert (len(first.found), len(rest.found), first.total) == (5, 2, 7)
    assert len({hit.paper_id for hit in first.found + rest.found}) == 7


async def test_a_file_is_forgotten(town: Town, database: Database) -> None:
    """What is taken out of the index isn't found any more; the other papers are."""
    await town.file("Un", "Le chemin rural")
    await town.file("Deux", "Le chemin rural")
    async with database.begin() as session:
        await Search(session).forget((await town.find("chemin")).found[0].file_id)
    assert len(await town.found("chemin")) == 1


async def test_odd_signs_are_indexed(town: Town) -> None:
    """No alphabet, quote or sign of a database's own language breaks the index, nor a question made of it."""
    odd = """ŉa-2027-1 ŉ ﬁn ½ ² Ⅷ ٣ 漢字 नमस्ते İ 1\u202f234,5 \\ ' " : & | ! * ( ) <-> {a} NEAR(x) 😀 _x_ ß"""
    await town.file(odd, odd)
    for query in (odd, *odd.split()):
        assert await town.found(query) in ([odd], [])
    assert await town.found("ŉa-2027-1 漢字") == [odd]


async def test_a_huge_page_is_indexed(town: Town) -> None:
    """A page longer than any real one is indexed by its beginning, on every database."""
    await town.file("Long", "début " + " ".join(f"mot{number}" for number in range(60_000)))
    assert await town.found("début mot19") == ["Long"]
