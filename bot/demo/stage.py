"""The stage of the demonstration: a homeserver, the bot as a process of its own, and people whose talk is written out."""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from signal import SIGKILL, SIGTERM

import typer

from bot.demo import homeserver
from bot.demo.homeserver import Running
from bot.demo.person import Person
from bot.demo.town import BOT, PEOPLE, Resident, Roll, configuration
from bot.matrix.errors import MatrixError
from bot.matrix.events import Event

FINANCE = "Commission des finances"
PRIVATE = "Appariteur"
LIMIT = 60.0
"""Seconds that anything may take before the demonstration says that it did not come."""


class StepFailed(Exception):
    """Something that was expected did not come: the message says in French which step it was."""


@dataclass(frozen=True)
class Reader:
    """Where the transcript is written, in colours or not."""

    say: Callable[[str], None]
    coloured: bool

    def title(self, text: str) -> None:
        """A scene begins."""
        self.say("\n" + self._styled(f"── {text}", bold=True))

    def note(self, text: str) -> None:
        """What is done beside the conversation."""
        self.say(self._styled(f"   {text}", dim=True))

    def line(self, place: str, who: str, text: str, *, bot: bool = False) -> None:
        """What somebody says somewhere; the following lines are set under the first."""
        head = (
            self._styled(f"[{'en privé' if place == PRIVATE else place}]", dim=True)
            + " "
            + self._styled(who, fg="green" if bot else "cyan", bold=True)
        )
        first, *rest = [line for line in text.splitlines() if line.strip()] or [""]
        self.say("\n".join([f"{head} > {first}", *(f"        {line}" for line in rest)]))

    def _styled(self, text: str, **style: object) -> str:
        return typer.style(text, **style) if self.coloured else text  # type: ignore[arg-type]  # typer's own keywords


@dataclass
class Stage:
    """What the scenes play with.

    Attributes:
        folder: the town's: configuration, members file, the bot's data and log.
        told: the messages that were written out already.
    """

    folder: Path
    server: Running
    reader: Reader
    password: str
    roll: Roll
    people: AsyncExitStack
    bot: "asyncio.subprocess.Process | None" = None
    cast: dict[Resident, Person] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    bot_id: str = f"@{BOT}:{homeserver.SERVER_NAME}"

    @asynccontextmanager
    async def step(self, what: str) -> AsyncIterator[None]:
        """Raises StepFailed, which names the step, when what is waited for inside does not come."""
        try:
            yield
        except TimeoutError:
            stopped = self.bot is not None and self.bot.returncode is not None
            why = "le robot s'est arrêté" if stopped else f"rien n'est venu en {LIMIT:.0f} secondes"
            raise StepFailed(f"L'étape « {what} » n'a pas abouti : {why}.") from None
        except (MatrixError, OSError) as error:
            raise StepFailed(f"L'étape « {what} » a échoué ({type(error).__name__} : {error}).") from error

    # --- the bot

    async def start_bot(self) -> None:
        """Start the bot as towns do, its log beside its configuration."""
        with (self.folder / "bot.log").open("ab") as log:
            command = (sys.executable, "-m", "bot", "run", "--config", str(self.folder / "appariteur.toml"))
            # A session of its own: Ctrl-C stops the demonstration, which then stops the bot.
            self.bot = await asyncio.create_subprocess_exec(*command, stdout=log, stderr=log, start_new_session=True)

    async def stop_bot(self, *, brutally: bool = False) -> int:
        """End it, cleanly or by ``kill -9``; gives its exit status."""
        if self.bot is None:
            return 0
        if self.bot.returncode is None:
            self.bot.send_signal(SIGKILL if brutally else SIGTERM)
        return await self.bot.wait()

    # --- people

    async def enter(self, resident: Resident) -> Person:
        """Somebody opens an encrypted app, and from now on accepts invitations when asked to find a room."""
        person = Person(self.server.url, resident.matrix_id, self.password, self.folder / "apps" / resident.login)
        self.cast[resident] = await self.people.enter_async_context(person)
        return person

    async def says(self, who: Resident, place: str, text: str) -> str:
        """Somebody writes in a room they found; gives the event's id."""
        self.reader.line(place, who.name, text)
        person = self.cast[who]
        return await person.says(person.places[place], text)

    async def asks(self, who: Resident, place: str, text: str) -> Event:
        """Somebody writes and the bot replies."""
        return await self.answer(who, place, await self.says(who, place, text))

    async def answer(self, who: Resident, place: str, event_id: str) -> Event:
        """The bot's reply to a message, written out."""
        answer = await self.cast[who].hears_answer(event_id, LIMIT)
        self.tell(place, answer)
        return answer

    async def hears(self, who: Resident, place: str, start: str = "", *, kind: str = "") -> Event:
        """The bot's next message there that begins so, or is of that kind (m.file); those before it are written out too."""
        person = self.cast[who]
        async with asyncio.timeout(LIMIT):
            while True:
                for event in person.heard:
                    body, new = str(event.content.get("body", "")), event.event_id not in self.told
                    here = (event.room_id, event.sender) == (person.places[place], self.bot_id)
                    if not (here and new and event.type == "m.room.message"):
                        continue
                    self.tell(place, event)
                    if body.startswith(start) and kind in ("", event.content["msgtype"]):
                        return event
                await person.listen(1_000)

    def tell(self, place: str, event: Event) -> None:
        """Write out what the bot said."""
        self.told.add(event.event_id)
        file = event.content.get("msgtype") == "m.file"
        body = str(event.content.get("body", ""))
        self.reader.line(place, PRIVATE, f"(fichier) {body}" if file else body, bot=True)


@asynccontextmanager
async def open_stage(folder: Path, reader: Reader, password: str) -> AsyncIterator[Stage]:
    """A homeserver with everybody's account, the town's two files written, the bot started; all is ended at the close."""
    server = await _started(folder / "synapse")
    try:
        async with AsyncExitStack() as people:
            logins = [BOT, *(person.login for person in PEOPLE if person.account)]
            await asyncio.gather(*(server.register(login, password) for login in logins))
            stage = Stage(folder, server, reader, password, Roll(folder / "membres.csv"), people)
            stage.roll.save()
            (folder / "appariteur.toml").write_text(configuration(server.url, password), encoding="utf-8")
            try:
                await stage.start_bot()
                yield stage
            finally:
                await stage.stop_bot()
    finally:
        await asyncio.to_thread(homeserver.stop, server)


async def _started(folder: Path) -> Running:
    """A homeserver; one that is still starting when everything is cancelled is not left behind."""
    starting = asyncio.ensure_future(asyncio.to_thread(homeserver.start, folder))
    try:
        return await asyncio.shield(starting)
    except asyncio.CancelledError:
        await asyncio.to_thread(homeserver.stop, await starting)
        raise
