"""A play on a real homeserver: people with encrypted apps, a clock pushed by hand, and all of it written down for readers."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.app import Bot
from bot.demo.person import Person
from council.clock import HandClock
from council.french import long_moment
from storage.store import Store
from tests.bot.hall import LIMIT, eventually
from tests.bot.shown import shown
from tests.strict import people as strict

PRIVATE = "Appariteur"
"""The name of each person's own conversation with the bot."""


@dataclass(frozen=True)
class Heard:
    """A message as somebody's app shows it."""

    event_id: str
    room_id: str
    sender: str
    content: dict[str, Any]

    @property
    def body(self) -> str:
        """Its words; the name of a file."""
        return str(self.content.get("body", ""))


class App(Protocol):
    """An encrypted app, whichever: what a person does with it in a room, and what they see there."""

    @property
    def user_id(self) -> str:
        """The account's Matrix id."""

    async def enters(self, name: str) -> str:
        """Accept invitations until in the room of that name; its id."""

    async def says(self, room_id: str, text: str) -> str:
        """Write; the event's id."""

    async def touches(self, heard: Heard, emoji: str) -> None:
        """Put an emoji under a message."""

    async def hears(self, wanted: Callable[[Heard], bool]) -> Heard:
        """The first message that is wanted, seen already or still to come; raises TimeoutError or AssertionError."""


@dataclass(frozen=True)
class Light:
    """The bot's own client, as the other tests use it."""

    person: Person

    @property
    def user_id(self) -> str:
        """The account's Matrix id."""
        return self.person.user_id

    async def enters(self, name: str) -> str:
        """See ``App``."""
        return await self.person.finds(name, LIMIT)

    async def says(self, room_id: str, text: str) -> str:
        """See ``App``."""
        return await self.person.says(room_id, text)

    async def touches(self, heard: Heard, emoji: str) -> None:
        """See ``App``."""
        event = next(each for each in self.person.heard if each.event_id == heard.event_id)
        await self.person.reacts(event, emoji)

    async def hears(self, wanted: Callable[[Heard], bool]) -> Heard:
        """See ``App``."""
        looked = 0

        def found() -> Heard | None:
            nonlocal looked
            events, looked = self.person.heard[looked:], len(self.person.heard)
            messages = [each for each in events if each.type == "m.room.message"]
            heard = [Heard(each.event_id, each.room_id, each.sender, each.content) for each in messages]
            return next(filter(wanted, heard), None)

        return await self._until(found)

    async def _until(self, found: Callable[[], Heard | None]) -> Heard:
        async with asyncio.timeout(LIMIT):
            while (heard := found()) is None:
                await self.person.listen(1_000)
            return heard


@dataclass(frozen=True)
class Strict:
    """Element's own cryptography, by its SDK."""

    person: strict.Person
    user_id: str

    async def enters(self, name: str) -> str:
        """See ``App``."""
        return await self.person.room(name)

    async def says(self, room_id: str, text: str) -> str:
        """See ``App``."""
        sent = await self.person.clients.do("send", **{"as": self.person.name, "room": room_id, "text": text})
        return str(sent["event_id"])

    async def touches(self, heard: Heard, emoji: str) -> None:
        """See ``App``."""
        arguments = {"as": self.person.name, "room": heard.room_id, "to": heard.event_id, "key": emoji}
        await self.person.clients.do("react", **arguments)

    async def hears(self, wanted: Callable[[Heard], bool]) -> Heard:
        """See ``App``."""

        def message(seen: dict[str, Any]) -> Heard | None:
            event = seen.get("event", {})
            readable = event.get("type") == "m.room.message" and not event.get("failure")
            if not readable or event["as"] != self.person.name:
                return None
            return Heard(event["id"], event["room"], event["sender"], event["content"])

        def is_wanted(seen: dict[str, Any]) -> bool:
            heard = message(seen)
            return heard is not None and wanted(heard)

        heard = message(await self.person.clients.until(is_wanted, limit=LIMIT))
        assert heard
        return heard


@dataclass
class Play:
    """What is played, and what will be read of it.

    Attributes:
        apps: the people's, by their family name.
        names: how each is called, by the same.
        room: the name of the room where all meet, and ``place`` what readers are told of it.
        written: the transcript's paragraphs.
        hidden: what changes from one time to the next (a code), and what readers are shown instead.
    """

    bot: Bot
    clock: HandClock
    apps: dict[str, App]
    names: dict[str, str]
    room: str
    place: str
    written: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    _rooms: dict[tuple[str, str], str] = field(default_factory=dict)
    _told: set[tuple[str, str]] = field(default_factory=set)

    # --- what readers see

    def chapter(self, title: str, text: str) -> None:
        """A heading, with its day and hour, and what is about to happen."""
        now = long_moment(self.clock.now(), self.bot.settings.commune.zone)
        self.written += [f"## {title}", f"*{now[0].upper()}{now[1:]}.* {text}"]

    def aside(self, text: str) -> None:
        """A remark to the reader."""
        self.written.append(text)

    def _speech(self, who: str, where: str, text: str) -> None:
        self.written.append(f"**{self.names[who]}**, {where} : `{text}`")

    def _quote(self, heading: str, body: str) -> None:
        self.written.append(f"{heading}\n\n" + "\n".join(f"> {line}".rstrip() for line in body.split("\n")))

    def _where(self, place: str) -> str:
        return "en privé" if place == PRIVATE else self.place

    # --- what people do

    async def enter(self, who: str, *places: str) -> None:
        """Somebody accepts the invitations to these rooms."""
        for place in places:
            self._rooms[who, place] = await self.apps[who].enters(place)

    async def says(self, who: str, text: str, place: str = PRIVATE, *, aside: bool = False) -> str:
        """Somebody writes; ``aside``: without readers being shown it. The event's id."""
        if not aside:
            self._speech(who, self._where(place), text)
        return await self.apps[who].says(self._rooms[who, place], text)

    async def asks(self, who: str, text: str, place: str = PRIVATE, *, expect: str = "", aside: bool = False) -> str:
        """Somebody writes and the bot replies, with ``expect`` among its words; the reply's words."""
        said = await self.reply(who, await self.says(who, text, place, aside=aside), aside=aside)
        assert expect in said, said
        return said

    async def reply(self, who: str, event_id: str, *, aside: bool = False) -> str:
        """The bot's reply to a message."""

        def wanted(heard: Heard) -> bool:
            relation = heard.content.get("m.relates_to") or {}
            return bool(relation.get("m.in_reply_to", {}).get("event_id") == event_id)

        heard = await self.apps[who].hears(wanted)
        self._told.add((who, heard.event_id))
        if not aside:
            self._quote("**L'appariteur** :", shown(heard.content))
        return heard.body

    async def drops(self, who: str, data: bytes, name: str, caption: str, place: str) -> str:
        """Somebody, on the bot's own client, drops a file; the reply's words."""
        app = self.apps[who]
        assert isinstance(app, Light)
        written = f"*le fichier « {name} »*" + (f", avec la légende : `{caption}`" if caption else "")
        self.written.append(f"**{self.names[who]}**, {self._where(place)} : {written}")
        return await self.reply(who, await app.person.drops(self._rooms[who, place], data, name, caption))

    async def touches(self, who: str, start: str, emoji: str) -> None:
        """Somebody puts an emoji under what the bot told them in private."""
        heard = await self._find(who, start, PRIVATE, told=True)
        self.written.append(f"**{self.names[who]}**, en privé : *touche {emoji} sous ce message*")
        await self.apps[who].touches(heard, emoji)

    async def hears(self, who: str, start: str, place: str = PRIVATE, *, aside: bool = False) -> Heard:
        """What the bot tells somebody, or the room, without being asked; each message once."""
        heard = await self._find(who, start, place, told=False)
        self._told.add((who, heard.event_id))
        if not aside:
            to = self.place if place != PRIVATE else f"à {self.names[who]}, en privé"
            self._quote(f"**L'appariteur**, {to} :", shown(heard.content))
        return heard

    async def _find(self, who: str, start: str, place: str, *, told: bool) -> Heard:
        room_id, bot_id = self._rooms[who, place], self.bot.client.user_id

        def wanted(heard: Heard) -> bool:
            ours = (heard.room_id, heard.sender) == (room_id, bot_id) and heard.body.startswith(start)
            return ours and (told or (who, heard.event_id) not in self._told)

        try:
            return await self.apps[who].hears(wanted)
        except (TimeoutError, AssertionError):
            raise AssertionError(f"{who} never heard « {start} »") from None

    # --- time

    async def settle(self) -> None:
        """Wait until nothing is left to answer nor to send."""

        async def idle() -> bool:
            async with self.bot.database.read() as session:
                store = Store(session, "", self.clock.now())
                waiting = await store.outbox.waiting() or await store.inbox.heads(())
                return not waiting and not await store.notices.due()

        await eventually(idle)

    async def until(self, moment: datetime) -> None:
        """Let time pass, once all is said; what falls due by then is said before this returns."""
        await self.settle()
        self.clock.set(moment)
        self.bot.alarm.look()
        await self.settle()

    def transcript(self, head: str) -> str:
        """The whole, as a page of Markdown."""
        text = "\n\n".join([head, *self.written]) + "\n"
        for secret, instead in self.hidden.items():
            text = text.replace(secret, instead)
        return text
