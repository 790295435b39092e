"""Verdicts of a convocation: the worked examples of the law, and what must hold of every pair of days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.convocations import Verdict, assess, civil_day, day_offered, late_items, sending_day
from council.roles import BodyKind
from council.rules import ConvocationRule, Delay, rules_on

PARIS = ZoneInfo("Europe/Paris")
RULES = rules_on(date(2026, 11, 24))
SMALL, LARGE = RULES.of(BodyKind.COUNCIL, 640), RULES.of(BodyKind.COUNCIL, 3500)
BY_DAYS = {3: SMALL, 5: LARGE}
LAWFUL, URGENT, LATE = Verdict.LAWFUL, Verdict.URGENT, Verdict.LATE


def day(text: str) -> date:
    """A date as ISO writes it."""
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("days", "sent", "meeting", "clear", "verdict"),
    [
        (3, "2026-11-20", "2026-11-24", 3, LAWFUL),
        (3, "2026-11-20", "2026-11-23", 2, LATE),
        (3, "1989-12-21", "1989-12-26", 4, LAWFUL),
        (3, "2026-12-24", "2026-12-28", 3, LAWFUL),
        (3, "2026-12-28", "2027-01-01", 3, LAWFUL),
        (5, "2026-12-29", "2027-01-04", 5, LAWFUL),
        (5, "2026-12-30", "2027-01-04", 4, LATE),
        (3, "2027-03-26", "2027-03-30", 3, LAWFUL),
        (3, "2027-03-27", "2027-03-30", 2, LATE),
        (5, "2027-03-24", "2027-03-30", 5, LAWFUL),
        (3, "2027-04-30", "2027-05-04", 3, LAWFUL),
        (5, "2027-05-04", "2027-05-10", 5, LAWFUL),
        (5, "2027-05-05", "2027-05-10", 4, LATE),
        (3, "2027-07-12", "2027-07-16", 3, LAWFUL),
        (3, "2027-07-13", "2027-07-16", 2, LATE),
        (5, "2027-07-09", "2027-07-15", 5, LAWFUL),
        (3, "2028-02-26", "2028-03-01", 3, LAWFUL),
        (3, "2027-02-26", "2027-03-02", 3, LAWFUL),
        (3, "2026-10-23", "2026-10-27", 3, LAWFUL),
        (5, "2026-11-10", "2026-11-16", 5, LAWFUL),
        (5, "2026-10-30", "2026-11-05", 5, LAWFUL),
        (3, "2026-11-24", "2026-11-24", -1, LATE),
    ],
)
def test_a_sending_is_judged_by_clear_days(days: int, sent: str, meeting: str, clear: int, verdict: Verdict) -> None:
    """Week-ends, holidays, leap days and nights when clocks change count like any other."""
    found = assess(BY_DAYS[days], day(sent), day(meeting))
    assert (found.clear, found.verdict) == (clear, verdict)


@pytest.mark.parametrize(
    ("sent", "verdict"),
    [("2026-11-22", URGENT), ("2026-11-23", LATE), ("2026-11-24", LATE), ("2026-11-20", LAWFUL)],
)
def test_urgency_goes_down_to_one_clear_day(sent: str, verdict: Verdict) -> None:
    """And is not needed when the usual delay is kept."""
    assert assess(SMALL, day(sent), day("2026-11-24"), urgent=True).verdict is verdict


@pytest.mark.parametrize(("sent", "verdict"), [("2026-11-23", URGENT), ("2026-11-24", LATE)])
def test_urgency_of_the_local_law_goes_down_to_the_day_before(sent: str, verdict: Verdict) -> None:
    """« La veille » (art. L2541-2)."""
    rule = RULES.of(BodyKind.COUNCIL, 640, alsace_moselle=True)
    assert assess(rule, day(sent), day("2026-11-24"), urgent=True).verdict is verdict


@pytest.mark.parametrize(
    ("meeting", "three", "five", "one"),
    [
        ("2026-12-01", "2026-11-27", "2026-11-25", "2026-11-29"),
        ("2026-12-15", "2026-12-11", "2026-12-09", "2026-12-13"),
        ("2026-12-28", "2026-12-24", "2026-12-22", "2026-12-26"),
        ("2027-01-04", "2026-12-31", "2026-12-29", "2027-01-02"),
        ("2027-03-01", "2027-02-25", "2027-02-23", "2027-02-27"),
        ("2028-03-01", "2028-02-26", "2028-02-24", "2028-02-28"),
        ("2027-03-30", "2027-03-26", "2027-03-24", "2027-03-28"),
        ("2027-05-03", "2027-04-29", "2027-04-27", "2027-05-01"),
        ("2027-05-10", "2027-05-06", "2027-05-04", "2027-05-08"),
        ("2027-07-15", "2027-07-11", "2027-07-09", "2027-07-13"),
        ("2027-07-19", "2027-07-15", "2027-07-13", "2027-07-17"),
        ("2026-10-26", "2026-10-22", "2026-10-20", "2026-10-24"),
        ("2027-04-14", "2027-04-10", "2027-04-08", "2027-04-12"),
    ],
)
def test_the_last_day_to_send(meeting: str, three: str, five: str, one: str) -> None:
    """With three clear days, with five, in urgency."""
    small, large = (assess(rule, day("2026-01-01"), day(meeting)) for rule in (SMALL, LARGE))
    assert (small.last_day, large.last_day, small.last_urgent) == (day(three), day(five), day(one))


def test_the_advised_day_is_one_when_the_town_hall_is_open() -> None:
    """The last lawful day is Bastille week's Sunday: the Friday before; Easter Friday is closed in Alsace only."""
    assert assess(SMALL, day("2027-07-01"), day("2027-07-15")).advised == day("2027-07-09")
    assert assess(SMALL, day("2027-03-01"), day("2027-03-30")).advised == day("2027-03-26")
    assert assess(SMALL, day("2027-03-01"), day("2027-03-30"), alsace_moselle=True).advised == day("2027-03-25")


@pytest.mark.parametrize(
    ("sent", "wished", "local", "offered"),
    [
        ("2026-12-29", None, False, "2027-01-04"),  # lawful from Saturday 2 January
        ("2027-03-25", None, False, "2027-03-30"),  # Easter Monday
        ("2027-07-01", "2027-07-14", False, "2027-07-15"),
        ("2027-07-01", "2027-07-18", False, "2027-07-19"),  # a Sunday
        ("2027-07-01", "2027-07-02", False, "2027-07-05"),  # too early: the first lawful one
        ("2027-03-22", None, False, "2027-03-26"),
        ("2027-03-22", None, True, "2027-03-30"),  # Good Friday, in Alsace-Moselle
    ],
)
def test_the_day_offered_is_lawful_and_a_working_one(sent: str, wished: str | None, local: bool, offered: str) -> None:
    """Neither a weekend nor a holiday is offered, though the law allows them."""
    found = day_offered(SMALL, day(sent), wished=day(wished) if wished else None, alsace_moselle=local)
    assert found == day(offered)


@pytest.mark.parametrize(
    ("moment", "sent", "verdict"),
    [
        ("2026-11-19T23:30:00+00:00", "2026-11-20", LAWFUL),
        ("2026-11-20T22:59:59+00:00", "2026-11-20", LAWFUL),
        ("2026-11-20T23:00:00+00:00", "2026-11-21", LATE),
    ],
)
def test_the_day_is_the_towns(moment: str, sent: str, verdict: Verdict) -> None:
    """Not that of UTC."""
    found = civil_day(datetime.fromisoformat(moment), PARIS)
    assert found == day(sent)
    assert assess(SMALL, found, day("2026-11-24")).verdict is verdict


def test_a_convocation_counts_from_the_last_member_reached() -> None:
    """And from no day while one of them wasn't."""
    assert sending_day([day("2026-11-18"), day("2026-11-20"), day("2026-11-19")]) == day("2026-11-20")
    assert sending_day([day("2026-11-18"), None]) is None
    assert sending_day([]) is None


def test_each_item_has_the_delay_of_its_own_sending() -> None:
    """What a rectifying convocation adds too late is late; the rest is not."""
    first_sent = {1: day("2026-11-13"), 2: day("2026-11-20"), 3: day("2026-11-21"), 4: day("2026-11-23")}
    assert late_items(SMALL, first_sent, day("2026-11-24")) == (3, 4)


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
DELAYS = st.builds(Delay, st.integers(1, 12), st.booleans())


@given(DAYS, st.integers(-3, 40), DELAYS)
def test_the_three_ways_of_counting_agree(sent: date, later: int, delay: Delay) -> None:
    """Kept, sent by the last day, and held from the first day are one and the same."""
    meeting = sent + timedelta(days=later)
    kept = delay.is_kept(sent, meeting)
    assert kept == (sent <= delay.last_day(meeting)) == (meeting >= delay.earliest_meeting(sent))


@given(DAYS, st.integers(-3, 40), DELAYS, st.booleans())
def test_sending_earlier_is_never_worse(sent: date, later: int, delay: Delay, urgent: bool) -> None:
    """And the session that is offered instead is always lawful."""
    rule = ConvocationRule(delay, "article", Delay(1))
    order = [LAWFUL, URGENT, LATE]
    meeting = sent + timedelta(days=later)
    today = assess(rule, sent, meeting, urgent=urgent)
    before = assess(rule, sent - timedelta(days=1), meeting, urgent=urgent)
    assert order.index(before.verdict) <= order.index(today.verdict)
    assert assess(rule, sent, today.next_open).verdict is LAWFUL
