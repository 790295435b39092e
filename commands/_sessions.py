"""Naming a session: the one of that day, or the next."""

from datetime import date, datetime, time, timedelta

from commands._context import Context
from council.french import long_date
from council.refusals import Refusal
from storage.tables import Body, Meeting


async def one_session(ctx: Context, body: Body, day: date | None) -> Meeting:
    """The body's session of that day, or its next one.

    Raises:
        Refusal: there is none.
    """
    if day is None:
        coming = await ctx.store.meetings.coming([body.id], limit=1)
        meeting = coming[0] if coming else None
    else:
        start = datetime.combine(day, time.min, ctx.commune.zone)
        meeting = await ctx.store.meetings.on(body.id, start, start + timedelta(days=1))
    if meeting is None:
        when = f" le {long_date(day)}" if day else ""
        raise Refusal(
            f"Aucune séance n'est prévue{when} pour « {body.name} ».",
            try_this="`!agenda` montre celles qui le sont, `!séance` suivi d'une date en fixe une.",
        )
    return meeting
