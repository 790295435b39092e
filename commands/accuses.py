"""accusés — who received a convocation, when and how, and who said so; those who didn't are asked again."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from commands import Context, Document, InBody, MaybeDay, Option, Refusal, Reply, Role, command, due
from commands._arguments import flag
from commands._convocation import agents, convoked, loud, phone
from commands._errata import receipts
from commands._proofs import handed_said, reached_last, rule_of, standing
from commands._sending import owe_round, receipt_of
from commands._sessions import one_session
from commands._show import said_late
from commands._tell import owe, owe_asking
from commands._words import plain, quote
from council.convocations import Verdict, civil_day, late_items
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from storage.states import DocumentKind, NoticeKind
from storage.store import Store
from storage.summons import Convocation, Summons
from storage.tables import Body, Meeting, Notice, Outgoing

EVERYONE, AGENTS, REFUSED = "everyone", "agents", "refused "
"""Whom a notice about receipts speaks to: those who are silent and the agents, the agents alone, or they about one copy, by
its id, whose e-mail was refused.
"""
MORNING, AFTERNOON = time(9), time(14)


CERTIFICATE = flag(r"^\s*(?:(?:avec|pour)\s+)?(?:l'|une\s+)?attestation\b", "attestation")
"""The word that asks for the certificate."""


@command(
    "accusés",
    "accusé",
    summary="Voir qui a reçu une convocation, et quand",
    who=Role.CHAIR,
    private=True,
    examples={"!accusés": "", "!accusés eau": ""},
)
async def accuses(
    ctx: Context, commission: InBody, attestation: Annotated[bool, CERTIFICATE] = False, jour: MaybeDay = None
) -> Reply:
    """Sans date, c'est la dernière convocation de la commission. Pour chacun : le moyen, le moment de l'envoi ou de la remise,
    et l'accusé de réception. La date qui compte est celle où le dernier a été atteint.
    """
    found = await _convocations(ctx, commission, jour)
    if attestation:
        return _certificate(found)
    parts = [*[await _told(ctx, convocation) for convocation in found], *await receipts(ctx, found)]
    if len(found) > 1 and (late := await _late_items(ctx, found)):
        parts.append(f"**Points convoqués hors délai** : {late}. Les autres gardent le délai de leur propre envoi.")
    if found[0].ended_at is None and (left_out := await _left_out(ctx, commission, found)):
        parts.append(
            f"**Non convoqué depuis son arrivée** : {enumerate_fr(left_out)}. `!convoquer {commission.code}` envoie la convocation à qui "
            "ne l'a pas eue."
        )
    line = f"!accusés {commission.code} attestation{f' {jour:%d/%m/%Y}' if jour else ''}"
    return Reply("\n\n".join(parts), options=(Option("L'attestation en PDF", line),))


def _certificate(found: list[Convocation]) -> Reply:
    references = [convocation.reference for convocation in found]
    name, about = f"attestation {references[0]}", tuple(convocation.id for convocation in found)
    return Reply(
        f"**Attestation** d'envoi et de réception de {enumerate_fr(references)}, d'après le journal de cet instant. Le fichier suit.",
        files=(Document(DocumentKind.CERTIFICATE, name, about),),
    )


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
    lines = [f"- {plain(copy.person.name)} : {_state(copy, failures, ctx)}" for copy in convocation.summonses]
    title = f"**Convocation {convocation.reference}** : {plain(convocation.body.name)}, {long_moment(convocation.starts_at, zone)}"
    made = f"Envoyée par {plain(convocation.author.name)} le {long_moment(convocation.made_at, zone)}."
    return "\n\n".join([title, f"{made} {standing(convocation, ctx.commune)}", "\n".join(lines)])


def _state(copy: Summons, failures: dict[str, str], ctx: Context) -> str:
    """« Element, envoyée le …, copie par courriel le …, accusé le … »."""
    zone, failure = ctx.commune.zone, failures.get(copy.outbox_key or "")
    if copy.channel is Channel.PAPER:
        why = f" (le courriel a été refusé : {plain(failure, 150)})" if failure else ""
        return f"papier, {handed_said(copy, ctx.commune) or f'**à remettre**{why}'}"
    parts = ["courriel" if copy.channel is Channel.MAIL else "Element"]
    if copy.sent_at is None:
        parts.append(f"**non remise** ({plain(failure)})" if failure else "envoi en cours")
    elif copy.channel is Channel.MAIL:
        parts.append(f"pris par le relais le {long_moment(copy.sent_at, zone)}")
    else:
        parts.append(f"envoyée le {long_moment(copy.sent_at, zone)}")
    parts += _beside(copy, failures, ctx)
    if copy.acknowledged_at:
        parts.append(f"accusé le {long_moment(copy.acknowledged_at, zone)}")
    elif copy.sent_at and copy.person.matrix_id:
        parts.append("**pas d'accusé**")
    return ", ".join(parts)


def _beside(copy: Summons, failures: dict[str, str], ctx: Context) -> list[str]:
    """What became of the e-mail beside a message."""
    if copy.copied_at:
        return [f"copie par courriel le {long_moment(copy.copied_at, ctx.commune.zone)}"]
    failure = failures.get(copy.copy_key or "")
    return [f"copie par courriel refusée ({plain(failure, 150)})"] if failure else []


async def _late_items(ctx: Context, found: list[Convocation]) -> str:
    """The points that a rectifying convocation brought too late, by number; each has the delay of its own sending."""
    rule, meeting = rule_of(found[0], ctx.commune), await ctx.store.meetings.get(found[0].meeting_id)
    position = {item.id: item.position for item in meeting.items}
    first: dict[int, date] = {}
    for convocation in found:
        day = reached_last(convocation, ctx.commune.zone)
        if day is not None and convocation.verdict is not Verdict.URGENT:
            first = {**{position[item]: day for item in convocation.items if item in position}, **first}
    late = late_items(rule, first, civil_day(meeting.starts_at, ctx.commune.zone))
    return enumerate_fr([str(number) for number in late]) if rule.binding else ""


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
    if notice.text.startswith(REFUSED):
        await _carry(ctx, int(notice.text.removeprefix(REFUSED)))
        return Reply("")
    for convocation in await ctx.store.convocations.in_force(notice.meeting_id):
        silent = [c for c in convocation.summonses if _silent(c)]
        on_paper = [c for c in convocation.summonses if c.channel is Channel.PAPER and c.handed_on is None]
        if notice.text == EVERYONE:
            for copy in silent:
                if copy.channel is Channel.ELEMENT:
                    await _ask_again(ctx, convocation, copy)
        if silent or on_paper:
            text = _to_call(ctx, convocation, silent, on_paper) + said_late(
                "Cette liste part en retard : elle était prévue", notice.due_at, ctx
            )
            for agent in await agents(ctx, convocation.body_id):
                await owe(ctx.store, loud(text, agent), person_id=agent.id)
    return Reply("")


async def mail_refused(store: Store, row: Outgoing) -> None:
    """An e-mail was refused for good: when it was somebody's own copy, it goes on paper, and the agents hear of it."""
    copy = await store.convocations.refused(row)
    if copy is not None:
        await store.notices.add(
            Notice(
                kind=NoticeKind.RECEIPTS,
                due_at=store.now.astimezone(UTC),
                text=f"{REFUSED}{copy.id}",
                meeting_id=copy.convocation.meeting_id,
                created_by=copy.convocation.made_by,
            )
        )


def _silent(copy: Summons) -> bool:
    """Whether someone must be called: nothing says that they have it, though they could say so or it never left."""
    if copy.channel is Channel.PAPER or copy.acknowledged_at is not None:
        return False
    return copy.channel is Channel.ELEMENT or copy.sent_at is None or copy.person.matrix_id is not None


async def _carry(ctx: Context, copy_id: int) -> None:
    """Tell the agents that an e-mail was refused for good: that copy goes on paper."""
    (copy,) = await ctx.store.convocations.copies([copy_id])
    if copy.handed_on is None and copy.convocation.ended_at is None:
        failures = await ctx.store.convocations.failures(copy.convocation)
        reason = plain(failures.get(copy.outbox_key or "", ""), 150)
        why = f"**Courriel refusé** pour {plain(copy.person.name)} : {reason}.\n\n"
        await owe_round(ctx, copy.convocation, [copy], why)


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
