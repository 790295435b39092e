"""Questions ahead of a session: which session, how they are shown, when those without a name are, who is reminded."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from commands._ahead import titled
from commands._arguments import Absent, Argument, Ask
from commands._context import Context, Reply
from commands._named import REFERENCE
from commands._show import session_name, when_and_where
from commands._tell import owe
from commands._words import paragraphs, plain
from council.french import count
from council.refusals import Refusal
from council.roles import Function
from storage.questions import Question
from storage.states import NoticeKind, NoticeState
from storage.tables import Meeting, Notice, Person

GATHERINGS = (time(8), time(13), time(19))
"""When the questions without a name are shown, all those of the hours before together: the more, the better hidden."""
QUARTER = 15
AHEAD = timedelta(days=1)
"""How long before the session its chair is reminded of what has no answer."""
ANSWERABLE = timedelta(days=60)
"""How long after its session a question can still be answered."""
LONGEST = 2000
_NAMED = re.compile(r"^([A-Z][A-Z0-9]*)(?:\s+(\d{2})/(\d{2})/(\d{4}))?(?:\s+|$)")


@dataclass(frozen=True)
class _OfSession(Argument[Meeting]):
    """The session that a question is about: the next of the room, or the one of a code in capitals; otherwise asked."""

    label: str = "COMMISSION"
    wanted: str = "la séance"
    implied: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Meeting, str]:
        bodies = [ctx.room.body] if ctx.room.body else await ctx.bodies()
        day, found = None, None if REFERENCE.match(text) else _NAMED.match(text)
        if found and (named := [each for each in bodies if each.code == found[1]]):
            bodies, text = named, text[found.end() :]
            day = date(int(found[4]), int(found[3]), int(found[2])) if found[2] else None
        coming = await ctx.store.meetings.coming([each.id for each in bodies], start=ctx.now)
        if day is not None:
            coming = [each for each in coming if each.starts_at.astimezone(ctx.commune.zone).date() == day]
        firsts = list({each.body_id: each for each in reversed(coming)}.values())[::-1]
        if not firsts:
            raise Refusal("Aucune séance n'est prévue : une question se pose avant une séance.", try_this="`!agenda`")
        if len(firsts) > 1:
            shown = [(f"{each.body.name} : {when_and_where(each, ctx)}".replace("**", ""), each) for each in firsts]
            raise Ask("Pour quelle séance ?", [(label, session_name(each, ctx)) for label, each in shown[:9]], text)
        return firsts[0], text


@dataclass(frozen=True)
class Asked:
    """A question, with its session."""

    question: Question
    meeting: Meeting


@dataclass(frozen=True)
class _Asked(Argument[Asked]):
    """A question by its number, of a session to come or lately held; after a body's code where two bear it."""

    label: str = "NUMÉRO"
    wanted: str = "le numéro de la question"

    async def take(self, text: str, ctx: Context) -> tuple[Asked, str]:
        found = re.match(
            r"(?:([A-Z][A-Z0-9]*)\s+)?(?:la\s+|à la\s+)?(?:question\s+)?(?:n°?\s*)?(\d{1,4})\b[\s:.,]*", text
        )
        if not found:
            raise Absent
        bodies = [ctx.room.body] if ctx.room.body else await ctx.bodies()
        ids = [each.id for each in bodies if found[1] in (None, each.code)]
        meetings = await ctx.store.meetings.coming(ids, start=ctx.now - ANSWERABLE)
        asked = [
            Asked(question, meeting)
            for meeting in meetings
            for question in await ctx.store.questions.of(meeting.id)
            if question.number == int(found[2])
        ]
        asked = [each for each in asked if not each.question.answer] or asked
        rest = text[found.end() :]
        if not asked:
            raise Refusal(
                f"Il n'y a pas de question {found[2]}.", try_this="`!questions` montre celles qui sont posées."
            )
        if len({each.meeting.body_id for each in asked}) > 1:
            shown = [(f"{each.meeting.body.name} : {heading(each.question)}", each.meeting.body.code) for each in asked]
            raise Ask("Laquelle ?", [(label, f"{code} {found[2]}") for label, code in shown], rest)
        return asked[-1], rest


def heading(question: Question) -> str:
    """« Question 3 sur le point 2 »."""
    about = f" sur le point {question.item.position}" if question.item else ""
    return f"Question {question.number}{about}"


def shown(question: Question) -> str:
    """A question as everybody sees it: its number, its point, its author if they gave their name, its words."""
    title = f" ({plain(question.item.title, 90)})" if question.item else ""
    who = plain(question.author.name) if question.author else "posée sans nom"
    return f"**{heading(question)}**{title}, {who} :\n\n{paragraphs(question.text, LONGEST)}"


def next_gathering(now: datetime, starts_at: datetime, zone: ZoneInfo) -> datetime:
    """When the questions without a name are shown next: at a fixed hour, or at the next quarter when time is short."""
    local = now.astimezone(zone)
    days = (local.date(), local.date() + timedelta(days=1))
    hours = [datetime.combine(day, hour, zone) for day in days for hour in GATHERINGS]
    gathering = next(each for each in hours if each > local)
    if gathering < starts_at - timedelta(hours=1):
        return gathering
    quarter = local.replace(minute=local.minute // QUARTER * QUARTER, second=0, microsecond=0)
    return quarter + timedelta(minutes=QUARTER)


async def chairs(ctx: Context, meeting: Meeting) -> list[Person]:
    """Who presides over the session: those who chair the body, or the mayor."""
    members = await ctx.store.people.members(meeting.body_id, ctx.today)
    chairing = [person for person, chair in members if chair]
    return chairing or [person for person, _ in members if person.function is Function.MAYOR]


async def tell_chairs(ctx: Context, meeting: Meeting, questions: Sequence[Question]) -> None:
    """Give the chair the questions, with the way to answer; a reminder follows, a day before the session."""
    for chair in await chairs(ctx, meeting):
        for question in questions:
            if chair.matrix_id and question.author_id != chair.id:
                how = f"Pour répondre : `répondre {question.number}` et votre réponse."
                text = f"{shown(question)}\n\n{titled(meeting, ctx)}. {how}"
                await owe(ctx.store, Reply(text, loud=True, mentions=(chair.matrix_id,)), person_id=chair.id)
    await remind_chairs(ctx, meeting)


async def remind_chairs(ctx: Context, meeting: Meeting) -> None:
    """Have the chair reminded, a day before the session, of the questions shown that have no answer."""
    moment = meeting.starts_at.astimezone(ctx.commune.zone) - AHEAD
    if moment <= ctx.now or not await ctx.store.questions.of(meeting.id):
        return
    for chair in await chairs(ctx, meeting):
        room = await ctx.store.rooms.of_person(chair.id)
        if room is not None:
            await ctx.store.notices.arm(
                Notice(
                    kind=NoticeKind.UNANSWERED,
                    due_at=moment,
                    text="",
                    room_id=room.room_id,
                    meeting_id=meeting.id,
                    created_by=chair.id,
                )
            )


async def await_gathering(ctx: Context, meeting: Meeting, moment: datetime | None) -> None:
    """Have the waiting questions shown at a moment; None only keeps the place, when the session is fixed."""
    notice = Notice(
        kind=NoticeKind.QUESTIONS,
        due_at=moment or meeting.starts_at,
        text="",
        room_id=None,
        meeting_id=meeting.id,
        created_by=meeting.created_by,
    )
    if moment is None:
        notice.state = NoticeState.DONE
    await ctx.store.notices.arm(notice)


def unanswered(questions: Sequence[Question]) -> str:
    """« 2 questions sans réponse »."""
    waiting = [each for each in questions if not each.answer]
    return f"{count(len(waiting), 'question')} sans réponse"


OfSession = Annotated[Meeting, _OfSession()]
AskedOne = Annotated[Asked, _Asked()]
