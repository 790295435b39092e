"""Answers by number, word and sign: whose they are, how long they wait."""

from datetime import timedelta

import pytest

from bot.town import Town


async def test_a_number_chooses_as_often_as_one_likes(town: Town) -> None:
    """A list stays a list."""
    assert (
        await town.says("vidal", "documents")
        == """Derniers documents

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie."""
    )
    assert (
        await town.says("vidal", "1")
        == """EAU-2026-001 Devis du réservoir

[fichier : devis-reservoir.txt]"""
    )
    for said in ("n°1", "le 1", "numéro 1", "1.", "1️⃣", "!1"):
        assert await town.says("vidal", said) == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"


async def test_a_wrong_number_is_told_the_right_ones(town: Town) -> None:
    """Never silent in private."""
    assert await town.says("vidal", "aide") != ""
    assert await town.says("vidal", "7") == "Répondez 1 ou 2."
    assert await town.says("vidal", "oui") == "Répondez 1 ou 2."
    await town.says("vidal", "documents")
    assert await town.says("vidal", "3") == "Il n'y a qu'un choix : répondez 1."


async def test_an_answer_without_a_question_is_told_so(town: Town) -> None:
    """Nothing waits for it."""
    assert (
        await town.says("vidal", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert (
        await town.says("vidal", "2")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )


async def test_reactions_choose(town: Town) -> None:
    """1️⃣ on a list, ✅ and 👍 (of any skin) or ❌ on a question; any other sign says nothing."""
    await town.says("vidal", "!documents", room="EAU")
    assert (
        await town.taps("vidal", "1️⃣", room="EAU")
        == "EAU-2026-001 Devis du réservoir\n\n[fichier : devis-reservoir.txt]"
    )
    await town.says("roux", "!annuler", room="EAU")
    assert await town.taps("roux", "🎉", room="EAU") == ""
    assert await town.taps("roux", "2️⃣", room="EAU") == ""
    assert await town.taps("roux", "❌", room="EAU") == "C'est entendu, rien n'a été changé."
    await town.says("roux", "!annuler", room="EAU")
    assert (
        await town.taps("roux", "👍🏽", room="EAU")
        == """Séance annulée : Commission de l'eau

Elle était prévue le jeudi 26 mars 2026 à 18 h 30, mairie."""
    )


async def test_an_offer_is_its_askers(town: Town) -> None:
    """Somebody else's word, number or sign says nothing in a room."""
    await town.says("roux", "!annuler", room="EAU")
    assert await town.says("vidal", "oui", room="EAU") == ""
    assert await town.taps("vidal", "✅", room="EAU") == ""
    assert await town.says("roux", "oui", room="CM") == ""
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert (
        await town.says("roux", "oui", room="EAU")
        == """Séance annulée : Commission de l'eau

Elle était prévue le jeudi 26 mars 2026 à 18 h 30, mairie."""
    )


async def test_a_confirmation_is_answered_once(town: Town) -> None:
    """The second "oui" finds nothing to confirm."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", "oui") == "C'est fait, et annoncé dans le salon « Commission de l'eau »."
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    assert await town.taps("roux", "✅") == ""


async def test_an_offer_expires_after_two_days(town: Town) -> None:
    """Later, "oui" means something else."""
    await town.says("roux", "annuler eau")
    await town.waits(timedelta(days=2, minutes=1))
    assert (
        await town.says("roux", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )


async def test_a_late_word_in_a_room_is_said_to_somebody_else(town: Town) -> None:
    """Ten minutes later "oui" answers a colleague; a reply to the bot's message, or its name, still answers the bot."""
    await town.says("roux", "!annuler", room="EAU")
    await town.waits(timedelta(minutes=11))
    assert await town.says("roux", "oui", room="EAU") == ""
    assert await town.says("roux", "Appariteur, non", room="EAU") == "C'est entendu, rien n'a été changé."


async def test_a_reply_to_a_colleague_is_not_an_answer(town: Town) -> None:
    """What a message answers to tells whom it is said to."""
    await town.says("roux", "!annuler", room="EAU")
    assert await town.says("roux", "oui", room="EAU", reply_to="$of-vidal") == ""


@pytest.mark.parametrize("said", ["oui merci", "Oui, c'est bien cela.", "ok", "D’accord", "OUI !", "✅", "👍"])
async def test_people_say_yes_in_many_ways(town: Town, said: str) -> None:
    """All of them confirm."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", said) == "C'est fait, et annoncé dans le salon « Commission de l'eau »."


@pytest.mark.parametrize("said", ["non merci", "Non.", "surtout pas", "laisse tomber", "❌", "👎"])
async def test_people_say_no_in_many_ways(town: Town, said: str) -> None:
    """All of them leave things as they are."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", said) == "C'est entendu, rien n'a été changé."


async def test_another_command_may_come_between(town: Town) -> None:
    """A question that isn't answered gives way."""
    await town.says("roux", "annuler eau")
    assert await town.says("roux", "merci") == "Avec plaisir."
    await town.says("roux", "documents")
    assert (await town.says("roux", "oui")).startswith("EAU-2026-001 Devis du réservoir")
