"""People with an app, who listen all the time, accept what the bot invites them to, and send again what did not go."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from bot.demo.person import Person, answered
from bot.matrix.desired import find
from bot.matrix.errors import MatrixError, Rejected, Unreachable
from bot.matrix.events import Event

T = TypeVar("T")
AGAIN = 0.3
LONG = 1_000
"""Milliseconds that a homeserver may keep a sync waiting."""


@dataclass
class Listener:
    """One person of the town.

    Attributes:
        bot: whose invitations are accepted.
        entered: the rooms joined on the bot's invitation, as (name, room id), in order.
        joining: whether invitations are accepted at the moment.
    """

    name: str
    person: Person
    bot: str
    entered: list[tuple[str, str]] = field(default_factory=list)
    syncs: int = 0

    async def listen(self) -> None:
        """Hear all that comes, until cancelled."""
        while True:
            try:
                await self.person.listen(LONG)
                await self._accept()
                self.syncs += 1
            except MatrixError:
                await asyncio.sleep(AGAIN)

    async def _accept(self) -> None:
        for invitation in list(self.person.invitations):
            if invitation.inviter == self.bot:
                with suppress(Rejected):  # taken back meanwhile
                    await self.person.client.join(invitation.room_id)
                    state = await self.person.client.state(invitation.room_id)
                    self.entered.append((str(find(state, "m.room.name").get("name", "")), invitation.room_id))
            self.person.invitations.remove(invitation)

    def room(self, name: str) -> str | None:
        """The room of that name, once entered."""
        return next((room_id for known, room_id in self.entered if known == name), None)

    async def says(self, room_id: str, text: str, **more: Any) -> str:
        """Write a message, as often as it takes to reach the homeserver once; its event id."""
        content, txn = {"msgtype": "m.text", "body": text, **more}, uuid4().hex
        return await patiently(lambda: self.person.client.send(room_id, "m.room.message", content, txn))

    async def answers(self, event: Event, text: str) -> str:
        """Write a message that replies to another."""
        return await self.says(event.room_id, text, **{"m.relates_to": {"m.in_reply_to": {"event_id": event.event_id}}})

    async def drops(self, room_id: str, data: bytes, name: str, caption: str) -> str:
        """Put a file in a room; its event id."""
        client, txn = self.person.client, uuid4().hex
        where = await patiently(
            lambda: client.upload(data, name, "application/octet-stream", encrypted=client.is_encrypted(room_id))
        )
        content = {"msgtype": "m.file", "body": caption or name, "filename": name, "info": {"size": len(data)}, **where}
        return await patiently(lambda: client.send(room_id, "m.room.message", content, txn))

    def from_bot(self, room_id: str) -> list[Event]:
        """What the bot said in a room, as heard so far."""
        ours = [event for event in self.person.heard if (event.room_id, event.sender) == (room_id, self.bot)]
        return [event for event in ours if event.type == "m.room.message"]

    def reply(self, event_id: str) -> Event | None:
        """The bot's first reply to a message, when it has come."""
        replies = (event for event in self.person.heard if answered(event) == event_id and event.sender == self.bot)
        return next(replies, None)


async def patiently(act: Callable[[], Awaitable[T]]) -> T:
    """Do it, however long the homeserver takes to come back."""
    while True:
        try:
            return await act()
        except Unreachable:
            await asyncio.sleep(AGAIN)


@asynccontextmanager
async def listening(name: str, person: Person, bot: str) -> AsyncIterator[Listener]:
    """A person who listens in the background until the end."""
    listener = Listener(name, person, bot)
    task = asyncio.create_task(listener.listen())
    try:
        yield listener
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def said(event: Event) -> str:
    """The words of a message."""
    return str(event.content.get("body", ""))


def folder_of(base: Path, name: str) -> Path:
    """Where a person's app keeps its keys."""
    return base / f"app-{name}"
