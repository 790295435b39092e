"""Rooms follow the roll: what is wanted is compared with the homeserver, and the difference is made.

It can be stopped anywhere and run twice: a room made just before a crash is found again by the mark in its creation.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

import structlog

from bot.matrix.client import Client
from bot.matrix.desired import (
    MARK,
    WantedRoom,
    find,
    mark_of,
    memberships,
    power_levels,
    same_powers,
    topic_of,
)
from bot.matrix.errors import Limited, Rejected
from bot.matrix.events import Invitation
from bot.matrix.signin import NAME
from commands import Commune
from council.clock import Clock
from council.roles import Function, Role
from storage.database import Database
from storage.people import role_of
from storage.states import JournalKind, RoomKind
from storage.store import Store
from storage.tables import Body, Room

log = structlog.get_logger(__name__)
T = TypeVar("T")
SPACE = "space"
FAREWELL = "Vous ne siégez plus dans cette commission."
STRANGER = "Appariteur ne rejoint que les salons des membres de la commune. Pour en être, adressez-vous à la mairie."


@dataclass
class Rooms:
    """Makes the space, a room per body and the direct conversations, and keeps the right people in them.

    Attributes:
        commands: the content of the state event that lists the commands (MSC4332).
    """

    client: Client
    database: Database
    commune: Commune
    clock: Clock
    commands: dict[str, Any] = field(default_factory=dict)
    slowed: bool = False
    """Whether the homeserver asked to slow down since the start: the log says once what to do about it."""
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)
    _opening: asyncio.Lock = field(default_factory=asyncio.Lock)
    _foreign: set[str] = field(default_factory=set)

    async def reconcile(self) -> None:
        """Make the homeserver say what the roll says: space, rooms, names, topics, powers, members."""
        async with self._one_at_a_time:
            await self.adopt()
            space, bodies = await self._wanted()
            space_id = await self._room(space, RoomKind.SPACE, None)
            await self._furnish(space_id, space)
            for body, wanted in bodies:
                room_id = await self._room(wanted, RoomKind.BODY, body.id)
                await self._attach(space_id, room_id, wanted.order)
                await self._furnish(room_id, wanted)
            log.info("rooms reconciled", rooms=len(bodies))

    async def _wanted(self) -> tuple[WantedRoom, list[tuple[Body, WantedRoom]]]:
        today = self.clock.now().date()
        async with self.database.read() as session:
            store = Store(session, "", self.clock.now())
            bodies = []
            everyone: dict[str, bool] = {}
            for n, body in enumerate(await store.bodies.all()):
                seats = {
                    each.matrix_id: (each, chair)
                    for each, chair in await store.people.members(body.id, today)
                    if each.matrix_id
                }
                wanted = WantedRoom(
                    mark=f"body:{body.code}",
                    name=body.name,
                    topic=topic_of(body.kind),
                    members={user: Role.CHAIR in role_of(*seat) for user, seat in seats.items()},
                    order=f"{n:03d}",
                    guests=frozenset(user for user, (each, _) in seats.items() if each.function is Function.GUEST),
                )
                everyone.update(dict.fromkeys(seats, False))
                bodies.append((body, wanted))
        space = WantedRoom(SPACE, self.commune.name, f"Les salons de {self.commune.name}", everyone, space=True)
        return space, bodies

    async def adopt(self) -> None:
        """Know again the rooms that were made just before a crash, or whose making was not answered, by their mark."""
        joined = await self.client.joined_rooms()
        async with self.database.read() as session:
            known = await Store(session, "", self.clock.now()).rooms.ids()
        for room_id in joined:
            if room_id in known or room_id in self._foreign:
                continue
            if mark := mark_of(await self.client.state(room_id), self.client.user_id):
                await self._know(room_id, mark)
            else:
                self._foreign.add(room_id)

    async def _know(self, room_id: str, mark: str) -> None:
        kind, _, what = mark.partition(":")
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            room = Room(room_id=room_id, kind=RoomKind(kind), since=store.now, closed=False)
            if room.kind is RoomKind.BODY:
                body = next((body for body in await store.bodies.all() if body.code == what), None)
                if body is None or await store.rooms.of_body(body.id):
                    return
                room.body_id = body.id
            elif room.kind is RoomKind.DM:
                person = await store.people.by_matrix_id(what)
                if person is None:
                    return
                room.person_id = person.id
            elif await store.rooms.space():
                return
            await store.rooms.add(room)

    async def _room(self, wanted: WantedRoom, kind: RoomKind, body_id: int | None) -> str:
        """The room's id; it is made when it isn't there."""
        async with self.database.read() as session:
            rooms = Store(session, "", self.clock.now()).rooms
            known = await (rooms.of_body(body_id) if body_id is not None else rooms.space())
        if known is not None:
            return known.room_id
        room_id = await self._patiently(
            lambda: self.client.create_room(
                name=wanted.name,
                topic=wanted.topic,
                invite=(),
                encrypted=not wanted.space,
                space=wanted.space,
                mark={MARK: wanted.mark},
                power_levels=power_levels(user for user, chairs in wanted.members.items() if chairs),
            )
        )
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            await store.rooms.add(Room(room_id=room_id, kind=kind, body_id=body_id, since=store.now, closed=False))
        return room_id

    async def _attach(self, space_id: str, room_id: str, order: str) -> None:
        """Put the room in the space, at its place."""
        server = self.client.user_id.split(":", 1)[1]
        child = {"via": [server], "order": order}
        if find(await self.client.state(space_id), "m.space.child", room_id) != child:
            await self._put(space_id, "m.space.child", child, room_id)
            await self._put(room_id, "m.space.parent", {"via": [server], "canonical": True}, space_id)

    async def _furnish(self, room_id: str, wanted: WantedRoom) -> None:
        """Name, topic, powers, commands, then people: who is missing is invited, who has no seat leaves."""
        state = await self.client.state(room_id)
        powers = power_levels(user for user, chairs in wanted.members.items() if chairs)
        now = find(state, "m.room.power_levels")
        if find(state, "m.room.name") != {"name": wanted.name}:
            await self._put(room_id, "m.room.name", {"name": wanted.name})
        if find(state, "m.room.topic").get("topic") != wanted.topic:
            await self._put(room_id, "m.room.topic", {"topic": wanted.topic})
        if not same_powers(now, powers, self.client.user_id):
            own = (
                {self.client.user_id: now["users"][self.client.user_id]}
                if self.client.user_id in now.get("users", {})
                else {}
            )
            await self._put(room_id, "m.room.power_levels", {**powers, "users": {**powers["users"], **own}})
        if self.commands and not wanted.space:
            listed = "org.matrix.msc4332.commands"
            if find(state, listed, self.client.user_id) != self.commands:
                await self._put(room_id, listed, self.commands, self.client.user_id)
        await self._seat(room_id, wanted, memberships(state))

    async def _seat(self, room_id: str, wanted: WantedRoom, present: dict[str, str]) -> None:
        for user in wanted.members:
            if present.get(user) not in ("join", "invite", "ban"):
                invite = partial(self.client.invite, room_id, user, past=user not in wanted.guests)
                done = await self._willingly(invite, "invite", user)
                await self._tell(JournalKind.INVITED, room_id, user, done=done)
        for user, membership in present.items():
            if user not in wanted.members and user != self.client.user_id and membership in ("join", "invite", "knock"):
                done = await self._willingly(partial(self.client.kick, room_id, user, FAREWELL), "remove", user)
                await self._tell(JournalKind.REMOVED, room_id, user, done=done)

    async def _tell(self, kind: JournalKind, room_id: str, user: str, *, done: bool) -> None:
        """The journal says who was let into a room, and who was taken out of it."""
        if not done:
            return
        async with self.database.begin() as session:
            store = Store(session, "", self.clock.now())
            room, person = await store.rooms.meeting_of(room_id, user)
            if room is not None:
                who = person.id if person else None
                await store.journal.add(kind, room.kind.value, person_id=who, body_id=room.body_id, user=user)

    async def _put(self, room_id: str, kind: str, content: dict[str, Any], key: str = "") -> None:
        await self._patiently(lambda: self.client.put_state(room_id, kind, content, key))

    async def _willingly(self, act: Callable[[], Awaitable[None]], what: str, user: str) -> bool:
        """One person who can't be invited (no such account, say) must not stop the others; whether it was done."""
        try:
            await self._patiently(act)
        except Rejected as error:
            log.warning("membership not changed", what=what, user=user, code=error.code)
            return False
        return True

    async def _patiently(self, act: Callable[[], Awaitable[T]]) -> T:
        """Do it at the homeserver's own pace: where the limits are low, it takes as long as it takes."""
        while True:
            try:
                return await act()
            except Limited as limited:
                if not self.slowed:
                    log.warning(
                        "the homeserver slows the bot down: see docs/exploitation.md", seconds=limited.retry_after
                    )
                self.slowed = True
                await asyncio.sleep(limited.retry_after)

    # --- direct conversations and invitations

    async def conversation(self, person_id: int) -> str:
        """The direct conversation with a person; one is made when there is none, or when the person left it."""
        if known := await self._conversation_known(person_id):
            return known
        async with self._opening:  # two who look at once must not both make one
            await self.adopt()  # nor is one made again whose making was not answered
            return await self._conversation_known(person_id) or await self._open_conversation(person_id)

    async def _conversation_known(self, person_id: int) -> str | None:
        async with self.database.read() as session:
            room = await Store(session, "", self.clock.now()).rooms.of_person(person_id)
        return room.room_id if room else None

    async def _open_conversation(self, person_id: int) -> str:
        async with self.database.read() as session:
            person = await Store(session, "", self.clock.now()).people.get(person_id)
        if person.matrix_id is None:
            raise Rejected(404, "M_NOT_FOUND", "no account")
        mark = f"dm:{person.matrix_id}"
        room_id = await self.client.create_room(
            name=NAME, topic="", invite=(person.matrix_id,), encrypted=True, direct=True, mark={MARK: mark}
        )
        await self._know(room_id, mark)
        await self._list_as_direct(room_id, person.matrix_id)
        return room_id

    async def _list_as_direct(self, room_id: str, user: str) -> None:
        direct = await self.client.account_data("m.direct")
        rooms = [*direct.get(user, []), room_id]
        await self.client.set_account_data("m.direct", {**direct, user: list(dict.fromkeys(rooms))})

    async def invited(self, invitation: Invitation) -> None:
        """Accept a member's own conversation; decline anything else, saying why."""
        async with self.database.read() as session:
            store = Store(session, "", self.clock.now())
            person = await store.people.by_matrix_id(invitation.inviter)
            welcome = person is not None and await store.people.seats(person, self.clock.now().date())
        if not (welcome and invitation.is_direct):
            log.info("invitation declined", inviter=invitation.inviter)
            await self._willingly(
                lambda: self.client.leave(invitation.room_id, STRANGER), "decline", invitation.inviter
            )
            return
        await self._willingly(lambda: self.client.join(invitation.room_id), "join", invitation.inviter)
        await self._know(invitation.room_id, f"dm:{invitation.inviter}")
        await self._list_as_direct(invitation.room_id, invitation.inviter)

    async def left(self, room_id: str) -> None:
        """The bot is no longer in a room: it acts there no more."""
        async with self.database.begin() as session:
            await Store(session, "", self.clock.now()).rooms.close(room_id)
