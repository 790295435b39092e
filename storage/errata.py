"""Errata: official messages that a paper of a convoked session has a new version, and the receipt of each copy."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, Select, UniqueConstraint, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, contains_eager, joinedload, mapped_column, relationship

from council.roles import Channel
from storage.base import Base
from storage.journal import Journal
from storage.states import JournalKind
from storage.summons import NOTED_LATE, Convocation
from storage.tables import File, Outgoing, Paper, Person


class Erratum(Base):
    """A numbered message to those who have an older version of a paper: the version that it gives is told once.

    What it said isn't kept, for it quotes the paper: the journal has its SHA-256. ``older_id`` is the version that ``file_id``
    replaces, unknown before revision 0023.
    """

    __tablename__ = "errata"
    __table_args__ = (Index(None, "convocation_id"), Index(None, "paper_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    convocation_id: Mapped[int] = mapped_column(ForeignKey("convocations.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True)
    older_id: Mapped[int | None] = mapped_column(ForeignKey("files.id"))
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    convocation: Mapped[Convocation] = relationship(lazy="raise")
    paper: Mapped[Paper] = relationship(lazy="raise")
    file: Mapped[File] = relationship(lazy="raise", foreign_keys=[file_id])
    older: Mapped[File | None] = relationship(lazy="raise", foreign_keys=[older_id])
    author: Mapped[Person] = relationship(lazy="raise")
    copies: Mapped[list["ErratumCopy"]] = relationship(
        lazy="raise", back_populates="erratum", order_by="ErratumCopy.id"
    )


class ErratumCopy(Base):
    """One person's copy of an erratum, by their channel, and when it left or was handed over, and when they said that they have it.

    ``outbox_key`` is the row of the outbox that carries it, a message or an e-mail; ``handed_on`` is the day that an agent says.
    Both, and the moments beside them, are unknown before revision 0020.
    """

    __tablename__ = "erratum_copies"
    __table_args__ = (
        UniqueConstraint("erratum_id", "person_id"),
        Index(None, "person_id"),
        Index(None, "outbox_key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    erratum_id: Mapped[int] = mapped_column(ForeignKey("errata.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[Channel]
    outbox_key: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    handed_on: Mapped[date | None]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    erratum: Mapped[Erratum] = relationship(lazy="raise", back_populates="copies")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])


class Errata:
    """Each is told to the journal in its own transaction: made, then handed over to each on paper, acknowledged by the others."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def latest(self, paper_id: int) -> Erratum | None:
        """The last erratum about a paper, with its version."""
        query = select(Erratum).where(Erratum.paper_id == paper_id).order_by(Erratum.id.desc()).limit(1)
        return await self._session.scalar(query.options(joinedload(Erratum.file)))

    async def of_convocations(self, convocations: Sequence[Convocation]) -> Sequence[Erratum]:
        """The errata about the papers of these, oldest first, with whom they are for."""
        query = whole().where(Erratum.convocation_id.in_([each.id for each in convocations]))
        return (await self._session.scalars(query.order_by(Erratum.id))).unique().all()

    async def get(self, erratum_id: int) -> Erratum:
        """One erratum, with whom it is for."""
        return (await self._session.scalars(whole().where(Erratum.id == erratum_id))).unique().one()

    async def next_reference(self, convocation: Convocation) -> str:
        """What the next erratum to a convocation is called: « CM-2027-01-E1 »."""
        query = select(func.count()).where(Erratum.convocation_id == convocation.id)
        return f"{convocation.reference}-E{(await self._session.scalar(query) or 0) + 1}"

    async def issue(self, erratum: Erratum, paper: Paper, version: int, sha256: str) -> None:
        """Keep an erratum with its copies; the journal keeps the SHA-256 of what it says."""
        self._session.add(erratum)
        await self._session.flush()
        await self._journal.add(
            JournalKind.ERRATUM,
            erratum.reference,
            person_id=erratum.made_by,
            body_id=paper.body_id,
            paper=paper.reference,
            version=version,
            people=len(erratum.copies),
            sha256=sha256,
        )

    async def waiting(self, person_id: int, reference: str = "") -> ErratumCopy | None:
        """A person's copy of the last erratum that they haven't acknowledged; or of the one of a reference, anyhow."""
        query = _copies().where(ErratumCopy.person_id == person_id, ErratumCopy.channel != Channel.PAPER)
        to_come = (Convocation.starts_at > self._now) & Convocation.ended_at.is_(None)
        unsaid = ErratumCopy.acknowledged_at.is_(None) & to_come
        query = query.where(Erratum.reference == reference if reference else unsaid)
        return await self._session.scalar(query.order_by(ErratumCopy.id.desc()).limit(1))

    async def acknowledge(self, copy: ErratumCopy) -> None:
        """The person says that they have it."""
        copy.acknowledged_at = self._now
        await self._tell(JournalKind.ACKNOWLEDGED, copy)

    async def to_hand_over(self, body_ids: Sequence[int]) -> Sequence[ErratumCopy]:
        """The copies on paper, to convocations of these bodies, that nobody said were handed over yet, in the order they were made.

        Those of a session that is over can still be noted for a while, late.
        """
        query = _copies().where(
            Convocation.body_id.in_(body_ids),
            Convocation.ended_at.is_(None),
            Convocation.starts_at > self._now - NOTED_LATE,
            ErratumCopy.channel == Channel.PAPER,
            ErratumCopy.handed_on.is_(None),
        )
        return (await self._session.scalars(query.order_by(ErratumCopy.id))).all()

    async def hand_over(self, copy: ErratumCopy, day: date, by: int) -> None:
        """An agent says on which day a copy on paper was handed over, or posted."""
        copy.handed_on, copy.handed_by, copy.handed_at = day, by, self._now
        details: dict[str, str | int] = {"day": day.isoformat(), "by": by, "channel": Channel.PAPER.value}
        if self._now >= copy.erratum.convocation.starts_at:
            details["late"] = "après la séance"
        await self._tell(JournalKind.HANDED, copy, **details)

    async def delivered(self, row: Outgoing) -> None:
        """The homeserver has a message, or the relay an e-mail: somebody's own copy, perhaps, has left."""
        await self._session.execute(
            update(ErratumCopy).where(ErratumCopy.outbox_key == row.key).values(sent_at=self._now)
        )

    async def refused(self, row: Outgoing) -> ErratumCopy | None:
        """The relay won't ever take an e-mail: somebody's own copy then goes on paper. Returns it; None for any other row."""
        query = _copies().where(ErratumCopy.outbox_key == row.key, ErratumCopy.channel == Channel.MAIL)
        copy = await self._session.scalar(query.where(Convocation.ended_at.is_(None)))
        if copy is not None:
            copy.channel = Channel.PAPER
        return copy

    async def copy(self, copy_id: int) -> ErratumCopy:
        """One copy."""
        return (await self._session.scalars(_copies().where(ErratumCopy.id == copy_id))).one()

    async def _tell(self, kind: JournalKind, copy: ErratumCopy, **details: str | int) -> None:
        about = copy.erratum
        await self._journal.add(kind, about.reference, person_id=copy.person_id, body_id=about.paper.body_id, **details)


def whole() -> Select[Erratum]:
    """Errata with all that is said of them."""
    return select(Erratum).options(
        joinedload(Erratum.convocation).joinedload(Convocation.body),
        joinedload(Erratum.paper).joinedload(Paper.item),
        joinedload(Erratum.file),
        joinedload(Erratum.older),
        joinedload(Erratum.author),
        joinedload(Erratum.copies).joinedload(ErratumCopy.person),
    )


def _copies() -> Select[ErratumCopy]:
    """Copies with their person, their erratum, and the convocation that it is about."""
    erratum = contains_eager(ErratumCopy.erratum)
    return (
        select(ErratumCopy)
        .join(ErratumCopy.erratum)
        .join(Erratum.convocation)
        .options(
            erratum.contains_eager(Erratum.convocation).joinedload(Convocation.body),
            erratum.joinedload(Erratum.paper),
            erratum.joinedload(Erratum.file),
            joinedload(ErratumCopy.person),
        )
    )
