"""Who stays out of which point of a session, said ahead: never why, beyond the rule by which it is counted."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from council.recusals import Interest
from storage.base import Base
from storage.journal import Journal
from storage.states import JournalKind
from storage.tables import AgendaItem, Meeting


class Recusal(Base):
    """A member stays out of a point (déport); ``by_id`` is who entered it: the member, or somebody of the town hall."""

    __tablename__ = "recusals"
    __table_args__ = (UniqueConstraint("item_id", "person_id"), Index(None, "meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("agenda_items.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    interest: Mapped[Interest]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Recusals:
    """Recusals by session; each change is told to the journal."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def of(self, meeting_id: int) -> Sequence[Recusal]:
        """Those of the points that are on a session's agenda today, in the order they were said."""
        query = select(Recusal).join(AgendaItem, AgendaItem.id == Recusal.item_id)
        query = query.where(Recusal.meeting_id == meeting_id, AgendaItem.position > 0).order_by(Recusal.id)
        return (await self._session.scalars(query)).all()

    async def declare(self, meeting: Meeting, item: AgendaItem, person_id: int, interest: Interest, by: int) -> None:
        """Keep that a member stays out of a point, over what was said before."""
        recusal = await self._one(item, person_id)
        if recusal is None:
            recusal = Recusal(meeting_id=meeting.id, item_id=item.id, person_id=person_id)
            self._session.add(recusal)
        recusal.interest, recusal.by_id, recusal.at = interest, by, self._now
        await self._tell(meeting, person_id, f"déport, point {item.position}")

    async def take_back(self, meeting: Meeting, item: AgendaItem, person_id: int) -> bool:
        """A member takes part in a point again. Returns whether they had said that they wouldn't."""
        recusal = await self._one(item, person_id)
        if recusal is None:
            return False
        await self._session.delete(recusal)
        await self._tell(meeting, person_id, f"déport retiré, point {item.position}")
        return True

    async def carry(self, meeting: Meeting, items: Mapping[int, int]) -> None:
        """The same interests hold for the same points of another session, by the rows of the former ones."""
        query = select(Recusal).where(Recusal.item_id.in_(items)).order_by(Recusal.id)
        for former in (await self._session.scalars(query)).all():
            kept = {"person_id": former.person_id, "interest": former.interest, "by_id": former.by_id, "at": former.at}
            self._session.add(Recusal(meeting_id=meeting.id, item_id=items[former.item_id], **kept))

    async def _one(self, item: AgendaItem, person_id: int) -> Recusal | None:
        query = select(Recusal).where(Recusal.item_id == item.id, Recusal.person_id == person_id)
        return await self._session.scalar(query)

    async def _tell(self, meeting: Meeting, person_id: int, said: str) -> None:
        moment = meeting.starts_at.astimezone(UTC).isoformat()
        await self._journal.add(JournalKind.ANSWERED, moment, person_id=person_id, body_id=meeting.body_id, answer=said)
