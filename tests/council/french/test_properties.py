"""What holds for every date and every text, not only for those we thought of."""

import time as stopwatch
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from council.french import distance, fold, hour, long_date, long_moment, short_date, tidy
from council.french.reading import (
    AmbiguousDate,
    DateRefusal,
    PastDate,
    When,
    find_period,
    find_when,
    read_period,
    read_when,
)
from tests.council.french.moments import PARIS, THURSDAY

settings.register_profile("shared machine", deadline=None)  # a busy neighbour is no fault of ours
settings.load_profile("shared machine")

_T = TypeVar("_T")
READERS = (read_when, find_when, read_period, find_period)
ZONES = st.sampled_from([PARIS, ZoneInfo("America/Martinique"), ZoneInfo("Indian/Reunion"), ZoneInfo("Pacific/Noumea")])
MOMENTS = st.integers(1_577_836_800, 2_208_988_800).map(lambda second: datetime.fromtimestamp(second, UTC))  # 2020-2040
WORDS = st.sampled_from(
    (
        *(
            "lundi",
            "mardi",
            "jeudi",
            "dimanche",
            "janvier",
            "mars",
            "août",
            "février",
            "Pâques",
            "week-end",
            "trimestre",
        ),
        *("12", "1er", "31", "29", "2027", "2021", "18", "h", "30", "18h30", ":", "/", "-", ".", ",", "99", "2e"),
        *(
            "à",
            "de",
            "du",
            "au",
            "le",
            "la",
            "les",
            "et",
            "en",
            "dans",
            "d'ici",
            "entre",
            "ce",
            "cette",
            "depuis",
            "d'",
        ),
        *("prochain", "prochaine", "prochains", "dernier", "premier", "huit", "quinze", "quatre-vingt", "une", "dix"),
        *("heures", "minutes", "jours", "semaine", "mois", "fin", "mi", "début", "midi", "minuit", "et demie"),
        *(
            "matin",
            "soir",
            "après-midi",
            "demain",
            "hier",
            "aujourd'hui",
            "il y a",
            "jusqu'à",
            "en huit",
            "moins le quart",
        ),
    )
)
SENTENCES = st.lists(WORDS, max_size=9).map(" ".join)


@given(MOMENTS, ZONES, st.integers(min_value=1, max_value=1000 * 24 * 60))
def test_what_is_shown_is_read_back(now: datetime, zone: ZoneInfo, minutes: int) -> None:
    """Whatever long_moment shows of a moment to come, read_when gives back, to the minute."""
    moment = (now + timedelta(minutes=minutes)).replace(second=0, microsecond=0)
    shown = long_moment(moment, zone)
    local = moment.astimezone(zone)
    try:
        read = read_when(shown, now=now.astimezone(zone))
    except DateRefusal:
        assert now.astimezone(zone).fold != local.fold  # the night when 2 h 15 comes twice
        return
    assert read == (When(local.date(), local.time().replace(fold=0)), "")
    assert read[0].shown() == shown


@given(MOMENTS, st.integers(min_value=0, max_value=1000), st.times(), st.times())
def test_a_day_is_read_back_in_all_its_writings(now: datetime, ahead: int, begin: time, end: time) -> None:
    """In full, in figures, as ISO, with hours or without, a day to come is the same day."""
    local = now.astimezone(PARIS)
    day = local.date() + timedelta(days=ahead)
    for written in (long_date(day), short_date(day), day.isoformat(), distance(day, local.date())):
        assert read_when(written, now=local) == (When(day), "")
    if ahead and begin < end:
        when = When(day, begin.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0))
        if when.time != when.end and hour(end) != "0 h":
            assert read_when(when.shown(), now=local) == (when, "")


@given(MOMENTS, st.integers(min_value=1, max_value=1000))
def test_a_day_that_is_gone_is_refused(now: datetime, ago: int) -> None:
    """What distance shows of a past day, or its full date, is refused with that day."""
    local = now.astimezone(PARIS)
    day = local.date() - timedelta(days=ago)
    for written in (long_date(day), short_date(day), distance(day, local.date())):
        with pytest.raises(PastDate) as refused:
            read_when(written, now=local)
        assert refused.value.day == day


@settings(max_examples=400)
@given(st.one_of(SENTENCES, st.text(max_size=60)), MOMENTS)
def test_nothing_read_is_ever_past_and_nothing_ever_crashes(text: str, now: datetime) -> None:
    """Any text gives a day to come, nothing, or a refusal in French; each choice offered is to come."""
    local = now.astimezone(PARIS)
    for reader in (read_when, find_when):
        outcome = _outcome(reader, text, local)
        if isinstance(outcome, AmbiguousDate):
            assert len(outcome.choices) > 1
            assert min(outcome.choices) >= local.date()
        elif isinstance(outcome, DateRefusal):
            assert outcome.why.endswith(".")
        elif outcome is not None:
            _is_to_come(outcome[0], local)


def _outcome(reader: Callable[..., _T], text: str, now: datetime) -> _T | DateRefusal:
    try:
        return reader(text, now=now)
    except DateRefusal as refused:
        return refused


def _is_to_come(when: When, now: datetime) -> None:
    assert when.day >= now.date()
    try:
        moment = when.moment(PARIS, time(23, 59, 59))
    except DateRefusal:
        return  # an hour that the night skips
    assert moment > now


@settings(max_examples=400)
@given(st.one_of(SENTENCES, st.text(max_size=60)), MOMENTS)
def test_a_period_never_ends_before_it_begins(text: str, now: datetime) -> None:
    """Any text gives a period in order, nothing, or a refusal."""
    for reader in (read_period, find_period):
        outcome = _outcome(reader, text, now.astimezone(PARIS))
        if isinstance(outcome, DateRefusal):
            assert outcome.why.endswith(".")
        elif outcome is not None:
            assert outcome[0] <= outcome[1]


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    """What is folded is folded, and what is tidied is tidied."""
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)
    assert fold(tidy(text)) == fold(text)


@given(SENTENCES, MOMENTS)
def test_capitals_and_accents_change_nothing(text: str, now: datetime) -> None:
    """The same words shouted, or typed without accents, are read the same."""
    outcomes = set()
    for written in (text, text.upper(), fold(text)):
        read = _outcome(read_when, written, now.astimezone(PARIS))
        outcomes.add(read.why if isinstance(read, DateRefusal) else read[0].shown() if read else "")
    assert len(outcomes) == 1


@pytest.mark.parametrize(
    "text",
    [
        *(
            "a ",
            "12 ",
            "1",
            "é",
            "d'ici ",
            "de 18 a ",
            "quatre-vingt-",
            "du le au 12 - ",
            "le mercrodo ",
            "\u0301",
            "18 h ",
        ),
        *("Le conseil examine le budget, sur rapport de M. Roux. ", "lundi 99 ", "entre le 3 et ", "dans dix ", "🗓️\n"),
    ],
)
def test_long_texts_are_read_in_no_time(text: str) -> None:
    """Ten thousand characters, however they repeat, take less than a second and a half of processor."""
    long = (text * 10_000)[:10_000]
    for reader in READERS:
        start = stopwatch.process_time()
        _outcome(reader, long, THURSDAY)
        assert stopwatch.process_time() - start < 1.5


def test_a_day_of_reference() -> None:
    """The tests speak on a Thursday."""
    assert THURSDAY.date() == date(2027, 1, 7)
    assert long_date(THURSDAY.date()) == "jeudi 7 janvier 2027"
