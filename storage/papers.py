"""The documents: filed, versioned, withdrawn, and read only by those who may today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased, joinedload, selectinload

from council.reading_time import Load
from council.roles import Function
from storage.journal import Journal
from storage.sharing import ClosedPaper, Share
from storage.states import FileState, JournalKind, PaperState
from storage.tables import Body, Drop, File, Membership, Page, Paper, Person

WHOLE = (joinedload(Paper.body), joinedload(Paper.item), selectinload(Paper.files).joinedload(File.filer))

_SAYS_SOMETHING = 20
"""Characters below which a page is looked at, not read: a plan, a photograph, a scan whose text is unknown."""
_SEAT, _OTHER = aliased(Membership), aliased(Membership)
_VERSION, _NEWER = aliased(File), aliased(File)
_Condition = ColumnElement[bool] | InstrumentedAttribute[bool]


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
    """The condition under which a paper may be shown: filed, and its current version is for the reader, by today's seats.

    In a room, everyone will read the answer: only papers that every member of the room's body may see.
    """
    return and_(Paper.state == PaperState.FILED, _for_all(reader, _VERSION.current))


def _for_all(reader: Reader, version: _Condition) -> ColumnElement[bool]:
    """Whether a version of a paper is for the reader and, in a room, for everyone there."""
    own = _seen_by(reader.person_id, reader.today, version)
    if reader.room_body_id is None:
        return own
    there = _in_office(_OTHER, reader.today)
    seen = _seen_by(_OTHER.person_id, reader.today, version)
    outsider = exists().where(_OTHER.body_id == reader.room_body_id, there, ~seen).correlate(Paper, File)
    return and_(own, ~outsider)


def _seen_by(person: int | InstrumentedAttribute[int], today: date, version: _Condition) -> ColumnElement[bool]:
    """Whether a version of a paper is for a person: it is of a body of theirs, or shared with one.

    A guest sees only what came there since they took their seat, and nothing that is behind closed doors.

    Args:
        version: which one of the paper's versions (``_VERSION``) is meant.
    """
    held = select(_SEAT.body_id).join(Person, Person.id == _SEAT.person_id).correlate(Paper, File, _OTHER)
    held = held.where(_SEAT.person_id == person, _in_office(_SEAT, today))
    bodies = held.where(Person.function != Function.GUEST)
    shared = (
        exists().where(Share.paper_id == Paper.id, Share.ended_at.is_(None)).correlate(Paper, _OTHER, _SEAT, _VERSION)
    )
    newer = exists().where(_NEWER.paper_id == Paper.id, _NEWER.version > _VERSION.version)
    outdated = newer.where(_NEWER.filed_at <= Share.shared_at).correlate(Paper, Share, _VERSION)
    came_there = and_(Share.body_id == _SEAT.body_id, Share.since >= _SEAT.since, ~outdated)
    as_guest = held.join(_VERSION, _VERSION.paper_id == Paper.id).where(
        version,
        Person.function == Function.GUEST,
        Paper.id.not_in(select(ClosedPaper.paper_id)),
        or_(and_(_SEAT.body_id == Paper.body_id, _VERSION.filed_on >= _SEAT.since), shared.where(came_there)),
    )
    return or_(Paper.body_id.in_(bodies), shared.where(Share.body_id.in_(bodies)), as_guest.exists())


def _in_office(seat: type[Membership], today: date) -> ColumnElement[bool]:
    return func.coalesce(seat.until, date.max) >= today


def of_bodies(body_ids: Sequence[int] | Select[int]) -> ColumnElement[bool]:
    """Whether a paper is shown in one of these bodies: its own, or one that it is shared with."""
    shared = exists().where(Share.paper_id == Paper.id, Share.ended_at.is_(None), Share.body_id.in_(body_ids))
    return or_(Paper.body_id.in_(body_ids), shared.correlate(Paper))


def of_meetings(meeting_ids: Sequence[int] | Select[int]) -> ColumnElement[bool]:
    """Whether a paper is shown with one of these sessions: filed for it, or shared with its body for it."""
    shared = exists().where(Share.paper_id == Paper.id, Share.ended_at.is_(None), Share.meeting_id.in_(meeting_ids))
    return or_(Paper.meeting_id.in_(meeting_ids), shared.correlate(Paper))


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
            query = query.where(of_bodies(bodies))
        if meeting_id is not None:
            query = query.where(of_meetings([meeting_id]))
        return (await self._session.scalars(query.order_by(Paper.filed_at.desc(), Paper.id.desc()).limit(limit))).all()

    async def versions(self, paper: Paper, reader: Reader) -> Sequence[File]:
        """The versions of a paper that the reader may see, oldest first: a guest sees none that was replaced before them."""
        query = select(File).join(File.paper).where(Paper.id == paper.id, Paper.state == PaperState.FILED)
        query = query.where(_for_all(reader, _VERSION.id == File.id)).options(joinedload(File.filer))
        return (await self._session.scalars(query.order_by(File.version))).all()

    async def kept_from_guests(self, reader: Reader) -> int:
        """How many papers of a room's body the reader may see, and its guests not, for they came before them; 0 in private.

        Those behind closed doors aren't counted: that there are any is nothing for a room that a guest reads.
        """
        body = reader.room_body_id
        guest = select(_SEAT.id).join(Person, Person.id == _SEAT.person_id)
        guest = guest.where(_SEAT.body_id == body, Person.function == Function.GUEST, _in_office(_SEAT, reader.today))
        if body is None or await self._session.scalar(guest.limit(1)) is None:
            return 0
        query = select(func.count()).select_from(Paper).where(of_bodies([body]), ~visible_to(reader))
        query = query.where(visible_to(replace(reader, room_body_id=None)))
        return await self._session.scalar(query.where(Paper.id.not_in(select(ClosedPaper.paper_id)))) or 0

    async def same_bytes(self, blob: str, reader: Reader) -> Paper | None:
        """A paper the reader may see of which these bytes are the current version."""
        query = select(Paper).join(File).where(File.blob == blob, File.current, visible_to(reader)).options(*WHOLE)
        return await self._session.scalar(query.limit(1))

    async def dropped_as(self, event_id: str, reader: Reader) -> Paper | None:
        """The paper of which a message in a room was a version: what a reply to that message speaks of."""
        query = select(Paper).join(File).where(File.event_id == event_id, visible_to(reader)).options(*WHOLE)
        return await self._session.scalar(query.order_by(Paper.id).limit(1))  # a letter before its attachments

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

    async def title(self, paper: Paper, title: str) -> None:
        """Give a paper the title that was read of it; the journal tells that it was, not what it says."""
        paper.title = title
        await self._journal.add(JournalKind.TITLED, paper.reference, body_id=paper.body_id)

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
