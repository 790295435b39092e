"""A person with an ordinary encrypted app, played by the program: for the demonstration and the tests.

It has a cross-signed device of its own, as people who use Element have; it speaks, listens, answers invitations.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from bot.matrix.client import Account, Client
from bot.matrix.desired import find
from bot.matrix.events import ENCRYPTED, Event, Invitation

_KEY = b"a demonstration has no secrets.."  # 32 bytes
_LIMIT = 20.0  # seconds to wait for something that was expected


class Person:
    """One person, one device: ``async with Person(url, user_id, password, directory) as mme_arnaud``."""

    def __init__(self, homeserver: str, user_id: str, password: str, directory: Path) -> None:
        self.user_id = user_id
        self.client = Client(Account(homeserver, user_id, password), directory, key=_KEY)
        self.heard: list[Event] = []  # all that came, in order
        self.invitations: list[Invitation] = []
        self.places: dict[str, str] = {}  # the rooms found by ``finds``, by name
        self._unread: list[Event] = []  # came before their key
        self._token: str | None = None
        self._listened = 0

    async def __aenter__(self) -> Self:
        await self.client.__aenter__()
        try:
            await self.client.start()
            await self.listen()
        except BaseException:
            await self.client.__aexit__(None, None, None)
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.client.__aexit__(kind, error, trace)

    async def listen(self, timeout_ms: int = 0) -> tuple[Event, ...]:
        """Takes what has come since the last time."""
        batch = await self.client.sync(self._token, timeout_ms)
        self._token = batch.token
        self.heard += batch.events
        self.invitations += batch.invitations
        await self.client.housekeeping()
        self._unread += [event for event in batch.events if event.type == ENCRYPTED]
        if batch.new_sessions:
            await self._read_again()
        return batch.events

    async def _read_again(self) -> None:
        """Keys came: what waited for them is heard now."""
        waiting, self._unread = self._unread, []
        for event in waiting:
            opened = await self.client.decrypt_again(event.source)
            (self.heard if opened else self._unread).append(opened or event)

    async def hears(self, wanted: Callable[[Event], bool], limit: float = _LIMIT) -> Event:
        """The next event that ``wanted`` accepts, among those not looked at yet; raises TimeoutError."""
        async with asyncio.timeout(limit):
            while True:
                while self._listened < len(self.heard):
                    event = self.heard[self._listened]
                    self._listened += 1
                    if wanted(event):
                        return event
                await self.listen(1_000)

    async def hears_text(self, room_id: str, sender: str, limit: float = _LIMIT) -> str:
        """The body of the next message of ``sender`` in a room; a message that can't be read is not one."""

        def wanted(event: Event) -> bool:
            return (event.room_id, event.sender, event.type) == (room_id, sender, "m.room.message")

        return str((await self.hears(wanted, limit)).content["body"])

    def replies_to(self, event_id: str) -> list[Event]:
        """All that was heard so far in reply to a message."""
        return [event for event in self.heard if answered(event) == event_id]

    async def hears_answer(self, event_id: str, limit: float = _LIMIT) -> Event:
        """The first reply to a message, once it has come; raises TimeoutError."""
        async with asyncio.timeout(limit):
            while not (found := self.replies_to(event_id)):
                await self.listen(1_000)
            return found[0]

    async def finds(self, name: str, limit: float = _LIMIT) -> str:
        """The room of that name, every invitation being accepted on the way; raises TimeoutError."""
        async with asyncio.timeout(limit):
            while name not in self.places:
                for invitation in list(self.invitations):
                    room_id = await self.accepts(invitation.room_id)
                    self.places[find(await self.client.state(room_id), "m.room.name").get("name", "")] = room_id
                if name not in self.places:
                    await self.listen(1_000)
            return self.places[name]

    async def accepts(self, room_id: str | None = None, limit: float = _LIMIT) -> str:
        """Joins the room of an invitation (that one, or the first one), once it has come; tells which room."""
        async with asyncio.timeout(limit):
            while True:
                for invitation in self.invitations:
                    if room_id in (None, invitation.room_id):
                        self.invitations.remove(invitation)
                        await self.client.join(invitation.room_id)
                        return invitation.room_id
                await self.listen(1_000)

    async def says(self, room_id: str, text: str, **more: Any) -> str:
        """Writes a message; ``more`` is added to its content. Tells its event id."""
        content = {"msgtype": "m.text", "body": text, **more}
        return await self.client.send(room_id, "m.room.message", content, uuid4().hex)

    async def answers(self, event: Event, text: str) -> str:
        """Writes a message that replies to another."""
        relation = {"m.in_reply_to": {"event_id": event.event_id}}
        return await self.says(event.room_id, text, **{"m.relates_to": relation})

    async def reacts(self, event: Event, emoji: str) -> str:
        """Puts an emoji under a message."""
        relation = {"rel_type": "m.annotation", "event_id": event.event_id, "key": emoji}
        return await self.client.send(event.room_id, "m.reaction", {"m.relates_to": relation}, uuid4().hex)

    async def drops(
        self, room_id: str, data: bytes, name: str, caption: str = "", mime: str = "application/pdf"
    ) -> str:
        """Puts a file in a room, encrypted where the room is, perhaps with a word about it."""
        encrypted = self.client.is_encrypted(room_id)
        where = await self.client.upload(data, name, mime, encrypted=encrypted)
        info = {"size": len(data), "mimetype": mime}
        content = {"msgtype": "m.file", "body": caption or name, "filename": name, "info": info, **where}
        return await self.client.send(room_id, "m.room.message", content, uuid4().hex)


def answered(event: Event) -> str | None:
    """The message that an event replies to."""
    relation = event.content.get("m.relates_to")
    target = relation.get("m.in_reply_to") if isinstance(relation, dict) else None
    return target.get("event_id") if isinstance(target, dict) else None
