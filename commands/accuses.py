"""accusés — who received a convocation, when and how, and who said so; those who didn't are asked again."""

from datetime import UTC, date, datetime, time, timedelta

from commands import Context, InBody, MaybeDay, Refusal, Reply, Role, command, due
from commands._convocation import agents, convoked, loud, phone, receipt_of
from commands._sessions import one_session
from commands._show import said_late
from commands._tell import owe, owe_asking
from commands._words import plain, quote
from council.convocations import Verdict, civil_day, late_items, sending_day
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from council.rules import ConvocationRule, rules_on
from storage.states import NoticeKind
from storage.summons import Convocation, Summons
from storage.tables import Body, Meeting, Notice

EVERYONE, AGENTS = "everyone", "agents"
"""Whom a notice about receipts speaks to: those who are silent and the agents, or the agents alone."""
MORNING, AFTERNOON = time(9), time(14)


@command(
    "accusés",
    "accusé",
    summary="Voir qui a reçu une convocation, et quand",
    who=Role.CHAIR,
    private=True,
    examples={"!accusés": "", "!accusés eau": ""},
)
async def accuses(ctx: Context, commission: InBody, jour: MaybeDay = None) -> Reply:
    """Sans date, c'est la dernière convocation de la commission. Pour chacun : le moyen, le moment de l'envoi ou de la remise,
    et l'accusé de réception. La date qui compte est celle où le dernier a été atteint.
    """
    found = await _convocations(ctx, commission, jour)
    parts = [await _told(ctx, convocation) for convocation in found]
    if len(found) > 1 and (late := await _late_items(ctx, found)):
        parts.append(f"**Points convoqués hors délai** : {late}. Les autres gardent le délai de leur propre envoi.")
    if found[0].ended_at is None and (left_out := await _left_out(ctx, commission, found)):
        parts.append(
            f"**Non convoqué depuis son arrivée** : {enumerate_fr(left_out)}. `!convoquer {commission.code}` envoie la convocation à qui "
            "ne l'a pas eue."
        )
    return Reply("\n\n".join(parts))


async def _left_out(ctx: Context, body: Body, found: list[Convocation]) -> list[str]:
    """Those who sit there today and were never convoked: one is enough to spoil the session."""
    reached = {copy.person_id for convocation in found for copy in convocation.summonses}
    return [plain(person.name) for person in await convoked(ctx, body) if person.id not in reached]


async def _convocations(ctx: Context, body: Body, day: date | None) -> list[Convocation]:
    if day is None:
        latest = await ctx.store.convocations.latest(body.id)
        if latest is not None and latest.ended_at is None:
            return list(await ctx.store.convocations.in_force(latest.meeting_id))
        found = [latest] if latest else []
    else:
        found = list(await ctx.store.convocations.in_force((await one_session(ctx, body, day)).id))
    if not found:
        raise Refusal(
            f"Aucune convocation n'a été envoyée pour {quote(body.name)}.",
            try_this="`!convoquer` convoque la prochaine séance.",
        )
    return found


async def _told(ctx: Context, convocation: Convocation) -> str:
    zone = ctx.commune.zone
    failures = await ctx.store.convocations.failures(convocation)
    lines = [f"- {_line(copy, failures.get(copy.person_id), ctx)}" for copy in convocation.summonses]
    title = f"**Convocation {convocation.reference}** : {plain(convocation.body.name)}, {long_moment(convocation.starts_at, zone)}"
    made = f"Envoyée par {plain(convocation.author.name)} le {long_moment(convocation.made_at, zone)}."
    return "\n\n".join([title, f"{made} {_standing(convocation, ctx)}", "\n".join(lines)])


def _line(copy: Summons, failure: str | None, ctx: Context) -> str:
    """« Hugo Roux : Element, envoyée le … ; reçue, dit-il, le … »."""
    zone = ctx.commune.zone
    if copy.channel is Channel.PAPER:
        state = f"papier, remise le {long_date(copy.handed_on)}" if copy.handed_on else "papier, **à remettre**"
        return f"{plain(copy.person.name)} : {state}"
    if copy.sent_at is None:
        state = f"Element, **non remise** ({plain(failure)})" if failure else "Element, envoi en cours"
        return f"{plain(copy.person.name)} : {state}"
    sent = f"Element, envoyée le {long_moment(copy.sent_at, zone)}"
    said = f"accusé le {long_moment(copy.acknowledged_at, zone)}" if copy.acknowledged_at else "**pas d'accusé**"
    return f"{plain(copy.person.name)} : {sent}, {said}"


def _standing(convocation: Convocation, ctx: Context) -> str:
    """Whether the convocation is complete, and whether it was so in time: by the last person it reached."""
    if convocation.ended_at is not None:
        return f"Elle ne vaut plus depuis le {long_moment(convocation.ended_at, ctx.commune.zone)}."
    missing = still_missing(convocation, ctx)
    limit = f"Dernier jour : **{long_date(convocation.last_day)}** ({convocation.law})."
    if missing:
        return f"**Incomplète** : il manque {enumerate_fr(missing)}. {limit}"
    return f"Elle est complète. {timeliness(convocation, ctx)} {limit}"


def timeliness(convocation: Convocation, ctx: Context) -> str:
    """What can be said of a complete convocation's delay; empty while it isn't complete."""
    last = sending_day(reached_on(copy, ctx) for copy in convocation.summonses)
    if last is None:
        return ""
    reason = f" Raison donnée : {plain(convocation.reason, 500)}." if convocation.reason else ""
    reached = f"le dernier a été atteint le {long_date(last)}."
    if last <= convocation.last_day:
        urgent = convocation.verdict is Verdict.URGENT
        return f"{'Délai abrégé pour urgence' if urgent else 'Délai tenu'} : {reached}{reason}"
    what = "**Hors délai**" if _rule(ctx, convocation).binding else "Délai conseillé dépassé"
    return f"{what} : {reached}{reason}"


def _rule(ctx: Context, convocation: Convocation) -> ConvocationRule:
    """The rule in force on the session's day."""
    rules = rules_on(civil_day(convocation.starts_at, ctx.commune.zone))
    population, local = ctx.commune.population, ctx.commune.alsace_moselle
    return rules.of(convocation.body.kind, population, alsace_moselle=local)


async def _late_items(ctx: Context, found: list[Convocation]) -> str:
    """The points that a rectifying convocation brought too late, by number; each has the delay of its own sending."""
    rule, meeting = _rule(ctx, found[0]), await ctx.store.meetings.get(found[0].meeting_id)
    position = {item.id: item.position for item in meeting.items}
    first: dict[int, date] = {}
    for convocation in found:
        day = sending_day(reached_on(copy, ctx) for copy in convocation.summonses)
        if day is not None and convocation.verdict is not Verdict.URGENT:
            first = {**{position[item]: day for item in convocation.items if item in position}, **first}
    late = late_items(rule, first, civil_day(meeting.starts_at, ctx.commune.zone))
    return enumerate_fr([str(number) for number in late]) if rule.binding else ""


def still_missing(convocation: Convocation, ctx: Context) -> list[str]:
    """The names of those whose copy neither left nor was handed over."""
    return [plain(copy.person.name) for copy in convocation.summonses if reached_on(copy, ctx) is None]


def reached_on(copy: Summons, ctx: Context) -> date | None:
    """The day a person's copy reached them: handed over or posted, or sent; None while neither is known."""
    return copy.handed_on or (civil_day(copy.sent_at, ctx.commune.zone) if copy.sent_at else None)


async def schedule_receipts(ctx: Context, meeting: Meeting, last_day: date) -> None:
    """Ask again a day later and the day before; on the last lawful day the agents get the list, to call or carry."""
    zone = ctx.commune.zone
    eve = civil_day(meeting.starts_at, zone) - timedelta(days=1)
    moments = {
        ctx.now + timedelta(days=1): EVERYONE,
        datetime.combine(last_day, AFTERNOON, zone): AGENTS,
        datetime.combine(eve, MORNING, zone): EVERYONE,
    }
    room = await ctx.store.rooms.of_body(meeting.body_id)
    for moment, whom in moments.items():
        if ctx.now < moment < meeting.starts_at:
            await ctx.store.notices.add(
                Notice(
                    kind=NoticeKind.RECEIPTS,
                    due_at=moment.astimezone(UTC),
                    text=whom,
                    room_id=room.room_id if room else None,
                    meeting_id=meeting.id,
                    created_by=ctx.sender.id,
                )
            )


@due(NoticeKind.RECEIPTS)
async def chase(ctx: Context, notice: Notice) -> Reply:
    """Ask those who have not said that they have it; give the agents the names and telephone numbers. Nothing is said aloud."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    for convocation in await ctx.store.convocations.in_force(notice.meeting_id):
        silent = [c for c in convocation.summonses if c.channel is Channel.ELEMENT and c.acknowledged_at is None]
        on_paper = [c for c in convocation.summonses if c.channel is Channel.PAPER and c.handed_on is None]
        if notice.text == EVERYONE:
            for copy in silent:
                await _ask_again(ctx, convocation, copy)
        if silent or on_paper:
            text = _to_call(ctx, convocation, silent, on_paper) + said_late(
                "Cette liste part en retard : elle était prévue", notice.due_at, ctx
            )
            for agent in await agents(ctx, convocation.body_id):
                await owe(ctx.store, loud(text, agent), person_id=agent.id)
    return Reply("")


async def _ask_again(ctx: Context, convocation: Convocation, copy: Summons) -> None:
    moment = long_moment(convocation.starts_at, ctx.commune.zone)
    text = (
        f"**Avez-vous bien reçu la convocation {convocation.reference} ?**\n\n{plain(convocation.body.name)}, **{moment}**. Elle est plus "
        "haut dans cette conversation. Touchez ✅ sous ce message, ou répondez **reçu** ou **1**."
    )
    choices = (receipt_of(convocation.reference),)
    await owe_asking(
        ctx.store,
        loud(text, copy.person),
        copy.person_id,
        choices,
        until=convocation.starts_at,
        official=f"rappel de {convocation.reference}",
    )


def _to_call(ctx: Context, convocation: Convocation, silent: list[Summons], on_paper: list[Summons]) -> str:
    session = f"{plain(convocation.body.name)}, {long_moment(convocation.starts_at, ctx.commune.zone)}"
    limit = f"Dernier jour : **{long_date(convocation.last_day)}** ({convocation.law})."
    parts = [f"**Convocation {convocation.reference}** : {session}. {limit}"]
    for copies, what in ((silent, "Sans accusé de réception, à appeler"), (on_paper, "Sur papier, à remettre")):
        if copies:
            names = "\n".join(f"- {plain(copy.person.name)}{phone(copy.person)}" for copy in copies)
            parts.append(f"**{what}** ({count(len(copies), 'personne')})\n\n{names}")
    return "\n\n".join(parts)
