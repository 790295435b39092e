"""Convocations and their proofs: who was sent what, when, by which channel, and who acknowledged it."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import Select, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from council.roles import Channel
from storage.journal import Journal
from storage.states import JournalKind, OutboxKind, OutboxState
from storage.summons import NOTED_LATE, Convocation, Summons
from storage.tables import Body, Entry, Outgoing, Person

WHOLE = (
    joinedload(Convocation.body),
    joinedload(Convocation.meeting),
    joinedload(Convocation.author),
    selectinload(Convocation.summonses).joinedload(Summons.person),
)

TOLD = (
    *(JournalKind.CONVOKED, JournalKind.ERRATUM),
    *(JournalKind.SENDING, JournalKind.HANDED, JournalKind.ACKNOWLEDGED),
)
"""The steps of a convocation, or of an erratum."""


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

    async def get(self, ids: Sequence[int]) -> Sequence[Convocation]:
        """These convocations, oldest first, in force or not."""
        query = select(Convocation).where(Convocation.id.in_(ids)).order_by(Convocation.id)
        return (await self._session.scalars(query.options(*WHOLE))).all()

    async def copies(self, ids: Sequence[int]) -> Sequence[Summons]:
        """These people's copies, in force or not, in the order they were made."""
        return (await self._session.scalars(_copies().where(Summons.id.in_(ids)).order_by(Summons.id))).all()

    async def told(self, reference: str) -> Sequence[tuple[Entry, Person | None]]:
        """What the journal tells of a convocation or of an erratum, in order, with whom each entry is about."""
        query = select(Entry, Person).outerjoin(Person, Person.id == Entry.person_id)
        query = query.where(Entry.kind.in_(TOLD), Entry.subject == reference).order_by(Entry.id)
        return [(entry, person) for entry, person in await self._session.execute(query)]

    async def addressed_to(self, person_id: int, reference: str = "") -> Sequence[Summons]:
        """The copies sent to a person for sessions to come, latest first; or the one of a reference, past or not."""
        query = _in_force().where(Summons.person_id == person_id, Summons.channel != Channel.PAPER)
        to_come = Convocation.starts_at > self._now
        query = query.where(Convocation.reference == reference if reference else to_come)
        return (await self._session.scalars(query.order_by(Summons.id.desc()))).all()

    async def to_hand_over(self, body_ids: Sequence[int]) -> Sequence[Summons]:
        """The copies on paper of these bodies that nobody said were handed over yet, in the order they were made.

        Those of a session that is over can still be noted for a while, late.
        """
        query = _in_force().where(
            Convocation.body_id.in_(body_ids),
            Summons.channel == Channel.PAPER,
            Summons.handed_on.is_(None),
            Convocation.starts_at > self._now - NOTED_LATE,
        )
        return (await self._session.scalars(query.order_by(Summons.id))).all()

    async def delivered(self, row: Outgoing, event_id: str) -> None:
        """The homeserver has a message, or the relay an e-mail: when it is an official one, that is its proof."""
        official = row.content.get("official")
        if not official:
            return
        channel = Channel.MAIL if row.kind is OutboxKind.MAIL else Channel.ELEMENT
        own, beside = (
            update(Summons).where(Summons.outbox_key == row.key),
            update(Summons).where(Summons.copy_key == row.key),
        )
        await self._session.execute(own.values(event_id=event_id, sent_at=self._now))
        await self._session.execute(beside.values(copied_at=self._now))
        await self._journal.add(
            JournalKind.SENDING, official, person_id=row.person_id, event=event_id, channel=channel.value
        )

    async def refused(self, row: Outgoing) -> Summons | None:
        """The relay won't ever take an e-mail: somebody's own copy then goes on paper. Returns it; None for any other row."""
        query = _in_force().where(Summons.outbox_key == row.key, Summons.channel == Channel.MAIL)
        summons = await self._session.scalar(query)
        if summons is not None:
            summons.channel = Channel.PAPER
        return summons

    async def acknowledge(self, summons: Summons) -> None:
        """The person says that they have it."""
        summons.acknowledged_at = self._now
        await self._tell(JournalKind.ACKNOWLEDGED, summons)

    async def hand_over(self, summons: Summons, day: date, by: int) -> None:
        """An agent says on which day a copy on paper was handed over, or posted."""
        summons.handed_on, summons.handed_by, summons.handed_at = day, by, self._now
        details: dict[str, str | int] = {"day": day.isoformat(), "by": by, "channel": Channel.PAPER.value}
        if self._now >= summons.convocation.starts_at:
            details["late"] = "après la séance"
        await self._tell(JournalKind.HANDED, summons, **details)

    async def _tell(self, kind: JournalKind, summons: Summons, **details: str | int) -> None:
        about = summons.convocation
        await self._journal.add(kind, about.reference, person_id=summons.person_id, body_id=about.body_id, **details)

    async def end(self, meeting_id: int) -> None:
        """A session that moves or is called off is convoked no more."""
        query = update(Convocation).where(Convocation.meeting_id == meeting_id, Convocation.ended_at.is_(None))
        await self._session.execute(query.values(ended_at=self._now))

    async def failures(self, convocation: Convocation) -> dict[str, str]:
        """Why the homeserver or the relay refused copies for good, by the keys of their rows in the outbox."""
        own = Outgoing.key.in_((Summons.outbox_key, Summons.copy_key))
        query = select(Outgoing.key, Outgoing.reason).join(Summons, own)
        query = query.where(Summons.convocation_id == convocation.id, Outgoing.state == OutboxState.FAILED)
        return {row.key: row.reason for row in await self._session.execute(query)}


def _in_force() -> Select[Summons]:
    return _copies().where(Convocation.ended_at.is_(None))


def _copies() -> Select[Summons]:
    """Copies with their convocation, its body and their person."""
    query = select(Summons).join(Summons.convocation)
    convocation = contains_eager(Summons.convocation)
    return query.options(
        convocation.joinedload(Convocation.body),
        convocation.joinedload(Convocation.meeting),
        joinedload(Summons.person),
    )
