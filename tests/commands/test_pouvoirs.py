"""Pouvoirs: given, accepted, ended; each refusal with its article (CGCT, L. 2121-20)."""

from datetime import timedelta

import pytest

from bot.town import Town

COUNCIL = "Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie"
WRITTEN = "Un pouvoir est aussi écrit, daté et signé (article L. 2121-20 du CGCT) : remettez-le à la mairie ; il ne compte pas dans le quorum (article L. 2121-17 du CGCT)."


@pytest.fixture
async def council(town: Town) -> Town:
    """A session of the council is planned."""
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h à la mairie oui", room="CM")
    return town


def _owed(town: Town, start: str) -> str:
    """The last thing told to somebody in private that begins so."""
    return [text for _, text in town.heard if text.startswith(start)][-1]


async def test_a_pouvoir_is_given_accepted_and_known(council: Town) -> None:
    """Its bearer says oui; its giver is told."""
    assert (
        await council.says("vidal", "je donne pouvoir à M. Roux pour le conseil")
        == f"C'est noté. Vous donnez pouvoir à Hugo Roux : {COUNCIL}. Je lui demande de l'accepter. {WRITTEN}\n\n"
        "1. Le pouvoir à signer en PDF\n\nRépondez 1."
    )
    assert (
        _owed(council, "Lucie Vidal vous")
        == f"Lucie Vidal vous donne pouvoir : {COUNCIL}. L'acceptez-vous ? Vous voterez en son nom.\n\nRépondez oui ou non."
    )
    assert await council.says("roux", "oui") == f"C'est noté : Hugo Roux votera au nom de Lucie Vidal, {COUNCIL}."
    assert _owed(council, "Hugo Roux accepte") == f"Hugo Roux accepte votre pouvoir : {COUNCIL}. {WRITTEN}"
    assert "Lucie Vidal (pouvoir à Hugo Roux)" in await council.says("arnaud", "!quorum", room="CM")


async def test_a_bearer_may_refuse(council: Town) -> None:
    """The giver is told, and may ask somebody else."""
    await council.says("vidal", "pouvoir Roux conseil")
    assert await council.says("roux", "non") == f"C'est noté : le pouvoir de Lucie Vidal est refusé, {COUNCIL}."
    assert (
        _owed(council, "Hugo Roux ne prend")
        == f"Hugo Roux ne prend pas votre pouvoir : {COUNCIL}. !pouvoir NOM en désigne un autre."
    )
    await council.says("vidal", "pouvoir Petit conseil")
    assert await council.says("petit", "non") == f"C'est noté : le pouvoir de Lucie Vidal est refusé, {COUNCIL}."


async def test_it_ends_when_the_giver_comes(council: Town) -> None:
    """And the bearer is told."""
    await council.says("vidal", "!pouvoir Roux", room="CM")
    await council.says("roux", "oui")
    assert (
        await council.says("vidal", "!présente", room="CM")
        == f"Votre présence est notée : {COUNCIL}. Le pouvoir donné à Hugo Roux prend fin. Vous pouvez changer d'avis jusqu'à la séance."
    )
    assert _owed(council, "Lucie Vidal sera là") == f"Lucie Vidal sera là : vous n'avez plus son pouvoir ({COUNCIL})."
    assert "n'a pas donné de pouvoir" in await council.says("roux", "pouvoir accepter Vidal conseil")


async def test_it_ends_when_the_bearer_does_not_come(council: Town) -> None:
    """And the giver is told."""
    await council.says("vidal", "!pouvoir Roux", room="CM")
    assert "Le pouvoir de Lucie Vidal prend fin." in await council.says("roux", "!absent", room="CM")
    assert (
        _owed(council, "Hugo Roux ne sera pas là")
        == f"Hugo Roux ne sera pas là : votre pouvoir prend fin ({COUNCIL}). !pouvoir NOM en désigne un autre."
    )


async def test_each_rule_refuses_with_its_article(council: Town) -> None:
    """One each, coming, in office, of the council, no chain, not oneself."""
    assert (
        await council.says("vidal", "!pouvoir Roux", room="EAU")
        == "Un pouvoir ne se donne que pour le conseil municipal (article L. 2121-20 du CGCT). Dites !absent pour prévenir de votre absence."
    )
    assert (
        await council.says("vidal", "!pouvoir Vidal", room="CM")
        == "Un pouvoir se donne à un collègue, pas à soi-même (article L. 2121-20 du CGCT)."
    )
    assert (
        await council.says("vidal", "!pouvoir Odile Blanc", room="CM")
        == "Un pouvoir va à un collègue, membre en exercice du conseil (article L. 2121-20 du CGCT) : Odile Blanc ne l'est pas."
    )
    await council.says("vidal", "!pouvoir Roux", room="CM")
    assert (
        await council.says("petit", "!pouvoir Roux", room="CM")
        == "Hugo Roux a déjà reçu un pouvoir : un conseiller n'en porte qu'un seul (article L. 2121-20 du CGCT)."
    )
    assert (
        await council.says("roux", "!pouvoir Petit", room="CM")
        == "Hugo Roux porte déjà le pouvoir d'un collègue, et un pouvoir ne se transmet pas (article L. 2121-20 du CGCT) : dites d'abord !absent, son donneur en sera averti."
    )
    assert (
        await council.says("petit", "!pouvoir Vidal", room="CM")
        == "Lucie Vidal ne sera pas dans la salle : personne ne vote au nom d'un autre sans y être (article L. 2121-20 du CGCT)."
    )


async def test_the_town_hall_enters_a_pouvoir_on_paper(council: Town) -> None:
    """Whose bearer is asked all the same; one without an account answers through it."""
    await council.arrives("Marcel", "Bonnet", "CM")
    await council.arrives("Marcel", "Bonnet", "CM")
    assert (
        await council.says("martin", "!pouvoir M. Bonnet à Mme Vidal", room="CM")
        == f"C'est noté. Marcel Bonnet donne pouvoir à Lucie Vidal : {COUNCIL}. Je lui demande de l'accepter. {WRITTEN}"
    )
    assert (
        await council.says("petit", "!pouvoir Bonnet à Roux", room="CM")
        == "Seuls la présidence, le maire et les agents entrent le pouvoir d'un autre."
    )
    assert (await council.says("roux", "!pouvoir accepter Bonnet", room="CM")).startswith(
        "Ce pouvoir est donné à Lucie Vidal"
    )
    await council.says("martin", "!présent Bonnet", room="CM")
    await council.says("petit", "!pouvoir Bonnet", room="CM")
    assert (
        await council.says("martin", "!pouvoir accepter Petit", room="CM")
        == f"C'est noté : Marcel Bonnet votera au nom de Jean Petit, {COUNCIL}."
    )


async def test_the_fourth_session_in_a_row_needs_a_new_paper(council: Town) -> None:
    """The same pouvoir is good for three; a new one is asked for, and kept on oui."""
    for day in ("jeudi 12 mars", "jeudi 19 mars", "jeudi 26 mars", "jeudi 2 avril"):
        await council.says("arnaud", f"!séance {day} à 20 h à la mairie oui", room="CM")
    for day in ("12 mars", "19 mars", "26 mars"):
        assert "Vous donnez pouvoir" in await council.says("vidal", f"!pouvoir Roux {day}", room="CM")
        await council.says("roux", "oui")
    assert (
        await council.says("vidal", "!pouvoir Roux 2 avril", room="CM")
        == "Ce serait la 4e séance de suite. Un même pouvoir ne vaut que pour 3 séances consécutives, sauf maladie dûment constatée (article L. 2121-20 du CGCT). En est-ce un nouveau, écrit et signé ?\n\nRépondez oui ou non."
    )
    assert "Vous donnez pouvoir à Hugo Roux" in await council.says("vidal", "oui", room="CM")


async def test_what_is_over_takes_no_pouvoir(council: Town) -> None:
    """Until the session; not after."""
    council.clock.push(timedelta(days=11))
    assert "Je ne trouve pas de séance à venir" in await council.says("vidal", "!pouvoir Roux", room="CM")


async def test_only_the_council_is_asked_about(council: Town) -> None:
    """A commission meets too, but a pouvoir is for the council: which session is meant is not asked."""
    assert f"Vous donnez pouvoir à Hugo Roux : {COUNCIL}" in await council.says("vidal", "je donne pouvoir à M. Roux")
