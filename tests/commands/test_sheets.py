"""Replacement sheets: what those on paper get of a paper that changed, and what the agents do without one."""

from datetime import timedelta

import pypdfium2
import pytest
from sqlalchemy import select

from bot.town import Town
from commands._sheets import tell_unmade_sheet
from commands.letters import Shelf, Unbindable, bind
from storage.states import DocumentKind, OutboxKind
from storage.store import Store
from storage.tables import Outgoing
from tests.commands.summons import council, told_to
from tests.storage.makers import paper

OLD = ("Le montant proposé est de 48 200 euros par an.", "Conditions", "Garanties")
NEW = ("Le montant proposé est de 51 000 euros par an.", "Conditions", "Annexe des prix", "Garanties")
HEAD = (
    "RÉPUBLIQUE FRANÇAISE Commune de Sainte-Colombe Le lundi 2 mars 2026 Feuille de remplacement Erratum CM-2026-01-E1 Conseil municipal, "
    "jeudi 12 mars 2026 à 20 h CM-2026-001 Note de l'œuvre, point 1 La version 2 remplace la version 1. "
)
KEEP = "Le numéro de chaque page est en haut, à gauche. Conservez cette feuille avec le document."
PRINT = (
    "La feuille de remplacement arrive ici dès qu'elle est prête : une page qui dit quoi remplacer, puis les nouvelles pages. "
    "Imprimez-la pour chaque personne, sur une seule face."
)
NOTE = "Après chaque remise, écrivez-moi remis Morel erratum (ajoutez la date si ce n'est pas aujourd'hui)."


@pytest.fixture(autouse=True)
async def convoked(town: Town) -> None:
    """A session of the council; Mme Morel is on paper."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await council(town)


async def _changes(town: Town, before: bytes, after: bytes, name: str = "note2.pdf") -> int:
    """The paper is sent, then replaced, and the erratum with it. Returns how much was heard before."""
    await town.drops("arnaud", before, f"1{name}", caption="Note de l'œuvre, point 1", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.waits(timedelta(hours=1))
    await town.drops("arnaud", after, name, caption="remplacer CM-2026-001", room="CM")
    heard = len(town.heard)
    assert (await town.says("arnaud", "oui", room="CM")).startswith("L'erratum CM-2026-01-E1 part")
    return heard


def _sheets(town: Town) -> list[Outgoing]:
    """The sheets that were owed."""
    return [row for row in town.documents if row.content["document"] == DocumentKind.SHEET.value]


async def _bound(town: Town, row: Outgoing) -> bytes:
    return (await bind(Shelf(town.database, town.files, town.commune), row.content, town.clock.now())).data


def _pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]


async def test_it_says_what_to_do_then_has_the_new_pages_only(town: Town) -> None:
    """Stamped with reference, version and their own numbers; owed to the agents in a line of its own, after the list."""
    before = await _changes(town, paper(*OLD), paper(*NEW))
    (told,) = await told_to(town, "martin", before)
    assert told.endswith(f"À remettre sur papier\n\n- Colette Morel, 06 00 00 00 07\n\n{PRINT}\n\n{NOTE}")
    (row,) = _sheets(town)
    assert (row.kind, row.content["name"]) == (OutboxKind.DOSSIER, "CM-2026-01-E1 feuille de remplacement")
    assert _pages(await _bound(town, row)) == [
        (
            f"{HEAD}Remplacez la page 1. Ajoutez la page 3, après la page 2. Ce qui change - page 1 : « est de 48 200 euros par » devient "
            f"« est de 51 000 euros par » - page 3 ajoutée {KEEP} Erratum CM-2026-01-E1 page 1"
        ),
        "Le montant proposé est de 51 000 euros par an. CM-2026-001 version 2 p. 1/4 Note de l'œuvre",
        "Annexe des prix CM-2026-001 version 2 p. 3/4 Note de l'œuvre",
    ]


async def test_who_reads_large_print_has_it_large(town: Town) -> None:
    """On A3, in a file of its own; the others' stays as it is."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07", large=True)
    before = await _changes(town, paper(*OLD), paper(*NEW))
    (told,) = await told_to(town, "martin", before)
    assert (
        f"- Colette Morel, 06 00 00 00 07, en grand\n\n{PRINT} Le fichier « en grand » est sur des feuilles A3.\n\n"
        in told
    )
    (row,) = _sheets(town)
    assert row.content["name"] == "CM-2026-01-E1 feuille de remplacement en grand"
    document = pypdfium2.PdfDocument(await _bound(town, row))
    assert {tuple(map(round, page.get_size())) for page in document} == {(842, 1191)}
    assert len(document) == 3


async def test_pages_that_left_need_no_other_page(town: Town) -> None:
    """The sheet is then its first page alone."""
    await _changes(town, paper(*NEW), paper(*(page for page in NEW if page != "Annexe des prix")))
    (row,) = _sheets(town)
    (page,) = _pages(await _bound(town, row))
    assert "Retirez l'ancienne page 3. Ce qui change - page 3 retirée" in page


async def test_all_is_replaced_when_nothing_can_be_compared(town: Town) -> None:
    """A scan: every page of it follows."""
    await _changes(town, paper("", ""), paper("", "", ""))
    (row,) = _sheets(town)
    first, *rest = _pages(await _bound(town, row))
    assert first == f"{HEAD}Remplacez tout le document par la version 2, qui suit. {KEEP} Erratum CM-2026-01-E1 page 1"
    assert rest[-1] == "CM-2026-001 version 2 p. 3/3 Note de l'œuvre"


async def test_a_file_without_pages_is_given_itself(town: Town) -> None:
    """Known by its name at once; the answer doesn't wait for it."""
    before = await _changes(town, b"Une note", b"Une autre note", "note2.txt")
    (told,) = await told_to(town, "martin", before)
    assert told.endswith(
        "Ce fichier (note2.txt) n'est ni un PDF ni une image : je ne peux pas en tirer de feuille de remplacement. Il suit, à imprimer en "
        f"entier pour chaque personne.\n\n{NOTE}"
    )
    assert [text for where, text in town.heard[before:] if text.startswith("[fichier")].count(
        "[fichier : note2.txt]"
    ) == 5
    assert _sheets(town) == []


@pytest.mark.parametrize(
    ("after", "why"),
    [
        (paper(*NEW, password="secret"), "il est protégé par un mot de passe"),
        (b"%PDF-1.4 rien", "il est abîmé ou incomplet"),
        (b"Ce n'est que du texte", "ce n'est ni un PDF ni une image"),
    ],
)
async def test_one_that_cant_be_made_is_said_and_the_file_is_given(town: Town, after: bytes, why: str) -> None:
    """To the agents who were to have it, unless they may see the paper no more."""
    await _changes(town, paper(*OLD), after)
    (row,) = _sheets(town)
    with pytest.raises(Unbindable) as raised:
        await _bound(town, row)
    assert str(raised.value) == why
    before = len(town.heard)
    await _tell(town, row, why)
    assert [text for _, text in town.heard[before:]] == [
        (
            f"La feuille de remplacement n'a pas pu être faite (CM-2026-01-E1 feuille de remplacement) : {why}. Le fichier suit, à imprimer : "
            f"CM-2026-001 version 2. Imprimez-le en entier."
        ),
        "[fichier : note2.pdf]",
    ]
    await town.leaves("martin", "CM")
    before = len(town.heard)
    await _tell(town, row, why)
    assert town.heard[before:] == []


async def _tell(town: Town, row: Outgoing, why: str) -> None:
    async with town.database.begin() as session:
        await tell_unmade_sheet(
            Store(session, f"unmade at {len(town.heard)}", town.clock.now()), row, why, town.commune
        )
    await town.wake()


async def test_a_paper_that_was_taken_away_gives_no_sheet(town: Town) -> None:
    """Its reader may see it no more, by today's rights."""
    await _changes(town, paper(*OLD), paper(*NEW))
    await town.leaves("martin", "CM")
    (row,) = _sheets(town)
    with pytest.raises(Unbindable, match="n'est plus pour vous"):
        await _bound(town, row)


async def test_an_erratum_from_before_its_older_version_was_kept(town: Town) -> None:
    """Nothing says what it replaced: all of it does."""
    await _changes(town, paper(*OLD), paper(*NEW))
    async with town.database.begin() as session:
        store = Store(session, "", town.clock.now())
        (erratum,) = await store.errata.of_convocations(await store.convocations.in_force(2))
        erratum.older_id = None
    (row,) = _sheets(town)
    first, *rest = _pages(await _bound(town, row))
    assert (
        "La version 2 remplace les versions plus anciennes. Remplacez tout le document par la version 2, qui suit."
        in first
    )
    assert len(rest) == 4


async def test_nothing_waits_for_it(town: Town) -> None:
    """A row apart: what is said next in the same conversation passes it."""
    town.delivered = frozenset(OutboxKind) - {OutboxKind.DOSSIER}
    before = await _changes(town, paper(*OLD), paper(*NEW))
    assert len(await told_to(town, "martin", before)) == 1
    async with town.database.read() as session:
        (row,) = (await session.scalars(select(Outgoing).where(Outgoing.kind == OutboxKind.DOSSIER))).all()
    assert row.event_id is None
    assert "Erratum CM-2026-01-E1" in await town.says("martin", "accusés CM")
