"""promesses — what was promised for a session and isn't filed; its reminders, each told when it falls due."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, InBody, Refusal, Reply, command, due, numbered
from commands._ahead import titled
from commands._arguments import Absent, Argument
from commands._promises import TO_CHAIR, due_said, for_chair, is_over, remind_author
from commands._questions import chairs
from commands._sessions import one_session
from commands._show import said_late, when_and_where
from commands._tell import owe_asking
from commands._words import plain
from council.meetings import MeetingState
from council.roles import Role
from storage.promises import Promise
from storage.states import NoticeKind
from storage.tables import Meeting, Notice


@dataclass(frozen=True)
class Act:
    """What becomes of a promise: "faite", "oublier" or "noter", and its row."""

    word: str
    promise_id: int


@dataclass(frozen=True)
class _Act(Argument[Act]):
    """The end of a line that the bot types for the person: what they answered about a promise."""

    async def take(self, text: str, ctx: Context) -> tuple[Act, str]:
        found = re.fullmatch(r"(faite|oublier|noter) (\d{1,9})", text.strip())
        if not found:
            raise Absent
        promise = await ctx.store.promises.get(int(found[2]))
        meeting = await ctx.store.meetings.get(promise.meeting_id) if promise else None
        return Act(found[1], int(found[2])), meeting.body.code if meeting else ""


@command(
    "promesses",
    "promesse",
    "promis",
    summary="Voir les documents promis et pas encore déposés",
    examples={
        "!promesses": "Rien n'est attendu pour **Commission de l'eau**, **jeudi 26 mars 2026 à 18 h 30**, mairie."
    },
)
async def promesses(ctx: Context, commission: InBody, suite: Annotated[Act | None, _Act()] = None) -> Reply:
    """Ce que quelqu'un a dit qu'il enverrait, et les points qui ont un rapporteur mais pas de document. Chacun est rappelé à son
    auteur 7 et 3 jours avant la séance, puis signalé à la présidence 2 jours avant ; déposer le document arrête tout.
    """
    if suite is not None:
        return await _settle(ctx, suite)
    meeting = await one_session(ctx, commission, None)
    await ctx.store.promises.expect(meeting)
    waiting = list(await ctx.store.promises.waiting(meeting.id))
    if not waiting:
        name = f"**{plain(commission.name)}**, "
        return Reply(f"Rien n'est attendu pour {name}{when_and_where(meeting, ctx)}.")
    if Role.CHAIR in ctx.role_in(commission):
        return for_chair(meeting, waiting, ctx)
    lines = "\n".join(f"- {due_said(each)}, de {plain(each.person.name)}" for each in waiting)
    return Reply(f"**Promis, pas encore déposé** : {titled(meeting, ctx)}\n\n{lines}")


async def _settle(ctx: Context, act: Act) -> Reply:
    """What its author, or the chair, says of a promise."""
    promise = await ctx.store.promises.get(act.promise_id)
    meeting = await ctx.store.meetings.get(promise.meeting_id) if promise else None
    if promise is None or meeting is None or promise.closed_at is not None:
        raise Refusal("Ce document n'est plus attendu.", try_this="`!promesses` montre ceux qui le sont.")
    if ctx.sender.id != promise.person_id and Role.CHAIR not in ctx.role_in(meeting.body):
        raise Refusal("Seules la présidence et la personne qui l'a promis peuvent en décider.")
    if act.word == "noter":
        ctx.store.promises.confirm(promise)
        return Reply("C'est noté. Je vous le rappellerai 7 et 3 jours avant la séance, tant qu'il n'est pas déposé.")
    ctx.store.promises.close(promise)
    if act.word == "faite":
        return Reply(f"Merci, c'est noté : {due_said(promise)}. Je ne le rappellerai plus.")
    return Reply(f"C'est entendu, je ne l'attends plus : {due_said(promise)}.")


@due(NoticeKind.PROMISES)
async def chase(ctx: Context, notice: Notice) -> Reply:
    """Remind each author, or tell the chair what is missing; nothing is said aloud, nor when nothing is missing."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    meeting, days = await ctx.store.meetings.get(notice.meeting_id), int(notice.text)
    if meeting.state is MeetingState.CANCELLED or meeting.starts_at <= ctx.now or is_over(meeting, days, ctx):
        return Reply("")
    await ctx.store.promises.expect(meeting)
    waiting = list(await ctx.store.promises.waiting(meeting.id))
    if days == TO_CHAIR and waiting:
        await _tell_chairs(ctx, meeting, waiting, notice)
    elif days != TO_CHAIR:
        for promise in waiting:
            if promise.person.matrix_id:
                await remind_author(ctx, meeting, promise, notice)
    return Reply("")


async def _tell_chairs(ctx: Context, meeting: Meeting, waiting: list[Promise], notice: Notice) -> None:
    shown = for_chair(meeting, waiting, ctx)
    lines = "\n".join(f"{n}. {option.label}" for n, option in enumerate(shown.options, start=1))
    late = said_late("Cette liste part en retard : elle était prévue", notice.due_at, ctx)
    text = f"{shown.text}\n\n{lines}\n\n{shown.after}{late}"
    for chair in await chairs(ctx, meeting):
        if chair.matrix_id:
            reply = Reply(text, loud=True, mentions=(chair.matrix_id,))
            await owe_asking(ctx.store, reply, chair.id, numbered(shown.options), until=meeting.starts_at)
