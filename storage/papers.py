"""The documents: filed, versioned, withdrawn, and read only by those who may today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from council.reading_time import Load
from storage.journal import Journal
from storage.people import seated
from storage.states import FileState, JournalKind, PaperState
from storage.tables import Body, Drop, File, Membership, Page, Paper

WHOLE = (joinedload(Paper.body), joinedload(Paper.item), selectinload(Paper.files).joinedload(File.filer))

_SAYS_SOMETHING = 20
"""Characters below which a page is looked at, not read: a plan, a photograph, a scan whose text is unknown."""


@dataclass(frozen=True)
class Reader:
    """Who reads, where, and when: the rights of every question about papers.

    Attributes:
        person_id: who asks.
        room_body_id: the body in whose room the answer will be seen, or None in a direct conversation.
        today: the town's date.
    """

    person_id: int
    room_body_id: int | None
    today: date


def visible_to(reader: Reader) -> ColumnElement[bool]:
    """The condition under which a paper may be shown: filed, and of a body the reader sits in today.

    In a room, everyone will read the answer: only papers that every member of the room's body may see.
    """
    own = select(Membership.body_id).where(Membership.person_id == reader.person_id, seated(reader.today))
    condition = and_(Paper.state == PaperState.FILED, Paper.body_id.in_(own))
    if reader.room_body_id is None:
        return condition
    other = aliased(Membership)
    also_there = exists().where(
        other.person_id == Membership.person_id,
        other.body_id == Paper.body_id,
        func.coalesce(other.until, date.max) >= reader.today,
    )
    outsider = exists().where(Membership.body_id == reader.room_body_id, seated(reader.today), ~also_there)
    return and_(condition, ~outsider)


class Papers:
    """Papers by reference, meeting and date; there is no way to fetch one without saying who reads."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def file(self, body: Body, year: int, title: str, first: File, **place: int | None) -> Paper:
        """File a new paper with its first version; its reference is the next number of the body's year.

        Args:
            body: whose paper it is.
            year: the civil year in the town's zone.
            title: what people will call it.
            first: its bytes, not yet in the session.
            place: ``meeting_id`` and ``item_id`` when it belongs to a session's agenda.
        """
        last = await self._session.scalar(
            select(func.max(Paper.number)).where(Paper.body_id == body.id, Paper.year == year)
        )
        number = (last or 0) + 1
        first.version, first.current = 1, True
        paper = Paper(
            reference=f"{body.code}-{year}-{number:03d}",
            body_id=body.id,
            year=year,
            number=number,
            title=title,
            filed_by=first.filed_by,
            filed_at=first.filed_at,
            files=[first],
            **place,
        )
        self._session.add(paper)
        await self._tell(JournalKind.FILED, paper, first.filed_by, version=1)
        return paper

    async def replace(self, paper: Paper, newer: File) -> None:
        """Add a version; it becomes the one that is sent and found."""
        _supersede(paper, newer)
        await self._tell(JournalKind.VERSION, paper, newer.filed_by, version=newer.version)

    async def by_reference(self, reference: str, reader: Reader) -> Paper | None:
        """A paper the reader may see, with its versions and who filed them."""
        query = select(Paper).where(Paper.reference == reference.upper(), visible_to(reader)).options(*WHOLE)
        return await self._session.scalar(query)

    async def by_id(self, paper_id: int, reader: Reader) -> Paper | None:
        """The same by its row."""
        return await self._session.scalar(select(Paper).where(Paper.id == paper_id, visible_to(reader)).options(*WHOLE))

    async def list(
        self, reader: Reader, *, bodies: Sequence[int] = (), meeting_id: int | None = None, limit: int = 50
    ) -> Sequence[Paper]:
        """The newest papers the reader may see, of some bodies or of a session (then in the agenda's order)."""
        query = select(Paper).where(visible_to(reader)).options(*WHOLE)
        if bodies:
            query = query.where(Paper.body_id.in_(bodies))
        if meeting_id is not None:
            query = query.where(Paper.meeting_id == meeting_id)
        return (await self._session.scalars(query.order_by(Paper.filed_at.desc(), Paper.id.desc()).limit(limit))).all()

    async def same_bytes(self, blob: str, reader: Reader) -> Paper | None:
        """A paper the reader may see of which these bytes are the current version."""
        query = select(Paper).join(File).where(File.blob == blob, File.current, visible_to(reader)).options(*WHOLE)
        return await self._session.scalar(query.limit(1))

    async def dropped_as(self, event_id: str, reader: Reader) -> Paper | None:
        """The paper of which a message in a room was a version: what a reply to that message speaks of."""
        query = select(Paper).join(File).where(File.event_id == event_id, visible_to(reader)).options(*WHOLE)
        return await self._session.scalar(query.order_by(Paper.id).limit(1))  # a letter before its attachments

    async def withdrawn(self, reference: str, body_ids: Sequence[int]) -> Paper | None:
        """A withdrawn paper of these bodies, to bring it back."""
        query = select(Paper).where(
            Paper.reference == reference.upper(), Paper.state == PaperState.WITHDRAWN, Paper.body_id.in_(body_ids)
        )
        return await self._session.scalar(query.options(*WHOLE))

    async def absorb(self, paper: Paper, newer: Paper, by: int) -> None:
        """Make a paper's versions the newer versions of another, as someone decided; its own reference ends."""
        moved = list(newer.files)
        newer.files = []
        newer.state = PaperState.WITHDRAWN
        for file in moved:
            _supersede(paper, file)
        await self._session.flush()
        for file in moved:
            await self._tell(JournalKind.VERSION, paper, by, version=file.version)
        await self._tell(JournalKind.WITHDRAWN, newer, by, into=paper.reference)

    async def withdraw(self, paper: Paper, by: int) -> None:
        """Take a paper away from its readers; it is kept."""
        paper.state = PaperState.WITHDRAWN
        await self._tell(JournalKind.WITHDRAWN, paper, by)

    async def bring_back(self, paper: Paper, by: int) -> None:
        """Show a withdrawn paper again."""
        paper.state = PaperState.FILED
        await self._tell(JournalKind.RETURNED, paper, by)

    async def _tell(self, kind: JournalKind, paper: Paper, by: int, **details: str | int) -> None:
        await self._journal.add(kind, paper.reference, person_id=by, body_id=paper.body_id, **details)

    async def keep_drop(self, drop: Drop) -> None:
        """Keep a file given in private until its giver says whose it is; one at a time, the latest."""
        await self._session.execute(delete(Drop).where(Drop.person_id == drop.person_id))
        self._session.add(drop)
        await self._session.flush()

    async def take_drop(self, person_id: int) -> Drop | None:
        """The file that a person gave, taken out of the waiting ones."""
        drop = await self._session.scalar(select(Drop).where(Drop.person_id == person_id))
        if drop is not None:
            await self._session.delete(drop)
        return drop

    async def pending(self, limit: int = 10) -> Sequence[File]:
        """Versions whose text was not looked for yet."""
        query = select(File).where(File.state == FileState.PENDING).order_by(File.id).limit(limit)
        return (await self._session.scalars(query)).all()

    async def pages(self, file_id: int) -> Sequence[str]:
        """The text that was read of a version, by page: to index it again under a new title."""
        return (
            await self._session.scalars(select(Page.text).where(Page.file_id == file_id).order_by(Page.number))
        ).all()

    async def reading(self, files: Sequence[File]) -> Load:
        """How long these versions take to read; a text without pages has as many as it would fill."""
        text = func.length(func.trim(Page.text))
        query = select(Page.file_id, func.count(), func.sum(text)).where(text >= _SAYS_SOMETHING)
        query = query.where(Page.file_id.in_([file.id for file in files])).group_by(Page.file_id)
        known = {file_id: (pages, signs) for file_id, pages, signs in await self._session.execute(query)}
        loads = (Load.of(file.page_count, *known.get(file.id, (0, 0))) for file in files)
        return sum(loads, Load())

    async def version(self, file_id: int) -> File:
        """One version, by its row: for the indexer, which shows nothing to anyone."""
        return await self._session.get_one(File, file_id)

    async def keep_text(self, file: File, pages: Sequence[str], page_count: int | None, problem: str) -> None:
        """Keep what was read of a version: its pages, or why it can't be read."""
        file.page_count, file.problem = page_count, problem
        file.state = FileState.INDEXED if any(page.strip() for page in pages) else FileState.UNREADABLE
        self._session.add_all(Page(file_id=file.id, number=n, text=page) for n, page in enumerate(pages, start=1))
        await self._session.flush()


def _supersede(paper: Paper, newer: File) -> None:
    """Make a file the paper's current version."""
    for file in paper.files:
        file.current = False
    newer.version, newer.current = paper.files[-1].version + 1, True
    paper.files.append(newer)
