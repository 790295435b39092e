"""Sharing: in which other bodies a paper is shown, and which papers no guest may see."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from council.roles import Function
from storage.journal import Journal
from storage.people import seated
from storage.sharing import ClosedPaper, Share
from storage.states import JournalKind
from storage.tables import Body, File, Membership, Paper, Person


class Shares:
    """Shares of papers that the caller was shown; each change is told to the journal, under the body concerned."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def bodies(self, paper: Paper) -> Sequence[Body]:
        """The other bodies in which a paper is shown today."""
        query = select(Body).join(Share, Share.body_id == Body.id).where(Share.paper_id == paper.id)
        return (await self._session.scalars(query.where(Share.ended_at.is_(None)).order_by(Body.position))).all()

    async def share(self, paper: Paper, body: Body, *, by: int, today: date, meeting_id: int | None) -> None:
        """Show a paper in another body, with the papers of one of its sessions when there is one."""
        share = Share(
            paper_id=paper.id,
            body_id=body.id,
            meeting_id=meeting_id,
            since=today,
            shared_by=by,
            shared_at=self._now,
        )
        self._session.add(share)
        await self._journal.add(JournalKind.SHARED, paper.reference, person_id=by, body_id=body.id)

    async def end(self, paper: Paper, body: Body, by: int) -> None:
        """Show it there no more."""
        query = select(Share).where(Share.paper_id == paper.id, Share.body_id == body.id, Share.ended_at.is_(None))
        for share in await self._session.scalars(query):
            share.ended_at = self._now
        await self._journal.add(JournalKind.UNSHARED, paper.reference, person_id=by, body_id=body.id)

    async def is_closed(self, paper: Paper) -> bool:
        """Whether a paper is behind closed doors."""
        return await self._session.get(ClosedPaper, paper.id) is not None

    async def closed(self, papers: Sequence[Paper]) -> list[Paper]:
        """Those of these papers that are behind closed doors, by their references."""
        query = select(ClosedPaper.paper_id).where(ClosedPaper.paper_id.in_([paper.id for paper in papers]))
        found = set(await self._session.scalars(query))
        return sorted((paper for paper in papers if paper.id in found), key=lambda paper: paper.reference)

    async def closes(self, blob: str) -> bool:
        """Whether these bytes are a version of a paper that is behind closed doors."""
        query = select(File.id).join(ClosedPaper, ClosedPaper.paper_id == File.paper_id).where(File.blob == blob)
        return await self._session.scalar(query.limit(1)) is not None

    async def close(self, paper: Paper, by: int) -> None:
        """Keep a paper from every guest."""
        await self._session.flush()
        await self._session.merge(ClosedPaper(paper_id=paper.id, closed_by=by, closed_at=self._now))
        await self._journal.add(JournalKind.CLOSED, paper.reference, person_id=by, body_id=paper.body_id)

    async def open(self, paper: Paper, by: int) -> None:
        """Let guests see a paper again, as any other."""
        closed = await self._session.get(ClosedPaper, paper.id)
        if closed is not None:
            await self._session.delete(closed)
        await self._journal.add(JournalKind.OPENED, paper.reference, person_id=by, body_id=paper.body_id)

    async def guests(self, body_id: int, today: date) -> Sequence[Person]:
        """The guests who sit in a body today, by name."""
        query = select(Person).join(Membership, Membership.person_id == Person.id)
        query = query.where(Membership.body_id == body_id, seated(today), Person.function == Function.GUEST)
        return (await self._session.scalars(query.order_by(Person.last_name, Person.first_name))).all()
