"""The command line: ``appariteur init | check | run | backup | restore | verify | export | demo | chat``. A mistake is one clear French line and exit 2."""

import asyncio
import shutil
import signal
import sys
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.exceptions import TyperException

from bot import logs
from bot.settings import Settings, SettingsError, load
from bot.usage import Command, Group, explain
from council import __version__

app = typer.Typer(
    name="appariteur",
    cls=Group,
    help="L'appariteur des conseils municipaux, sur Matrix : salons, documents, séances, rappels.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
command = partial(app.command, cls=Command)
SAMPLES = Path(__file__).with_name("samples")
Config = Annotated[Path, typer.Option("--config", "-c", help="Le fichier de configuration de la commune.")]
Configs = Annotated[list[Path], typer.Option("--config", "-c", help="Un fichier par commune ; l'option se répète.")]
DEFAULT = Path("appariteur.toml")


def stop(why: object, code: int = 2) -> NoReturn:
    """Say one line and leave."""
    with suppress(OSError):  # standard error may be a file on the very disk that is full
        typer.echo(str(why).strip(), err=True)
    raise typer.Exit(code)


def read(path: Path) -> Settings:
    """A configuration, or one line and exit 2."""
    try:
        return load(path)
    except SettingsError as error:
        stop(error)


@command()
def init(directory: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Le dossier à préparer.")] = Path()) -> None:
    """Écrire une configuration commentée et un fichier des membres à compléter."""
    directory.mkdir(parents=True, exist_ok=True)
    for sample in sorted(SAMPLES.iterdir()):
        target = directory / sample.name
        if target.exists():
            stop(f"{target} existe déjà : je n'y touche pas.")
        shutil.copyfile(sample, target)
        typer.echo(f"{target} est prêt à compléter.")
    typer.echo("Ensuite : appariteur check, puis appariteur run.")


@command()
def check(config: Config = DEFAULT) -> None:
    """Vérifier la configuration, les membres, le serveur, la base, l'horloge et le disque."""
    from bot.check import check_all  # noqa: PLC0415 - the command line answers --help without loading everything

    logs.configure(human=True, level=50)
    settings = read(config)
    found = asyncio.run(check_all(settings))
    for line in found:
        typer.echo(str(line))
    raise typer.Exit(0 if all(line.well for line in found) else 1)


@command()
def run(config: Configs = [DEFAULT]) -> None:  # noqa: B006 - typer reads the default, nobody changes it
    """Faire vivre une ou plusieurs communes, jusqu'à SIGTERM ou Ctrl-C."""
    from bot.run import run_towns  # noqa: PLC0415

    logs.configure(human=sys.stderr.isatty())
    towns = [read(path) for path in config]
    _until_stopped(lambda: run_towns(towns))


@command()
def demo(
    seconds: Annotated[float | None, typer.Option(help="S'arrêter de soi-même après ce temps.", hidden=True)] = None,
) -> None:
    """Montrer une commune entière sur cette machine, avec un vrai serveur Matrix."""
    from bot.demo.show import show  # noqa: PLC0415

    logs.configure(human=True, level=40)
    _until_stopped(lambda: show(seconds), code=1)


@command()
def chat() -> None:
    """Parler au robot dans ce terminal, à Sainte-Colombe, sans Matrix, avec une horloge que l'on pousse."""
    from bot.terminal import chat as talk  # noqa: PLC0415

    logs.configure(human=True, level=50)
    _until_stopped(talk)


@command()
def backup(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="Le fichier à écrire.")], config: Config = DEFAULT
) -> None:
    """Sauvegarder la commune entière dans un fichier, même pendant que le robot travaille."""
    from bot.keeping import backup_town  # noqa: PLC0415

    _say_all(lambda: backup_town(read(config), file))


@command()
def restore(
    file: Annotated[Path, typer.Argument(metavar="FICHIER", help="La sauvegarde.")],
    directory: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier vide ou nouveau.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(help="Le fichier de la phrase de récupération, si la sauvegarde est chiffrée.")
    ] = None,
) -> None:
    """Rétablir une commune depuis sa sauvegarde, dans un dossier vide."""
    from bot.keeping import restore_town  # noqa: PLC0415

    _say_all(lambda: restore_town(file, directory, passphrase_file))


@command()
def verify(config: Config = DEFAULT) -> None:
    """Vérifier les documents, l'index, le journal, la base et les secrets, une ligne chacun."""
    from bot.keeping import verify_town  # noqa: PLC0415

    logs.configure(human=True, level=50)
    found = asyncio.run(verify_town(read(config)))
    for line in found:
        typer.echo(str(line))
    raise typer.Exit(0 if all(line.well for line in found) else 1)


@command()
def export(
    target: Annotated[Path, typer.Argument(metavar="DOSSIER", help="Un dossier vide ou nouveau, ou un fichier .zip.")],
    config: Config = DEFAULT,
    session: Annotated[str, typer.Option("--seance", help="Une seule séance : « CM 26/03/2026 ».")] = "",
) -> None:
    """Sortir tout ce qui est gardé en dossiers et formats ouverts, lisibles sans Appariteur."""
    from bot.keeping import FAULTS, export_town, in_one_line  # noqa: PLC0415

    logs.configure(human=True, level=50)
    try:
        done = asyncio.run(export_town(read(config), target, session))
    except FAULTS as fault:
        stop(in_one_line(fault))
    for line in done:
        typer.echo(str(line))
    raise typer.Exit(0 if all(line.well for line in done) else 1)


@command()
def version() -> None:
    """Dire la version."""
    typer.echo(__version__)


def _say_all(work: Callable[[], Coroutine[Any, Any, list[str]]]) -> None:
    """Do something and say its lines; a fault is one line and exit 2."""
    from bot.keeping import FAULTS, in_one_line  # noqa: PLC0415

    logs.configure(human=True, level=50)
    try:
        lines = asyncio.run(work())
    except FAULTS as fault:
        stop(in_one_line(fault))
    for line in lines:
        typer.echo(line)


def _until_stopped(work: Callable[[], Coroutine[Any, Any, str | None]], code: int = 2) -> None:
    """Run until it ends, or until SIGTERM or Ctrl-C, which stop it cleanly; a fault is one line."""

    async def guarded() -> str | None:
        task = asyncio.ensure_future(work())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, task.cancel)
        try:
            return await task
        except asyncio.CancelledError:
            return None

    if fault := asyncio.run(guarded()):
        stop(fault, code)


def main() -> None:
    """The entry point of the ``appariteur`` command."""
    try:
        sys.exit(app(standalone_mode=False))
    except TyperException as error:
        if error.args and not str(error):  # nothing was asked: the help was said
            sys.exit(2)
        names = [each.name or str(getattr(each.callback, "__name__", "")) for each in app.registered_commands]
        typer.echo(explain(error, names), err=True)
        sys.exit(2)
    except (KeyboardInterrupt, BrokenPipeError):
        sys.exit(130)


if __name__ == "__main__":
    main()
