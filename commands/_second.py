"""When the quorum fails: the session is held again, with the same points, without a quorum (CGCT, art. L2121-17)."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated

from commands._ahead import COMING, titled
from commands._arguments import Absent, Argument
from commands._authority import refuse_author
from commands._bodies import match_body
from commands._context import Context, Option, Reply
from commands._convocation import DELIBERATING, second_said
from commands._dates import MOMENT
from commands._sessions import second_rule
from commands._show import day_of, when_and_where
from commands._tell import owe
from commands._words import plain
from commands.convoquer import convoquer
from commands.seance import refuse_double, schedule_reminders
from council.convocations import civil_day, day_offered
from council.french import long_date, long_moment
from council.refusals import Refusal
from council.rules import ConvocationRule
from storage.tables import Meeting

SINCE = timedelta(days=30)
"""How long after a session one can still say that its quorum failed."""
FAILED = "non atteint"
PROXIES = "rép. min. Assemblée nationale n° 12942, 26 décembre 2019"
_FAILED = re.compile(
    r"\s*(?:(?:n'|n’)?(?:est|a|[ée]tait)\s+)?(?:(?:pas|non)\s+(?:[ée]t[ée]\s+)?(?:atteint|r[ée]uni|obtenu)|absent|manqu[ée]|manquant)\b[\s,:.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _Counted(Argument[Meeting]):
    """A session to come; after "non atteint", the last one that has begun."""

    label: str = "non atteint] [COMMISSION] [DATE"
    wanted: str = "la séance"
    implied: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Meeting, str]:
        found = _FAILED.match(text)
        if not found:
            return await COMING.take(text, ctx)
        bodies, rest = await ctx.bodies(), text[found.end() :]
        named = match_body(rest, bodies)
        body = named.body or ctx.room.body
        among = [each for each in ([body] if body else bodies) if each.kind in DELIBERATING]
        if not among:
            raise Refusal("La loi ne fixe pas de quorum à une commission : il n'y a pas de seconde convocation.")
        begun = await ctx.store.meetings.coming(
            [each.id for each in among], start=ctx.now - SINCE, end=ctx.now + timedelta(microseconds=1)
        )
        if not begun:
            raise Refusal(
                "Aucune séance n'a commencé depuis trente jours : le quorum se constate à l'heure de la séance, pas avant.",
                try_this="`!quorum` dit ce que les réponses permettent d'attendre.",
            )
        return begun[-1], named.rest if named.body else rest


@dataclass(frozen=True)
class _Again(Argument[datetime]):
    """The moment of the second session."""

    label: str = "DATE de la seconde séance"

    async def take(self, text: str, ctx: Context) -> tuple[datetime, str]:
        bare = re.sub(
            r"^\s*(?:(?:nouvelle|seconde)\s+(?:date|s[ée]ance)\s*:?\s*)?(?:au|le)?\s+",
            "",
            f" {text.strip()}",
            flags=re.I,
        )
        if not bare.strip():
            raise Absent
        return await MOMENT.take(bare, ctx)


Counted = Annotated[Meeting, _Counted()]
Again = Annotated[datetime | None, _Again()]


async def hold_again(ctx: Context, first: Meeting, moment: datetime | None, *, accord: bool) -> Reply:
    """Offer dates for the second session; plan the one that is chosen, and show its convocation, sent on "oui"."""
    await _refuse(ctx, first)
    day = civil_day(first.starts_at, ctx.commune.zone)
    rule = second_rule(day, first.body, ctx.commune)
    earliest = rule.usual.earliest_meeting(ctx.today)
    if moment is None:
        return _offer(ctx, first, rule)
    if civil_day(moment, ctx.commune.zone) < earliest:
        raise Refusal(
            f"C'est trop tôt : convoquée aujourd'hui, la seconde séance ne peut se tenir avant le {long_date(earliest)} ({rule.law}). Plus "
            "tôt, le quorum serait de nouveau exigé.",
            try_this=f"`!quorum {FAILED}` propose des dates.",
        )
    await refuse_double(ctx, first.body, moment)
    if not accord:
        return Reply(
            f"Je note que le quorum n'a pas été atteint : {titled(first, ctx)}.\n\nSeconde séance : **"
            f"{long_moment(moment, ctx.commune.zone)}**, aux mêmes lieu et points. C'est bien cela ?",
            confirm=_line(ctx, first, moment),
        )
    return await _plan(ctx, first, moment, rule)


async def _refuse(ctx: Context, first: Meeting) -> None:
    """Refuse what has no second convocation: one that needed no quorum, or that has one, or that nothing convoked."""
    await refuse_author(ctx, first.body)
    if await ctx.store.seconds.first_of(first.id):
        raise Refusal(
            f"Cette séance est tenue sur seconde convocation : elle délibère sans condition de quorum ({titled(first, ctx)})."
        )
    second = await ctx.store.seconds.second_of(first.id)
    if second is not None:
        raise Refusal(
            f"C'est déjà noté : la seconde séance est prévue, {when_and_where(second, ctx)}.",
            try_this=f"`!convoquer {first.body.code}` envoie sa convocation, si elle ne l'est pas.",
        )
    if not await ctx.store.convocations.in_force(first.id):
        raise Refusal(
            f"La séance du {day_of(first, ctx)} n'a pas été convoquée ici : une seconde convocation en suppose une première.",
            try_this="Fixez une séance par `!séance`, puis `!convoquer`.",
        )


def _offer(ctx: Context, first: Meeting, rule: ConvocationRule) -> Reply:
    """The first working day, the next one, and the weekday of the session that failed, or the next working day; at its hour."""
    zone, start = ctx.commune.zone, first.starts_at.astimezone(ctx.commune.zone)
    wished: list[date | None] = [None, start.date() + timedelta(days=7)]
    local = ctx.commune.alsace_moselle
    soonest, same = [day_offered(rule, ctx.today, wished=each, alsace_moselle=local) for each in wished]
    next_one = day_offered(rule, ctx.today, wished=soonest + timedelta(days=1), alsace_moselle=local)
    moments = [datetime.combine(each, start.time(), zone) for each in sorted({soonest, next_one, same})]
    options = tuple(Option(long_moment(each, zone).capitalize(), _line(ctx, first, each)) for each in moments)
    return Reply(
        f"**Quorum non atteint** : {titled(first, ctx)}\n\nLe conseil peut être convoqué de nouveau, sur les mêmes points : il délibère alors "
        f"sans condition de quorum. Il faut {rule.law}, entre cette seconde convocation et la séance : envoyée aujourd'hui, au plus tôt "
        f"le **{long_date(soonest)}**. Quand se tiendra-t-elle ?",
        options=options,
        after=f"Ou écrivez `!quorum {FAILED}` suivi d'une date. Je montrerai ensuite la convocation avant de l'envoyer.",
    )


def _line(ctx: Context, first: Meeting, moment: datetime) -> str:
    return f"!quorum {FAILED} {first.body.code} {long_moment(moment, ctx.commune.zone)} oui"


async def _plan(ctx: Context, first: Meeting, moment: datetime, rule: ConvocationRule) -> Reply:
    """Plan it, tell the room, show the convocation: what "oui" sends is the convocation of any session."""
    second = await ctx.store.seconds.prepare(first, moment, ctx.sender.id)
    await schedule_reminders(ctx, second)
    room = await ctx.store.rooms.of_body(first.body_id)
    if room is not None:
        said = (
            f"**Seconde séance** : {plain(first.body.name)}, {when_and_where(second, ctx)}.\n\n"
            f"{second_said(first, rule.article, ctx)} Un pouvoir donné pour la première ne vaut pour celle-ci que s'il le dit ({PROXIES})."
        )
        await owe(ctx.store, Reply(said, loud=True, everyone=True), room_id=room.room_id)
    return await convoquer(ctx, first.body, civil_day(moment, ctx.commune.zone))
