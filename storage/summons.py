"""The tables of convocations: what was sent to convoke a session, and to each person how, when, with what receipt."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from council.convocations import Verdict
from council.roles import Channel
from storage.base import Base
from storage.tables import Body, Meeting, Person

NOTED_LATE = timedelta(days=60)
"""How long after its session an agent can still note that a copy was handed over."""


class Convocation(Base):
    """A numbered official message that convokes a session; one that rectifies it is another, with its own number.

    ``starts_at`` and ``last_day`` are those of the session when it was convoked; ``items`` are the agenda's rows that it
    holds, ``text`` what was sent, to the letter. Past ``ended_at`` it convokes to nothing: the session moved or was
    called off.
    """

    __tablename__ = "convocations"
    __table_args__ = (UniqueConstraint("body_id", "year", "number"), Index(None, "meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    year: Mapped[int]
    number: Mapped[int]
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    starts_at: Mapped[datetime]
    verdict: Mapped[Verdict]
    last_day: Mapped[date]
    law: Mapped[str]
    reason: Mapped[str]
    text: Mapped[str]
    items: Mapped[list[Any]]
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    body: Mapped[Body] = relationship(lazy="raise")
    meeting: Mapped[Meeting] = relationship(lazy="raise")
    author: Mapped[Person] = relationship(lazy="raise")
    summonses: Mapped[list["Summons"]] = relationship(lazy="raise", back_populates="convocation", order_by="Summons.id")


class Summons(Base):
    """One person's copy of a convocation, and the proof of it: sent (event, moment) or handed over, then acknowledged.

    ``outbox_key`` is the row of the outbox that carries it, a message or an e-mail; its event (or Message-ID) and moment are
    kept here too, for the outbox forgets. ``copy_key`` and ``copied_at`` are those of an e-mail beside the message.
    ``handed_on`` is the day that an agent says, ``handed_at`` the moment at which they said it (unknown before revision 0014).
    """

    __tablename__ = "summonses"
    __table_args__ = (
        UniqueConstraint("convocation_id", "person_id"),
        Index(None, "person_id"),
        Index(None, "outbox_key"),
        Index(None, "copy_key"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    convocation_id: Mapped[int] = mapped_column(ForeignKey("convocations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    channel: Mapped[Channel]
    outbox_key: Mapped[str | None]
    event_id: Mapped[str | None]
    sent_at: Mapped[datetime | None]
    copy_key: Mapped[str | None]
    copied_at: Mapped[datetime | None]
    handed_on: Mapped[date | None]
    handed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    handed_at: Mapped[datetime | None]
    acknowledged_at: Mapped[datetime | None]
    convocation: Mapped[Convocation] = relationship(lazy="raise_on_sql", back_populates="summonses")
    person: Mapped[Person] = relationship(lazy="raise", foreign_keys=[person_id])
