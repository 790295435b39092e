"""What members say of a session to come: there or away, and who then votes for them."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from council.meetings import MeetingState
from council.proxies import LONGEST_RUN
from council.quorum import Presence
from storage.base import Base
from storage.journal import Journal
from storage.states import JournalKind
from storage.tables import Meeting


class Answer(Base):
    """A member's answer for a session, the last one given; ``bearer_id`` votes for them once it is ``accepted``.

    ``by_id`` is who entered it: the member, or somebody of the town hall for one on paper.
    """

    __tablename__ = "answers"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"), Index(None, "person_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    presence: Mapped[Presence]
    bearer_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    accepted: Mapped[bool] = mapped_column(default=False)
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]


class Answers:
    """Answers by session; each change is told to the journal."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def of(self, meeting_id: int) -> Sequence[Answer]:
        """The answers received for a session, in the order of the first ones."""
        query = select(Answer).where(Answer.meeting_id == meeting_id).order_by(Answer.id)
        return (await self._session.scalars(query)).all()

    async def get(self, answer_id: int) -> Answer:
        """One answer."""
        return await self._session.get_one(Answer, answer_id)

    async def give(self, meeting: Meeting, person_id: int, presence: Presence, by: int) -> int | None:
        """Keep a member's answer in place of an earlier one. Returns who held their pouvoir, which this ends."""
        answer = await self._keep(meeting, person_id, presence, by)
        bearer, answer.bearer_id, answer.accepted = answer.bearer_id, None, False
        await self._tell(meeting, person_id, presence.value)
        return bearer

    async def release(self, meeting: Meeting, bearer_id: int) -> Sequence[int]:
        """End the pouvoirs that someone holds for a session. Returns those who had given them."""
        query = select(Answer).where(Answer.meeting_id == meeting.id, Answer.bearer_id == bearer_id)
        held = (await self._session.scalars(query)).all()
        for answer in held:
            answer.bearer_id, answer.accepted = None, False
            await self._tell(meeting, answer.person_id, "pouvoir fini")
        return [answer.person_id for answer in held]

    async def entrust(self, meeting: Meeting, giver_id: int, bearer_id: int, by: int) -> int | None:
        """A member is away and gives somebody their pouvoir, to be accepted. Returns who held it until now."""
        answer = await self._keep(meeting, giver_id, Presence.ABSENT, by)
        before, answer.bearer_id, answer.accepted = answer.bearer_id, bearer_id, False
        await self._tell(meeting, giver_id, "pouvoir")
        return before if before != bearer_id else None

    async def accept(self, meeting: Meeting, answer: Answer) -> None:
        """The bearer takes the pouvoir."""
        answer.accepted = True
        await self._tell(meeting, answer.person_id, "pouvoir accepté")

    async def run(self, meeting: Meeting, giver_id: int, bearer_id: int) -> int:
        """Which session in a row this would be, up to one too many, for the pouvoir of one member to another."""
        earlier = select(Meeting.id).where(
            Meeting.body_id == meeting.body_id,
            Meeting.state == MeetingState.PLANNED,
            Meeting.starts_at < meeting.starts_at,
        )
        latest = await self._session.scalars(earlier.order_by(Meeting.starts_at.desc()).limit(LONGEST_RUN))
        held = select(Answer.meeting_id).where(
            Answer.person_id == giver_id, Answer.bearer_id == bearer_id, Answer.accepted
        )
        known = set(await self._session.scalars(held))
        run = 1
        for meeting_id in latest:
            if meeting_id not in known:
                break
            run += 1
        return run

    async def _keep(self, meeting: Meeting, person_id: int, presence: Presence, by: int) -> Answer:
        query = select(Answer).where(Answer.meeting_id == meeting.id, Answer.person_id == person_id)
        answer = await self._session.scalar(query)
        if answer is None:
            answer = Answer(meeting_id=meeting.id, person_id=person_id, accepted=False)
            self._session.add(answer)
        answer.presence, answer.by_id, answer.at = presence, by, self._now
        return answer

    async def _tell(self, meeting: Meeting, person_id: int, said: str) -> None:
        moment = meeting.starts_at.astimezone(UTC).isoformat()
        await self._journal.add(JournalKind.ANSWERED, moment, person_id=person_id, body_id=meeting.body_id, answer=said)
