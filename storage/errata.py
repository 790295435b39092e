"""Errata: official messages that a paper of a convoked session has a new version, and the receipt of each copy."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from council.roles import Channel
from storage.base import Base
from storage.journal import Journal
from storage.states import JournalKind
from storage.summons import Convocation
from storage.tables import File, Paper, Person


class Erratum(Base):
    """A numbered message to those who have an older version of a paper: the version that it gives is told once.

    What it said isn't kept, for it quotes the paper: the journal has its SHA-256.
    """

    __tablename__ = "errata"
    __table_args__ = (Index(None, "convocation_id"), Index(None, "paper_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    convocation_id: Mapped[int] = mapped_column(ForeignKey("convocations.id"))
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"), unique=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    convocation: Mapped[Convocation] = relationship(lazy="raise")
    paper: Mapped[Paper] = relationship(lazy="raise")
    file: Mapped[File] = relationship(lazy="raise")
    copies: Mapped[list["ErratumCopy"]] = relationship(
        lazy="raise", back_populates="erratum", order_by="ErratumCopy.id"
    )


class ErratumCopy(Base):
    """One person's copy of an erratum, by their channel, and when they said that they have it."""

    __tablename__ = "erratum_copies"
    __table_args__ = (UniqueConstraint("erratum_id", "person_id"), Index(None, "person_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    erratum_id: Mapped[int] = mapped_column(ForeignKey("errata.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[Channel]
    acknowledged_at: Mapped[datetime | None]
    erratum: Mapped[Erratum] = relationship(lazy="raise", back_populates="copies")
    person: Mapped[Person] = relationship(lazy="raise")


class Errata:
    """Each is told to the journal in its own transaction: made, then acknowledged by each."""

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
        query = select(Erratum).where(Erratum.convocation_id.in_([each.id for each in convocations]))
        whole = (joinedload(Erratum.paper), joinedload(Erratum.file), joinedload(Erratum.copies))
        copies = query.options(*whole[:2], whole[2].joinedload(ErratumCopy.person)).order_by(Erratum.id)
        return (await self._session.scalars(copies)).unique().all()

    async def next_reference(self, convocation: Convocation) -> str:
        """What the next erratum to a convocation is called: « CM-2027-01-E1 »."""
        query = select(func.count()).where(Erratum.convocation_id == convocation.id)
        return f"{convocation.reference}-E{(await self._session.scalar(query) or 0) + 1}"

    async def issue(self, erratum: Erratum, paper: Paper, version: int, sha256: str) -> None:
        """Keep an erratum with its copies; the journal keeps the SHA-256 of what it says."""
        self._session.add(erratum)
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
        query = select(ErratumCopy).join(ErratumCopy.erratum).join(Erratum.convocation)
        query = query.where(ErratumCopy.person_id == person_id, ErratumCopy.channel != Channel.PAPER)
        to_come = (Convocation.starts_at > self._now) & Convocation.ended_at.is_(None)
        unsaid = ErratumCopy.acknowledged_at.is_(None) & to_come
        query = query.where(Erratum.reference == reference if reference else unsaid)
        copy = joinedload(ErratumCopy.erratum)
        query = query.options(copy.joinedload(Erratum.paper), copy.joinedload(Erratum.file))
        return await self._session.scalar(query.order_by(ErratumCopy.id.desc()).limit(1))

    async def acknowledge(self, copy: ErratumCopy) -> None:
        """The person says that they have it."""
        copy.acknowledged_at = self._now
        about = copy.erratum
        kind, body_id = JournalKind.ACKNOWLEDGED, about.paper.body_id
        await self._journal.add(kind, about.reference, person_id=copy.person_id, body_id=body_id)
