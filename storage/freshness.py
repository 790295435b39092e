"""Sees that what a dossier holds has changed: in the very flush that changes it, the look at it is put back in the schedule.

Most transactions change nothing that a dossier holds and cost nothing more; the others cost one statement. What is changed by
rows is seen here, whoever changes it; a change that is written as a bare UPDATE isn't.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from storage.questions import Question
from storage.sharing import ClosedPaper, Share
from storage.states import NoticeKind, NoticeState
from storage.tables import AgendaItem, File, Meeting, Notice, Paper

QUIET = timedelta(minutes=10)
"""How long a session must have been left alone before its dossiers are looked at: changes come by several."""
_MOMENT = "moment"
_HELD: dict[type[Any], tuple[str, ...]] = {
    Meeting: ("starts_at", "place", "mode", "link"),
    AgendaItem: ("position", "title", "kind", "rapporteur_id"),
    Paper: ("title", "state", "meeting_id", "item_id"),
    File: ("current", "paper_id"),
    Share: ("meeting_id", "ended_at"),
    ClosedPaper: ("paper_id",),
    Question: ("number", "text", "answer", "item_id"),
}
"""What a dossier says of each row. Filing, sharing and closing doors make new rows."""


class Watched(Session):
    """A session that writes, and whose flushes are looked at."""


def happens_at(session: AsyncSession, now: datetime) -> None:
    """Tell a transaction at what moment (aware) it happens, by the town's clock: the look at a dossier is due after it."""
    session.info[_MOMENT] = now


@event.listens_for(Watched, "after_flush")
def _put_back(session: Session, _flush: Any) -> None:
    now = session.info.get(_MOMENT)
    changed = [row for row in (*session.new, *session.dirty, *session.deleted) if _says_otherwise(session, row)]
    if now is None or not changed:
        return
    meetings, papers = _concerned(changed)
    shared = select(Share.meeting_id).where(Share.paper_id.in_(papers))
    filed = select(Paper.meeting_id).where(Paper.id.in_(papers))
    concerned = select(Meeting.id).where(Meeting.id.in_(meetings)).union(shared, filed)
    query = update(Notice).where(Notice.kind == NoticeKind.DOSSIER, Notice.meeting_id.in_(concerned))
    later = {"state": NoticeState.WAITING, "due_at": now + QUIET, "tries": 0}
    session.connection().execute(query.values(later))


def _says_otherwise(session: Session, row: object) -> bool:
    """Whether a row that is being written changes a dossier.

    A question asked without a name doesn't until it is shown with the others: the schedule must not tell when it was asked.
    """
    held = _HELD.get(type(row), ())
    if not held or (isinstance(row, Question) and row.number is None):
        return False
    attributes = inspect(row, raiseerr=True).attrs
    return row in session.deleted or any(attributes[name].history.has_changes() for name in held)


def _concerned(rows: list[Any]) -> tuple[set[int], set[int]]:
    """The sessions of these rows, those that they leave among them; and the papers whose sessions are concerned."""
    meetings, papers = set[int](), set[int]()
    for row in rows:
        match row:
            case Meeting():
                meetings.add(row.id)
            case Paper():
                papers.add(row.id)
                meetings.update(inspect(row).attrs.meeting_id.history.deleted)
            case File() | ClosedPaper():
                papers.add(row.paper_id)
            case _:
                meetings.add(row.meeting_id)
    return meetings - {None}, papers
