"""Speaking of a session to come, for oneself or for somebody else: the arguments that present, absent and pouvoir share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from dateutil.relativedelta import relativedelta

from commands._arguments import Absent, Argument, Ask
from commands._bodies import TITLES, match_body, match_person
from commands._context import Context
from commands._courtesy import without_courtesy
from commands._dates import asking, not_gone
from commands._named import OF_SESSION
from commands._sessions import UNDER_WAY
from commands._show import session_name, when_and_where
from commands._words import plain, quote
from council.french import fold, long_date
from council.french.reading import PastDate, read_period, read_when
from council.refusals import Refusal
from council.roles import BodyKind
from storage.tables import Body, Meeting, Person

MOST_OFFERED = 9
LONGEST_NAME = 5
"""Words beyond which nothing is a person's name."""
_BEFORE = re.compile(r"^(?:(?:pour|au|aux|à|a|en)\s+(?:la\s+|le\s+|l')?|(?:du|de la|de)\s+|(?:le|la)\s+|l')", re.I)
_AND = re.compile(r"^\s*(?:et|ainsi que)\b\s*", re.IGNORECASE)
_FOR = re.compile(r"^(?:pour|de|d'|à|a|au nom de)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class _Somebody(Argument[Person]):
    """Somebody in office, by the words at the start of a line, as many as name them."""

    label: str = "NOM"
    wanted: str = "le nom"

    async def take(self, text: str, ctx: Context) -> tuple[Person, str]:
        words = _FOR.sub("", text.strip()).split()
        people = list(await ctx.store.people.in_office(ctx.today)) if words else []
        for size in range(min(LONGEST_NAME, len(words)), 0, -1):
            if fold(words[size - 1]).strip(".") in TITLES:
                continue  # "Mme Vidal le 26": no name ends so
            found = match_person(" ".join(words[:size]), people)
            rest = " ".join(words[size:])
            if len(found) > 1:
                said = quote(" ".join(words[:size]), 40)
                raise Ask(f"Qui est {said} ?", [(each.name, call(each)) for each in found], rest)
            if found:
                return found[0], rest
        raise Absent


@dataclass(frozen=True)
class _Some(Argument[tuple[Person, ...]]):
    """One or more people in office: "Morel et Petit", "Mme Morel, M. Petit et Mme Blanc"."""

    label: str = "NOM"
    wanted: str = "le nom"

    async def take(self, text: str, ctx: Context) -> tuple[tuple[Person, ...], str]:
        first, rest = await SOMEBODY.take(text, ctx)
        people, goes_on = [first], _goes_on(text, rest)
        while goes_on:
            text = _AND.sub("", rest)
            try:
                another, rest = await SOMEBODY.take(text, ctx)
            except Absent:
                return tuple(people), text
            except Ask as question:
                before = " et ".join(map(call, people))
                said = [(label, f"{before} et {choice}") for label, choice in question.options]
                raise Ask(question.why, said, question.rest) from None
            people.append(another)
            goes_on = _goes_on(text, rest)
        return tuple(people), rest


def _goes_on(text: str, rest: str) -> bool:
    """Whether a name may follow the one that was read at the start of a text: after "et", or after its comma."""
    words = text.split()
    return bool(_AND.match(rest)) or words[len(words) - len(rest.split()) - 1].endswith(",")


@dataclass(frozen=True)
class _Coming(Argument[Meeting]):
    """A session that hasn't begun: of the body or the day said, of the room, or the only next one there is.

    Attributes:
        under_way: whether one that has begun counts, and one that is over on the day that is said.
        kinds: of the bodies whose sessions are meant, unless another is named; of any body when empty.
    """

    under_way: bool = False
    kinds: frozenset[BodyKind] = frozenset()
    label: str = "COMMISSION] [DATE"
    wanted: str = "la séance"
    implied: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Meeting, str]:
        body, day = await _said(text, ctx, gone=self.under_way)
        bodies = await ctx.bodies()
        among = [body] if body else [each for each in bodies if each.kind in self.kinds] or bodies
        start = ctx.now - UNDER_WAY if self.under_way else ctx.now
        coming = await ctx.store.meetings.coming([each.id for each in among], start=start)
        if day is not None:
            others = coming
            coming = [each for each in coming if each.starts_at.astimezone(ctx.commune.zone).date() == day]
            coming = coming or (await _held(ctx, among, day) if self.under_way else [])
            if others and not coming:
                raise Ask(
                    f"Aucune séance n'est prévue le {long_date(day)}. De laquelle parlez-vous ?",
                    _offered(others, ctx),
                    "",
                )
        firsts = list({each.body_id: each for each in reversed(coming)}.values())[::-1]
        if not firsts:
            past = " Pour une séance passée, donnez sa date." if self.under_way and day is None else ""
            raise Refusal(
                "Je ne trouve pas de séance à venir qui corresponde.",
                try_this=f"`!agenda` montre les prochaines.{past}",
            )
        if len(firsts) > 1:
            raise Ask("Pour quelle séance ?", _offered(firsts, ctx), "")
        return firsts[0], ""


def _offered(meetings: Sequence[Meeting], ctx: Context) -> list[tuple[str, str]]:
    """Sessions to choose from: how each is shown, and typed."""
    shown = [(f"{each.body.name} : {when_and_where(each, ctx)}".replace("**", ""), each) for each in meetings]
    return [(label, session_name(each, ctx)) for label, each in shown[:MOST_OFFERED]]


async def _held(ctx: Context, bodies: Sequence[Body], day: date) -> Sequence[Meeting]:
    """The sessions of a day that is gone; a day to come without any session is meant of the year before."""
    for each in (day, day - relativedelta(years=1)):
        start = datetime.combine(each, time.min, ctx.commune.zone)
        end = min(ctx.now, datetime.combine(each + timedelta(days=1), time.min, ctx.commune.zone))
        if found := await ctx.store.meetings.coming([body.id for body in bodies], start=start, end=end):
            return found
    return []


async def _said(text: str, ctx: Context, *, gone: bool) -> tuple[Body | None, date | None]:
    """The body and the day in these words, in any order; in its own room the body needn't be said.

    Args:
        gone: whether the day may be.
    """
    body, day, rest = ctx.room.body, None, without_courtesy(text).strip(" ,.?!")
    while rest:
        before, bare = rest, OF_SESSION.sub("", _BEFORE.sub("", rest))
        found = match_body(bare, await ctx.bodies())
        if found.several:
            raise Ask(
                "De quelle commission parlez-vous ?", [(each.name, each.code) for each in found.several], found.rest
            )
        if found.body is not None:
            body, rest = found.body, found.rest
        elif day is None and (read := _day(bare, ctx, gone=gone) or _day(rest, ctx, gone=gone)):
            day, rest = read[0], read[1].strip(" ,.?!")
        elif not bare:
            rest = ""
        if rest == before:
            raise Refusal(
                f"Je ne reconnais ni personne, ni commission, ni date dans {quote(rest, 60)}.",
                try_this="Écrivez le nom en entier, ou la date de la séance.",
            )
    return body, day


def _day(text: str, ctx: Context, *, gone: bool) -> tuple[date, str] | None:
    try:
        read = asking(ctx, lambda now: read_when(text, now=now))
        return (read[0].day if gone else not_gone(read[0].day, ctx), read[1]) if read else None
    except PastDate:
        past = read_period(text, now=ctx.then) if gone else None
        if past is None:
            raise
        return past[0], past[2]


def call(person: Person) -> str:
    """What names a person without doubt in a line that the bot types."""
    return person.matrix_id or person.name


def of(person: Person) -> str:
    """« de Lucie Vidal », « d'Odile Blanc »."""
    return f"d'{plain(person.name)}" if fold(person.name)[:1] in "aeiouy" else f"de {plain(person.name)}"


def titled(meeting: Meeting, ctx: Context) -> str:
    """« Conseil municipal, **jeudi 12 mars 2026 à 20 h**, mairie »."""
    return f"{plain(meeting.body.name)}, {when_and_where(meeting, ctx)}"


SOMEBODY = _Somebody()
MaybeSomebody = Annotated[Person | None, SOMEBODY]
MaybeSome = Annotated[tuple[Person, ...], _Some()]
Somebody = Annotated[Person, SOMEBODY]
COMING = _Coming()
Coming = Annotated[Meeting, COMING]
OfCouncil = Annotated[Meeting, _Coming(kinds=frozenset({BodyKind.COUNCIL}))]
AtHand = Annotated[Meeting, _Coming(under_way=True)]
