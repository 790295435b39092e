"""The thresholds of the law on convocations, each with its article, and the dates between which it is in force.

A session is judged by the rules in force on its own day. Whatever answer rests on one of them names its article.
"""

from dataclasses import dataclass
from datetime import date

from council.calendar import earliest_meeting, is_timely, last_lawful_sending_day
from council.french import count
from council.roles import BodyKind


@dataclass(frozen=True)
class Delay:
    """Days that must part a sending from the meeting.

    Attributes:
        days: how many.
        clear: whether they are clear days (francs): neither the day of the sending nor that of the meeting counts.
    """

    days: int
    clear: bool = True

    @property
    def clear_days(self) -> int:
        """The same delay as whole days strictly between the two: three days, when not clear, leave two."""
        return self.days if self.clear else self.days - 1

    def __str__(self) -> str:
        return count(self.days, "jour franc", "jours francs") if self.clear else count(self.days, "jour")

    def is_kept(self, sent: date, meeting: date) -> bool:
        """Tell whether a meeting convoked on ``sent`` leaves this delay (civil dates of the town's zone)."""
        return is_timely(sent, meeting, self.clear_days)

    def last_day(self, meeting: date) -> date:
        """Give the last day on which to send."""
        return last_lawful_sending_day(meeting, self.clear_days)

    def earliest_meeting(self, sent: date) -> date:
        """Give the first day on which a meeting convoked on ``sent`` can be held."""
        return earliest_meeting(sent, self.clear_days)


@dataclass(frozen=True)
class ConvocationRule:
    """How long before its session a body is convoked.

    Attributes:
        usual: the delay.
        article: where it is written; empty when no text says it.
        urgent: the least delay in urgency, or None where urgency shortens nothing.
        note: whether an explanatory note goes with each decision.
    """

    usual: Delay
    article: str
    urgent: Delay | None = None
    note: bool = False

    @property
    def binding(self) -> bool:
        """Whether a text imposes it; otherwise it is advice."""
        return bool(self.article)

    @property
    def law(self) -> str:
        """« 3 jours francs, article L. 2121-11 du CGCT »."""
        return f"{self.usual}, {self.article}" if self.article else f"{self.usual}, délai conseillé"


@dataclass(frozen=True)
class RuleSet:
    """The rules in force from ``since`` to ``until``, both inclusive; None while nothing replaced them.

    Attributes:
        note_from: inhabitants from which a council has five clear days and an explanatory note.
    """

    since: date
    until: date | None
    note_from: int
    small: ConvocationRule
    large: ConvocationRule
    epci: ConvocationRule
    local_law: ConvocationRule
    ccas: ConvocationRule
    others: ConvocationRule

    def of(self, kind: BodyKind, population: int, *, alsace_moselle: bool = False) -> ConvocationRule:
        """Give the rule of a body; ``alsace_moselle`` is the local law of the three départements."""
        if kind is BodyKind.EPCI:
            return self.epci
        if kind is BodyKind.CCAS:
            return self.ccas
        if kind is not BodyKind.COUNCIL:
            return self.others
        if population >= self.note_from:
            return self.large
        return self.local_law if alsace_moselle else self.small


CLEAR_DAY = Delay(1)
RULE_SETS = (
    # Since 29 December 2019 (loi n° 2019-1461, art. 9) convocations go by electronic means, on paper to who asks.
    RuleSet(
        since=date(2019, 12, 29),
        until=None,
        note_from=3500,
        small=ConvocationRule(Delay(3), "article L. 2121-11 du CGCT", CLEAR_DAY),
        large=ConvocationRule(Delay(5), "article L. 2121-12 du CGCT", CLEAR_DAY, note=True),
        # An intercommunality follows the rules of 3,500 inhabitants whatever the size of its communes.
        epci=ConvocationRule(Delay(5), "articles L. 5211-1 et L. 2121-12 du CGCT", CLEAR_DAY, note=True),
        # The text says "trois jours au moins" and, in urgency, "la veille": the prudent reading of the first is clear days.
        local_law=ConvocationRule(Delay(3), "article L. 2541-2 du CGCT", Delay(1, clear=False)),
        ccas=ConvocationRule(Delay(3, clear=False), "article R. 123-16 du CASF"),
        # Art. L2121-22 sets no delay after a commission's first meeting: the house rules may.
        others=ConvocationRule(Delay(3), ""),
    ),
)
"""Latest last, without a day between them."""


def rules_on(day: date) -> RuleSet:
    """Give the rules in force on a day.

    Raises:
        LookupError: the day is before the oldest set that is known here.
    """
    for rules in reversed(RULE_SETS):
        if rules.since <= day and (rules.until is None or day <= rules.until):
            return rules
    raise LookupError(f"no rules are known for {day}")
