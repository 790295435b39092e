"""Everything that a town keeps, for its export: that is the operator's, who holds the key. Whoever else reads says for whom."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from council.meetings import MeetingState
from storage.answers import Answer
from storage.errata import Erratum, whole
from storage.meetings import WHOLE as WHOLE_MEETING
from storage.papers import WHOLE as WHOLE_PAPER
from storage.papers import of_meetings
from storage.questions import WHOLE as WHOLE_QUESTION
from storage.questions import Question
from storage.recusals import Recusal
from storage.sharing import ClosedPaper, Share
from storage.states import PaperState
from storage.summons import Convocation, Summons
from storage.tables import Body, Entry, Meeting, Paper, Person

_AT_ONCE = 1000
_WHOLE_CONVOCATION = selectinload(Convocation.summonses).joinedload(Summons.person)


@dataclass(frozen=True)
class Held:
    """A session with all that is kept of it. A question asked without a name that isn't shown yet is nobody's to read."""

    meeting: Meeting
    papers: Sequence[Paper]
    convocations: Sequence[Convocation]
    errata: Sequence[Erratum]
    answers: Sequence[Answer]
    recusals: Sequence[Recusal]
    questions: Sequence[Question]


class Inventory:
    """Reads the rows of a town, of all its sessions or of one."""

    def __init__(self, session: AsyncSession, meeting_id: int | None = None) -> None:
        self._session = session
        self._only = meeting_id

    async def find(self, code: str, start: datetime, end: datetime) -> Meeting | None:
        """A body's session that begins within these bounds (a day), one that was called off when there is no other."""
        query = select(Meeting).join(Meeting.body).where(Body.code == code.upper(), Meeting.starts_at >= start)
        query = query.where(Meeting.starts_at < end).order_by(Meeting.state != MeetingState.PLANNED, Meeting.id.desc())
        return await self._session.scalar(query.options(*WHOLE_MEETING).limit(1))

    async def bodies(self) -> Sequence[Body]:
        """The commune's organs, past ones among them."""
        return (await self._session.scalars(select(Body).order_by(Body.position, Body.id))).all()

    async def people(self) -> Sequence[Person]:
        """Everybody that a row names."""
        return (await self._session.scalars(select(Person).order_by(Person.id))).all()

    async def papers(self) -> Sequence[Paper]:
        """The papers with all their versions, those taken away among them; of an erased one, what is left: no bytes."""
        query = select(Paper).options(*WHOLE_PAPER).order_by(Paper.body_id, Paper.year, Paper.number)
        if self._only is not None:
            query = query.where(of_meetings([self._only]))
        return (await self._session.scalars(query)).all()

    async def closed(self) -> set[int]:
        """The papers that are behind closed doors."""
        return set(await self._session.scalars(select(ClosedPaper.paper_id)))

    async def shared(self) -> dict[int, list[str]]:
        """In which other bodies each paper is shown, by their codes."""
        query = select(Share.paper_id, Body.code).join(Body, Body.id == Share.body_id).where(Share.ended_at.is_(None))
        found: dict[int, list[str]] = {}
        for paper_id, code in await self._session.execute(query.order_by(Body.position)):
            found.setdefault(paper_id, []).append(code)
        return found

    async def meetings(self) -> Sequence[Meeting]:
        """The sessions, oldest first, those that were called off among them."""
        query = select(Meeting).options(*WHOLE_MEETING).order_by(Meeting.starts_at, Meeting.id)
        if self._only is not None:
            query = query.where(Meeting.id == self._only)
        return (await self._session.scalars(query)).all()

    async def held(self, meeting: Meeting) -> Held:
        """A session with all that is kept of it."""
        papers = select(Paper).where(of_meetings([meeting.id]), Paper.state == PaperState.FILED).options(*WHOLE_PAPER)
        sent = select(Convocation).where(Convocation.meeting_id == meeting.id).options(_WHOLE_CONVOCATION)
        errata = whole().join(Erratum.convocation).where(Convocation.meeting_id == meeting.id)
        recusals = select(Recusal).where(Recusal.meeting_id == meeting.id).order_by(Recusal.id)
        answers = select(Answer).where(Answer.meeting_id == meeting.id)
        asked = select(Question).where(Question.meeting_id == meeting.id, Question.number.is_not(None))
        return Held(
            meeting,
            (await self._session.scalars(papers.order_by(Paper.body_id, Paper.year, Paper.number))).all(),
            (await self._session.scalars(sent.options(joinedload(Convocation.author)).order_by(Convocation.id))).all(),
            (await self._session.scalars(errata.order_by(Erratum.id))).unique().all(),
            (await self._session.scalars(answers.order_by(Answer.id))).all(),
            (await self._session.scalars(recusals)).all(),
            (await self._session.scalars(asked.options(*WHOLE_QUESTION).order_by(Question.number))).all(),
        )

    async def entries(self, subjects: Sequence[str] = ()) -> AsyncIterator[Entry]:
        """The journal from its beginning, or what it tells of these subjects."""
        query, last = select(Entry).order_by(Entry.id).limit(_AT_ONCE), 0
        if subjects:
            query = query.where(Entry.subject.in_(subjects))
        while found := (await self._session.scalars(query.where(Entry.id > last))).all():
            for entry in found:
                yield entry
            last = found[-1].id
