"""Déports: said ahead, by oneself or for another; shown, counted by the rule of each case, taken back until the session."""

from datetime import timedelta

import pytest

from bot.town import Town
from tests.commands.summons import told_to

COUNCIL = "Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie"
POINT = "point 2 (Subvention au club)"


@pytest.fixture
async def council(town: Town) -> Town:
    """A session of the council with three points, the last of which is the mayor's account."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    for title in ("Tarifs", "Subvention au club", "Compte financier unique 2025"):
        await town.says("arnaud", f"!point {title}", room="CM")
    return town


async def test_one_says_so_and_the_rule_is_asked_never_the_reason(council: Town) -> None:
    """By a plain sentence, in private; then a number. The chair is told."""
    assert (
        await council.says("vidal", "je me déporte sur le point 2 du conseil")
        == "Point 2 (Subvention au club), séance du jeudi 12 mars 2026 : pourquoi ce déport ? Je ne garde que la règle qui s'applique, aucun motif.\n\n"
        "1. Un intérêt personnel : famille, entreprise, association\n"
        "2. La commune est représentée dans l'organisme concerné (article L. 1111-6, II)\n\nRépondez par un numéro."
    )
    said = f"Lucie Vidal ne prendra part ni au débat ni au vote du {POINT} : {COUNCIL}."
    counted = "Cette personne n'y compte pas comme présente ; le nombre de présents qu'il faut ne change pas (article L. 2131-11 du CGCT ; Conseil d'État, 19 janvier 1983, Chauré)."
    assert (
        await council.says("vidal", "1")
        == f"C'est noté : {said} {counted} Pensez à quitter la salle avant le débat. !déport retirer 2 l'annule, jusqu'à la séance."
    )
    assert (await told_to(council, "arnaud"))[-1] == f"Déport : {said} {counted}"


async def test_the_agenda_shows_who_leaves_the_room(council: Town) -> None:
    """Without why; the mayor leaves at the vote of the account, said or not."""
    await council.says("arnaud", "!déport 2 M. Petit représentant", room="CM")
    said = await council.says("vidal", "!odj", room="CM")
    assert said.endswith(
        "3. Compte financier unique 2025\n\nNe prennent part ni au débat ni au vote (article L. 2131-11 du CGCT)\n\n"
        "- Point 2 : Jean Petit\n- Point 3 : Blanche Arnaud (le maire se retire au vote de son compte, article L. 2121-14 du CGCT)"
    )


async def test_the_quorum_of_each_point_is_counted_by_its_rule(council: Town) -> None:
    """Four in exercise: a delegate leaves three, of whom two; a personal interest still asks for three of the four."""
    await council.says("arnaud", "!déport 1 M. Petit intérêt", room="CM")
    await council.says("arnaud", "!déport 2 M. Petit représentant", room="CM")
    for who in ("arnaud", "roux", "petit"):
        await council.says(who, "!présent", room="CM")
    said = await council.says("arnaud", "!quorum", room="CM")
    assert "Membres en exercice : 4. Il faut 3 présents" in said
    assert (
        "Déports\n\n- Point 1, Tarifs : Jean Petit (article L. 2131-11 du CGCT ; Conseil d'État, 19 janvier 1983, Chauré). Membres en exercice : 4, "
        "il faut 3 présents ; le quorum n'y est pas encore acquis : il manque 1 présent. Une lecture plus souple de la loi en demanderait 2.\n"
        "- Point 2, Subvention au club : Jean Petit (articles L. 1111-6 et L. 2131-11 du CGCT). Membres en exercice : 3, il faut 2 présents ; le "
        "quorum y est acquis si chacun vient comme annoncé.\n"
        "- Point 3, Compte financier unique 2025 : Blanche Arnaud (article L. 2121-14 du CGCT). Membres en exercice : 4, il faut 3 présents ; le "
        "quorum n'y est pas encore acquis : il manque 1 présent.\n\n"
    ) in said


async def test_the_mayor_has_no_choice_at_their_account(council: Town) -> None:
    """The law sees to it, and the council elects who presides that vote."""
    assert (
        await council.says("arnaud", "!déport 3", room="CM")
        == "Au point 3 (Compte financier unique 2025), la loi s'en charge : le maire se retire au vote, n'y compte pas comme présent, et n'y utilise ni ne donne aucun pouvoir (article L. 2121-14 du CGCT). Le conseil élit qui préside ce vote."
    )


async def test_a_pouvoir_falls_for_that_point(council: Town) -> None:
    """Held or given: the other one is told; given later, it is said at once."""
    await council.says("vidal", "!pouvoir Roux", room="CM")
    await council.says("roux", "oui")
    said = await council.says("roux", "!déport 2 intérêt", room="CM")
    assert "Le pouvoir de Lucie Vidal n'y compte pas (article L. 2131-11 du CGCT)." in said
    assert (await told_to(council, "vidal"))[-1] == (
        f"Hugo Roux se déporte sur le {POINT} : votre pouvoir n'y comptera pas (article L. 2131-11 du CGCT). !pouvoir NOM en désigne un autre, pour toute la séance."
    )
    await council.says("vidal", "!déport 1 intérêt", room="CM")
    assert (await told_to(council, "roux"))[
        -1
    ] == "Lucie Vidal se déporte sur le point 1 : n'y votez pas en son nom (article L. 2131-11 du CGCT)."
    assert "Pouvoirs qui n'y comptent pas : Lucie Vidal." in await council.says("arnaud", "!quorum", room="CM")
    said = await council.says("vidal", "!pouvoir Roux", room="CM")
    assert "Il ne comptera pas aux points 1 et 2, où l'un de vous se déporte (article L. 2131-11 du CGCT)." in said


async def test_it_is_taken_back_until_the_session(council: Town) -> None:
    """By a command or a sentence; not twice, and not once it has begun."""
    await council.says("petit", "!déport 2 intérêt", room="CM")
    assert (
        await council.says("petit", "je ne me déporte plus sur le point 2")
        == f"C'est noté : Jean Petit prendra part au {POINT} : {COUNCIL}."
    )
    assert (
        await council.says("petit", "!déport retirer 2", room="CM")
        == "Aucun déport de Jean Petit n'est noté au point 2. !odj montre ceux qui le sont."
    )
    council.clock.push(timedelta(days=11))
    assert "Je ne trouve pas de séance à venir" in await council.says("petit", "!déport 2", room="CM")


async def test_only_the_town_hall_speaks_for_another(council: Town) -> None:
    """Who sits there, about a point that exists."""
    assert (
        await council.says("petit", "!déport 2 Vidal intérêt", room="CM")
        == "Seuls la présidence, le maire et les agents répondent à la place d'un autre."
    )
    assert "n'a pas de siège aujourd'hui" in await council.says("arnaud", "!déport 2 Martin intérêt", room="CM")
    assert (
        await council.says("petit", "!déport 9", room="CM")
        == "Il n'y a pas de point 9 à la séance du jeudi 12 mars 2026. !odj les montre."
    )
    assert await council.says("petit", "!déport", room="CM") == "Il manque le numéro du point. Par exemple : !déport 1"


async def test_a_point_that_leaves_takes_its_deports(council: Town) -> None:
    """And one that moves keeps them."""
    await council.says("arnaud", "!déport 2 Petit intérêt", room="CM")
    await council.says("arnaud", "!point 2 en 1", room="CM")
    assert "- Point 1 : Jean Petit" in await council.says("arnaud", "!odj", room="CM")
    await council.says("arnaud", "!point retirer 1 oui", room="CM")
    assert "Jean Petit" not in await council.says("arnaud", "!odj", room="CM")
