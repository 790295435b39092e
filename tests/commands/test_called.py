"""A paper called by its words where a reference is wanted: nobody on a phone remembers a reference."""

import pytest

from bot.town import Town
from tests.storage.makers import paper

ONE = "\n\n1. EAU-2026-001 Devis du réservoir\n\nRépondez 1."
RETIRED = "EAU-2026-001 Devis du réservoir ne sera plus ni montré ni trouvé."


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("!retirer le devis", "le devis"),
        ("!retirer le devis pour le réservoir", "le devis pour le réservoir"),
        ("je veux retirer le devis", "le devis"),
        ("il faudrait retirer les devis du réservoir", "les devis du réservoir"),
        ("!retirer étanchéité", "étanchéité"),
    ],
)
async def test_it_is_asked_which_one_then_done(town: Town, said: str, called: str) -> None:
    """Never done at once: even a single one is asked; by its title, else by what it says."""
    assert await town.says("roux", said) == f"Quel document est-ce, « {called} » ?{ONE}"
    assert (await town.says("roux", "1")).startswith(RETIRED)


async def test_several_are_offered_and_the_line_goes_on(town: Town) -> None:
    """What follows the words is kept for the line that is chosen."""
    await town.drops("roux", paper("Second devis"), "d2.pdf", caption="Devis de la clôture", room="EAU")
    assert await town.says("roux", "partage le devis avec le conseil", room="") == (
        "Quel document est-ce, « le devis » ?\n\n1. EAU-2026-002 Devis de la clôture\n2. EAU-2026-001 Devis du réservoir\n\n"
        "Répondez par un numéro."
    )
    assert "« Conseil municipal »" in await town.says("roux", "2")


async def test_only_what_one_may_see_is_offered(town: Town) -> None:
    """M. Petit doesn't sit there: the paper is not so much as named."""
    said = await town.says("petit", "!envoyer devis du réservoir")
    assert said.startswith("« devis du réservoir » n'est pas une référence de document.")
    assert "EAU" not in said


async def test_numbers_and_nothing_are_no_words(town: Town) -> None:
    """A paper that holds a number isn't called by it."""
    assert "n'est pas une référence" in await town.says("roux", "!retirer 48 200")
    assert "n'est pas une référence" in await town.says("roux", "!retirer tout")


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("c combien le devis ?", "1 document pour « devis »"),
        ("combien coûte la clôture ?", "1 document pour « clôture »"),
        ("qu'est-ce qui est arrivé cette semaine ?", "Derniers documents"),
        ("montre moi les documents de la commission de l'eau", "Derniers documents"),
    ],
)
async def test_what_people_want_of_papers_is_understood(town: Town, said: str, start: str) -> None:
    """A price is in a paper; what is new is the last papers; so are a commission's."""
    assert (await town.says("vidal", said)).startswith(start)


@pytest.mark.parametrize(
    ("said", "called", "done"),
    [
        ("partager budget primitif CM", "budget primitif", "EAU-2026-002 Budget primitif 2026 (1 page) est partagé."),
        ("envoyer budget version 1", "budget", "EAU-2026-002 Budget primitif 2026 (1 page)\n\n[fichier : bp.pdf]"),
        ("renomme le budget en Budget de l'eau", "le budget", "EAU-2026-002 Budget de l'eau (1 page)."),
        ("remplacer le budget par EAU-2026-001", "le budget", "EAU-2026-001 Devis du réservoir deviendra la version 2"),
    ],
)
async def test_the_rest_of_the_line_is_kept(town: Town, said: str, called: str, done: str) -> None:
    """A commission's code, a version, a new title, another reference; the last paper filed is not taken for the one called."""
    await town.drops("roux", paper("Recettes"), "bp.pdf", caption="Budget primitif 2026", room="EAU")
    await town.drops("roux", paper("Autre chose"), "autre.pdf", caption="Convention", room="EAU")
    assert (await town.says("roux", said)).startswith(f"Quel document est-ce, « {called} » ?\n\n1. EAU-2026-002")
    assert (await town.says("roux", "1")).startswith(done)


@pytest.mark.parametrize(
    "said",
    ["le devis svp", "devis réservoir", "étanchéité", "ya quoi sur la clôture", "j'arrive pas à ouvrir le devis"],
)
async def test_what_papers_are_called_is_looked_for_at_once(town: Town, said: str) -> None:
    """Two guesses more would only be a detour."""
    assert "\n\n1. EAU-2026-001 Devis du réservoir" in await town.says("vidal", said)


@pytest.mark.parametrize("said", ["il fait beau", "c'est illisible", "la séance était trop longue, quel dommage"])
async def test_what_calls_no_paper_is_still_asked(town: Town, said: str) -> None:
    """Nor is « beau » a slip for « eau »."""
    assert (await town.says("vidal", said)).startswith("Je n'ai pas compris")


@pytest.mark.parametrize("caption", ["remplacer le devis", "Nouvelle version du devis du réservoir", "remplace devis"])
async def test_a_file_that_replaces_a_paper_by_its_words(town: Town, caption: str) -> None:
    """It is filed first, so that nothing is lost; a number puts it in the other's place."""
    said = await town.drops("roux", paper("Devis corrigé"), "devis2.pdf", caption=caption, room="EAU")
    assert said.startswith("Classé : EAU-2026-002 ")
    assert said.endswith(
        "Quel document remplace-t-il ?\n\n1. EAU-2026-001 Devis du réservoir\n\n"
        "Répondez par un numéro ; sans réponse, il reste classé à part."
    )
    assert "EAU-2026-001 Devis du réservoir" in await town.says("roux", "1", room="EAU")
    assert "version 2" in await town.says("roux", "!versions EAU-2026-001", room="EAU")


async def test_who_may_not_replace_a_paper_is_not_offered_to(town: Town) -> None:
    """Mme Vidal didn't file it: her own file is filed like another."""
    said = await town.drops("vidal", paper("Un autre"), "d.pdf", caption="remplacer le devis", room="EAU")
    assert said.startswith("Classé : EAU-2026-002 ")
    assert "remplace-t-il" not in said
