"""The Matrix rooms the bot knows: the space, one per body, one per person."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from storage.states import RoomKind
from storage.tables import Person, Room


class Rooms:
    """Known rooms; a closed one (left, replaced) is kept so that what came from it still has a place."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, room_id: str) -> Room | None:
        """The known, open room of this id, with its body."""
        query = select(Room).where(Room.room_id == room_id, Room.closed.is_(False)).options(joinedload(Room.body))
        return await self._session.scalar(query)

    async def meeting_of(self, room_id: str, matrix_id: str) -> tuple[Room | None, Person | None]:
        """The known, open room and the person of the roll behind a message: one question, asked at each message."""
        query = select(Room, Person).outerjoin(Person, Person.matrix_id == matrix_id)
        query = query.where(Room.room_id == room_id, Room.closed.is_(False)).options(joinedload(Room.body))
        row = (await self._session.execute(query)).first()
        return (row[0], row[1]) if row else (None, None)

    async def all(self) -> Sequence[Room]:
        """Every open room, with its body."""
        query = select(Room).where(Room.closed.is_(False)).options(joinedload(Room.body))
        return (await self._session.scalars(query)).all()

    async def ids(self) -> set[str]:
        """Every room ever known, open or closed: one that was closed is not to be found again."""
        return set(await self._session.scalars(select(Room.room_id)))

    async def kinds(self, room_ids: Collection[str]) -> dict[str, RoomKind]:
        """What the known ones of these rooms are for."""
        query = select(Room.room_id, Room.kind).where(Room.room_id.in_(room_ids), Room.closed.is_(False))
        return dict((await self._session.execute(query)).all())

    async def space(self) -> Room | None:
        """The town's space."""
        return await self._session.scalar(select(Room).where(Room.kind == RoomKind.SPACE, Room.closed.is_(False)))

    async def of_body(self, body_id: int) -> Room | None:
        """A body's room."""
        return await self._session.scalar(select(Room).where(Room.body_id == body_id, Room.closed.is_(False)))

    async def of_person(self, person_id: int) -> Room | None:
        """The latest direct conversation with a person."""
        query = select(Room).where(Room.person_id == person_id, Room.closed.is_(False))
        return await self._session.scalar(query.order_by(Room.since.desc()).limit(1))

    async def add(self, room: Room) -> None:
        """Know a room; one known before is brought up to date."""
        await self._session.merge(room)
        await self._session.flush()

    async def close(self, room_id: str) -> None:
        """Act no more in a room."""
        room = await self._session.get(Room, room_id)
        if room is not None:
            room.closed = True
