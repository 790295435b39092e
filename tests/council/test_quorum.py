"""The quorum of article L. 2121-17: its worked examples, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.quorum import Forecast, Outlook, needed


@pytest.mark.parametrize(
    ("members", "quorum"),
    [
        *((8, 5), (10, 6), (11, 6), (12, 7), (13, 7), (14, 8), (15, 8), (17, 9), (18, 10), (19, 10), (23, 12)),
        *((27, 14), (29, 15), (33, 17)),
    ],
)
def test_more_than_half_must_be_there(members: int, quorum: int) -> None:
    """A vacant seat leaves the count: 17 of 19 need 9; "half and one" would be wrong for odd numbers."""
    assert needed(members) == quorum


@pytest.mark.parametrize(
    ("members", "present", "reached"),
    [
        *((19, 10, True), (19, 9, False), (18, 10, True), (17, 9, True), (15, 8, True), (14, 7, False)),
        *((11, 6, True), (10, 5, False), (13, 7, True)),
    ],
)
def test_only_those_who_come_count(members: int, present: int, reached: bool) -> None:
    """Nine present with nine pouvoirs are nine: there is no place to put the pouvoirs."""
    assert (Forecast(members, present, 0).outlook is Outlook.SURE) == reached


@given(st.integers(1, 70), st.data())
def test_a_forecast_holds_together(members: int, data: st.DataObject) -> None:
    """Two halves can't both have it, and the three outlooks share out all the cases."""
    coming = data.draw(st.integers(0, members))
    silent = data.draw(st.integers(0, members - coming))
    forecast = Forecast(members, coming, silent)
    assert 2 * forecast.needed > members >= 2 * (forecast.needed - 1)
    assert (forecast.outlook is Outlook.OUT_OF_REACH) == (coming + silent < forecast.needed)
    assert (forecast.outlook is Outlook.SURE) == (coming >= forecast.needed)
    assert coming + forecast.missing >= forecast.needed
