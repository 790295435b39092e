"""questions — what was asked ahead of a session; the answer to what one asked without a name, by its code."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands import Context, Refusal, Reply, command, due
from commands._ahead import Coming, titled
from commands._arguments import Absent, Argument
from commands._questions import heading, shown, unanswered
from commands._words import paragraphs, plain
from council.meetings import MeetingState
from storage.questions import Question
from storage.states import NoticeKind
from storage.tables import Notice


@dataclass(frozen=True)
class _Code(Argument[str]):
    """The code of a question asked without a name: twelve digits, however they are grouped."""

    label: str = "CODE"

    async def take(self, text: str, ctx: Context) -> tuple[str, str]:
        found = re.match(r"(?:code\s+)?(\d{4})[\s-]*(\d{4})[\s-]*(\d{4})\b[\s.]*", text, re.IGNORECASE)
        if not found:
            raise Absent
        return f"{found[1]}{found[2]}{found[3]}", text[found.end() :]


@command(
    "questions",
    summary="Voir les questions posées avant une séance",
    examples={
        "!questions": (
            "**Questions** : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "Aucune question n'est posée. `!question point 1 …` en pose une."
        ),
    },
)
async def questions(ctx: Context, code: Annotated[str | None, _Code()] = None, *, seance: Coming) -> Reply:
    """Avec leur réponse, quand elles en ont une. Le code reçu pour une question sans nom montre sa réponse, en conversation
    privée.
    """
    if code is not None:
        return await _read(ctx, code)
    asked = await ctx.store.questions.of(seance.id)
    title = f"**Questions** : {titled(seance, ctx)}"
    if not asked:
        return Reply(f"{title}\n\nAucune question n'est posée. `!question point 1 …` en pose une.")
    return Reply(f"{title} ({unanswered(asked)})\n\n" + "\n".join(_line(each) for each in asked))


def _line(question: Question) -> str:
    state = f"réponse : {plain(question.answer, 300)}" if question.answer else "sans réponse"
    return f"- **{heading(question)}** : {plain(question.text, 200)} ({state})"


async def _read(ctx: Context, code: str) -> Reply:
    """The question of a code; the code is asked for in private only, as it was given."""
    if not ctx.private:
        raise Refusal("Ce code ne se dit qu'en conversation privée.", try_this="Écrivez-le-moi là-bas.")
    question = await ctx.store.questions.by_code(code)
    if question is None:
        raise Refusal("Je ne trouve pas de question pour ce code.", try_this="Vérifiez ses douze chiffres.")
    if question.number is None:
        return Reply("Votre question n'est pas encore montrée : elle le sera avec celles des autres.")
    answer = f"**Réponse** :\n\n{paragraphs(question.answer)}" if question.answer else "Elle n'a pas encore de réponse."
    return Reply(f"{shown(question)}\n\n{answer}")


@due(NoticeKind.UNANSWERED)
async def remind(ctx: Context, notice: Notice) -> Reply:
    """The chair's reminder, a day before: what still has no answer; nothing when all of it has one."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    meeting = await ctx.store.meetings.get(notice.meeting_id)
    waiting = [each for each in await ctx.store.questions.of(meeting.id) if not each.answer]
    if not waiting or meeting.state is MeetingState.CANCELLED:
        return Reply("")
    lines = "\n".join(f"- **{heading(each)}** : {plain(each.text, 300)}" for each in waiting)
    mentions = (ctx.sender.matrix_id,) if ctx.sender.matrix_id else ()
    text = (
        f"**{unanswered(waiting)}** : {titled(meeting, ctx)}\n\n{lines}\n\n`répondre {waiting[0].number} …` y répond."
    )
    return Reply(text, loud=True, mentions=mentions)
