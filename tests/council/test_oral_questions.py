"""Oral questions: which come too late, and what says so."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from council.oral_questions import late_under
from council.roles import BodyKind

START = datetime(2027, 3, 28, 20, tzinfo=ZoneInfo("Europe/Paris"))
"""On the day when the clocks go forward."""


@pytest.mark.parametrize(
    ("kind", "before", "article"),
    [
        (BodyKind.COUNCIL, timedelta(hours=24), ""),
        (BodyKind.COUNCIL, timedelta(hours=23, minutes=59), "article L. 2121-19 du CGCT"),
        (BodyKind.EPCI, timedelta(hours=1), "articles L. 5211-1 et L. 2121-19 du CGCT"),
        (BodyKind.COMMISSION, timedelta(hours=1), ""),
    ],
)
def test_the_notice_is_of_the_councils_only(kind: BodyKind, before: timedelta, article: str) -> None:
    """A commission has no oral questions; exactly the notice is in time."""
    asked = (START.astimezone(ZoneInfo("UTC")) - before).astimezone(START.tzinfo)
    assert late_under(kind, asked, START.astimezone(ZoneInfo("UTC"))) == article


def test_a_town_has_its_own_notice() -> None:
    """Two days, or none."""
    asked = START - timedelta(days=1)
    assert late_under(BodyKind.COUNCIL, asked, START, timedelta(hours=48))
    assert not late_under(BodyKind.COUNCIL, asked, START, timedelta(0))
