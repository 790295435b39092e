"""Oral questions that come too near their session: kept, and warned against with the article."""

from dataclasses import replace
from datetime import timedelta

from bot.town import Town
from tests.commands.summons import council

LATE = (
    "\n\nAttention : la séance commence dans moins de 24 heures, le délai du règlement intérieur pour les questions orales "
    "(article L. 2121-19 du CGCT). La présidence peut n'y répondre qu'à la séance suivante."
)


async def test_a_late_question_to_the_council_is_kept_and_warned_against(town: Town) -> None:
    """In private before it is sent and after, with a name or without; in the room too."""
    await council(town)
    assert "Attention" not in await town.says("vidal", "question CM Qui tond le stade ?")
    await town.waits(timedelta(days=9, hours=12))
    asked = await town.says("vidal", "question CM Qui tond le stade ?")
    assert f"Avec votre nom, ou sans ?{LATE}" in asked
    assert (await town.says("vidal", "1")).endswith(LATE)
    await town.says("vidal", "question CM Et le cimetière ?")
    assert (await town.says("vidal", "2")).endswith(LATE)
    assert (await town.says("vidal", "!question Et le lavoir ?", room="CM")).endswith(f"Et le lavoir ?{LATE}")


async def test_the_notice_is_the_towns_and_no_commissions(town: Town) -> None:
    """Two days where its rules say so; nothing is said in a commission."""
    await council(town)
    town.commune = replace(town.commune, question_notice=timedelta(hours=48))
    await town.waits(timedelta(days=9))
    assert "dans moins de 48 heures" in await town.says("vidal", "question CM Qui tond le stade ?")
    await town.waits(timedelta(days=15))
    assert "Attention" not in await town.says("vidal", "!question Et la pompe ?", room="EAU")
