"""The journal as the administrator reads it: French sentences, full dates, never what people wrote."""

from datetime import timedelta

from bot.town import Town

BEGINNING = "lundi 2 mars 2026 à 9 h : Hugo Roux a déposé EAU-2026-001 (EAU)"
MOVED = (
    "lundi 2 mars 2026 à 11 h : Hugo Roux a reporté la séance du jeudi 26 mars 2026 à 18 h 30 au "
    "jeudi 2 avril 2026 à 20 h (EAU)"
)


async def test_what_was_done_is_told_latest_first(town: Town) -> None:
    """Papers, sessions and refusals, each by whom and when."""
    town.clock.push(timedelta(hours=2))
    await town.says("roux", "!reporter jeudi 2 avril à 20 h oui", room="EAU")
    await town.says("roux", "!retirer EAU-2026-001 oui", room="EAU")
    await town.says("roux", "!rétablir EAU-2026-001", room="EAU")
    await town.says("petit", "!envoyer EAU-2026-001")
    await town.says("vidal", "!annuler", room="EAU")
    await town.says("faure", "bonjour")
    told = await town.says("martin", "!journal")
    title, _, lines = told.partition("\n\n")
    assert title.startswith("Journal (8 inscriptions, empreinte ")
    assert [line.removeprefix("- ") for line in lines.splitlines()] == [
        "lundi 2 mars 2026 à 11 h : accès refusé à @faure:sainte-colombe.fr : une conversation privée",
        "lundi 2 mars 2026 à 11 h : accès refusé à Lucie Vidal : annuler (EAU)",
        "lundi 2 mars 2026 à 11 h : accès refusé à Jean Petit : EAU-2026-001",
        "lundi 2 mars 2026 à 11 h : Hugo Roux a rétabli EAU-2026-001 (EAU)",
        "lundi 2 mars 2026 à 11 h : Hugo Roux a retiré EAU-2026-001 (EAU)",
        MOVED,
        BEGINNING,
        "lundi 2 mars 2026 à 9 h : Hugo Roux a fixé la séance du jeudi 26 mars 2026 à 18 h 30 (EAU)",
    ]


async def test_it_goes_on_and_begins_at_a_day(town: Town) -> None:
    """The word "suite" shows the older ones; a date, that day and what was before."""
    town.clock.push(timedelta(days=3))
    for _ in range(16):
        await town.says("vidal", "!annuler", room="EAU")
    first = await town.says("martin", "!journal")
    assert first.count("accès refusé à Lucie Vidal") == 15
    rest = await town.says("martin", "suite")
    assert rest.count("accès refusé à Lucie Vidal") == 1
    assert BEGINNING in rest
    assert "Vidal" not in await town.says("martin", "!journal 2 mars")


async def test_it_is_for_the_administrator_in_private(town: Town) -> None:
    """Nobody else reads it, and nobody beside them."""
    assert "réservée" in await town.says("roux", "!journal")
    assert "conversation privée" in await town.says("martin", "!journal", room="EAU")
