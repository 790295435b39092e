"""Reading time: pages, minutes, days left; a paper that comes on the last day is told plainly to the chair."""

from datetime import timedelta

from bot.town import Town

PAGES = "\f".join("mot " * 600 for _ in range(2)).encode()


async def test_filing_tells_what_there_is_to_read(town: Town) -> None:
    """4 800 signs are 800 words: four minutes."""
    assert (
        await town.drops("vidal", PAGES, "note.txt", caption="Note de synthèse", room="EAU")
        == """Classé : EAU-2026-002 Note de synthèse, pour la séance du jeudi 26 mars 2026.

À lire : 2 pages, environ 4 minutes de lecture ; séance dans 24 jours."""
    )
    assert "À lire : 3 pages, environ 5 minutes de lecture (à 200 mots la minute" in await town.says(
        "roux", "!odj", room="EAU"
    )


async def test_what_is_filed_in_private_is_told_to_the_chair(town: Town) -> None:
    """Quietly, with the whole."""
    await town.drops("vidal", PAGES, "note.txt", caption="eau Note de synthèse")
    told = [text for where, text in town.heard if where == "!dm2" or "roux" in where]
    assert told == [
        "Déposé pour la séance du jeudi 26 mars 2026 : EAU-2026-002 Note de synthèse. À lire : 2 pages, environ 4 minutes de lecture ; séance dans 24 jours. En tout : 3 pages, environ 5 minutes de lecture."
    ]


async def test_the_convocation_tells_it_before_it_goes(town: Town) -> None:
    """The chair decides knowing what is asked of everyone."""
    await town.drops("vidal", PAGES, "note.txt", caption="Note de synthèse", room="EAU")
    assert (
        "À lire : 3 pages, environ 5 minutes de lecture (à 200 mots la minute et 2 minutes pour un plan ou une photo) ; séance dans 24 jours."
        in await town.says("roux", "!convoquer", room="EAU")
    )


async def test_a_paper_of_the_last_day_is_told_plainly(town: Town) -> None:
    """Distributed three minutes before, it will never be as well read."""
    town.clock.set(town.clock.now() + timedelta(days=23))
    assert (
        await town.drops("vidal", PAGES, "note.txt", caption="Note de synthèse", room="EAU")
        == """Classé : EAU-2026-002 Note de synthèse, pour la séance du jeudi 26 mars 2026.

La séance est demain : ce document, distribué moins de 2 jours avant, ne sera guère lu. À lire : 2 pages, environ 4 minutes de lecture ; séance demain."""
    )
    assert any(text.startswith("Déposé pour la séance") for _, text in town.heard)
