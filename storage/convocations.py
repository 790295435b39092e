"""Convocations and their proofs: who was sent what, when, by which channel, and who acknowledged it."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from council.roles import Channel
from storage.journal import Journal
from storage.states import JournalKind, OutboxState
from storage.summons import Convocation, Summons
from storage.tables import Body, Outgoing, Person

WHOLE = (
    joinedload(Convocation.body),
    joinedload(Convocation.meeting),
    joinedload(Convocation.author),
    selectinload(Convocation.summonses).joinedload(Summons.person),
)


class Convocations:
    """Each step is told to the journal in its own transaction: convoked, sent, handed over, acknowledged."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def next_number(self, body: Body, year: int) -> int:
        """The number that the body's next convocation of a civil year will have."""
        query = select(func.max(Convocation.number)).where(Convocation.body_id == body.id, Convocation.year == year)
        return (await self._session.scalar(query) or 0) + 1

    async def issue(self, convocation: Convocation, people: Sequence[tuple[Person, Channel]]) -> Convocation:
        """Keep a convocation, with a copy for each person by their channel; the journal keeps the text's SHA-256."""
        convocation.summonses = [
            Summons(person_id=person.id, person=person, channel=channel) for person, channel in people
        ]
        self._session.add(convocation)
        said = f"{convocation.text}\n{convocation.reason}"
        await self._journal.add(
            JournalKind.CONVOKED,
            convocation.reference,
            person_id=convocation.made_by,
            body_id=convocation.body_id,
            meeting=convocation.starts_at.astimezone(UTC).isoformat(),
            verdict=convocation.verdict.value,
            people=len(people),
            sha256=hashlib.sha256(said.encode()).hexdigest(),
        )
        return convocation

    async def in_force(self, meeting_id: int) -> Sequence[Convocation]:
        """What convokes a session today, oldest first: the convocation, then those that rectify it."""
        query = select(Convocation).where(Convocation.meeting_id == meeting_id, Convocation.ended_at.is_(None))
        return (await self._session.scalars(query.order_by(Convocation.id).options(*WHOLE))).all()

    async def latest(self, body_id: int) -> Convocation | None:
        """The last convocation of a body, in force or not."""
        query = select(Convocation).where(Convocation.body_id == body_id).order_by(Convocation.id.desc())
        return await self._session.scalar(query.limit(1).options(*WHOLE))

    async def addressed_to(self, person_id: int, reference: str = "") -> Sequence[Summons]:
        """The copies sent to a person for sessions to come, latest first; or the one of a reference, past or not."""
        query = _copies().where(Summons.person_id == person_id, Summons.channel == Channel.ELEMENT)
        to_come = Convocation.starts_at > self._now
        query = query.where(Convocation.reference == reference if reference else to_come)
        return (await self._session.scalars(query.order_by(Summons.id.desc()))).all()

    async def to_hand_over(self, body_ids: Sequence[int]) -> Sequence[Summons]:
        """The copies on paper of these bodies that nobody said were handed over yet, in the order they were made."""
        query = _copies().where(
            Convocation.body_id.in_(body_ids),
            Summons.channel == Channel.PAPER,
            Summons.handed_on.is_(None),
            Convocation.starts_at > self._now,
        )
        return (await self._session.scalars(query.order_by(Summons.id))).all()

    async def delivered(self, row: Outgoing, event_id: str) -> None:
        """The homeserver has a message: when it is an official one, that is its proof."""
        official = row.content.get("official")
        if not official:
            return
        query = update(Summons).where(Summons.outbox_key == row.key)
        await self._session.execute(query.values(event_id=event_id, sent_at=self._now))
        await self._journal.add(
            JournalKind.SENDING, official, person_id=row.person_id, event=event_id, channel=Channel.ELEMENT.value
        )

    async def acknowledge(self, summons: Summons) -> None:
        """The person says that they have it."""
        summons.acknowledged_at = self._now
        await self._tell(JournalKind.ACKNOWLEDGED, summons)

    async def hand_over(self, summons: Summons, day: date, by: int) -> None:
        """An agent says on which day a copy on paper was handed over, or posted."""
        summons.handed_on, summons.handed_by = day, by
        await self._tell(JournalKind.HANDED, summons, day=day.isoformat(), by=by, channel=Channel.PAPER.value)

    async def _tell(self, kind: JournalKind, summons: Summons, **details: str | int) -> None:
        about = summons.convocation
        await self._journal.add(kind, about.reference, person_id=summons.person_id, body_id=about.body_id, **details)

    async def end(self, meeting_id: int) -> None:
        """A session that moves or is called off is convoked no more."""
        query = update(Convocation).where(Convocation.meeting_id == meeting_id, Convocation.ended_at.is_(None))
        await self._session.execute(query.values(ended_at=self._now))

    async def failures(self, convocation: Convocation) -> dict[int, str]:
        """The people whose copy the homeserver refused for good, with its reason."""
        query = select(Summons.person_id, Outgoing.reason).join(Outgoing, Outgoing.key == Summons.outbox_key)
        query = query.where(Summons.convocation_id == convocation.id, Outgoing.state == OutboxState.FAILED)
        return {row.person_id: row.reason for row in await self._session.execute(query)}


def _copies() -> Select[Summons]:
    """Copies of convocations in force, with their convocation, its body and their person."""
    query = select(Summons).join(Summons.convocation).where(Convocation.ended_at.is_(None))
    convocation = contains_eager(Summons.convocation)
    return query.options(
        convocation.joinedload(Convocation.body),
        convocation.joinedload(Convocation.meeting),
        joinedload(Summons.person),
    )
