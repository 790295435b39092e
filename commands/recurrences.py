"""récurrences — the sessions that come back: seeing them, leaving one out, ending them."""

from datetime import date, datetime
from typing import Annotated

from commands import NO, Context, InBody, MaybeDay, Number, Option, Refusal, Reply, Role, Yes, after, command
from commands._series import MORNING, coming, shown_days
from commands._sessions import session_on
from commands._show import when_and_where
from commands._words import plain, quote
from council.french import long_date, long_moment
from council.meetings import MeetingState
from storage.recurrences import Series
from storage.tables import Body

SHOWN = 3


@command(
    "récurrences",
    "récurrence",
    summary="Voir les séances qui reviennent, en excepter une",
    who=Role.CHAIR,
    examples={"!récurrences": "", "!récurrences sauf 7 avril": "", "!récurrences fin 1": ""},
)
async def recurrences(
    ctx: Context,
    commission: InBody,
    sauf: Annotated[date | None, after("sauf(?: le)?", "sauf DATE", MaybeDay)] = None,
    fin: Annotated[int | None, after("fin|arrêter|arreter|terminer", "fin NUMÉRO", Number)] = None,
    accord: Yes = NO,
) -> Reply:
    """Elles se fixent par `!séance tous les premiers mardis du mois à 20 h sauf août`. Chaque séance est ajoutée trois mois avant ;
    elle se déplace par `!reporter` et s'annule par `!annuler`, sans toucher aux autres.
    """
    found = list(await ctx.store.series.of_body(commission.id))
    if not found:
        raise Refusal(
            f"Aucune séance ne revient régulièrement pour {quote(commission.name)}.",
            try_this="`!séance tous les premiers mardis du mois à 20 h sauf août` en fixe.",
        )
    if sauf is not None:
        return await _leave_out(ctx, commission, found, sauf)
    if fin is not None:
        return _end(ctx, commission, found, fin, accord=accord)
    lines = [await _line(each, ctx) for each in found]
    ends = tuple(
        Option(f"Ne plus ajouter de séances : {each.recurrence.shown()}", f"!récurrences {commission.code} fin {n}")
        for n, each in enumerate(found[:9], start=1)
    )
    return Reply(f"**{plain(commission.name)}** se réunit :\n\n" + "\n".join(lines), options=ends)


def _place(series: Series) -> str:
    return f", {plain(series.place)}" if series.place else ""


async def _line(series: Series, ctx: Context) -> str:
    """The rule, its next days, then those of its sessions to come that moved or were called off."""
    zone = ctx.commune.zone
    said = []
    excepted = set()
    for each in await ctx.store.series.fixed(series):
        own = datetime.combine(each.day, series.recurrence.time or MORNING, zone)
        off = each.meeting.state is MeetingState.CANCELLED
        if each.day >= ctx.today and (off or each.meeting.starts_at != own):
            excepted.add(each.day)
            became = "annulée" if off else f"reportée au {long_moment(each.meeting.starts_at, zone)}"
            said.append(f"\n   - {long_date(each.day)} : {became}")
    days = [day for day in coming(series.recurrence, ctx, SHOWN + len(excepted)) if day not in excepted][:SHOWN]
    head = f"- {series.recurrence.shown()}{_place(series)}. Prochaines dates : {shown_days(days) or 'aucune'}."
    return head + "".join(said)


async def _leave_out(ctx: Context, body: Body, found: list[Series], day: date) -> Reply:
    """Leave one day out; a session that is fixed already is called off as any other, since people were told of it."""
    meeting = await session_on(ctx, body, day)
    if meeting is not None:
        raise Refusal(
            f"Cette séance est déjà fixée : {when_and_where(meeting, ctx)}.",
            try_this="Les autres ne changent pas :",
            choices=(
                ("L'annuler", f"!annuler {body.code} {day:%d/%m/%Y}"),
                ("Voir son ordre du jour", f"!odj {body.code} {day:%d/%m/%Y}"),
            ),
        )
    series = next((each for each in found if next(each.recurrence.days(day), None) == day), None)
    if series is None:
        raise Refusal(f"Le {long_date(day)} n'est pas une de ces dates.", try_this="`!récurrences` les montre.")
    ctx.store.series.leave_out(series, day)
    return Reply(
        f"C'est noté : {series.recurrence.shown()}. Prochaines dates : {shown_days(coming(series.recurrence, ctx, SHOWN)) or 'aucune'}."
    )


def _end(ctx: Context, body: Body, found: list[Series], number: int, *, accord: bool) -> Reply:
    if number > len(found):
        raise Refusal(f"Il n'y en a que {len(found)}.", try_this="`!récurrences` les montre.")
    series = found[number - 1]
    shown = series.recurrence.shown()
    if not accord:
        return Reply(
            f"Je n'ajouterai plus de séances : {shown}. Celles qui sont déjà fixées restent. C'est bien cela ?",
            confirm=f"!récurrences {body.code} fin {number} oui",
        )
    ctx.store.series.end(series)
    return Reply(f"C'est fait : plus aucune séance ne s'ajoute ({shown}). `!agenda` montre celles qui sont fixées.")
