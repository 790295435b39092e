"""The quorum fails: the session is held again with the same points, its convocation shown first, then sent as any other."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.town import ZONE, Town
from tests.commands.summons import council, in_force, told_to

FIRST = "Conseil municipal, jeudi 12 mars 2026 à 20 h, à la mairie"
SECOND_LAW = "3 jours francs, article L. 2121-17 du CGCT"


@pytest.fixture
async def failed(town: Town) -> Town:
    """The council was convoked with one point; it is the session's hour, and too few came."""
    await council(town)
    await town.drops("arnaud", b"Budget", "budget.txt", caption="Budget, point 1", room="CM")
    await town.says("petit", "!déport 1 intérêt", room="CM")
    await town.says("arnaud", "!convoquer oui", room="CM")
    town.clock.push(timedelta(days=10, hours=12))
    return town


async def test_dates_are_offered_from_the_first_lawful_one(failed: Town) -> None:
    """Thursday's failure: Monday at the earliest, three clear days after the sending; then its own weekday."""
    assert await failed.says("arnaud", "!quorum non atteint", room="CM") == (
        f"Quorum non atteint : {FIRST}\n\nLe conseil peut être convoqué de nouveau, sur les mêmes points : il délibère alors sans condition de quorum. "
        f"Il faut {SECOND_LAW}, entre cette seconde convocation et la séance : envoyée aujourd'hui, au plus tôt le lundi 16 mars 2026. Quand se "
        "tiendra-t-elle ?\n\n1. Lundi 16 mars 2026 à 20 h\n2. Mardi 17 mars 2026 à 20 h\n3. Jeudi 19 mars 2026 à 20 h\n\n"
        "Ou écrivez !quorum non atteint suivi d'une date. Je montrerai ensuite la convocation avant de l'envoyer."
    )


async def test_the_convocation_is_shown_then_sent_on_oui(failed: Town) -> None:
    """Same point, its paper and who stays out of it; the text recalls the first session and that no quorum is needed."""
    await failed.says("arnaud", "le quorum n'est pas atteint", room="")
    shown = await failed.says("arnaud", "1")
    recalled = (
        "Le quorum n'ayant pas été atteint à la séance du jeudi 12 mars 2026, le conseil est convoqué de nouveau : il délibérera sans condition "
        "de quorum, sur les mêmes points (article L. 2121-17 du CGCT)."
    )
    assert shown.startswith(
        "Seconde convocation : Conseil municipal, lundi 16 mars 2026 à 20 h, à la mairie\n\nDélai : "
    )
    assert "elle laisse 3 jours francs ; il en faut 3 (article L. 2121-17 du CGCT)" in shown
    assert recalled in shown
    assert "1. Budget primitif\n  - CM-2026-001" in shown
    announced = [text for where, text in failed.heard if where == "!cm:sainte-colombe.fr"][-1]
    assert announced.startswith("Seconde séance : Conseil municipal, lundi 16 mars 2026 à 20 h, à la mairie.")
    assert announced.endswith(
        "ne vaut pour celle-ci que s'il le dit (rép. min. Assemblée nationale n° 12942, 26 décembre 2019)."
    )
    assert (await failed.says("arnaud", "oui")).startswith("La convocation CM-2026-02 part : 4 personnes.")
    (sent,) = await in_force(failed)
    assert (sent.law, sent.verdict.value) == (SECOND_LAW, "lawful")
    (text,) = [said for said in await told_to(failed, "vidal") if said.startswith("Seconde convocation CM-2026-02")]
    assert recalled in text
    assert "- Point 1 : Jean Petit" in await failed.says("vidal", "!odj", room="CM")


async def test_no_quorum_is_asked_of_it_nor_any_new_point(failed: Town) -> None:
    """A second session has the points of the first, no more."""
    await failed.says("arnaud", "!quorum non atteint au lundi 16 mars à 20 h oui", room="CM")
    assert "Sur seconde convocation, aucun quorum n'est exigé (article L. 2121-17 du CGCT)." in await failed.says(
        "arnaud", "!quorum", room="CM"
    )
    assert await failed.says("arnaud", "!point Vœux", room="CM") == (
        "Une séance tenue sur seconde convocation ne délibère que sur les points de la première (article L. 2121-17 du CGCT). Fixez une "
        "autre séance pour ce point : il y faudra un quorum."
    )
    await failed.says("arnaud", "!convoquer oui", room="CM")
    failed.clock.push(timedelta(days=4))
    assert "Cette séance est tenue sur seconde convocation" in await failed.says(
        "arnaud", "!quorum non atteint", room="CM"
    )


async def test_neither_a_sunday_nor_a_holiday_is_offered(town: Town) -> None:
    """Wednesday's failure, a week before Bastille Day: not Sunday but Monday, not the 14th but the 15th."""
    await council(town, "mercredi 7 juillet 2027")
    await town.says("arnaud", "!convoquer CM oui", room="CM")
    town.clock.set(datetime(2027, 7, 7, 21, tzinfo=ZONE))
    said = await town.says("arnaud", "!quorum non atteint", room="CM")
    assert "au plus tôt le lundi 12 juillet 2027." in said
    assert (
        "1. Lundi 12 juillet 2027 à 20 h\n2. Mardi 13 juillet 2027 à 20 h\n3. Jeudi 15 juillet 2027 à 20 h\n\n" in said
    )


async def test_it_is_never_too_soon(failed: Town) -> None:
    """Sunday leaves two clear days."""
    assert await failed.says("arnaud", "!quorum non atteint dimanche 15 mars à 20 h", room="CM") == (
        "C'est trop tôt : convoquée aujourd'hui, la seconde séance ne peut se tenir avant le lundi 16 mars 2026 (3 jours francs, article L. "
        "2121-17 du CGCT). Plus tôt, le quorum serait de nouveau exigé. !quorum non atteint propose des dates."
    )
    assert await failed.says("arnaud", "!quorum non atteint mardi 24 mars à 19 h", room="CM") == (
        f"Je note que le quorum n'a pas été atteint : {FIRST}.\n\nSeconde séance : mardi 24 mars 2026 à 19 h, aux mêmes lieu et points. C'est bien "
        "cela ?\n\nRépondez oui ou non."
    )


async def test_sent_too_late_it_loses_what_it_is_for(failed: Town) -> None:
    """The convocation is not called regular: without its delay, the quorum is needed again, and urgency is no way."""
    await failed.says("arnaud", "!quorum non atteint lundi 16 mars à 20 h oui", room="CM")
    failed.clock.push(timedelta(days=2))
    said = await failed.says("arnaud", "!convoquer urgence : il le faut", room="CM")
    assert said.startswith("Trop tard : Conseil municipal, lundi 16 mars 2026 à 20 h")
    assert "Sans ce délai, le quorum serait de nouveau exigé (article L. 2121-17 du CGCT)." in said
    assert "En cas d'urgence" not in said


async def test_the_local_law_keeps_its_own_delay_and_article(failed: Town) -> None:
    """In Alsace-Moselle, article L. 2541-4."""
    failed.commune = replace(failed.commune, alsace_moselle=True)
    said = await failed.says("arnaud", "!quorum non atteint", room="CM")
    assert "Il faut 3 jours francs, article L. 2541-4 du CGCT" in said


async def test_it_is_said_once_by_who_may_after_the_hour(failed: Town) -> None:
    """Of a session that was convoked, and of a body that has a quorum."""
    assert "est faite par le maire" in await failed.says("martin", "!quorum non atteint", room="CM")
    assert (
        await failed.says("roux", "!quorum non atteint", room="EAU")
        == "La loi ne fixe pas de quorum à une commission : il n'y a pas de seconde convocation."
    )
    await failed.says("arnaud", "!quorum non atteint lundi 16 mars à 20 h oui", room="CM")
    assert (
        await failed.says("arnaud", "!quorum non atteint", room="CM")
        == "C'est déjà noté : la seconde séance est prévue, lundi 16 mars 2026 à 20 h, à la mairie. !convoquer CM envoie sa convocation, si elle ne l'est pas."
    )
    journal = await failed.says("martin", "!journal")
    assert (
        "Blanche Arnaud a constaté que le quorum n'était pas atteint à la séance du jeudi 12 mars 2026 à 20 h (CM)"
        in journal
    )


async def test_before_the_hour_or_unconvoked_there_is_nothing_to_hold_again(town: Town) -> None:
    """The quorum is counted when the session opens; a second convocation supposes a first."""
    await council(town)
    assert (await town.says("arnaud", "!quorum non atteint", room="CM")).startswith(
        "Aucune séance n'a commencé depuis trente jours"
    )
    town.clock.push(timedelta(days=10, hours=12))
    assert (await town.says("arnaud", "!quorum non atteint", room="CM")).startswith(
        "La séance du jeudi 12 mars 2026 n'a pas été convoquée ici"
    )


async def test_papers_that_others_share_go_with_the_points(failed: Town) -> None:
    """Shown with the first session, they are shown with the second; what was taken back isn't."""
    failed.clock.push(-timedelta(days=10, hours=12))
    await failed.says("roux", "!partager EAU-2026-001 CM", room="EAU")
    assert "EAU-2026-001" in await failed.says("petit", "!odj", room="CM")
    failed.clock.push(timedelta(days=10, hours=12))
    shown = await failed.says("arnaud", "!quorum non atteint lundi 16 mars à 20 h oui", room="CM")
    assert "- EAU-2026-001 Devis du réservoir" in shown
    assert "EAU-2026-001" in await failed.says("petit", "!odj lundi 16 mars", room="CM")
