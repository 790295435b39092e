"""What becomes of an erratum's copies: the silent are asked again, sheets are handed over, e-mails carry the file."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town
from council.roles import Channel
from tests.commands.corrections import convoked, corrected
from tests.commands.summons import reaches, told_to
from tests.storage.makers import paper


async def test_the_silent_are_asked_again_and_the_agents_told_whom_to_call(town: Town) -> None:
    """A day later for the erratum alone; on the eve in one message with the convocation, if that is silent too."""
    await town.arrives("Colette", "Morel", "CM", phone="06 00 00 00 07")
    await convoked(town)
    for who in ("arnaud", "roux", "vidal", "petit"):
        await town.says(who, "reçu")
    await town.waits(timedelta(days=2))
    await corrected(town)
    await town.says("arnaud", "oui", room="CM")
    for who in ("arnaud", "roux", "vidal"):
        await town.says(who, "reçu")
    before = len(town.heard)
    await town.waits(timedelta(days=1))
    again = """Avez-vous bien reçu l'erratum CM-2026-01-E1 ?

CM-2026-001 version 2, Conseil municipal, jeudi 12 mars 2026 à 20 h. Il est plus haut dans cette conversation. Touchez ✅ sous ce message, ou répondez reçu ou 1."""
    calls = """Erratum CM-2026-01-E1 : CM-2026-001 version 2, Conseil municipal, jeudi 12 mars 2026 à 20 h.

Sans accusé de réception, à appeler (1 personne)

- Jean Petit, téléphone inconnu

Sur papier, à remettre (1 personne)

- Colette Morel, 06 00 00 00 07"""
    assert await told_to(town, "petit", before) == [again]
    assert await told_to(town, "martin", before) == [calls]
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 10, tzinfo=ZONE) - town.clock.now())
    assert await told_to(town, "petit", before) == [again]
    (round_of_calls,) = [said for said in await told_to(town, "martin", before) if "Petit" in said]
    assert calls in round_of_calls
    assert (
        await town.says("petit", "1")
        == "Merci, c'est noté : vous avez reçu l'erratum CM-2026-01-E1, CM-2026-001 version 2."
    )
    assert "4 accusés sur 4, papier : 0 remise sur 1" in await town.says("arnaud", "accusés CM")


async def test_the_eve_s_morning_is_enough_when_a_day_later_is_the_eve(town: Town) -> None:
    """Two days before the session: one reminder, not two within hours."""
    await convoked(town)
    for who in ("arnaud", "roux", "vidal", "petit"):
        await town.says(who, "reçu")
    await town.waits(datetime(2026, 3, 10, 8, tzinfo=ZONE) - town.clock.now())
    await corrected(town)
    await town.says("arnaud", "oui", room="CM")
    before = len(town.heard)
    await town.waits(datetime(2026, 3, 11, 18, tzinfo=ZONE) - town.clock.now())
    assert len([said for said in await told_to(town, "petit", before) if "Avez-vous" in said]) == 1


async def test_an_agent_says_that_the_sheet_was_handed_over(town: Town) -> None:
    """Asked which one when the convocation waits too; by its kind, its reference or both; it shows, and the journal tells it."""
    await town.arrives("Colette", "Morel", "CM")
    await convoked(town)
    await town.waits(timedelta(days=1))
    await corrected(town)
    await town.says("arnaud", "oui", room="CM")
    assert (
        await town.says("martin", "remis Mme Morel")
        == """Qu'est-ce qui a été remis à Colette Morel le mardi 3 mars 2026 ?

1. La convocation CM-2026-01
2. L'erratum CM-2026-01-E1 (CM-2026-001 version 2)
3. Les deux

Répondez par un numéro."""
    )
    assert await town.says("martin", "remis Morel, erratum, hier") == (
        "Le lundi 2 mars 2026 ne peut pas être le jour de la remise : l'erratum CM-2026-01-E1 (CM-2026-001 version 2) est du mardi 3 mars "
        "2026, et nous sommes le mardi 3 mars 2026. !remis Colette Morel suivi de la date."
    )
    assert await town.says("martin", "remis Morel erratum") == (
        "C'est noté : erratum CM-2026-01-E1 remis à Colette Morel le mardi 3 mars 2026. Tous ceux qui sont sur papier l'ont."
    )
    assert (await town.says("martin", "remis Morel hier")).startswith(
        "C'est noté : CM-2026-01 remise à Colette Morel le lundi 2 mars 2026. Elle est complète."
    )
    assert (
        "(CM-2026-001 version 2, mardi 3 mars 2026 à 10 h) : 0 accusé sur 4, papier : 1 remise sur 1."
        in await town.says("arnaud", "accusés CM")
    )
    assert "- Colette Morel : papier, remis le mardi 3 mars 2026" in await town.says("arnaud", "accusés CM détail")
    assert "remise sur papier de CM-2026-01-E1 à Colette Morel le mardi 3 mars 2026 (CM)" in await town.says(
        "martin", "!journal"
    )


async def test_both_are_handed_over_at_once_and_after_the_session_it_is_said(town: Town) -> None:
    """The last choice notes the two; a day that is the session's or later is too late for what was wrong."""
    await town.arrives("Colette", "Morel", "CM")
    await convoked(town)
    await corrected(town)
    await town.says("arnaud", "oui", room="CM")
    town.clock.set(datetime(2026, 3, 13, 9, tzinfo=ZONE))
    await town.says("martin", "remis Morel hier")
    said = await town.says("martin", "3")
    assert "C'est noté : CM-2026-01 remise à Colette Morel le jeudi 12 mars 2026. Après la séance" in said
    assert (
        "erratum CM-2026-01-E1 remis à Colette Morel le jeudi 12 mars 2026. Après la séance du jeudi 12 mars 2026 : cette personne y avait "
        "l'ancienne version."
    ) in said


async def test_a_copy_by_mail_has_the_new_version_unless_it_is_too_heavy(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside the message it says where to acknowledge; what no relay would take is said, with where to read it."""
    town.commune = replace(town.commune, mail="mairie@sainte-colombe.fr")
    await reaches(town, "petit", Channel.ELEMENT, "jean.petit@example.fr")
    await convoked(town)
    await corrected(town)
    before = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    beside = (
        "Ce courriel double l'erratum qui vous attend dans votre conversation avec l'appariteur, sur Element : c'est là que vous en "
        "accusez réception."
    )
    (mail,) = [text for where, text in town.heard[before:] if where.startswith("courriel")]
    assert mail.endswith(f"La nouvelle version est jointe à ce courriel.\n\n{beside}\n\n[joint : budget2.pdf]")
    monkeypatch.setattr("commands._issuing.MOST_ATTACHED", 100)
    third = paper("Le montant proposé est de 52 000 euros par an.", "Conditions", "Annexe")
    await town.drops("arnaud", third, "budget3.pdf", caption="remplacer CM-2026-001", room="CM")
    before = len(town.heard)
    await town.says("arnaud", "oui", room="CM")
    (mail,) = [text for where, text in town.heard[before:] if where.startswith("courriel")]
    heavy = "est trop lourde pour un courriel. Pour la lire, écrivez à l'appariteur, sur Element : envoyer CM-2026-001."
    assert mail.endswith(f"{heavy}\n\n{beside}")
