"""Receipts chased: those who are silent are asked again, in one message each; the agents get whom to call and what to carry."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from commands._context import Context, Option, Reply
from commands._convocation import agents, loud, phone
from commands._kit import due
from commands._offers import CHECK, numbered
from commands._proofs import Copy, is_silent, waits_on_paper
from commands._sending import RECEIVED, owe_round, receipt_line, receipt_of
from commands._sheets import owe_sheets
from commands._show import said_late
from commands._tell import owe, owe_asking
from commands._words import plain
from council.convocations import civil_day
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from storage.errata import Erratum
from storage.offers import Choice
from storage.states import NoticeKind
from storage.store import Store
from storage.summons import Convocation
from storage.tables import Meeting, Notice, Outgoing, Person

EVERYONE, AGENTS, ERRATUM, REFUSED, SHEET = "everyone", "agents", "erratum", "refused", "sheet"
"""What a notice about receipts is for: those who are silent and the agents; the agents alone; the same as the first about one
erratum, by its id; one copy of a convocation, or of an erratum, by its id, whose e-mail was refused.
"""
MORNING, AFTERNOON = time(9), time(14)


@dataclass(frozen=True)
class Sent:
    """A convocation or an erratum, with the copies that nothing proves: to ask again, to hand over.

    Attributes:
        about: the session, after the paper's version for an erratum.
        limit: the day not to miss and its law, for the agents; nothing for an erratum, which has none of its own.
    """

    reference: str
    is_erratum: bool
    about: str
    limit: str
    session: datetime
    body_id: int
    silent: Sequence[Copy]
    on_paper: Sequence[Copy]

    @property
    def title(self) -> str:
        """« Convocation CM-2026-01 »."""
        return f"{'Erratum' if self.is_erratum else 'Convocation'} {self.reference}"

    @property
    def named(self) -> str:
        """« la convocation CM-2026-01 »."""
        return f"l'erratum {self.reference}" if self.is_erratum else f"la convocation {self.reference}"


@dataclass
class _Round:
    """What one moment asks: of each person, all that they haven't acknowledged; of each agent, all the lists."""

    asked: dict[int, tuple[Person, list[Sent]]] = field(default_factory=dict)
    lists: dict[int, tuple[Person, list[str]]] = field(default_factory=dict)


async def asked_next(ctx: Context, meeting_id: int, erratum: Erratum | None = None) -> datetime | None:
    """The next moment at which those who are silent are asked again, about a session or an erratum of it; None when there is none."""
    texts = [EVERYONE, *([f"{ERRATUM} {erratum.id}"] if erratum else [])]
    return await ctx.store.notices.next_of(NoticeKind.RECEIPTS, meeting_id, texts)


async def schedule_receipts(ctx: Context, meeting: Meeting, last_day: date) -> None:
    """Ask again a day later and the day before; on the last lawful day the agents get the list, to call or carry."""
    afternoon = datetime.combine(last_day, AFTERNOON, ctx.commune.zone)
    tomorrow, eve = _tomorrow(ctx, meeting), _eve(ctx, meeting)
    await _schedule(ctx, meeting, {eve: EVERYONE, afternoon: AGENTS, **dict.fromkeys(tomorrow, EVERYONE)})


async def schedule_erratum(ctx: Context, meeting: Meeting, erratum: Erratum) -> None:
    """Ask again a day later; what the convocation asks on the eve asks for its errata too."""
    await _schedule(ctx, meeting, dict.fromkeys(_tomorrow(ctx, meeting), f"{ERRATUM} {erratum.id}"))


def _eve(ctx: Context, meeting: Meeting) -> datetime:
    zone = ctx.commune.zone
    return datetime.combine(civil_day(meeting.starts_at, zone) - timedelta(days=1), MORNING, zone)


def _tomorrow(ctx: Context, meeting: Meeting) -> list[datetime]:
    """A day from now; none on the eve, whose morning asks already."""
    tomorrow = ctx.now + timedelta(days=1)
    return [] if tomorrow.date() == _eve(ctx, meeting).date() else [tomorrow]


async def _schedule(ctx: Context, meeting: Meeting, moments: dict[datetime, str]) -> None:
    room = await ctx.store.rooms.of_body(meeting.body_id)
    for moment, text in moments.items():
        if ctx.now < moment < meeting.starts_at:
            await ctx.store.notices.add(
                Notice(
                    kind=NoticeKind.RECEIPTS,
                    due_at=moment.astimezone(UTC),
                    text=text,
                    room_id=room.room_id if room else None,
                    meeting_id=meeting.id,
                    created_by=ctx.sender.id,
                )
            )


@due(NoticeKind.RECEIPTS)
async def chase(ctx: Context, notice: Notice) -> Reply:
    """Ask those who are silent, once for all that is due by now; give the agents names and numbers. Nothing is said aloud."""
    together = sorted((notice, *await ctx.store.notices.together(notice)), key=lambda each: each.due_at)
    found, done = _Round(), set[str]()
    # What is for the agents alone comes last: each sending is told once, and who is silent must be asked too.
    for each in sorted(together, key=lambda each: each.text == AGENTS):
        ctx.store.notices.said(each)
        sender = ctx.sender if each.created_by == ctx.sender.id else await ctx.store.people.get(each.created_by)
        await _gather(replace(ctx, sender=sender), each, found, done)
    for person, sent in found.asked.values():
        await _ask_again(ctx, person, sent)
    late = said_late("Cette liste part en retard : elle était prévue", together[0].due_at, ctx)
    for agent, parts in found.lists.values():
        await owe(ctx.store, loud("\n\n".join(parts) + late, agent), person_id=agent.id)
    return Reply("")


async def _gather(ctx: Context, notice: Notice, found: _Round, done: set[str]) -> None:
    """Add what one notice asks for, each sending once."""
    assert notice.meeting_id is not None  # noqa: S101 - true of this kind, for the type checker
    what, _, number = notice.text.partition(" ")
    if what in (REFUSED, SHEET):
        await (_carry(ctx, int(number)) if what == REFUSED else _carry_sheet(ctx, int(number)))
        return
    for sent in await _sent(ctx, notice.meeting_id, what, int(number or 0)):
        if sent.reference in done:
            continue
        done.add(sent.reference)
        if what != AGENTS:
            for copy in sent.silent:
                if copy.channel is Channel.ELEMENT:
                    found.asked.setdefault(copy.person_id, (copy.person, []))[1].append(sent)
        if sent.silent or sent.on_paper:
            for agent in await agents(ctx, sent.body_id):
                found.lists.setdefault(agent.id, (agent, []))[1].append(_to_call(sent))


async def _sent(ctx: Context, meeting_id: int, what: str, erratum_id: int) -> list[Sent]:
    """What is to be chased about a session: its convocations, and its errata on the eve; or one erratum."""
    convocations = await ctx.store.convocations.in_force(meeting_id)
    errata = await ctx.store.errata.of_convocations(convocations) if what != AGENTS else []
    if what == ERRATUM:
        return [_of_erratum(ctx, each) for each in errata if each.id == erratum_id]
    return [_of_convocation(ctx, each) for each in convocations] + [_of_erratum(ctx, each) for each in errata]


def _of_convocation(ctx: Context, convocation: Convocation) -> Sent:
    return Sent(
        reference=convocation.reference,
        is_erratum=False,
        about=f"{plain(convocation.body.name)}, **{long_moment(convocation.starts_at, ctx.commune.zone)}**",
        limit=f" Dernier jour : **{long_date(convocation.last_day)}** ({convocation.law}).",
        session=convocation.starts_at,
        body_id=convocation.body_id,
        silent=[copy for copy in convocation.summonses if is_silent(copy)],
        on_paper=[copy for copy in convocation.summonses if waits_on_paper(copy)],
    )


def _of_erratum(ctx: Context, erratum: Erratum) -> Sent:
    first = erratum.convocation
    session = f"{plain(first.body.name)}, **{long_moment(first.starts_at, ctx.commune.zone)}**"
    return Sent(
        reference=erratum.reference,
        is_erratum=True,
        about=f"{erratum.paper.reference} version {erratum.file.version}, {session}",
        limit="",
        session=first.starts_at,
        body_id=first.body_id,
        silent=[copy for copy in erratum.copies if is_silent(copy)],
        on_paper=[copy for copy in erratum.copies if waits_on_paper(copy)],
    )


async def _ask_again(ctx: Context, person: Person, sent: Sequence[Sent]) -> None:
    references = [each.reference for each in sent]
    if len(sent) == 1:
        (one,) = sent
        found = "Il" if one.is_erratum else "Elle"
        text = (
            f"**Avez-vous bien reçu {one.named} ?**\n\n{one.about}. {found} est plus haut dans cette conversation. Touchez ✅ sous ce "
            "message, ou répondez **reçu** ou **1**."
        )
        choices: tuple[Choice, ...] = (receipt_of(one.reference),)
    else:
        options = tuple(Option(f"{each.title} : {each.about}", receipt_line(each.reference)) for each in sent)
        lines = "\n".join(f"{n}. {each.label}" for n, each in enumerate(options, start=1))
        whole = "les deux" if len(sent) == 2 else "tous"
        text = (
            f"**Avez-vous bien reçu ces {len(sent)} envois ?**\n\n{lines}\n\nIls sont plus haut dans cette conversation. Pour {whole}, "
            "touchez ✅ sous ce message, ou répondez **reçu** ; pour un seul, son numéro."
        )
        words = tuple(word for word in RECEIVED if word != "1")
        choices = (Choice("reçu", receipt_line(*references), words, CHECK, once=True), *numbered(options))
    official, until = f"rappel de {enumerate_fr(references)}", max(each.session for each in sent)
    await owe_asking(ctx.store, loud(text, person), person.id, choices, until=until, official=official)


def _to_call(sent: Sent) -> str:
    parts = [f"**{sent.title}** : {sent.about}.{sent.limit}"]
    for copies, what in (
        (sent.silent, "Sans accusé de réception, à appeler"),
        (sent.on_paper, "Sur papier, à remettre"),
    ):
        if copies:
            names = "\n".join(f"- {plain(copy.person.name)}{phone(copy.person)}" for copy in copies)
            parts.append(f"**{what}** ({count(len(copies), 'personne')})\n\n{names}")
    return "\n\n".join(parts)


async def mail_refused(store: Store, row: Outgoing) -> None:
    """An e-mail was refused for good: when it was somebody's own copy, it goes on paper, and the agents hear of it."""
    summons = await store.convocations.refused(row)
    copy = None if summons else await store.errata.refused(row)
    about = summons.convocation if summons else copy.erratum.convocation if copy else None
    if about is not None:
        text = f"{REFUSED} {summons.id}" if summons else f"{SHEET} {copy.id if copy else 0}"
        await store.notices.add(
            Notice(
                kind=NoticeKind.RECEIPTS,
                due_at=store.now.astimezone(UTC),
                text=text,
                meeting_id=about.meeting_id,
                created_by=about.made_by,
            )
        )


async def _carry(ctx: Context, copy_id: int) -> None:
    """Tell the agents that an e-mail was refused for good: that copy goes on paper."""
    (copy,) = await ctx.store.convocations.copies([copy_id])
    if copy.handed_on is None and copy.convocation.ended_at is None:
        failures = await ctx.store.convocations.failures(copy.convocation)
        reason = plain(failures.get(copy.outbox_key or "", ""), 150)
        why = f"**Courriel refusé** pour {plain(copy.person.name)} : {reason}.\n\n"
        await owe_round(ctx, copy.convocation, [copy], why)


async def _carry_sheet(ctx: Context, copy_id: int) -> None:
    """The same of an erratum."""
    copy = await ctx.store.errata.copy(copy_id)
    if copy.handed_on is None and copy.erratum.convocation.ended_at is None:
        about = copy.erratum
        why = f"**Courriel refusé** pour {plain(copy.person.name)}."
        text = f"{why}\n\n**Erratum {about.reference}** : {about.paper.reference} version {about.file.version}"
        await owe_sheets(ctx, about, about.file, [copy.person], text)
