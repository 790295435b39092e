"""Papers promised and not filed: heard in talk, confirmed in private, reminded to their author, then told to the chair."""

from datetime import UTC, datetime, time, timedelta

from rapidfuzz import fuzz

from commands._ahead import titled
from commands._context import Context, Option, Reply
from commands._filing import ALIKE
from commands._offers import CHECK, CROSS, NO, YES
from commands._sessions import next_session
from commands._show import day_of, said_late
from commands._tell import owe_asking
from commands._words import plain
from council.convocations import civil_day
from council.french import fold, long_date
from council.french.promises import read_promise
from council.roles import Role
from storage.offers import Choice
from storage.promises import Promise
from storage.states import NoticeKind
from storage.tables import Meeting, Notice

TO_AUTHOR, TO_CHAIR = (7, 3), 2
"""Days before the session at which the author is reminded, then the chair told."""
STAGES = (*TO_AUTHOR, TO_CHAIR)
MORNING = time(9)
_PLEDGE = "Tant qu'il ne l'est pas, je vous le rappellerai 7 et 3 jours avant la séance."
_DROP = "Répondez par un numéro pour ne plus attendre un document."
DONE = (
    *("c'est fait", "fait", "deja fait", "c'est deja fait", "envoye", "depose", "c'est depose", "c'est envoye"),
    *("je l'ai depose", "je l'ai envoye", "oui", "ok", "1"),
)


async def overhear(ctx: Context, line: str) -> None:
    """Keep a promise made in a body's room for its next session; who made it is told, or asked, in private."""
    body = ctx.room.body
    if body is None or Role.MEMBER not in ctx.role_in(body):
        return
    read = read_promise(line, now=ctx.then)
    meeting = await next_session(ctx, body, under_way=False) if read else None
    if read is None or meeting is None:
        return
    promise = await ctx.store.promises.make(meeting, ctx.sender.id, read.what, due=read.due, sure=read.sure)
    if promise is None:
        return
    alike = [item for item in meeting.items if fuzz.token_set_ratio(fold(read.what), fold(item.title)) >= ALIKE]
    promise.item_id = alike[0].id if read.what and alike else promise.item_id
    await (_tell if read.sure else _ask)(ctx, meeting, promise)


async def _tell(ctx: Context, meeting: Meeting, promise: Promise) -> None:
    text = (
        f"J'ai compris que vous déposerez **{plain(promise.what, 90)}** {_until(promise, meeting, ctx)}. {_PLEDGE} Répondez "
        "**c'est fait** quand ce le sera, ou **non** si je me trompe."
    )
    await _owe(ctx, meeting, promise, text, done=f"!promesses faite {promise.id}", words=DONE)


async def _ask(ctx: Context, meeting: Meeting, promise: Promise) -> None:
    text = (
        f"Dans le salon, vous avez dit que vous enverriez quelque chose. Est-ce un document {_until(promise, meeting, ctx)} ? "
        f"Si oui : {_PLEDGE[0].lower()}{_PLEDGE[1:]}\n\nRépondez **oui** ou **non**."
    )
    await _owe(ctx, meeting, promise, text, done=f"!promesses noter {promise.id}", words=YES)


async def _owe(
    ctx: Context, meeting: Meeting, promise: Promise, text: str, *, done: str, words: tuple[str, ...]
) -> None:
    choices = (
        Choice("oui", done, words, CHECK, once=True),
        Choice("non", f"!promesses oublier {promise.id}", NO, CROSS, once=True),
    )
    await owe_asking(ctx.store, Reply(text), promise.person_id, choices, until=meeting.starts_at)


def _until(promise: Promise, meeting: Meeting, ctx: Context) -> str:
    """« pour la séance du jeudi 26 mars 2026 (Commission de l'eau), d'ici le vendredi 6 mars 2026 »."""
    due = f", d'ici le {long_date(promise.due_on)}" if promise.due_on else ""
    return f"pour la séance du {day_of(meeting, ctx)} ({plain(meeting.body.name)}){due}"


def due_said(promise: Promise) -> str:
    """What is due: « le devis (point 2, Choix du prestataire) », « un document pour le point 2 (…) »."""
    item = promise.item
    point = f"point {item.position}, {plain(item.title, 90)}" if item else ""
    if promise.what:
        return plain(promise.what, 90) + (f" ({point})" if point else "")
    return f"un document pour le {point}" if point else "un document"


async def schedule_promises(ctx: Context, meeting: Meeting) -> None:
    """Have what was promised looked at before a session, on the mornings that are still to come."""
    zone = ctx.commune.zone
    room = await ctx.store.rooms.of_body(meeting.body_id)
    for days in STAGES:
        moment = datetime.combine(civil_day(meeting.starts_at, zone) - timedelta(days=days), MORNING, zone)
        if moment > ctx.now:
            await ctx.store.notices.add(
                Notice(
                    kind=NoticeKind.PROMISES,
                    due_at=moment.astimezone(UTC),
                    text=str(days),
                    room_id=room.room_id if room else None,
                    meeting_id=meeting.id,
                    created_by=ctx.sender.id,
                )
            )


def is_over(meeting: Meeting, days: int, ctx: Context) -> bool:
    """Whether the next look has come already: after a stop, only the last one speaks."""
    later = [stage for stage in STAGES if stage < days]
    left = (civil_day(meeting.starts_at, ctx.commune.zone) - ctx.today).days
    return bool(later) and left <= later[0] and (left < later[0] or ctx.now.time() >= MORNING)


async def remind_author(ctx: Context, meeting: Meeting, promise: Promise, notice: Notice) -> None:
    """Remind who promised, in private: what, for which session, by when, and how to say that it is done."""
    late = said_late("Ce rappel part en retard : il était prévu", notice.due_at, ctx)
    text = (
        f"**À déposer** : {due_said(promise)}, {_until(promise, meeting, ctx)}.\n\n"
        "Déposez-le dans le salon, ou envoyez-le-moi ici ; répondez **c'est fait** si c'est déjà le cas, ou **non** s'il n'y en "
        f"aura pas.{late}"
    )
    await _owe(ctx, meeting, promise, text, done=f"!promesses faite {promise.id}", words=DONE)


def for_chair(meeting: Meeting, promises: list[Promise], ctx: Context) -> Reply:
    """What is still missing, from whom, by when; each can be dropped by its number."""
    options = tuple(
        Option(f"{due_said(each)}, de {plain(each.person.name)}{_by(each)}", f"!promesses oublier {each.id}")
        for each in promises[:9]
    )
    return Reply(f"**Promis, pas encore déposé** : {titled(meeting, ctx)}", options=options, after=_DROP)


def _by(promise: Promise) -> str:
    return f", promis pour le {long_date(promise.due_on)}" if promise.due_on else ""
