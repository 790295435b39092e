"""Convocations proved: received by each, on paper when an agent says so, asked again of the silent."""

from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town
from tests.commands.summons import RECEIVED, council, event, told_to


async def test_each_says_they_have_it_by_a_word_a_number_or_a_sign(town: Town) -> None:
    """Whatever was asked in between, and once."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert await town.says("roux", "1") == RECEIVED
    await town.says("vidal", "agenda")
    assert await town.says("vidal", "bien reçu", reply_to=await event(town, "vidal")) == RECEIVED
    assert (
        await town.says("vidal", "reçu")
        == "C'était déjà noté, le lundi 2 mars 2026 à 9 h : convocation CM-2026-01, Conseil municipal, jeudi 12 mars 2026 à 20 h."
    )
    await town.says("petit", "agenda")
    town.clock.push(timedelta(hours=1))
    assert await town.taps("petit", "✅", event_id=await event(town, "petit")) == RECEIVED
    assert (
        await town.says("martin", "accusés CM")
        == """Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h

3 accusés sur 4. Elle est complète. Délai tenu : le dernier a été atteint le lundi 2 mars 2026. Dernier jour : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

- Sans accusé : Blanche Arnaud ; relance le mardi 3 mars 2026 à 9 h.

1. Le détail, personne par personne
2. L'attestation en PDF

Répondez par un numéro."""
    )
    assert (
        await town.says("martin", "1")
        == await town.says("martin", "accusés CM en détail")
        == """Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h

Envoyée par Blanche Arnaud le lundi 2 mars 2026 à 9 h. Elle est complète. Délai tenu : le dernier a été atteint le lundi 2 mars 2026. Dernier jour : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

- Blanche Arnaud : Element, envoyée le lundi 2 mars 2026 à 9 h, pas d'accusé
- Jean Petit : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 10 h
- Hugo Roux : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 9 h
- Lucie Vidal : Element, envoyée le lundi 2 mars 2026 à 9 h, accusé le lundi 2 mars 2026 à 9 h

1. L'attestation en PDF

Répondez 1."""
    )


@pytest.mark.parametrize(
    "said",
    ["bien reçu", "C'est bien reçu.", "j'ai bien reçu la convocation", "Bonjour, j'ai reçu votre convocation, merci"],
)
async def test_a_receipt_is_understood_as_it_is_said(town: Town, said: str) -> None:
    """Even when the last thing shown was another list."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("vidal", "agenda")
    assert await town.says("vidal", said) == RECEIVED


async def test_somebody_elses_copy_is_not_theirs_to_acknowledge(town: Town) -> None:
    """A reaction counts for who was written to; a guest of a commission has nothing to acknowledge."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    assert await town.taps("roux", "✅", event_id=await event(town, "vidal")) == ""
    assert (
        await town.says("blanc", "reçu")
        == "Aucune convocation n'attend votre accusé de réception. !agenda montre les séances à venir."
    )


async def test_paper_is_complete_only_when_an_agent_says_so(town: Town) -> None:
    """By name and date, within the days that can be; the last one reached is the day that counts."""
    await town.arrives("Colette", "Morel", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    said = await town.says("arnaud", "accusés CM")
    assert (
        "\n\n0 accusé sur 4, papier : 0 remise sur 1. Incomplète : elle n'a pas atteint 1 personne. Dernier jour : "
        in said
    )
    assert "\n- À remettre sur papier : Colette Morel ; ensuite, remis NOM.\n" in said
    assert "Incomplète : il manque Colette Morel. Dernier jour : dimanche 8 mars 2026" in await town.says(
        "arnaud", "accusés CM détail"
    )
    town.clock.push(timedelta(days=2))
    assert (
        await town.says("martin", "remis Morel 1er mars")
        == "Le dimanche 1er mars 2026 ne peut pas être le jour de la remise : la convocation CM-2026-01 est du lundi 2 mars 2026, et nous sommes le mercredi 4 mars 2026. !remis Colette Morel suivi de la date."
    )
    assert await town.says("martin", "remis Roux") == "Rien n'est à remettre à « Roux ». Il reste : Colette Morel."
    assert (
        await town.says("martin", "remis Mme Morel hier")
        == "C'est noté : CM-2026-01 remise à Colette Morel le mardi 3 mars 2026. Elle est complète. Délai tenu : le dernier a été atteint le mardi 3 mars 2026."
    )
    assert (
        await town.says("martin", "remis Morel")
        == "Aucune convocation sur papier n'attend d'être remise, ni aucun erratum. !accusés montre l'état des envois."
    )
    assert "réservée" in await town.says("vidal", "remis Morel")


async def test_paper_handed_over_too_late_is_said_late(town: Town) -> None:
    """Though all the others had theirs in time."""
    await town.arrives("Colette", "Morel", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    town.clock.push(timedelta(days=7))
    assert (
        await town.says("martin", "remis Morel")
        == "C'est noté : CM-2026-01 remise à Colette Morel le lundi 9 mars 2026. Elle est complète. Hors délai : le dernier a été atteint le lundi 9 mars 2026."
    )


async def test_the_silent_are_asked_again_and_the_agents_told_whom_to_call(town: Town) -> None:
    """A day later, on the last lawful day (the agents alone), the day before."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    for who in ("arnaud", "roux", "vidal"):
        await town.says(who, "reçu")
    before = len(town.heard)
    await town.waits(timedelta(days=1))
    again = """Avez-vous bien reçu la convocation CM-2026-01 ?

Conseil municipal, jeudi 12 mars 2026 à 20 h. Elle est plus haut dans cette conversation. Touchez ✅ sous ce message, ou répondez reçu ou 1."""
    calls = """Convocation CM-2026-01 : Conseil municipal, jeudi 12 mars 2026 à 20 h. Dernier jour : dimanche 8 mars 2026 (3 jours francs, article L. 2121-11 du CGCT).

Sans accusé de réception, à appeler (1 personne)

- Jean Petit, téléphone inconnu

Sur papier, à remettre (1 personne)

- Colette Morel, 06 00 00 00 07"""
    assert [text for _, text in town.heard[before:]] == [again, calls]
    assert await told_to(town, "petit", before) == [again]
    assert await told_to(town, "martin", before) == [calls]
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 8, 15, tzinfo=ZONE) - town.clock.now())
    assert (await told_to(town, "martin", before), await told_to(town, "petit", before)) == ([calls], [])
    assert await town.says("petit", "reçu") == RECEIVED
    await town.says("martin", "remis Morel 3 mars")
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 10, tzinfo=ZONE) - town.clock.now())
    assert [text for where, text in town.heard[before:] if where.startswith("!dm")] == []


async def test_two_convocations_are_asked_about_in_one_message(town: Town) -> None:
    """The convocation and the one that rectifies it, or two sessions of one day: each by its number, or all by a word."""
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("arnaud", "!point CM Emprunt")
    await town.says("arnaud", "!convoquer CM oui")
    for who in ("arnaud", "roux"):
        await town.says(who, "reçu CM-2026-01 et CM-2026-02")
    before = len(town.heard)
    await town.waits(timedelta(days=1))
    session = "Conseil municipal, jeudi 12 mars 2026 à 20 h"
    again = f"""Avez-vous bien reçu ces 2 envois ?

1. Convocation CM-2026-01 : {session}
2. Convocation CM-2026-02 : {session}

Ils sont plus haut dans cette conversation. Pour les deux, touchez ✅ sous ce message, ou répondez reçu ; pour un seul, son numéro."""
    assert await told_to(town, "petit", before) == [again]
    assert await told_to(town, "vidal", before) == [again]
    (calls,) = await told_to(town, "martin", before)
    assert calls.count("Sans accusé de réception, à appeler (2 personnes)\n\n- Jean Petit, téléphone inconnu") == 2
    assert await town.says("petit", "2") == RECEIVED.replace("CM-2026-01", "CM-2026-02")
    assert await town.says("petit", "1") == RECEIVED
    assert await town.says("vidal", "reçu") == f"{RECEIVED}\n\n{RECEIVED.replace('CM-2026-01', 'CM-2026-02')}"
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 10, tzinfo=ZONE) - town.clock.now())
    assert [text for where, text in town.heard[before:] if where.startswith("!dm") and "Avez-vous" in text] == []


async def test_two_sessions_of_one_day_are_asked_about_together(town: Town) -> None:
    """On the eve, a person who sits in both gets one message; the agents one list."""
    await council(town, "jeudi 26 mars 2026")
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("roux", "!convoquer EAU oui")
    await town.waits(datetime(2026, 3, 24, 10, tzinfo=ZONE) - town.clock.now())
    for who in ("arnaud", "roux", "petit", "blanc"):
        await town.says(who, "reçu CM-2026-01, EAU-2026-01")
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 25, 10, tzinfo=ZONE) - town.clock.now())
    (asked,) = [said for said in await told_to(town, "vidal", before) if "Avez-vous" in said]
    assert "1. Convocation CM-2026-01 : Conseil municipal, jeudi 26 mars 2026 à 20 h\n" in asked
    assert "2. Convocation EAU-2026-01 : Commission de l'eau, jeudi 26 mars 2026 à 18 h 30\n" in asked
    (calls,) = [said for said in await told_to(town, "martin", before) if "appeler" in said]
    assert "CM-2026-01" in calls
    assert "EAU-2026-01" in calls
    assert (await town.says("vidal", "✅")).count("Merci, c'est noté") == 2


async def test_the_journal_proves_each_step(town: Town) -> None:
    """Convoked, sent to each, acknowledged, handed over; never a word of anybody's."""
    await town.arrives("Colette", "Morel", "CM")
    await council(town)
    await town.says("arnaud", "!convoquer CM oui")
    await town.says("roux", "reçu")
    await town.says("martin", "remis Morel")
    lines = (await town.says("martin", "!journal")).splitlines()
    at = "- lundi 2 mars 2026 à 9 h : "
    assert lines[2:9] == [
        f"{at}remise sur papier de CM-2026-01 à Colette Morel le lundi 2 mars 2026 (CM)",
        f"{at}Hugo Roux a accusé réception de CM-2026-01 (CM)",
        f"{at}envoi officiel CM-2026-01 à Lucie Vidal",
        f"{at}envoi officiel CM-2026-01 à Hugo Roux",
        f"{at}envoi officiel CM-2026-01 à Jean Petit",
        f"{at}envoi officiel CM-2026-01 à Blanche Arnaud",
        f"{at}Blanche Arnaud a convoqué la séance du jeudi 12 mars 2026 à 20 h : CM-2026-01 (CM)",
    ]
