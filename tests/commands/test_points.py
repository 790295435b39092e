"""The agenda: points are added, moved, changed, taken off; after the convocation, what the law says is told."""

import pytest

from bot.town import Town
from commands._agenda import LAST, Said, read_point

CHANGES = {
    "3 en 1": Said(number=3, place=1),
    "3 à la place 1": Said(number=3, place=1),
    "le 3 passe en premier": Said(number=3, place=1),
    "point 3 passe en premier": Said(number=3, place=1),
    "3 devient 2": Said(number=3, place=2),
    "3 passe en position 2": Said(number=3, place=2),
    "n° 3 passe au numéro 2": Said(number=3, place=2),
    "3 passe en dernier": Said(number=3, place=LAST),
    "3 avant 1": Said(number=3, place=1, beside=-1),
    "3 passe après le point 4": Said(number=3, place=4, beside=1),
    "retirer 3": Said(number=3, leaves=True),
    "retirer le point 3 de l'ordre du jour": Said(number=3, leaves=True),
    "supprimer 12": Said(number=12, leaves=True),
    "3 est retiré": Said(number=3, leaves=True),
    "3": Said(number=3),
    "3 devis pour la voirie": Said(title="3 devis pour la voirie"),
    "Retirer les bacs de la place": Said(title="Retirer les bacs de la place"),
    "Passage en 2": Said(title="Passage en 2"),
}


@pytest.mark.parametrize("words", CHANGES)
def test_a_change_is_told_from_a_title(words: str) -> None:
    """A title may begin with a number."""
    assert read_point(words) == CHANGES[words]


async def _three(town: Town) -> None:
    for title in (
        "Choix du prestataire pour avis",
        "Questions diverses",
        "Calendrier des travaux rapporteur Lucie Vidal",
    ):
        await town.says("roux", f"!point {title}", room="EAU")


async def test_points_are_numbered_and_diverse_questions_stay_last(town: Town) -> None:
    """What each is for and who presents it are shown."""
    await _three(town)
    assert (
        await town.says("vidal", "odj eau")
        == """Ordre du jour : Commission de l'eau

jeudi 26 mars 2026 à 18 h 30, mairie

1. Réservoir des Buttes (rapporteur : Hugo Roux)
  - EAU-2026-001 Devis du réservoir
2. Choix du prestataire (pour avis)
3. Calendrier des travaux (rapporteur : Lucie Vidal)
4. Questions diverses (pour information)"""
    )


async def test_points_move_and_change(town: Town) -> None:
    """By a line or by a sentence; the whole order is shown."""
    await _three(town)
    assert (
        await town.says("roux", "!point 3 en 1", room="EAU")
        == """Le point 3 devient le point 1, séance du jeudi 26 mars 2026 :

1. Calendrier des travaux
2. Réservoir des Buttes
3. Choix du prestataire
4. Questions diverses"""
    )
    assert (
        await town.says("roux", "le point 3 passe avant le point 2")
        == """Le point 3 devient le point 2, séance du jeudi 26 mars 2026 :

1. Calendrier des travaux
2. Choix du prestataire
3. Réservoir des Buttes
4. Questions diverses"""
    )
    assert (
        await town.says("roux", "!point 2 pour information", room="EAU")
        == "Point 2 de la séance du jeudi 26 mars 2026 : Choix du prestataire (pour information)."
    )
    assert (
        await town.says("roux", "!point 2 rapporteur Odile Blanc pour avis", room="EAU")
        == "Point 2 de la séance du jeudi 26 mars 2026 : Choix du prestataire (pour avis, rapporteur : Odile Blanc)."
    )
    assert await town.says("roux", "!point 1 en 1", room="EAU") == "Le point 1 est déjà à cette place."
    assert (
        await town.says("roux", "!point 9 en 1", room="EAU")
        == "Il n'y a pas de point 9 à la séance du jeudi 26 mars 2026. !odj les montre."
    )
    assert (
        await town.says("roux", "!point 2", room="EAU")
        == "Que dois-je changer au point 2 (Choix du prestataire) ? Par exemple : !point 2 en 1, !point 2 pour avis, !point retirer 2."
    )


async def test_a_point_leaves_and_its_papers_stay(town: Town) -> None:
    """It is confirmed first; the others close up, and its number means the next one."""
    await _three(town)
    assert (
        await town.says("roux", "!point retirer 1", room="EAU")
        == """Je retire le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026 ; ses documents et ses questions restent à la séance. C'est bien cela ?

Répondez oui ou non."""
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == "C'est fait : le point 1 (Réservoir des Buttes) de la séance du jeudi 26 mars 2026 est retiré."
    )
    heard = await town.says("vidal", "odj eau")
    assert "1. Choix du prestataire (pour avis)\n2. Calendrier" in heard
    assert "- EAU-2026-001 Devis du réservoir" in heard


async def test_nothing_is_decided_under_diverse_questions(town: Town) -> None:
    """Conseil d'État, 29 September 1982, Richert."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    assert (
        await town.says("arnaud", "!point Questions diverses : vote d'une subvention", room="CM")
        == "Rien ne se décide sous les « questions diverses » : chaque décision doit être un point de l'ordre du jour envoyé avec la convocation (article L. 2121-10 du CGCT ; Conseil d'État, 29 septembre 1982, Richert, n° 17176). Faites-en un point à part : !point suivi de son titre."
    )
    await town.says("arnaud", "!point Questions diverses", room="CM")
    assert (await town.says("arnaud", "!point 1 pour décision", room="CM")).startswith("Rien ne se décide")
    assert (
        await town.says("roux", "!point Réservoir pour décision", room="EAU")
        == "Une commission étudie et donne un avis ; c'est le conseil qui décide (article L. 2121-22 du CGCT). Écrivez « pour avis », ou mettez ce point à l'ordre du jour du conseil."
    )


async def _convoked(town: Town) -> None:
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    await town.says("arnaud", "!point Budget pour information", room="CM")
    await town.says("arnaud", "!point Voirie pour décision", room="CM")
    await town.says("arnaud", "!convoquer oui", room="CM")
    town.heard.clear()


async def test_after_the_convocation_the_law_is_told(town: Town) -> None:
    """Leaving is free but told to each; the order is warned about; a kind can't become a decision; an addition is rectified."""
    await _convoked(town)
    assert (
        await town.says("arnaud", "!point 2 en 1", room="CM")
        == """La convocation CM-2026-01 est partie avec les numéros d'aujourd'hui : ils ne seront plus les mêmes. L'ordre des points se change aussi à l'ouverture de la séance, sans rien renvoyer. Je le déplace quand même ?

Répondez oui ou non."""
    )
    assert (
        await town.says("arnaud", "!point 1 pour décision", room="CM")
        == "Ce point a été convoqué pour information (CM-2026-01) : une décision n'y est pas annoncée, elle pourrait être annulée (article L. 2121-10 du CGCT). Ajoutez un nouveau point pour décision, puis !convoquer : il aura son propre délai."
    )
    assert (
        await town.says("arnaud", "!point retirer 2", room="CM")
        == """Je retire le point 2 (Voirie) de la séance du jeudi 12 mars 2026 ; ses documents et ses questions restent à la séance. La convocation CM-2026-01 est partie avec lui. Le retirer est permis jusqu'à l'ouverture (rép. min. Assemblée nationale n° 52747, 25 août 2009) : chaque personne convoquée en sera avertie en privé, ou par la mairie si elle l'a sur papier. C'est bien cela ?

Répondez oui ou non."""
    )
    town.heard.clear()
    await town.says("arnaud", "oui", room="CM")
    told = [text for where, text in town.heard if where == "!petit:sainte-colombe.fr"]
    assert told == [] or told[0].startswith("Point retiré de l'ordre du jour : Voirie")
    assert "La convocation CM-2026-01 vaut pour les autres points." in "\n".join(text for _, text in town.heard)


async def test_a_point_added_after_the_convocation_is_not_taken_for_one_that_left(town: Town) -> None:
    """Convocations name points by their rows: a new one is never convoked by an older sending."""
    await _convoked(town)
    await town.says("arnaud", "!point retirer 2 oui", room="CM")
    assert (
        await town.says("arnaud", "!point Éclairage public pour décision", room="CM")
        == "Point 2 ajouté à la séance du jeudi 12 mars 2026 : Éclairage public (pour décision). La convocation CM-2026-01 est partie sans lui : !convoquer CM envoie la convocation rectificative, qui a son propre délai."
    )
    assert (await town.says("arnaud", "!convoquer", room="CM")).startswith("Convocation rectificative")


async def test_diverse_questions_stay_last_after_the_convocation_too(town: Town) -> None:
    """The point that is added comes before them, and is rectified."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    await town.says("arnaud", "!point Budget pour décision", room="CM")
    await town.says("arnaud", "!point Questions diverses", room="CM")
    await town.says("arnaud", "!convoquer oui", room="CM")
    assert (await town.says("arnaud", "!point Éclairage public pour décision", room="CM")).startswith(
        "Point 2 ajouté à la séance du jeudi 12 mars 2026 : Éclairage public (pour décision). La convocation CM-2026-01 est partie"
    )
    assert "3. Questions diverses" in await town.says("petit", "!odj", room="CM")
    shown = await town.says("arnaud", "!convoquer", room="CM")
    assert "2. Éclairage public (pour décision) (ajouté)\n3. Questions diverses" in shown
