"""The page of all commands, made from their declarations: ``python -m commands._page > docs/commandes.md``."""

import sys

from commands._kit import Command, registry
from council.french import enumerate_fr
from council.roles import Role

PARTS = (
    (Role.MEMBER, "Pour tous", "Dans les commissions où vous siégez."),
    (
        Role.CHAIR,
        "Pour la présidence",
        "Le maire, qui préside de droit, la vice-présidence de la commission et les agents qui agissent pour elles.",
    ),
    (Role.ADMIN, "Pour l'administrateur", "La personne qui tient l'outil, nommée dans la configuration."),
)
HEAD = """# Ce que l'appariteur sait faire

Cette page est faite à partir du programme : `python -m commands._page > docs/commandes.md`. Les exemples sont ceux d'une
petite ville, Sainte-Colombe, le lundi 2 mars 2026 ; chacun est vérifié par les tests.

**Comment l'appeler.** En conversation privée, écrivez comme à une personne : « c'est quand la prochaine réunion ? »,
« où est le devis ? », ou un mot de cette page. Dans un salon, commencez par « ! » (`!agenda`), ou par son nom
(« Appariteur, agenda »). Les majuscules, les accents et les petites fautes ne comptent pas.

**Comment lui répondre.** À une liste, par un numéro ; à une question, par « oui » ou « non ». Une réaction fait de même :
1️⃣, 2️⃣… ou ✅ et ❌. Dans un salon, une réponse sans « ! » est entendue pendant dix minutes ; ensuite, citez son message.

**Comment lire.** Ce qui est entre crochets peut manquer. Dans le salon d'une commission, son nom n'a pas à être dit.
Une référence comme `FIN-2027-003` dit la commission, l'année et le numéro du document.
"""


def page() -> str:
    """The whole page, in Markdown."""
    parts = [HEAD]
    for role, title, whom in PARTS:
        parts.append(f"## {title}\n\n{whom}\n")
        parts += [_entry(command) for command in registry().commands if command.who is role]
    return "\n".join(parts)


def _entry(command: Command) -> str:
    """One command: its usage, what it does, its other words, its examples with their answers."""
    lines = [f"### {command.word}\n", f"`{command.usage}`\n", f"{command.summary}. {command.details}\n"]
    if command.private:
        lines.append("En conversation privée seulement.\n")
    if others := [f"`{alias}`" for alias in command.aliases if alias.isalpha()]:
        lines.append(f"On peut dire aussi : {enumerate_fr(others, 'ou')}.\n")
    for line, answer in command.examples.items():
        lines.append(f"> **{line}**\n" + (f">\n{_quoted(answer)}\n" if answer else ""))
    return "\n".join(lines)


def _quoted(answer: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in answer.splitlines())


if __name__ == "__main__":
    sys.stdout.write(page())
