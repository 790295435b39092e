"""What can be said of a convocation: whom it reached and when, whether in time. Facts, never that it is regular."""

from datetime import date
from zoneinfo import ZoneInfo

from commands._context import Commune
from commands._sessions import first_rule, second_rule
from commands._words import plain
from council.convocations import Verdict, civil_day, sending_day
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from council.rules import ConvocationRule
from storage.errata import ErratumCopy
from storage.summons import Convocation, Summons

Copy = Summons | ErratumCopy
"""One person's copy of a convocation or of an erratum."""


def is_silent(copy: Copy) -> bool:
    """Whether someone must be called: nothing says that they have it, though they could say so or it never left."""
    if copy.channel is Channel.PAPER or copy.acknowledged_at is not None:
        return False
    return can_acknowledge(copy) or copy.sent_at is None


def can_acknowledge(copy: Copy) -> bool:
    """Whether a person can say here that they have their copy: it isn't on paper, and they have an account."""
    return copy.channel is Channel.ELEMENT or (copy.channel is Channel.MAIL and copy.person.matrix_id is not None)


def waits_on_paper(copy: Copy) -> bool:
    """Whether a copy is still to be handed over."""
    return copy.channel is Channel.PAPER and copy.handed_on is None


def standing(convocation: Convocation, commune: Commune, *, named: bool = True) -> str:
    """Whether the convocation is complete, and whether it was so in time: by the last person it reached.

    Args:
        named: whether those it hasn't reached are named, or only counted.
    """
    if convocation.ended_at is not None:
        return f"Elle ne vaut plus depuis le {long_moment(convocation.ended_at, commune.zone)}."
    missing = still_missing(convocation, commune.zone)
    limit = f"Dernier jour : **{long_date(convocation.last_day)}** ({convocation.law})."
    if missing:
        whom = (
            f"il manque {enumerate_fr(missing)}" if named else f"elle n'a pas atteint {count(len(missing), 'personne')}"
        )
        return f"**Incomplète** : {whom}. {limit}"
    return f"Elle est complète. {timeliness(convocation, commune)} {limit}"


def timeliness(convocation: Convocation, commune: Commune) -> str:
    """What can be said of a complete convocation's delay; empty while it isn't complete."""
    last = reached_last(convocation, commune.zone)
    if last is None:
        return ""
    reason = f" Raison donnée : {plain(convocation.reason, 500)}." if convocation.reason else ""
    reached = f"le dernier a été atteint le {long_date(last)}."
    if last <= convocation.last_day:
        urgent = convocation.verdict is Verdict.URGENT
        return f"{'Délai abrégé pour urgence' if urgent else 'Délai tenu'} : {reached}{reason}"
    rule = rule_of(convocation, commune)
    what = "Délai du règlement intérieur dépassé" if rule.house else "Délai conseillé dépassé"
    what = "**Hors délai**" if rule.binding else what
    return f"{what} : {reached}{reason}"


def reached_last(convocation: Convocation, zone: ZoneInfo) -> date | None:
    """The day it counts from: when it reached the last person; None while it hasn't reached everyone."""
    return sending_day(reached_on(copy, zone) for copy in convocation.summonses)


def still_missing(convocation: Convocation, zone: ZoneInfo) -> list[str]:
    """The names of those whose copy neither left nor was handed over."""
    return [plain(copy.person.name) for copy in convocation.summonses if reached_on(copy, zone) is None]


def reached_on(copy: Summons, zone: ZoneInfo) -> date | None:
    """The day a person's copy reached them: handed over or posted, or first sent by message or e-mail; None until then."""
    sent = [moment for moment in (copy.sent_at, copy.copied_at) if moment is not None]
    return copy.handed_on or (civil_day(min(sent), zone) if sent else None)


def handed_said(copy: Summons, commune: Commune) -> str:
    """« remise le lundi 9 mars 2026 », as an agent said it; and when, if that was after the session; empty until then."""
    if copy.handed_on is None:
        return ""
    said = f"remise le {long_date(copy.handed_on)}"
    if copy.handed_at is None or copy.handed_at < copy.convocation.starts_at:
        return said
    return f"{said}, noté après la séance, le {long_moment(copy.handed_at, commune.zone)}"


def rule_of(convocation: Convocation, commune: Commune) -> ConvocationRule:
    """The rule in force on the session's day; that of a second convocation when it was sent by it."""
    day = civil_day(convocation.starts_at, commune.zone)
    second = second_rule(day, convocation.body, commune)
    return second if second.law == convocation.law else first_rule(day, convocation.body, commune)
