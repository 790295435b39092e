"""Promise 2: nobody sees what is not theirs, by any command, in private nor in a room; a seat that ended gives nothing."""

from datetime import timedelta

import pytest

from bot.town import Town

SECRETS = ("26 mars", "Réservoir", "Devis", "Hydra", "48 200", "devis-reservoir", "Buttes", "Secret", "Vidal")
ASKED = (
    "agenda",
    "agenda eau",
    "agenda tout",
    "agenda en mars",
    "documents",
    "documents eau",
    "documents du 26 mars",
    "documents devis",
    "chercher réservoir",
    "chercher EAU-2026-001",
    "chercher étanchéité",
    "chercher hydra",
    "envoyer EAU-2026-001",
    "envoyer EAU-2026-001 version 1",
    "versions EAU-2026-001",
    "odj eau",
    "odj eau 26 mars",
    "odj EAU 26/03/2026",
    "qui eau",
    "retirer EAU-2026-001",
    "retirer EAU-2026-001 oui",
    "rétablir EAU-2026-001",
    "classer EAU-2026-001 Mon titre",
    "classer EAU-2026-001 pour 1",
    "remplacer EAU-2026-001",
    "remplacer EAU-2026-001 par EAU-2026-001 oui",
    "séance eau 26 mars à 18 h 30",
    "séance EAU 12 mars à 18 h oui",
    "reporter eau 12 mars à 18 h oui",
    "annuler eau oui",
    "annuler EAU 26/03/2026 oui",
    "point eau Un point",
    "annoncer eau Bonjour",
    "déposer eau",
    "rappels",
    "rappels retirer 1",
    "aide tout",
    "où est le devis ?",
    "c'est quand la prochaine commission de l'eau ?",
    "qui préside l'eau ?",
    "c'est quoi l'ordre du jour de l'eau ?",
    "qu'est-ce que j'ai en mars ?",
)


async def _secret(town: Town) -> None:
    """An announcement, a room's reminder and a new version that the outsider must not learn of."""
    await town.says("roux", "!annoncer demain à 9 h : Secret", room="EAU")
    await town.says("vidal", "!rappel demain à 9 h Secret", room="EAU")
    await town.drops("roux", b"Secret", "secret.txt", caption="remplacer EAU-2026-001", room="EAU")


async def _learns(town: Town, who: str, said: str, room: str = "") -> list[str]:
    answer = await town.says(who, said, room=room)
    typed = said.lower()
    return [
        secret
        for secret in SECRETS
        if secret in answer and secret.lower() not in typed and "Documents : « devis »" not in answer
    ]


@pytest.mark.parametrize("where", ["", "CM"])
async def test_an_outsider_learns_nothing_of_a_commission(town: Town, where: str) -> None:
    """M. Petit sits on the council and Voirie only."""
    await _secret(town)
    before = await town.says("vidal", "versions EAU-2026-001")
    for line in ASKED:
        said = f"!{line}" if where else line
        assert await _learns(town, "petit", said, where) == [], line
    assert await town.says("vidal", "versions EAU-2026-001") == before
    assert "26 mars 2026 à 18 h 30" in await town.says("vidal", "agenda")


async def test_a_council_room_hears_nothing_of_a_commission(town: Town) -> None:
    """Not even when those who ask sit in both: others read the answer."""
    for who in ("vidal", "roux", "arnaud"):
        for line in ASKED:
            assert await _learns(town, who, f"!{line}", "CM") == [], (who, line)


async def test_a_guest_sees_only_their_body(town: Town) -> None:
    """Mme Blanc is a guest of Eau: not of the council."""
    await town.drops("arnaud", b"Budget primitif de la commune", "budget.txt", caption="Budget primitif", room="CM")
    await town.says("arnaud", "!séance jeudi 12 mars à 20 h", room="CM")
    await town.says("arnaud", "oui", room="CM")
    assert (
        await town.says("blanc", "agenda")
        == """Prochaines séances

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )
    assert (
        await town.says("blanc", "documents")
        == """Derniers documents

1. EAU-2026-001 Devis du réservoir

Répondez 1 : je vous l'envoie."""
    )
    assert (
        await town.says("blanc", "chercher budget")
        == "Je ne trouve rien pour « budget » parmi les documents que vous pouvez voir. Essayez un autre mot."
    )
    assert (
        await town.says("blanc", "envoyer CM-2026-001")
        == "Je ne trouve pas de document CM-2026-001 que vous puissiez voir ici. !documents montre ceux qui existent, !chercher les retrouve par leurs mots."
    )
    assert (
        await town.says("blanc", "qui cm")
        == "Vous ne siégez pas dans « Conseil municipal » : je ne peux pas vous en parler."
    )
    assert (
        await town.says("blanc", "agenda cm")
        == "Vous ne siégez pas dans « Conseil municipal » : je ne peux pas vous en parler."
    )
    assert (
        await town.says("blanc", "agenda tout")
        == """Prochaines séances

1. jeudi 26 mars 2026 à 18 h 30, mairie

Répondez 1 pour voir l'ordre du jour."""
    )


async def test_a_council_paper_may_be_spoken_of_where_all_sit_on_the_council(town: Town) -> None:
    """Voirie: Mme Arnaud, M. Petit and M. Martin, who all sit on the council too."""
    await town.drops("arnaud", b"Budget primitif de la commune", "budget.txt", caption="Budget primitif", room="CM")
    assert (
        await town.says("petit", "!envoyer CM-2026-001", room="VOI")
        == """CM-2026-001 Budget primitif

[fichier : budget.txt]"""
    )
    assert (
        await town.says("petit", "!envoyer EAU-2026-001", room="VOI")
        == "Je ne trouve pas de document EAU-2026-001 que vous puissiez voir ici. !documents montre ceux qui existent, !chercher les retrouve par leurs mots."
    )


async def test_a_paper_that_is_not_yours_and_one_that_does_not_exist_answer_alike(town: Town) -> None:
    """The difference would tell that it exists."""
    hidden = await town.says("petit", "envoyer EAU-2026-001")
    assert hidden.replace("EAU-2026-001", "EAU-2026-999") == await town.says("petit", "envoyer EAU-2026-999")


async def test_a_seat_that_ended_yesterday_gives_nothing(town: Town) -> None:
    """Nor answers to an old list, nor reminders."""
    await town.says("vidal", "documents")
    await town.says("vidal", "rappel dans 2 jours relire le devis")
    await town.says("vidal", "!documents", room="EAU")
    await town.leaves("vidal")
    await town.waits(timedelta(days=1))
    for said in ("1", "documents", "agenda", "envoyer EAU-2026-001", "où est le devis ?"):
        assert (
            await town.says("vidal", said)
            == "Vous ne siégez aujourd'hui dans aucune commission : je ne peux pas vous répondre. Si c'est une erreur, signalez-le à la mairie."
        )
    assert await town.taps("vidal", "1️⃣", room="EAU") == ""
    assert await town.waits(timedelta(days=2)) == ""


async def test_the_mayor_and_agents_act_for_the_chair(town: Town) -> None:
    """By law, and because they do."""
    for who in ("arnaud", "martin", "roux"):
        assert "C'est bien cela ?" in await town.says(who, "!annuler", room="EAU")


async def test_an_old_list_answers_by_todays_rights(town: Town) -> None:
    """A number types a line: the line is refused when the seat is gone."""
    await town.says("petit", "séance voi 12 mars à 18 h")
    assert (
        await town.says("petit", "oui")
        == "Cette question n'attend plus de réponse. Refaites votre demande, ou écrivez !aide."
    )
    await town.says("roux", "annuler eau")
    await town.leaves("roux", "EAU")
    assert (
        await town.says("roux", "oui")
        == "Vous ne siégez pas dans « Commission de l'eau » : je ne peux pas vous en parler."
    )


async def test_a_clock_that_was_ahead_takes_no_seat_away(town: Town) -> None:
    """The members file was read by a machine a day ahead; once its clock is right, everybody still sits."""
    town.clock.push(-timedelta(days=1, hours=2))
    assert "EAU-2026-001" in await town.says("vidal", "documents eau")
    assert "réservée" not in await town.says("roux", "!annoncer La fontaine coule", room="EAU")
