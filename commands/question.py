"""question — asking ahead of a session, with one's name or without it; then showing what was asked without one."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated

from commands import Context, Number, Option, Refusal, Reply, Words, after, command, due
from commands._ahead import titled
from commands._arguments import Absent, Argument
from commands._questions import (
    LONGEST,
    OfSession,
    await_gathering,
    chairs,
    next_gathering,
    shown,
    tell_chairs,
)
from commands._show import session_name
from commands._tell import announce
from council.french import count, long_moment, tidy
from council.meetings import MeetingState
from council.oral_questions import late_under
from storage.states import NoticeKind
from storage.tables import AgendaItem, Meeting, Notice

WITH, WITHOUT = "avec mon nom", "sans mon nom"


@dataclass(frozen=True)
class _Named(Argument[bool]):
    """The end of a line: with the author's name, or without it; said at its start by those who know that they can."""

    async def take(self, text: str, ctx: Context) -> tuple[bool, str]:
        found = re.search(rf"(?:^|\s)({WITH}|{WITHOUT})\s*$", text, re.IGNORECASE)
        if found:
            return found[1].lower() == WITH, text[: found.start()].strip()
        found = re.match(r"(?:sans (?:mon )?nom|anonyme(?:ment)?)\b[\s:,]*", text, re.IGNORECASE)
        if not found:
            raise Absent
        return False, text[found.end() :]

    def again(self, value: bool) -> str:
        return WITH if value else WITHOUT


@command(
    "question",
    "demander",
    summary="Poser une question avant une séance, avec ou sans votre nom",
    examples={
        "!question point 1 Le devis comprend-il la clôture ?": (
            "**Question 1 sur le point 1** (Réservoir des Buttes), Hugo Roux :\n\nLe devis comprend-il la clôture ?"
        ),
    },
)
async def question(
    ctx: Context,
    seance: OfSession,
    point: Annotated[int | None, after("(?:sur |au )?(?:le )?point", "point NUMÉRO", Number)] = None,
    *,
    texte: Words,
    nom: Annotated[bool | None, _Named()] = None,
) -> Reply:
    """En conversation privée, je demande si c'est avec votre nom ou sans. La question va à la présidence et dans le salon.
    Sans nom, rien de ce qui est gardé ne dit qui l'a posée : un code vous permet de lire la réponse.
    """
    item = await _item(ctx, seance, point)
    text = " ".join(tidy(texte).split())[:LONGEST]
    if nom is None and ctx.private:
        line = f"!question {session_name(seance, ctx)} {f'point {point} ' if point else ''}{text}"
        return Reply(
            f"Votre question ira à la présidence et dans le salon : {titled(seance, ctx)}. Avec votre nom, ou sans ?"
            f"{_late(ctx, seance)}",
            options=(
                Option("Avec mon nom", f"{line} {WITH}", ("avec", WITH, "avec mon nom", "oui")),
                Option("Sans mon nom", f"{line} {WITHOUT}", ("sans", WITHOUT, "sans nom", "anonyme", "non")),
            ),
        )
    if nom is False:
        return await _without_name(ctx, seance, item, text)
    await ctx.store.offers.end_all(ctx.room.room_id, ctx.sender.id)
    asked = await ctx.store.questions.ask(seance.id, item.id if item else None, text, ctx.sender.id)
    await tell_chairs(ctx, seance, [asked])
    said = await announce(ctx, seance.body, Reply(shown(asked), loud=True, mentions=await _chair_ids(ctx, seance)))
    return replace(said, text=f"{said.text}{_late(ctx, seance)}")


def _late(ctx: Context, meeting: Meeting) -> str:
    """A warning when the session is too near for the house rules: the question is kept all the same."""
    notice = ctx.commune.question_notice
    article = late_under(meeting.body.kind, ctx.now, meeting.starts_at, notice)
    if not article:
        return ""
    return (
        f"\n\n**Attention** : la séance commence dans moins de {count(round(notice.total_seconds() / 3600), 'heure')}, le délai du règlement "
        f"intérieur pour les questions orales ({article}). La présidence peut n'y répondre qu'à la séance suivante."
    )


async def _item(ctx: Context, meeting: Meeting, position: int | None) -> AgendaItem | None:
    item = await ctx.store.meetings.item(meeting, position) if position is not None else None
    if position is not None and item is None:
        raise Refusal(f"Il n'y a pas de point {position} à cette séance.", try_this="`!odj` montre l'ordre du jour.")
    return item


async def _without_name(ctx: Context, meeting: Meeting, item: AgendaItem | None, text: str) -> Reply:
    """Keep a question that nothing ties to this message: not the author, not the moment, not the keys made from it."""
    if not ctx.private:
        raise Refusal("Tout le salon sait qui écrit ici.", try_this="Pour taire votre nom, écrivez-moi en privé.")
    await ctx.store.offers.end_all(ctx.room.room_id, ctx.sender.id)
    code = await ctx.store.questions.drop(meeting.id, item.id if item else None, text)
    moment = next_gathering(ctx.now, meeting.starts_at, ctx.commune.zone)
    await await_gathering(ctx, meeting, moment)
    return Reply(f"{_receipt(ctx, moment, code)}{_late(ctx, meeting)}")


def _receipt(ctx: Context, moment: datetime, code: str) -> str:
    grouped = f"{code[:4]}-{code[4:8]}-{code[8:]}"
    return (
        f"C'est noté, sans votre nom. Votre question sera montrée le {long_moment(moment, ctx.commune.zone)}, avec celles des "
        f"autres. Pour lire la réponse, écrivez-moi `questions {grouped}`. Gardez ce code : je n'en garde pas trace, et je ne "
        "saurai plus que la question est de vous."
    )


async def _chair_ids(ctx: Context, meeting: Meeting) -> tuple[str, ...]:
    return tuple(each.matrix_id for each in await chairs(ctx, meeting) if each.matrix_id)


@due(NoticeKind.QUESTIONS)
async def show(ctx: Context, notice: Notice) -> Reply:
    """The questions that waited, numbered and shown together to the room and to the chair; nothing when there is none."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    meeting = await ctx.store.meetings.get(notice.meeting_id)
    if meeting.state is MeetingState.CANCELLED:
        return Reply("")
    gathered = await ctx.store.questions.gather(meeting.id)
    if not gathered:
        return Reply("")
    await tell_chairs(ctx, meeting, gathered)
    text = "\n\n".join(shown(each) for each in gathered)
    return Reply(text, loud=True, mentions=await _chair_ids(ctx, meeting))
