"""Whether a convocation leaves the days that the law asks: the verdict, the last days to send, the next lawful session.

Every day here is a civil date of the town's own zone: ``civil_day`` makes one of a moment.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from council.calendar import first_open_day, last_open_day
from council.rules import ConvocationRule


class Verdict(Enum):
    """LAWFUL keeps the usual delay, URGENT the one shortened for a reason, LATE neither."""

    LAWFUL = "lawful"
    URGENT = "urgent"
    LATE = "late"


@dataclass(frozen=True)
class Assessment:
    """What the rule says of a convocation sent on one day for a session on another.

    Attributes:
        clear: whole days left between the two; negative when the session isn't after the sending.
        last_day: the last day on which to send with the usual delay.
        advised: the last day on or before it when the town hall is open.
        last_urgent: the last day on which to send in urgency, or None where there is no such thing.
        next_open: the first day to offer for a session convoked on that same day.
    """

    verdict: Verdict
    rule: ConvocationRule
    clear: int
    last_day: date
    advised: date
    last_urgent: date | None
    next_open: date

    @property
    def limit(self) -> date:
        """The last day on which to reach everyone: in urgency, with the shortened delay."""
        return self.last_urgent if self.verdict is Verdict.URGENT and self.last_urgent else self.last_day

    @property
    def law(self) -> str:
        """The delay that the verdict rests on, and its article: « 3 jours francs, article L. 2121-11 du CGCT »."""
        if self.verdict is Verdict.URGENT:
            return f"{self.rule.urgent} en urgence, {self.rule.article}"
        return self.rule.law


def civil_day(moment: datetime, zone: ZoneInfo) -> date:
    """Give the town's date at an aware moment: what is sent at 23 h 30 UTC is sent the day after in Paris."""
    return moment.astimezone(zone).date()


def assess(
    rule: ConvocationRule, sent: date, meeting: date, *, urgent: bool = False, alsace_moselle: bool = False
) -> Assessment:
    """Judge a sending; ``urgent`` is whether a reason was given to shorten the delay (CGCT, art. L2121-11 and -12).

    A sending that keeps the usual delay is lawful whether or not urgency was claimed.
    """
    last_day = rule.usual.last_day(meeting)
    return Assessment(
        verdict=_verdict(rule, sent, meeting, urgent=urgent),
        rule=rule,
        clear=(meeting - sent).days - 1,
        last_day=last_day,
        advised=last_open_day(last_day, alsace_moselle=alsace_moselle),
        last_urgent=rule.urgent.last_day(meeting) if rule.urgent else None,
        next_open=day_offered(rule, sent, alsace_moselle=alsace_moselle),
    )


def _verdict(rule: ConvocationRule, sent: date, meeting: date, *, urgent: bool) -> Verdict:
    if rule.usual.is_kept(sent, meeting):
        return Verdict.LAWFUL
    if urgent and rule.urgent is not None and rule.urgent.is_kept(sent, meeting):
        return Verdict.URGENT
    return Verdict.LATE


def day_offered(rule: ConvocationRule, sent: date, *, wished: date | None = None, alsace_moselle: bool = False) -> date:
    """Give the day to offer for a session convoked on ``sent``: the first working one that is lawful, and not before ``wished``.

    The law forbids neither Sundays nor holidays: who wants one says so.
    """
    earliest = rule.usual.earliest_meeting(sent)
    return first_open_day(max(wished or earliest, earliest), alsace_moselle=alsace_moselle)


def sending_day(transmissions: Iterable[date | None]) -> date | None:
    """Give the day a convocation counts from: that of the last member it reached, by their first valid transmission.

    None while it hasn't reached everyone, or when there is nobody: one member left out is enough to spoil it (Conseil
    d'État, 16 January 1998, n° 188892).
    """
    days = list(transmissions)
    known = [day for day in days if day is not None]
    return max(known) if days and len(known) == len(days) else None


def late_items(rule: ConvocationRule, first_sent: Mapping[int, date], meeting: date) -> tuple[int, ...]:
    """Give the items, by number, whose own first sending leaves too little.

    An item added by a rectifying convocation has the delay of that one; the others keep theirs.
    """
    return tuple(sorted(item for item, sent in first_sent.items() if not rule.usual.is_kept(sent, meeting)))
