"""Convocations counted by clear days: the law's examples, urgency, what is late and said so."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bot.town import ZONE, Town
from tests.commands.summons import council, in_force, told_to

WORKED = [
    (640, "2026-11-20", "2026-11-24", 3, True),
    (640, "2026-11-20", "2026-11-23", 2, False),
    (640, "2028-12-21", "2028-12-26", 4, True),  # the days of d'André, another year
    (640, "2026-12-24", "2026-12-28", 3, True),
    (640, "2026-12-28", "2027-01-01", 3, True),
    (3500, "2026-12-29", "2027-01-04", 5, True),
    (3500, "2026-12-30", "2027-01-04", 4, False),
    (640, "2027-03-26", "2027-03-30", 3, True),
    (640, "2027-03-27", "2027-03-30", 2, False),
    (3500, "2027-03-24", "2027-03-30", 5, True),
    (640, "2027-04-30", "2027-05-04", 3, True),
    (3500, "2027-05-04", "2027-05-10", 5, True),
    (3500, "2027-05-05", "2027-05-10", 4, False),
    (640, "2027-07-12", "2027-07-16", 3, True),
    (640, "2027-07-13", "2027-07-16", 2, False),
    (3500, "2027-07-09", "2027-07-15", 5, True),
    (640, "2028-02-26", "2028-03-01", 3, True),
    (640, "2027-02-26", "2027-03-02", 3, True),
    (640, "2026-10-23", "2026-10-27", 3, True),
    (3500, "2026-11-10", "2026-11-16", 5, True),
    (3500, "2026-10-30", "2026-11-05", 5, True),
    (640, "2026-11-24", "2026-11-24", -1, False),
]


async def _on(town: Town, sent: datetime, meeting: str, population: int = 640) -> None:
    """The council's session was fixed a month ahead; now is the moment of sending."""
    town.commune = replace(town.commune, population=population)
    town.clock.set(sent - timedelta(days=40))
    await council(town, f"{date.fromisoformat(meeting):%d/%m/%Y}")
    town.clock.set(sent)


@pytest.mark.parametrize(("population", "sent", "meeting", "clear", "lawful"), WORKED)
async def test_the_worked_examples_of_the_law(  # noqa: PLR0917 - the columns of the table above
    town: Town, population: int, sent: str, meeting: str, clear: int, lawful: bool
) -> None:
    """Through the command, with the clock at the day of sending."""
    await _on(town, datetime.fromisoformat(f"{sent}T10:00").replace(tzinfo=ZONE), meeting, population)
    said = await town.says("arnaud", "!convoquer CM")
    left = f"{clear} jours francs" if clear > 0 else "aucun jour franc"
    if lawful:
        assert f"Délai : envoyée aujourd'hui, elle laisse {left} ; il en faut" in said
        assert "Trop tard" not in said
    else:
        assert said.startswith("Trop tard : Conseil municipal")
        assert f"elle laisserait {left} ; il en faut" in said


@pytest.mark.parametrize(
    ("moment", "lawful"),
    [("2026-11-19T23:30:00", True), ("2026-11-20T22:59:59", True), ("2026-11-20T23:00:00", False)],
)
async def test_the_day_of_sending_is_the_towns(town: Town, moment: str, lawful: bool) -> None:
    """Universal time is an hour late on Paris in winter."""
    await _on(town, datetime.fromisoformat(f"{moment}+00:00").astimezone(ZONE), "2026-11-24")
    assert (await town.says("arnaud", "!convoquer CM")).startswith("Convocation") is lawful


@pytest.mark.parametrize(("sent", "lawful"), [("2026-11-22", True), ("2026-11-23", False)])
async def test_urgency_needs_one_clear_day_and_a_reason(town: Town, sent: str, lawful: bool) -> None:
    """The reason is in the message; the council rules first of all."""
    await _on(town, datetime.fromisoformat(f"{sent}T10:00").replace(tzinfo=ZONE), "2026-11-24")
    said = await town.says("arnaud", "!convoquer CM urgence : rupture de la conduite")
    if not lawful:
        assert said.startswith("Trop tard")
        assert "En cas d'urgence" not in said
        return
    assert (
        "Délai : abrégé pour urgence (article L. 2121-11 du CGCT) : 1 jour franc au lieu de 3. Motif : rupture de la conduite. Vous en rendrez compte à l'ouverture ; le conseil se prononcera et peut renvoyer les points à une autre séance."
        in said
    )
    await town.says("arnaud", "oui")
    assert """Urgence : en application de l'article L. 2121-11 du CGCT, le délai est abrégé au motif suivant : rupture de la conduite. Il en sera rendu compte à l'ouverture de la séance ; le conseil se prononcera.

Ordre du jour

- Avant tout autre point : appréciation de l'urgence par le conseil

1. Budget primitif""" in (await told_to(town, "vidal"))[-1]
    assert (
        "Délai abrégé pour urgence : le dernier a été atteint le dimanche 22 novembre 2026. Raison donnée : rupture de la conduite. Dernier jour : dimanche 22 novembre 2026 (1 jour franc en urgence, article L. 2121-11 du CGCT)."
        in await town.says("arnaud", "accusés CM")
    )


async def test_too_late_offers_the_first_lawful_date(town: Town) -> None:
    """A number moves the session there; nothing was sent meanwhile."""
    await _on(town, datetime(2026, 11, 20, 10, tzinfo=ZONE), "2026-11-23")
    assert (
        await town.says("arnaud", "!convoquer CM")
        == """Trop tard : Conseil municipal, lundi 23 novembre 2026 à 20 h, à la mairie

La convocation est hors délai : envoyée aujourd'hui, elle laisserait 2 jours francs ; il en faut 3 (article L. 2121-11 du CGCT). Le dernier jour légal était le jeudi 19 novembre 2026. Les décisions prises pourraient être annulées.

1. Reporter la séance au mardi 24 novembre 2026 à 20 h, première date possible

Répondez 1.

En cas d'urgence, écrivez !convoquer CM urgence suivi du motif : le délai descend à 1 jour franc, et le conseil se prononce à l'ouverture.

Pour l'envoyer quand même : !convoquer CM hors délai suivi de votre raison, qui sera conservée."""
    )
    await town.says("arnaud", "1")
    await town.says("arnaud", "oui")
    assert await in_force(town) == []
    assert "elle laisse 3 jours francs" in await town.says("arnaud", "!convoquer CM")


async def test_the_mayor_may_override_and_it_is_never_called_regular(town: Town) -> None:
    """The message says it is late; the reason is kept, and shown to who keeps count."""
    await _on(town, datetime(2026, 11, 20, 10, tzinfo=ZONE), "2026-11-23")
    said = await town.says("arnaud", "!convoquer CM hors délai : la préfecture attend")
    assert (
        "Délai : hors délai : 2 jours francs au lieu de 3 (article L. 2121-11 du CGCT) ; le dernier jour légal était le jeudi 19 novembre 2026. Les décisions prises pourront être annulées. Votre raison sera conservée : la préfecture attend."
        in said
    )
    await town.says("arnaud", "oui")
    message = (await told_to(town, "vidal"))[-1]
    assert (
        "Cette convocation est envoyée hors délai : le dernier jour légal était le jeudi 19 novembre 2026 (3 jours francs, article L. 2121-11 du CGCT)."
        in message
    )
    assert "préfecture" not in message
    assert (
        "Hors délai : le dernier a été atteint le vendredi 20 novembre 2026. Raison donnée : la préfecture attend."
        in await town.says("arnaud", "accusés CM")
    )


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("urgence", "Il manque le motif de l'urgence. Écrivez !convoquer urgence : …"),
        ("hors délai :", "Il manque la raison de passer outre. Écrivez !convoquer hors délai : …"),
    ],
)
async def test_a_reason_is_never_left_out(town: Town, said: str, answer: str) -> None:
    """It is what the council, or a judge, will read."""
    await council(town)
    assert await town.says("arnaud", f"!convoquer CM {said}") == answer


async def test_the_local_law_goes_down_to_the_day_before(town: Town) -> None:
    """Alsace-Moselle, under 3,500 inhabitants."""
    town.commune = replace(town.commune, alsace_moselle=True)
    await _on(town, datetime(2026, 11, 23, 10, tzinfo=ZONE), "2026-11-24")
    said = await town.says("arnaud", "!convoquer CM urgence rupture de la conduite")
    assert "Délai : abrégé pour urgence (article L. 2541-2 du CGCT) : aucun jour franc au lieu de 3." in said


async def test_a_large_town_is_told_of_the_explanatory_note(town: Town) -> None:
    """Each decision has one, sent with the convocation."""
    await _on(town, datetime(2026, 11, 10, 10, tzinfo=ZONE), "2026-11-24", 3500)
    assert (
        "Note de synthèse : elle est jointe à la convocation pour chaque décision (article L. 2121-12 du CGCT). Le point 1 n'a aucun document."
        in await town.says("arnaud", "!convoquer CM")
    )
