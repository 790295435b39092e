"""Who had which version of a paper: sent on demand in private, or in force when a convocation reached them."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.states import OutboxKind, OutboxState, RoomKind
from storage.summons import Convocation, Summons
from storage.tables import File, Outgoing, Paper, Person, Room


class Holders:
    """Told by what was sent: the outbox (which forgets after ninety days) and the convocations (which don't)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def on_demand(self, file: File) -> Sequence[Person]:
        """Those to whom the bytes of a version were sent in their own conversation, by name."""
        blob = Outgoing.content["blob"].as_string()
        query = select(Person).join(Room, Room.person_id == Person.id).join(Outgoing, Outgoing.room_id == Room.room_id)
        query = query.where(Outgoing.kind == OutboxKind.FILE, Outgoing.state == OutboxState.SENT, blob == file.blob)
        query = query.where(Room.kind == RoomKind.DM).distinct()
        return (await self._session.scalars(query.order_by(Person.last_name, Person.first_name))).all()

    async def by_convocation(self, paper: Paper, file: File) -> Sequence[tuple[str, int]]:
        """The convocations of its session that left while a version was in force, and how many people each has reached."""
        later = [other.filed_at for other in paper.files if other.version > file.version]
        reached = func.coalesce(Summons.sent_at, Summons.copied_at).is_not(None) | Summons.handed_on.is_not(None)
        query = select(Convocation.reference, func.count()).join(Summons, Summons.convocation_id == Convocation.id)
        query = query.where(Convocation.meeting_id == paper.meeting_id, Convocation.made_at >= file.filed_at, reached)
        if later:
            query = query.where(Convocation.made_at < min(later))
        query = query.group_by(Convocation.id, Convocation.reference).order_by(Convocation.id)
        return [(reference, people) for reference, people in await self._session.execute(query)]
