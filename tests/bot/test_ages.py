"""How long ago something was said is the homeserver's to tell: the two clocks may differ by any amount."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.matrix.events import event_in_clear
from council.clock import HandClock
from tests.bot.conftest import Matrix
from tests.bot.hall import open_hall

RAW = {"event_id": "$1", "sender": "@a:b", "type": "m.room.message", "content": {}, "origin_server_ts": 1_000}


@pytest.mark.parametrize(
    ("unsigned", "age"),
    [
        ({"age": 90_000}, timedelta(seconds=90)),
        ({"age": 0}, timedelta()),
        ({"age": -5}, None),
        ({"age": 10**18}, None),
        ({"age": "old"}, None),
        ({}, None),
        ("no", None),
        (None, None),
    ],
)
def test_an_age_is_taken_where_it_makes_sense(unsigned: object, age: timedelta | None) -> None:
    """In milliseconds; what no homeserver means is as if it were not told."""
    assert event_in_clear({**RAW, "unsigned": unsigned}, "!r:b", room_encrypted=False).age == age


@pytest.mark.matrix
async def test_clocks_that_differ_make_nothing_late(matrix: Matrix, tmp_path: Path) -> None:
    """A bot years ahead of its homeserver answers what was just said without an excuse."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud")
    async with hall.running(HandClock(datetime(2040, 3, 2, 9, tzinfo=ZoneInfo("Europe/Paris")))):
        await hall.find("", "arnaud")
        answer = await hall.asks("arnaud", "agenda")
        assert answer == "Prochaines séances\n\nAucune séance n'est prévue."
