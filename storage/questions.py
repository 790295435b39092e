"""Questions asked ahead of a session, with their author's name or without it.

A question without a name holds nothing of who asked it nor of when: no person, no moment, a random id in place of the next
one, a number that it is only given when it is shown with the others of its batch. Its author alone has its code; the table
keeps the code's hash.
"""

import hashlib
import secrets
from collections.abc import Sequence

from sqlalchemy import ColumnElement, ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from storage.base import Base
from storage.tables import AgendaItem, Person

_IDS = 2**31
DIGITS = 12


class Question(Base):
    """A question on a session or on one of its points; ``number`` is null until it is shown."""

    __tablename__ = "questions"
    __table_args__ = (UniqueConstraint("meeting_id", "number"), Index(None, "code"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    number: Mapped[int | None]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    code: Mapped[str | None]
    text: Mapped[str]
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    item: Mapped[AgendaItem | None] = relationship(lazy="raise")
    author: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=author_id)


WHOLE = (joinedload(Question.item), joinedload(Question.author))


class Questions:
    """Questions by session. Those that wait to be shown are seen by nobody but through their code."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ask(self, meeting_id: int, item_id: int | None, text: str, author_id: int) -> Question:
        """Keep a question with its author's name; it is numbered at once."""
        number = await self._last(meeting_id) + 1
        question = Question(meeting_id=meeting_id, item_id=item_id, text=text, author_id=author_id, number=number)
        await self._add(question)
        return (await self._find(Question.id == question.id))[0]

    async def drop(self, meeting_id: int, item_id: int | None, text: str) -> str:
        """Keep a question without a name, to be shown with the others of its batch. Returns the code that reads it."""
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
        await self._add(Question(meeting_id=meeting_id, item_id=item_id, text=text, code=_hash(code)))
        return code

    async def gather(self, meeting_id: int) -> Sequence[Question]:
        """Number the questions that wait, in an order drawn by lot; they may now be shown."""
        waiting = list(await self._find(Question.meeting_id == meeting_id, Question.number.is_(None)))
        secrets.SystemRandom().shuffle(waiting)
        last = await self._last(meeting_id)
        for number, question in enumerate(waiting, start=last + 1):
            question.number = number
        await self._session.flush()
        return waiting

    async def of(self, meeting_id: int) -> Sequence[Question]:
        """The questions shown of a session, in order."""
        return await self._find(Question.meeting_id == meeting_id, Question.number.is_not(None))

    async def by_code(self, code: str) -> Question | None:
        """The question without a name that this code reads."""
        return next(iter(await self._find(Question.code == _hash(code))), None)

    def answer(self, question: Question, text: str, by: int) -> None:
        """Keep the answer to a question, in place of an earlier one."""
        question.answer, question.answered_by = text, by

    async def _add(self, question: Question) -> None:
        question.id = secrets.randbelow(_IDS)
        self._session.add(question)
        await self._session.flush()

    async def _last(self, meeting_id: int) -> int:
        return (
            await self._session.scalar(select(func.max(Question.number)).where(Question.meeting_id == meeting_id)) or 0
        )

    async def _find(self, *conditions: ColumnElement[bool]) -> Sequence[Question]:
        query = select(Question).where(*conditions).options(*WHOLE).order_by(Question.number)
        return (await self._session.scalars(query)).all()


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
