"""Meets the people of the roll: a direct conversation is opened with each; the welcome waits until they are in it.

A message sent before somebody's first device exists can never be read on it: the first words must not be lost so.
"""

from dataclasses import dataclass

import structlog

from bot.dispatch import Dispatch
from bot.matrix.client import Client
from bot.matrix.errors import MatrixError, SignedOut
from bot.matrix.rooms import Rooms
from storage.store import Store

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Greeter:
    """Opens conversations and sees who came in while nobody was listening."""

    dispatch: Dispatch
    rooms: Rooms
    client: Client

    async def meet_everyone(self) -> None:
        """Open a conversation with everyone who holds a seat that they weren't told of; tell those already in it."""
        clock = self.dispatch.clock
        async with self.dispatch.database.read() as session:
            people = await Store(session, "", clock.now()).arrivals.people(clock.now().date())
        for person in people:
            try:
                room_id = await self.rooms.conversation(person.id)
            except SignedOut:
                raise
            except MatrixError as error:
                log.warning("conversation not opened", person=person.id, error=type(error).__name__)
                continue
            if person.matrix_id in self.client.joined(room_id):
                await self.dispatch.welcome(person.id)
