"""Who stays out of a point, by the worked examples of the law: a delegate, an interest, the mayor at their account."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.proxies import usable
from council.quorum import Forecast, Outlook
from council.recusals import Expected, Interest

PERSONAL, DELEGATE, ACCOUNT = Interest.PERSONAL, Interest.DELEGATE, Interest.ACCOUNT


def _room(members: int, coming: int) -> Expected:
    """Members 0, 1, 2…; the first ones come, the others don't."""
    return Expected(frozenset(range(members)), frozenset(range(coming)), frozenset())


def _counts(forecast: Forecast) -> tuple[int, int, int, bool]:
    return forecast.members, forecast.needed, forecast.coming, forecast.outlook is Outlook.SURE


@pytest.mark.parametrize(
    ("members", "present", "out", "lenient", "counts"),
    [
        (19, 10, {}, False, (19, 10, 10, True)),
        (19, 10, {0: ACCOUNT}, False, (19, 10, 9, False)),
        (19, 11, {0: ACCOUNT}, False, (19, 10, 10, True)),
        (19, 10, {0: DELEGATE, 1: DELEGATE}, False, (17, 9, 8, False)),
        (19, 11, {0: DELEGATE, 1: DELEGATE}, False, (17, 9, 9, True)),
        (19, 11, {0: PERSONAL, 1: PERSONAL}, False, (19, 10, 9, False)),
        (19, 11, {0: PERSONAL, 1: PERSONAL}, True, (17, 9, 9, True)),
        (19, 11, {0: ACCOUNT}, True, (19, 10, 10, True)),
        (19, 10, {18: DELEGATE}, False, (18, 10, 10, True)),
        (19, 10, {18: PERSONAL}, False, (19, 10, 10, True)),
    ],
)
def test_the_worked_examples_of_those_who_stay_out(
    members: int, present: int, out: dict[int, Interest], lenient: bool, counts: tuple[int, int, int, bool]
) -> None:
    """The account needs eleven in the room; a delegate leaves the members in exercise, an interest doesn't unless read so."""
    assert _counts(_room(members, present).at(out, lenient=lenient)) == counts


def test_the_quorum_is_that_of_each_point_as_it_opens() -> None:
    """Ten at the opening of point 3, of whom one leaves in its debate: point 3 is valid, point 4 can't be opened."""
    assert _room(19, 10).at({}).outlook is Outlook.SURE
    assert _room(19, 9).at({}).outlook is Outlook.OUT_OF_REACH


def test_a_pouvoir_falls_with_its_giver_or_its_bearer() -> None:
    """An interested member votes in nobody's name, nor through anybody; the others' pouvoirs stay."""
    assert usable({1: 2, 3: 4}, frozenset()) == {1: 2, 3: 4}
    assert usable({1: 2, 3: 4}, frozenset({2})) == {3: 4}
    assert usable({1: 2, 3: 4}, frozenset({3})) == {1: 2}


PEOPLE = st.sets(st.integers(0, 40), min_size=1)


@given(PEOPLE, st.data())
def test_staying_out_never_helps_a_quorum_but_a_delegates(members: set[int], data: st.DataObject) -> None:
    """Nobody who stays out is counted present; a strict reading never asks for fewer than the lenient one."""
    coming = data.draw(st.sets(st.sampled_from(sorted(members))))
    silent = data.draw(st.sets(st.sampled_from(sorted(members)))) - coming
    out = data.draw(st.dictionaries(st.sampled_from(sorted(members)), st.sampled_from(Interest)))
    expected = Expected(members, coming, silent)
    plain, strict, lenient = expected.at({}), expected.at(out), expected.at(out, lenient=True)
    assert strict.coming == lenient.coming == len(coming - out.keys()) <= plain.coming
    assert lenient.needed <= strict.needed <= plain.needed
    assert strict.coming + strict.silent <= strict.members
    if DELEGATE not in out.values():
        assert (strict.members, strict.missing >= plain.missing) == (plain.members, True)


@given(st.dictionaries(st.integers(1, 20), st.integers(1, 20)), st.sets(st.integers(1, 20)))
def test_no_usable_pouvoir_touches_who_stays_out(given_: dict[int, int], out: set[int]) -> None:
    """And each that doesn't touch them is usable."""
    kept = usable(given_, out)
    assert not (set(kept) | set(kept.values())) & out
    assert all(giver in kept or giver in out or bearer in out for giver, bearer in given_.items())
