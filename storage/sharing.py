"""The tables of who sees a paper beside its own body: shares, papers behind closed doors, papers taken away."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Share(Base):
    """A paper shown in another body as if it were its own, until ``ended_at``; shared again, it is another row.

    ``since`` is the town's day of it: a guest who takes a seat there later doesn't see what came before. ``meeting_id`` is
    the session of that body with whose papers it is shown.
    """

    __tablename__ = "shares"
    __table_args__ = (Index(None, "paper_id"), Index(None, "body_id"), Index(None, "meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    since: Mapped[date]
    shared_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    shared_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class ClosedPaper(Base):
    """A paper kept behind closed doors (huis clos): no guest sees it, in any body."""

    __tablename__ = "closed_papers"
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True, autoincrement=False)
    closed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime]


class Withdrawal(Base):
    """A paper taken away from its readers, by whom and when: it can come back through ``last_day``, the town's."""

    __tablename__ = "withdrawals"
    __table_args__ = (Index(None, "last_day"),)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"), primary_key=True, autoincrement=False)
    withdrawn_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    withdrawn_at: Mapped[datetime]
    last_day: Mapped[date]
