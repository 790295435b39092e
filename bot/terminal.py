"""The bot in a terminal: Sainte-Colombe, no Matrix, a clock one can push. For trying things and for showing them."""

import asyncio
import re
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import typer

from bot.system import why
from bot.town import BODIES, PEOPLE, Town, open_town
from council.french import fold, long_moment

WELCOME = """Sainte-Colombe, {now}. Vous êtes {who}, en conversation privée avec l'appariteur.

  .qui NOM          parler au nom de quelqu'un d'autre ({people})
  .salon CODE       entrer dans un salon ({rooms}) ; .salon seul revient à la conversation privée
  .deposer FICHIER  déposer un fichier dans le salon
  .avance DURÉE     pousser l'horloge : 3 jours, 2 heures, 30 minutes
  .fin              sortir

Essayez : c'est quand la prochaine commission de l'eau ?
"""
UNITS = {
    "minute": timedelta(minutes=1),
    "heure": timedelta(hours=1),
    "jour": timedelta(days=1),
    "semaine": timedelta(weeks=1),
}


class Terminal:
    """One person's place in the town: who speaks, where."""

    def __init__(self, town: Town, say: Callable[[str], None]) -> None:
        self.town, self.say = town, say
        self.who, self.room = "vidal", ""

    @property
    def prompt(self) -> str:
        """Who speaks, and where."""
        first, last, *_ = PEOPLE[self.who]
        return f"{first} {last}{f' ({self.room})' if self.room else ''} > "

    def welcome(self) -> None:
        """What can be done here."""
        now = long_moment(self.town.clock.now(), self.town.commune.zone)
        people, rooms = ", ".join(PEOPLE), ", ".join(body.code for body in BODIES)
        first, last, *_ = PEOPLE[self.who]
        self.say(WELCOME.format(now=now, who=f"{first} {last}", people=people, rooms=rooms))

    async def hear(self, line: str) -> bool:
        """Do what a line says; False when it was the last."""
        word, _, rest = line.strip().partition(" ")
        match word:
            case ".fin":
                return False
            case ".qui":
                self._become(fold(rest))
            case ".salon":
                self._enter(rest.strip().upper())
            case ".avance":
                await self._push(rest)
            case ".deposer":
                await self._drop(rest.strip())
            case "":
                pass
            case _:
                self.say(await self.town.says(self.who, line, room=self.room) or "(l'appariteur laisse dire)")
        return True

    def _become(self, name: str) -> None:
        if name in PEOPLE:
            self.who = name
        else:
            self.say(f"Je ne connais pas {name} : {', '.join(PEOPLE)}.")

    def _enter(self, code: str) -> None:
        if code in ("", *(body.code for body in BODIES)):
            self.room = code
        else:
            self.say(f"Il n'y a pas de salon {code}.")

    async def _push(self, said: str) -> None:
        found = re.match(r"(\d{1,4})\s*(minute|heure|jour|semaine)", fold(said))
        if not found:
            self.say("Écrivez par exemple : .avance 3 jours")
            return
        heard = await self.town.waits(int(found[1]) * UNITS[found[2]])
        now = long_moment(self.town.clock.now(), self.town.commune.zone)
        self.say("\n\n".join(filter(None, (heard, f"(Nous sommes le {now}.)"))))

    async def _drop(self, name: str) -> None:
        try:
            data = await asyncio.to_thread(Path(name).read_bytes)
        except OSError as error:
            self.say(f"{name} ne se lit pas ({why(error)}).")
            return
        self.say(await self.town.drops(self.who, data, Path(name).name, room=self.room))


async def chat() -> None:
    """Talk until ``.fin`` or the end of the input."""
    with tempfile.TemporaryDirectory() as directory:
        async with open_town(Path(directory)) as town:
            terminal = Terminal(town, lambda text: typer.echo(f"\n{text}\n"))
            terminal.welcome()
            while True:
                typer.echo(terminal.prompt, nl=False)
                line = await asyncio.to_thread(sys.stdin.readline)
                if not line or not await terminal.hear(line):
                    return
