"""Filing: what is dropped gets its reference, its title, its place."""

import pytest

from bot.town import Town
from tests.storage.hostile import FILED


async def test_a_caption_gives_the_title_and_the_place(town: Town) -> None:
    """A point's number, a session's date, an item's own words; without any, the coming session."""
    assert (
        await town.drops("vidal", b"un", "a.txt", caption="point 1", room="EAU")
        == "Classé : EAU-2026-002 A, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"deux", "b.txt", caption="Plan du réservoir, point 1", room="EAU")
        == "Classé : EAU-2026-003 Plan du réservoir, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"trois", "c.txt", caption="Note pour la séance du 26 mars", room="EAU")
        == "Classé : EAU-2026-004 Note, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"quatre", "d.txt", caption="Réservoir des Buttes : photos", room="EAU")
        == "Classé : EAU-2026-005 Réservoir des Buttes : photos, pour le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"cinq", "compte_rendu_de_visite.txt", room="EAU")
        == "Classé : EAU-2026-006 Compte rendu de visite, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"six", "e.txt", caption="point 9", room="EAU")
        == "Classé : EAU-2026-007 E, pour la séance du jeudi 26 mars 2026 (elle n'a pas de point 9)."
    )
    assert await town.drops("vidal", b"sept", "f.txt", caption="Rapport", room="CM") == "Classé : CM-2026-001 Rapport."


async def test_the_same_file_twice_is_told_where_it_is(town: Town) -> None:
    """Nothing is stored twice."""
    await town.drops("vidal", b"le meme", "a.txt", caption="Premier", room="EAU")
    assert (
        await town.drops("roux", b"le meme", "b.txt", caption="Second", room="EAU")
        == "Ce fichier est déjà classé : EAU-2026-002 Premier."
    )


async def test_an_empty_file_is_refused(town: Town) -> None:
    """And says what to do."""
    assert (
        await town.drops("vidal", b"", "vide.txt", room="EAU")
        == "Ce fichier est vide : je ne l'ai pas classé. Vérifiez-le, puis déposez-le de nouveau."
    )


async def test_a_file_by_no_member_is_refused(town: Town) -> None:
    """A stranger, and a councillor of other commissions."""
    assert (
        await town.drops("faure", b"x", "x.txt", room="EAU")
        == "Je ne vous trouve pas dans la liste des membres de la commune : je ne peux pas vous répondre. Si vous devriez y être, signalez-le à la mairie."
    )
    assert (
        await town.drops("petit", b"x", "x.txt", room="EAU")
        == "Vous ne siégez pas dans « Commission de l'eau » : je n'ai pas classé ce fichier."
    )


async def test_a_file_that_cannot_be_read_is_filed_all_the_same(town: Town) -> None:
    """It says so, and it is sent when asked for."""
    assert (
        await town.drops("vidal", bytes(range(256)) * 4, "photo.bin", caption="Photo", room="EAU")
        == "Classé : EAU-2026-002 Photo, pour la séance du jeudi 26 mars 2026. Je ne pourrai pas le chercher par son texte : je ne sais pas lire ce genre de fichier."
    )
    assert (
        await town.says("vidal", "envoyer EAU-2026-002")
        == """EAU-2026-002 Photo

[fichier : photo.bin]"""
    )


async def test_a_file_given_in_private_is_asked_whose_it_is(town: Town) -> None:
    """A number files it; a caption that names the body files at once; who sits in one body only is not asked."""
    assert (
        await town.drops("vidal", b"un", "plan.txt", caption="Plan")
        == """J'ai bien reçu plan.txt. Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau

Répondez par un numéro."""
    )
    assert await town.says("vidal", "2") == "Classé : EAU-2026-002 Plan, pour la séance du jeudi 26 mars 2026."
    assert (
        await town.says("vidal", "2")
        == "Je n'ai pas de fichier de vous en attente. Envoyez-moi le fichier ici, ou déposez-le dans le salon."
    )
    assert (
        await town.drops("vidal", b"deux", "devis.txt", caption="eau : devis de la pompe")
        == "Classé : EAU-2026-003 devis de la pompe, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"trois", "releve.txt", caption="Relevé des compteurs pour la commission de l'eau")
        == "Classé : EAU-2026-004 Relevé des compteurs, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"quatre", "releve_2.txt", caption="eau")
        == "Classé : EAU-2026-005 Releve 2, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("blanc", b"cinq", "avis.txt")
        == "Classé : EAU-2026-006 Avis, pour la séance du jeudi 26 mars 2026."
    )
    assert (
        await town.drops("vidal", b"six", "n.txt", caption="Note voirie")
        == """J'ai bien reçu n.txt. Pour quelle commission ?

1. Conseil municipal
2. Commission de l'eau

Répondez par un numéro."""
    )


HOSTILE = (
    "a form that draws itself",
    "an outline that loops",
    "scripts and programs",
    "macros",
    "names that turn around",
)


@pytest.mark.parametrize("name", [*HOSTILE, "a letter of a thousand attachments"])
async def test_a_hostile_file_is_filed_like_another(town: Town, name: str) -> None:
    """Under its reference, with a name that is safe to read; what is asked next is answered."""
    said = await town.drops("vidal", FILED[name][0](), "../../devis\u202efdp.exe", caption="Devis", room="EAU")
    assert said.startswith("Classé : EAU-2026-002 Devis")
    assert "\u202e" not in said
    assert (await town.says("vidal", "agenda")).startswith("Prochaine")
