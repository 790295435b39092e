"""The thresholds of the law on convocations, each with its article, and the dates between which it is in force.

A session is judged by the rules in force on its own day. Whatever answer rests on one of them names its article.
"""

from dataclasses import dataclass, replace
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
        house: whether the body's own rules set it: no law does, but the council must keep the rules that it gave itself
            (``HOUSE_RULES``).
    """

    usual: Delay
    article: str
    urgent: Delay | None = None
    note: bool = False
    house: bool = False

    @property
    def binding(self) -> bool:
        """Whether a text imposes it; otherwise it is advice."""
        return bool(self.article)

    @property
    def law(self) -> str:
        """« 3 jours francs, article L. 2121-11 du CGCT »."""
        return f"{self.usual}, {self.article or ('règlement intérieur' if self.house else 'délai conseillé')}"


@dataclass(frozen=True)
class RuleSet:
    """The rules in force from ``since`` to ``until``, both inclusive; None while nothing replaced them.

    Attributes:
        note_from: inhabitants from which a council has five clear days and an explanatory note.
        again: the delay of a second convocation, when the quorum failed; urgency doesn't shorten it.
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
    again: Delay

    def of(
        self, kind: BodyKind, population: int, *, alsace_moselle: bool = False, own_days: int | None = None
    ) -> ConvocationRule:
        """Give the rule of a body.

        Args:
            alsace_moselle: whether the local law of the three départements applies.
            own_days: the clear days that its own rules ask for, where the law leaves it to them.
        """
        if kind is BodyKind.EPCI:
            return self.epci
        if kind is BodyKind.CCAS:
            return self.ccas
        if kind is not BodyKind.COUNCIL:
            return replace(self.others, usual=Delay(own_days), house=True) if own_days else self.others
        if population >= self.note_from:
            return self.large
        return self.local_law if alsace_moselle else self.small

    def second(self, kind: BodyKind, population: int, *, alsace_moselle: bool = False) -> ConvocationRule:
        """Give the rule of a second convocation, after which no quorum is needed (CGCT, art. L2121-17).

        Three days at least between it and the session, read as clear days (Conseil d'État, 16 June 1997, Pfister, n° 142691);
        the local law sets no interval of its own (art. L2541-4): the usual delay is kept.
        """
        first = self.of(kind, population, alsace_moselle=alsace_moselle)
        if kind is BodyKind.COUNCIL and alsace_moselle:
            return replace(first, urgent=None, article="article L. 2541-4 du CGCT")
        return replace(first, usual=self.again, urgent=None, article="article L. 2121-17 du CGCT")


CLEAR_DAY = Delay(1)
HOUSE_RULES = "Conseil d'État, 31 juillet 1996, Tête, n° 132541"
"""What says that a council must keep the rules that it gave itself."""
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
        again=Delay(3),
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
