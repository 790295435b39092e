"""The year's pages in numbers, and nobody's reading."""

from bot.town import Town
from commands.sobriete import FORMULA, UNMEASURED
from council.roles import Channel
from tests.commands.summons import council, reaches
from tests.storage.makers import paper

FIRST = (
    "Le conseil vote le budget de la commune.",
    "Recettes de fonctionnement en euros.",
    "Depenses d'investissement.",
)
SECOND = (FIRST[0], FIRST[1], "Depenses d'investissement, corrigees.")


async def test_a_year_of_pages(town: Town) -> None:
    """Filed, sent again, on paper, and not printed again: each by its formula, which is told."""
    await reaches(town, "petit", Channel.PAPER, "")
    await council(town)
    await town.drops("arnaud", paper(*FIRST), "budget.pdf", room="CM")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("vidal", "!envoyer CM-2026-001")
    await town.says("roux", "!envoyer CM-2026-001")
    await town.drops("arnaud", paper(*SECOND), "budget2.pdf", caption="remplacer CM-2026-001", room="CM")
    numbers = (
        "- Déposé : 1 document, 3 pages\n"
        "- Envoyé à la demande : 2 fois, 6 pages\n"
        "- Sur papier : 1 lettre, 4 pages à imprimer\n"
        "- Réimpressions évitées : 8 pages (1 version remplacée, 2 pages identiques)"
    )
    sessions = "- CM, jeudi 12 mars 2026 : 1 document, 3 pages ; 4 pages sur papier"
    told = ("Sobriété 2026", numbers, "Par séance", sessions, FORMULA.replace("**", ""), UNMEASURED.replace("**", ""))
    assert await town.says("arnaud", "!sobriété", room="CM") == "\n\n".join(told)


async def test_another_year(town: Town) -> None:
    """Nothing was filed then; accents don't matter."""
    assert (await town.says("vidal", "sobriete en 2025")).startswith("Sobriété 2025\n\n- Déposé : 0 document, 0 page\n")


async def test_only_what_one_may_see_is_counted(town: Town) -> None:
    """M. Petit doesn't sit in Eau."""
    said = await town.says("petit", "!sobriété 2026")
    assert said.startswith("Sobriété 2026\n\n- Déposé : 0 document")
    assert "EAU" not in said
