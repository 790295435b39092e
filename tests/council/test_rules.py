"""The thresholds of convocations: each body's delay, its article, in force on the session's day."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from council.roles import BodyKind
from council.rules import RULE_SETS, Delay, rules_on

DAY = date(2026, 11, 24)
COUNCIL, EPCI, CCAS = BodyKind.COUNCIL, BodyKind.EPCI, BodyKind.CCAS


@pytest.mark.parametrize(
    ("kind", "population", "local", "law", "urgent", "note"),
    [
        (COUNCIL, 640, False, "3 jours francs, article L. 2121-11 du CGCT", "1 jour franc", False),
        (COUNCIL, 3499, False, "3 jours francs, article L. 2121-11 du CGCT", "1 jour franc", False),
        (COUNCIL, 3500, False, "5 jours francs, article L. 2121-12 du CGCT", "1 jour franc", True),
        (COUNCIL, 640, True, "3 jours francs, article L. 2541-2 du CGCT", "1 jour", False),
        (COUNCIL, 3500, True, "5 jours francs, article L. 2121-12 du CGCT", "1 jour franc", True),
        (EPCI, 640, False, "5 jours francs, articles L. 5211-1 et L. 2121-12 du CGCT", "1 jour franc", True),
        (CCAS, 640, False, "3 jours, article R. 123-16 du CASF", "None", False),
        (BodyKind.COMMISSION, 640, False, "3 jours francs, délai conseillé", "None", False),
        (BodyKind.GROUP, 9000, False, "3 jours francs, délai conseillé", "None", False),
    ],
)
def test_each_body_has_its_rule(  # noqa: PLR0917 - the columns of the table above
    kind: BodyKind, population: int, local: bool, law: str, urgent: str, note: bool
) -> None:
    """By its kind, the town's size and the local law."""
    rule = rules_on(DAY).of(kind, population, alsace_moselle=local)
    assert (rule.law, str(rule.urgent), rule.note) == (law, urgent, note)
    assert rule.binding is (kind not in (BodyKind.COMMISSION, BodyKind.GROUP))


def test_rule_sets_follow_one_another() -> None:
    """Latest last, without a hole nor an overlap; the last one is still in force."""
    for earlier, later in pairwise(RULE_SETS):
        assert earlier.until == later.since - timedelta(days=1)
    assert RULE_SETS[-1].until is None


def test_a_day_before_the_oldest_set_has_no_rule() -> None:
    """Nothing is certified by rules that were not in force."""
    first = RULE_SETS[0].since
    assert rules_on(first) is RULE_SETS[0]
    with pytest.raises(LookupError, match=r"2019-12-28"):
        rules_on(first - timedelta(days=1))


def test_days_that_are_not_clear_leave_one_less() -> None:
    """Three days of a CCAS end on the third day after the sending."""
    delay = rules_on(DAY).of(CCAS, 640).usual
    assert delay.is_kept(date(2026, 11, 21), DAY)
    assert not delay.is_kept(date(2026, 11, 22), DAY)
    assert delay.last_day(DAY) == date(2026, 11, 21)
    assert delay.earliest_meeting(date(2026, 11, 21)) == DAY


@pytest.mark.parametrize(
    ("kind", "population", "local", "law", "note"),
    [
        (COUNCIL, 640, False, "3 jours francs, article L. 2121-17 du CGCT", False),
        (COUNCIL, 3500, False, "3 jours francs, article L. 2121-17 du CGCT", True),
        (EPCI, 640, False, "3 jours francs, article L. 2121-17 du CGCT", True),
        (COUNCIL, 640, True, "3 jours francs, article L. 2541-4 du CGCT", False),
        (COUNCIL, 3500, True, "5 jours francs, article L. 2541-4 du CGCT", True),
    ],
)
def test_a_second_convocation_has_its_own_delay(
    kind: BodyKind, population: int, local: bool, law: str, note: bool
) -> None:
    """Three clear days whatever the town's size, which urgency doesn't shorten; the local law keeps the usual ones."""
    rule = rules_on(DAY).second(kind, population, alsace_moselle=local)
    assert (rule.law, rule.urgent, rule.note, rule.binding) == (law, None, note, True)


def test_a_failure_on_monday_is_held_again_on_friday() -> None:
    """Convoked at once (Conseil d'État, 16 June 1997, Pfister, n° 142691)."""
    rule = rules_on(DAY).second(COUNCIL, 640)
    monday = date(2026, 11, 23)
    assert rule.usual.earliest_meeting(monday) == date(2026, 11, 27)
    assert not rule.usual.is_kept(monday, date(2026, 11, 26))


def test_a_commission_may_set_its_own_delay() -> None:
    """The house rules', said as such and never binding here; a council's is the law's, whatever is configured."""
    rules = rules_on(DAY)
    own = rules.of(BodyKind.COMMISSION, 640, own_days=5)
    assert (own.law, own.binding, own.house) == ("5 jours francs, règlement intérieur", False, True)
    assert rules.of(COUNCIL, 640, own_days=5) == rules.of(COUNCIL, 640)


def test_twelve_days_of_the_budget_are_not_clear() -> None:
    """Sent on Friday 2 April for Wednesday 14: twelve days later, counted on the calendar (article L. 1612-26)."""
    delay = Delay(12, clear=False)
    assert delay.last_day(date(2027, 4, 14)) == date(2027, 4, 2)
    assert not delay.is_kept(date(2027, 4, 3), date(2027, 4, 14))
