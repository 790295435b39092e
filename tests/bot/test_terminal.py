"""The bot in a terminal: who speaks, where, and a clock that one pushes."""

from pathlib import Path

from bot.terminal import Terminal
from bot.town import open_town


async def test_the_town_can_be_lived_in_from_a_terminal(tmp_path: Path) -> None:
    """Becoming somebody, entering a room, filing, letting time pass, leaving."""
    said: list[str] = []
    async with open_town(tmp_path) as town:
        terminal = Terminal(town, said.append)
        terminal.welcome()
        assert terminal.prompt == "Lucie Vidal > "
        plan = tmp_path / "plan.txt"
        plan.write_text("Plan de la station", encoding="utf-8")
        lines = (
            ".qui personne",
            ".qui Roux",
            ".salon XXX",
            ".salon eau",
            "bonjour à tous",
            f".deposer {plan}",
            ".deposer absent.txt",
            "!rappel demain à 9 h apporter les plans",
            ".avance beaucoup",
            ".avance 1 jour",
            "",
            ".salon",
            "rappels",
        )
        for line in lines:
            assert await terminal.hear(line)
        assert terminal.prompt == "Hugo Roux > "
        assert not await terminal.hear(".fin")
    assert said[0].startswith("Sainte-Colombe, lundi 2 mars 2026 à 9 h. Vous êtes Lucie Vidal")
    assert said[1:] == [
        "Je ne connais pas personne : arnaud, roux, vidal, petit, blanc, martin.",
        "Il n'y a pas de salon XXX.",
        "(l'appariteur laisse dire)",
        "Classé : EAU-2026-002 Plan de la station, pour la séance du jeudi 26 mars 2026.",
        "absent.txt ne se lit pas (il n'existe pas).",
        "C'est noté : « apporter les plans ». Je le rappellerai ici, à tous, le mardi 3 mars 2026 à 9 h.",
        "Écrivez par exemple : .avance 3 jours",
        "Rappel : apporter les plans (demandé par Hugo Roux)\n\n(Nous sommes le mardi 3 mars 2026 à 9 h.)",
        "Rappels et annonces à venir\n\nIl n'y en a pas. !rappel demain à 9 h relire le devis en crée un.",
    ]
