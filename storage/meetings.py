"""Sessions and their agendas."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from council.agenda import ItemKind
from council.meetings import MeetingState, Mode
from storage.journal import Journal
from storage.questions import Question
from storage.states import JournalKind
from storage.tables import AgendaItem, Meeting, Paper

WHOLE = (joinedload(Meeting.body), selectinload(Meeting.items).joinedload(AgendaItem.rapporteur))
_FAR = 10_000


class Meetings:
    """Planned sessions. ``bodies`` always bounds a question to the organs that the asker belongs to."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def add(self, meeting: Meeting) -> Meeting:
        """Plan a session."""
        self._session.add(meeting)
        await self._tell(JournalKind.PLANNED, meeting, meeting.created_by)
        return await self.get(meeting.id)

    async def move(self, meeting: Meeting, starts_at: datetime, by: int) -> None:
        """Give a session another moment, as someone decided."""
        before, meeting.starts_at = meeting.starts_at, starts_at
        meeting.changes += 1
        await self._tell(JournalKind.MOVED, meeting, by, before=before.astimezone(UTC).isoformat())

    async def relocate(self, meeting: Meeting, place: str, mode: Mode, link: str, by: int) -> None:
        """Hold a session elsewhere, or otherwise, as someone decided; its moment stays."""
        meeting.place, meeting.mode, meeting.link = place, mode, link
        meeting.changes += 1
        await self._tell(JournalKind.RELOCATED, meeting, by)

    async def cancel(self, meeting: Meeting, by: int) -> None:
        """Call a session off, as someone decided."""
        meeting.state = MeetingState.CANCELLED
        meeting.changes += 1
        await self._tell(JournalKind.CANCELLED, meeting, by)

    async def _tell(self, kind: JournalKind, meeting: Meeting, by: int, **details: str) -> None:
        """The session's moment is its name in the journal."""
        moment = meeting.starts_at.astimezone(UTC).isoformat()
        await self._journal.add(kind, moment, person_id=by, body_id=meeting.body_id, **details)

    async def get(self, meeting_id: int) -> Meeting:
        """One session, with its body and agenda as they are now."""
        query = select(Meeting).where(Meeting.id == meeting_id).options(*WHOLE)
        return (await self._session.scalars(query.execution_options(populate_existing=True))).one()

    async def coming(
        self, bodies: Iterable[int], *, start: datetime | None = None, end: datetime | None = None, limit: int = 50
    ) -> Sequence[Meeting]:
        """The planned sessions of these bodies from ``start`` (now) to before ``end``, soonest first."""
        query = select(Meeting).where(
            Meeting.body_id.in_(list(bodies)),
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at >= (start or self._now),
        )
        if end is not None:
            query = query.where(Meeting.starts_at < end)
        return (await self._session.scalars(query.order_by(Meeting.starts_at).limit(limit).options(*WHOLE))).all()

    async def on(self, body_id: int, start: datetime, end: datetime) -> Meeting | None:
        """A body's planned session that begins within these bounds (a day)."""
        return next(iter(await self.coming([body_id], start=start, end=end)), None)

    async def add_item(
        self, meeting: Meeting, title: str, rapporteur_id: int | None, kind: ItemKind | None = None
    ) -> AgendaItem:
        """Put a point at the end of a session's agenda."""
        last = await self._session.scalar(
            select(func.max(AgendaItem.position)).where(AgendaItem.meeting_id == meeting.id)
        )
        position = max(last or 0, 0) + 1
        item = AgendaItem(meeting_id=meeting.id, position=position, title=title, rapporteur_id=rapporteur_id, kind=kind)
        self._session.add(item)
        await self._session.flush()
        return item

    async def move_item(self, meeting: Meeting, item: AgendaItem, position: int) -> None:
        """Give a point another number, at most the last; the others close up and make room."""
        others = [each for each in await self._items(meeting) if each.id != item.id]
        others.insert(position - 1, item)
        await self._number(others)

    async def withdraw_item(self, meeting: Meeting, item: AgendaItem) -> None:
        """Take a point off the agenda; its papers and questions stay with the session."""
        item.position = -item.id
        for table in (Paper, Question):
            await self._session.execute(update(table).where(table.item_id == item.id).values(item_id=None))
        await self._number(await self._items(meeting))

    async def _items(self, meeting: Meeting) -> list[AgendaItem]:
        await self._session.flush()
        query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.position > 0)
        return list(await self._session.scalars(query.order_by(AgendaItem.position)))

    async def _number(self, items: Sequence[AgendaItem]) -> None:
        """Number points from 1 in this order; far away first, since no two may share a number, even for a moment."""
        for start in (_FAR, 1):
            for position, item in enumerate(items, start=start):
                item.position = position
            await self._session.flush()

    async def item(self, meeting: Meeting, position: int) -> AgendaItem | None:
        """The point of this number."""
        query = select(AgendaItem).where(AgendaItem.meeting_id == meeting.id, AgendaItem.position == position)
        return await self._session.scalar(query)
