"""The written pouvoir: a sheet to date and sign, sent to its giver, of what the rows say when it is sent."""

from io import BytesIO

import pypdfium2
import pytest

from bot.town import Town
from tests.commands.summons import opens


def _words(data: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(data))
    return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
async def given(town: Town) -> Town:
    """Lucie Vidal gave her pouvoir to Hugo Roux, in the council's room."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    await town.says("vidal", "!pouvoir Roux", room="CM")
    return town


async def test_its_giver_gets_the_sheet_in_private(given: Town) -> None:
    """By a number; asked in the room, it goes to their own conversation."""
    said = await given.says("vidal", "1", room="CM")
    assert said == "Le pouvoir à signer est envoyé à Lucie Vidal, en conversation privée."
    since = [text for _, text in given.heard if "à signer : Conseil" in text or text.startswith("[fichier")]
    asked = "Datez-le, signez-le et remettez-le à la mairie ; le fichier suit."
    assert since == [
        f"Le pouvoir à signer : Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie. {asked}",
        "[fichier : pouvoir Vidal 2026-03-12]",
    ]
    words = _words(await opens(given, given.documents[-1]))
    for expected in (
        "POUVOIR (article L. 2121-20 du CGCT)",
        "Je soussigné(e) Lucie Vidal, conseiller(ère) municipal(e), empêché(e)",
        "Conseil municipal jeudi 12 mars 2026 à 20 h à la mairie",
        "donne pouvoir à Hugo Roux, adjoint(e) au maire,",
        "à la séance tenue sur seconde convocation",
        "Signature",
    ):
        assert expected in words


async def test_in_private_it_follows_the_answer(given: Town) -> None:
    """Asked in their own conversation."""
    await given.says("vidal", "je donne pouvoir à M. Petit pour le conseil")
    assert (await given.says("vidal", "1")).endswith("le fichier suit.\n\n[fichier : pouvoir Vidal 2026-03-12]")


async def test_nobody_else_gets_it_but_the_town_hall(given: Town) -> None:
    """A colleague is refused; for who has no account, the agent gets it to have it signed."""
    assert (await given.says("petit", "pouvoir papier Vidal conseil")).startswith("Ce pouvoir est celui d'un autre")
    await given.arrives("Marcel", "Bonnet", "CM")
    await given.says("martin", "!pouvoir Bonnet à Petit", room="CM")
    assert "[fichier : pouvoir Bonnet 2026-03-12]" in await given.says("martin", "pouvoir papier Bonnet conseil")


async def test_what_was_taken_back_gives_no_sheet(given: Town) -> None:
    """Who comes votes for themselves."""
    await given.says("vidal", "!présente", room="CM")
    assert "n'a pas donné de pouvoir" in await given.says("vidal", "pouvoir papier Vidal conseil")
