"""Naming a session: the one of that day, or the next; one that began lately is under way. Its papers, its delay."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from commands._context import Commune, Context
from commands._words import quote
from council.convocations import Assessment, assess, civil_day
from council.french import long_date
from council.refusals import Refusal
from council.rules import ConvocationRule, rules_on
from storage.papers import Reader
from storage.tables import Body, Meeting, Paper

UNDER_WAY = timedelta(hours=3)
"""How long a session is taken to last."""


async def one_session(ctx: Context, body: Body, day: date | None, *, under_way: bool = False) -> Meeting:
    """The body's session of that day, or its next one.

    Args:
        under_way: whether one that has begun counts as the next.

    Raises:
        Refusal: there is none.
    """
    meeting = await session_on(ctx, body, day) if day else await next_session(ctx, body, under_way=under_way)
    if meeting is None:
        when = f" le {long_date(day)}" if day else ""
        raise Refusal(
            f"Aucune séance n'est prévue{when} pour {quote(body.name)}.",
            try_this="`!agenda` montre celles qui le sont.",
        )
    return meeting


async def session_on(ctx: Context, body: Body, day: date) -> Meeting | None:
    """The body's session of a day, past or to come."""
    start = datetime.combine(day, time.min, ctx.commune.zone)
    end = datetime.combine(day + timedelta(days=1), time.min, ctx.commune.zone)
    return await ctx.store.meetings.on(body.id, start, end)


async def next_session(ctx: Context, body: Body, *, under_way: bool = True) -> Meeting | None:
    """The body's next session, or the one under way."""
    start = ctx.now - UNDER_WAY if under_way else ctx.now
    return next(iter(await ctx.store.meetings.coming([body.id], start=start, limit=1)), None)


async def papers_of(ctx: Context, meeting: Meeting) -> Sequence[Paper]:
    """What the whole room may read before a session, even when the person who fixed it has left since."""
    members = await ctx.store.people.members(meeting.body_id, ctx.today)
    if not members:
        return []
    return await ctx.store.papers.list(Reader(members[0][0].id, meeting.body_id, ctx.today), meeting_id=meeting.id)


def assessment(ctx: Context, meeting: Meeting, *, urgent: bool = False, second: bool = False) -> Assessment:
    """What the rules in force on a session's day say of a convocation sent today.

    Args:
        urgent: whether a reason was given to shorten the delay.
        second: whether the session takes up one whose quorum failed.
    """
    day, commune = civil_day(meeting.starts_at, ctx.commune.zone), ctx.commune
    rule = second_rule(day, meeting.body, commune) if second else first_rule(day, meeting.body, commune)
    return assess(rule, ctx.today, day, urgent=urgent, alsace_moselle=commune.alsace_moselle)


def first_rule(day: date, body: Body, commune: Commune) -> ConvocationRule:
    """The delay of a body's sessions in force on a day."""
    local, own = commune.alsace_moselle, commune.delays.get(body.code)
    return rules_on(day).of(body.kind, commune.population, alsace_moselle=local, own_days=own)


def second_rule(day: date, body: Body, commune: Commune) -> ConvocationRule:
    """The delay of a second convocation, when the quorum failed."""
    return rules_on(day).second(body.kind, commune.population, alsace_moselle=commune.alsace_moselle)
