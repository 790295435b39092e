"""The demonstration: a whole town on this machine, its main job played by real encrypted clients and written out."""

import asyncio
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from secrets import token_hex

import typer

from bot.demo.scenes import SCENES
from bot.demo.stage import FINANCE, Reader, Stage, StepFailed, open_stage
from bot.demo.town import NAME, PEOPLE

LAST_LINES = 8
PLACE = """
{name} vit maintenant sur cette machine. Pour y entrer avec Element :

  1. Element Desktop, ou Element Web ouvert depuis cette machine ; « Se connecter », puis « Modifier » le serveur d'accueil
  2. serveur d'accueil   {url}
  3. identifiant         {logins}
     mot de passe        {password}
     (toute la commune a un compte de cette forme, avec le même mot de passe)
  4. acceptez les invitations : « {room} », puis la conversation « Appariteur », où l'on écrit comme l'on parle

Les fichiers de la commune sont dans {folder} : modifiez membres.csv, les salons suivent.
Ctrl-C arrête tout et efface tout."""


async def show(seconds: float | None, say: Callable[[str], None] = typer.echo) -> str | None:
    """Play the demonstration, then stay until cancelled, or for ``seconds``.

    Returns the French line that says which step failed, or None. Homeserver, bot and folder go away in every case.
    """
    reader = Reader(say, coloured=sys.stdout.isatty())
    password = f"valmont-{token_hex(2)}"
    with tempfile.TemporaryDirectory(prefix="appariteur-") as directory:
        folder = Path(directory)
        reader.note("Un serveur Matrix démarre sur cette machine…")
        try:
            async with open_stage(folder, reader, password) as stage:
                return await _play(stage, seconds)
        except (RuntimeError, ImportError, FileNotFoundError) as error:
            return f"Le serveur Matrix de démonstration n'a pas démarré : {error}"


async def _play(stage: Stage, seconds: float | None) -> str | None:
    try:
        for scene in SCENES:
            await scene(stage)
    except StepFailed as failed:
        for line in await asyncio.to_thread(_log_end, stage.folder / "bot.log"):
            stage.reader.note(line)
        return str(failed)
    stage.reader.title("À vous")
    stage.reader.say(_place(stage))
    await (asyncio.sleep(seconds) if seconds is not None else asyncio.Event().wait())
    return None


def _place(stage: Stage) -> str:
    logins = ", ".join(person.login for person in PEOPLE[:3])
    return PLACE.format(
        name=NAME, url=stage.server.url, logins=logins, password=stage.password, room=FINANCE, folder=stage.folder
    )


def _log_end(path: Path) -> list[str]:
    """The last lines of the bot's log, which holds no message's text."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
