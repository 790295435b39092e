"""Pages filed, sent again, replaced: numbers only, nobody's reading is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, ForeignKey, and_, distinct, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, joinedload, mapped_column

from council.meetings import MeetingState
from council.roles import Channel
from storage.base import Base
from storage.papers import Reader, of_bodies, visible_to
from storage.summons import Convocation, Summons
from storage.tables import File, Meeting, Membership, Page, Paper, Person


class Sending(Base):
    """How often a version was sent again on demand in a year: no row says to whom, or when."""

    __tablename__ = "sendings"
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), primary_key=True, autoincrement=False)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    times: Mapped[int] = mapped_column(default=0)


@dataclass(frozen=True)
class Pages:
    """Papers, or sendings of them, and their pages; ``unknown`` are the papers whose pages aren't known (a text, a table)."""

    times: int = 0
    pages: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class SessionPages:
    """What a session gave to read.

    Attributes:
        filed: its papers, in their version of today.
        letters: copies of its convocations that went on paper.
        people: those who had one.
    """

    meeting: Meeting
    filed: Pages
    letters: int
    people: int


@dataclass(frozen=True)
class Errata:
    """Versions that replaced others; ``sheets`` are the pages that stayed the same, each times who reads it on a screen."""

    versions: int = 0
    unchanged: int = 0
    sheets: int = 0


class Savings:
    """A year's papers in numbers, of what a reader may see. A year is the town's, by the day of filing."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def sent(self, file_id: int, year: int) -> None:
        """Count one more sending of a version."""
        counted = update(Sending).where(Sending.file_id == file_id, Sending.year == year)
        found = await self._session.execute(counted.values(times=Sending.times + 1).returning(Sending.file_id))
        if found.first() is None:
            self._session.add(Sending(file_id=file_id, year=year, times=1))
            await self._session.flush()

    async def filed(self, reader: Reader, bodies: Sequence[int], year: int) -> Pages:
        """The papers of some bodies filed in a year, in their first version."""
        counted = (func.count(), func.sum(File.page_count), func.count(File.page_count))
        query = select(*counted).select_from(Paper).join(File).where(visible_to(reader), of_bodies(bodies))
        times, pages, known = (await self._session.execute(query.where(File.version == 1, _filed_in(year)))).one()
        return Pages(times, pages or 0, times - known)

    async def read(self, reader: Reader, bodies: Sequence[int], year: int) -> Pages:
        """What was sent again on demand in a year."""
        query = select(func.sum(Sending.times), func.sum(Sending.times * File.page_count)).select_from(Paper).join(File)
        query = query.join(Sending, Sending.file_id == File.id).where(visible_to(reader), of_bodies(bodies))
        query = query.where(Sending.year == year)
        times, pages = (await self._session.execute(query)).one()
        return Pages(times or 0, pages or 0)

    async def sessions(
        self, reader: Reader, bodies: Sequence[int], start: datetime, end: datetime
    ) -> list[SessionPages]:
        """The sessions of these bodies that were to begin between two moments, and had papers or letters; latest first."""
        query = select(Meeting).where(Meeting.body_id.in_(bodies), Meeting.starts_at >= start, Meeting.starts_at < end)
        query = query.where(Meeting.state != MeetingState.CANCELLED).options(joinedload(Meeting.body))
        meetings = (await self._session.scalars(query.order_by(Meeting.starts_at.desc(), Meeting.id.desc()))).all()
        filed, letters = await self._filed_for(reader, meetings), await self._letters(meetings)
        counted = [SessionPages(each, filed.get(each.id, Pages()), *letters.get(each.id, (0, 0))) for each in meetings]
        return [each for each in counted if each.filed.times or each.letters]

    async def _filed_for(self, reader: Reader, meetings: Sequence[Meeting]) -> dict[int, Pages]:
        query = select(Paper.meeting_id, func.count(), func.sum(File.page_count)).select_from(Paper).join(File)
        query = query.where(visible_to(reader), File.current, Paper.meeting_id.in_([each.id for each in meetings]))
        rows = await self._session.execute(query.group_by(Paper.meeting_id))
        return {meeting_id: Pages(times, pages or 0) for meeting_id, times, pages in rows if meeting_id}

    async def _letters(self, meetings: Sequence[Meeting]) -> dict[int, tuple[int, int]]:
        people = func.count(distinct(Summons.person_id))
        query = select(Convocation.meeting_id, func.count(), people).join(Summons.convocation)
        query = query.where(Summons.channel == Channel.PAPER, Convocation.meeting_id.in_([m.id for m in meetings]))
        rows = await self._session.execute(query.group_by(Convocation.meeting_id))
        return {meeting_id: (copies, people) for meeting_id, copies, people in rows}

    async def errata(self, reader: Reader, bodies: Sequence[int], year: int) -> Errata:
        """What the versions of a year that replaced others changed. A page without text counts as changed."""
        before = aliased(File)
        query = select(File, before.id, Paper.body_id).select_from(Paper).join(File)
        query = query.join(before, (before.paper_id == File.paper_id) & (before.version == File.version - 1))
        query = query.where(visible_to(reader), of_bodies(bodies), _filed_in(year), File.page_count > 0)
        found = Errata()
        for file, older, body_id in (await self._session.execute(query)).all():
            same, screens = await self._unchanged(file.id, older), await self._on_screen(body_id, file.filed_on)
            found = Errata(
                found.versions + 1,
                found.unchanged + same,
                found.sheets + same * screens,
            )
        return found

    async def _unchanged(self, newer: int, older: int) -> int:
        """The pages with the same text at the same place."""
        then = aliased(Page)
        query = (
            select(func.count()).select_from(Page).join(then, (then.number == Page.number) & (then.text == Page.text))
        )
        query = query.where(Page.file_id == newer, then.file_id == older, func.trim(Page.text) != "")
        return await self._session.scalar(query) or 0

    async def _on_screen(self, body_id: int, day: date) -> int:
        """The members of a body on a day who don't want paper."""
        query = select(func.count(distinct(Person.id))).join(Membership, Membership.person_id == Person.id)
        query = query.where(Membership.body_id == body_id, Person.channel != Channel.PAPER, Membership.since <= day)
        return await self._session.scalar(query.where(func.coalesce(Membership.until, date.max) >= day)) or 0


def _filed_in(year: int) -> ColumnElement[bool]:
    return and_(File.filed_on >= date(year, 1, 1), File.filed_on <= date(year, 12, 31))
