"""Reading time, told to the chair in one line: pages, minutes, days left; a paper that comes too late is told plainly."""

from collections.abc import Sequence

from commands._context import Context, Reply
from commands._questions import chairs
from commands._sessions import papers_of
from commands._show import current, day_of
from commands._tell import owe
from commands._words import plain
from council.convocations import civil_day
from council.french import distance
from council.reading_time import FORMULA, LATE_DAYS, WORTH_TELLING
from storage.tables import Meeting, Paper


async def to_read(ctx: Context, meeting: Meeting, papers: Sequence[Paper], *, explained: bool = False) -> str:
    """« **À lire** : 34 pages, environ 1 h 10 de lecture ; séance dans 5 jours », or nothing when that is no matter.

    Args:
        explained: whether the formula is told.
    """
    load = await ctx.store.papers.reading([current(paper) for paper in papers])
    if load.minutes < WORTH_TELLING:
        return ""
    how = f" ({FORMULA})" if explained else ""
    when = distance(civil_day(meeting.starts_at, ctx.commune.zone), ctx.today)
    return f"**À lire** : {load.shown()}{how} ; séance {when}."


async def filed(ctx: Context, paper: Paper, meeting: Meeting | None) -> str:
    """What filing a paper to a session adds to the answer; the chair who doesn't read it there is told in private."""
    if meeting is None or meeting.starts_at <= ctx.now:
        return ""
    one = await to_read(ctx, meeting, [paper])
    late = (civil_day(meeting.starts_at, ctx.commune.zone) - ctx.today).days < LATE_DAYS
    said = _sentence(one, distance(civil_day(meeting.starts_at, ctx.commune.zone), ctx.today), late=late)
    if said and (late or ctx.private):
        total = await to_read(ctx, meeting, await papers_of(ctx, meeting))
        every = f" En tout : {total.removeprefix('**À lire** : ').split(' ; ')[0]}." if total else ""
        text = f"Déposé pour la séance du {day_of(meeting, ctx)} : **{paper.reference}** {plain(paper.title, 90)}. {said}{every}"
        for chair in await chairs(ctx, meeting):
            if chair.id != ctx.sender.id and chair.matrix_id:
                await owe(ctx.store, Reply(text), person_id=chair.id)
    return f"\n\n{said}" if said else ""


def _sentence(one: str, when: str, *, late: bool) -> str:
    if not late:
        return one
    return f"**La séance est {when}** : ce document, distribué moins de {LATE_DAYS} jours avant, ne sera guère lu. {one}".strip()
