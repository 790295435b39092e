"""Pouvoirs of article L. 2121-20: each refusal, and what no series of them can bring about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.proxies import Bench, Fault

COUNCIL = frozenset(range(1, 12))


def _bench(*absent: int, given: dict[int, int] | None = None, council: bool = True) -> Bench:
    return Bench(council, COUNCIL, frozenset(absent), given or {})


@pytest.mark.parametrize(
    ("bench", "giver", "bearer", "run", "fault"),
    [
        (_bench(), 1, 2, 1, None),
        (_bench(1), 1, 2, 3, None),
        (_bench(council=False), 1, 2, 1, Fault.NO_COUNCIL),
        (_bench(), 99, 2, 1, Fault.GIVER_NOT_IN_OFFICE),
        (_bench(), 1, 99, 1, Fault.BEARER_NOT_IN_OFFICE),
        (_bench(), 1, 1, 1, Fault.ONESELF),
        (_bench(2), 1, 2, 1, Fault.BEARER_ABSENT),
        (_bench(given={2: 3}), 1, 2, 1, Fault.BEARER_ABSENT),
        (_bench(given={3: 2}), 1, 2, 1, Fault.BEARER_TAKEN),
        (_bench(given={3: 1}), 1, 2, 1, Fault.GIVER_HOLDS_ONE),
        (_bench(given={1: 2}), 1, 2, 1, None),
        (_bench(given={1: 2}), 1, 3, 1, None),
        (_bench(), 1, 2, 4, Fault.TOO_LONG),
    ],
)
def test_each_rule_refuses_by_itself(bench: Bench, giver: int, bearer: int, run: int, fault: Fault | None) -> None:
    """The body, the offices, oneself, the bearer's absence, one each, no chain, three in a row."""
    assert bench.fault(giver, bearer, run) is fault


@given(st.lists(st.tuples(st.integers(1, 13), st.integers(1, 13)), max_size=40), st.sets(st.integers(1, 13)))
def test_whatever_is_tried_one_each_and_no_chain(tries: list[tuple[int, int]], absent: set[int]) -> None:
    """Those that stand: one per bearer, every bearer in office, coming, and holding only what is theirs to use."""
    stand: dict[int, int] = {}
    for giver, bearer in tries:
        if Bench(True, COUNCIL, absent, stand).fault(giver, bearer) is None:
            stand[giver] = bearer
    bearers = list(stand.values())
    assert len(set(bearers)) == len(bearers)
    assert not set(bearers) & (set(stand) | absent)
    assert set(stand) | set(bearers) <= COUNCIL
