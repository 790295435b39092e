"""dates — proposing dates to a body's members, answering them, seeing who can come; then reminding who didn't answer."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Annotated

from commands import NO, Context, InBody, Refusal, Reply, Role, Yes, command, due, numbered
from commands._ahead import SOMEBODY
from commands._arguments import Absent, Argument, Ask
from commands._dates import USUAL_HOURS, asking, to_come
from commands._offers import CROSS
from commands._polls import (
    END,
    LASTS,
    MOST,
    answer_poll,
    close_poll,
    open_poll,
    shown_dates,
    silent,
    standing,
    ways,
)
from commands._tell import owe, owe_asking
from commands._words import by_number, plain, quote
from council.french import fold, hour, long_moment
from council.french.reading import When, read_when
from council.french.several import OneAmbiguous, read_dates, read_numbers
from council.refusals import Denied
from storage.offers import Choice
from storage.polls import Poll
from storage.states import NoticeKind
from storage.tables import Body, Notice, Person

EVENING = time(20)
"""When a poll ends on a day for which no hour was given."""
_UNTIL = re.compile(
    r"[\s,;(]*(?:r[ée]ponses? )?(?:jusqu'(?:au|à|a)|avant(?: le)?)\s+(?P<when>[^;]+?)\)?\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Asked:
    """What is said of dates: those proposed and until when one may answer, the numbers that answer and whose, or the end."""

    moments: tuple[datetime, ...] = ()
    ends_at: datetime | None = None
    numbers: tuple[int, ...] | None = None
    somebody: Person | None = None
    closes: bool = False


@dataclass(frozen=True)
class _Dates(Argument[Asked]):
    """Dates parted by ";", or the numbers that answer those proposed."""

    label: str = "DATE ; DATE ; …"
    wanted: str = "les dates"

    async def take(self, text: str, ctx: Context) -> tuple[Asked, str]:
        if not text.strip():
            raise Absent
        if fold(text).strip(" .!") in ("clore", "fin", "terminer", "arreter", "fermer"):
            return Asked(closes=True), ""
        numbers = read_numbers(text, MOST)
        if numbers is not None:
            return Asked(numbers=numbers), ""
        return await _of_somebody(text, ctx) or _proposed(text, ctx), ""


async def _of_somebody(text: str, ctx: Context) -> Asked | None:
    """Take "Mme Weber : 1 et 3", as `!présent Mme Weber` is said; None when it is no name before numbers."""
    found = re.search(r"[\s:,]+(?=(?:\d|aucune?|toutes?|la \d|les \d|le \d)[^:]*$)", text, re.IGNORECASE)
    numbers = read_numbers(text[found.end() :], MOST) if found else None
    if found is None or numbers is None:
        return None
    try:
        person, rest = await SOMEBODY.take(text[: found.start()], ctx)
    except Absent:
        return None
    except Ask as question:
        raise Ask(question.why, question.options, f": {text[found.end() :]}") from None
    return None if rest.strip(" :,") else Asked(numbers=numbers, somebody=person)


def _proposed(text: str, ctx: Context) -> Asked:
    until = _UNTIL.search(text)
    said, end = (text[: until.start()], until[0].strip(" ,;(")) if until else (text, "")
    try:
        read = read_dates(said, now=ctx.then)
    except OneAmbiguous as one:
        before = [day.shown() for day in one.before]
        shown = [When(day, one.doubt.time, one.doubt.end).shown() for day in one.doubt.choices]
        options = [(each, " ; ".join(filter(None, (*before, each, one.doubt.rest.strip(" ;"))))) for each in shown]
        raise Ask(one.doubt.why, options, end) from None
    if read.rest or not read.days:
        raise Refusal(
            f"Je ne lis pas de date dans {quote(read.rest or text, 60)}.",
            try_this="Séparez les dates par un point-virgule : `!dates mardi 12 mars ; jeudi 14 mars à 20 h`.",
        )
    if any(day.time is None for day in read.days):
        hours = [(f"à {hour(each)}", _at(read.days, each)) for each in USUAL_HOURS]
        raise Ask("À quelle heure ?", hours, end)
    moments = tuple(to_come(day, ctx) for day in read.days)
    return Asked(_checked(moments, ctx), _end(until["when"], ctx) if until else None)


def _at(days: tuple[When, ...], at: time) -> str:
    return " ; ".join(f"{day.shown()} à {hour(at)}" if day.time is None else day.shown() for day in days)


def _end(said: str, ctx: Context) -> datetime:
    found = asking(ctx, lambda now: read_when(said, now=now))
    if found is None or found[1].strip(" .)"):
        raise Refusal(
            f"Je ne lis pas de date dans {quote(said, 60)}.", try_this="Par exemple : « jusqu'à vendredi à 20 h »."
        )
    return found[0].moment(ctx.commune.zone, EVENING)


def _checked(moments: tuple[datetime, ...], ctx: Context) -> tuple[datetime, ...]:
    twice = next((each for each in moments if moments.count(each) > 1), None)
    if twice is not None:
        raise Refusal(f"Cette date est proposée deux fois : {long_moment(twice, ctx.commune.zone)}.")
    if len(moments) < 2:
        raise Refusal(
            "Proposez au moins deux dates.",
            try_this=f"Pour une seule : `!séance {long_moment(moments[0], ctx.commune.zone)}`.",
        )
    if len(moments) > MOST:
        raise Refusal(f"Proposez {MOST} dates au plus.")
    return moments


@command(
    "dates",
    "date",
    "sondage",
    summary="Proposer des dates, y répondre, voir qui peut venir",
    examples={
        "!dates mardi 17 mars ; jeudi 19 mars à 20 h": (
            "**Commission de l'eau**, dates à proposer :\n\n1. mardi 17 mars 2026 à 20 h\n2. jeudi 19 mars 2026 à 20 h\n\n"
            "Chacun répondra jusqu'au **jeudi 5 mars 2026 à 9 h**, dans le salon ou en privé ; les réponses sont visibles de tous. Je "
            "relancerai la veille ceux qui n'auront pas répondu. C'est bien cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def dates(
    ctx: Context, commission: InBody, quoi: Annotated[Asked | None, _Dates()] = None, accord: Yes = NO
) -> Reply:
    """La présidence propose des dates ; les membres répondent par leurs numéros (« 1 et 3 », « aucune »), par une réaction ou
    par le sondage de Matrix, et en privé par le jour (« mardi et jeudi »). Pour un membre sur papier : `!dates Mme Weber : 1 et 3`.
    `!dates` seul montre les réponses, `!dates clore` y met fin, et `!séance 2` fixe la séance à la
    date 2. Pour laisser plus de trois jours : « jusqu'à vendredi ».
    """
    if quoi is not None and quoi.moments:
        return await _propose(ctx, commission, quoi, accord=accord)
    poll = await ctx.store.polls.latest(commission.id)
    if poll is None:
        raise Refusal(
            f"Aucune date n'est proposée pour {quote(commission.name)}.",
            try_this="La présidence en propose par `!dates mardi 12 mars ; jeudi 14 mars à 20 h`.",
        )
    if quoi is not None and quoi.numbers is not None:
        return await _answer(ctx, poll, quoi)
    if quoi is not None and quoi.closes:
        _refuse_others(ctx, commission)
        if poll.closed_at is None:
            await close_poll(ctx, poll)
    return await _shown(ctx, poll)


def _refuse_others(ctx: Context, body: Body) -> None:
    if Role.CHAIR not in ctx.role_in(body):
        raise Denied("Seuls la présidence, le maire et les agents proposent des dates.", "dates")


async def _answer(ctx: Context, poll: Poll, said: Asked) -> Reply:
    numbers = said.numbers or ()
    if any(n > len(poll.dates) for n in numbers):
        raise Refusal(f"Il n'y a pas de date {max(numbers)}.", try_this="`!dates` les montre.")
    return await answer_poll(ctx, poll, numbers, said.somebody)


async def _propose(ctx: Context, body: Body, said: Asked, *, accord: bool) -> Reply:
    _refuse_others(ctx, body)
    first, zone = min(said.moments), ctx.commune.zone
    ends_at = said.ends_at or min(ctx.now + LASTS, first)
    if ends_at > first or ends_at <= ctx.now:
        raise Refusal(
            f"Les réponses doivent arriver avant la première date, {long_moment(first, zone)}.",
            try_this="Par exemple : « jusqu'à demain à 18 h ».",
        )
    if not accord:
        shown = [long_moment(moment, zone) for moment in said.moments]
        lines = "\n".join(f"{n}. {each}" for n, each in enumerate(shown, start=1))
        until = long_moment(ends_at, zone)
        return Reply(
            f"**{plain(body.name)}**, dates à proposer :\n\n{lines}\n\nChacun répondra jusqu'au **{until}**, dans le salon ou en privé ; "
            "les réponses sont visibles de tous. Je relancerai la veille ceux qui n'auront pas répondu. C'est bien cela ?",
            confirm=f"!dates {body.code} {' ; '.join(shown)} jusqu'au {until} oui",
        )
    await open_poll(ctx, body, said.moments, ends_at)
    return Reply("" if ctx.room.body_id == body.id else f"C'est fait, et proposé dans le salon {quote(body.name)}.")


async def _shown(ctx: Context, poll: Poll) -> Reply:
    until = long_moment(poll.ends_at, ctx.commune.zone)
    state = "clos" if poll.closed_at else f"réponses jusqu'au {until}"
    options = await ways(ctx, poll) if Role.CHAIR in ctx.role_in(poll.body) else ()
    shown = await standing(ctx, poll, above_choices=bool(options))
    text = f"**Dates proposées** : {plain(poll.body.name)} ({state})\n\n{shown}"
    if Role.CHAIR not in ctx.role_in(poll.body):
        return Reply(text)
    if not options:
        return Reply(f"{text}\n\nPersonne ne peut venir à l'une de ces dates : `!dates` en propose d'autres.")
    return Reply(f"{text}\n\nPour fixer la séance :", options=options)


@due(NoticeKind.POLL)
async def on_due(ctx: Context, notice: Notice) -> Reply:
    """The day before its end, those who are silent are asked in private; at its end, the room and who made it are told."""
    what, _, number = notice.text.partition(" ")
    poll = await ctx.store.polls.get(int(number))
    if poll.closed_at is not None:
        return Reply("")
    if what == END:
        return await _end_poll(ctx, poll)
    for person in await silent(ctx, poll) if poll.ends_at > ctx.now else ():
        if person.matrix_id:
            await _ask(ctx, poll, person.id, person.matrix_id)
    return Reply("")


async def _ask(ctx: Context, poll: Poll, person_id: int, matrix_id: str) -> None:
    shown, code = shown_dates(ctx, poll), poll.body.code
    lines = "\n".join(f"{n}. {each}" for n, each in enumerate(shown, start=1))
    text = (
        f"**Vous n'avez pas encore répondu** : quelles dates vous conviennent ? {plain(poll.body.name)}\n\n{lines}\n\nRépondez par vos "
        f"numéros (« 1 et 3 »), ou **aucune**, avant le **{long_moment(poll.ends_at, ctx.commune.zone)}**."
    )
    choices = [Choice(date, f"!dates {code} {n}", (str(n),), "") for n, date in enumerate(shown, start=1)]
    none = Choice("aucune", f"!dates {code} aucune", ("aucune", "aucun"), CROSS)
    reply = Reply(text, loud=True, mentions=(matrix_id,))
    await owe_asking(ctx.store, reply, person_id, (*choices, none), until=poll.ends_at)


async def _end_poll(ctx: Context, poll: Poll) -> Reply:
    await close_poll(ctx, poll)
    title, options = f"**Fin des réponses** : {plain(poll.body.name)}", await ways(ctx, poll)
    lines = "\n".join(f"{n}. {option.label}" for n, option in enumerate(options, start=1))
    how = (
        f"Pour fixer la séance :\n\n{lines}\n\n{by_number(len(options))}."
        if lines
        else "Proposez d'autres dates par `!dates`."
    )
    maker = await ctx.store.people.get(poll.made_by)
    if maker.matrix_id:
        shown = await standing(ctx, poll, above_choices=bool(options))
        reply = Reply(f"{title}\n\n{shown}\n\n{how}", loud=True, mentions=(maker.matrix_id,))
        if options:
            await owe_asking(ctx.store, reply, maker.id, numbered(options), until=ctx.now + LASTS)
        else:
            await owe(ctx.store, reply, person_id=maker.id)
    return Reply(f"{title}\n\n{await standing(ctx, poll)}")
