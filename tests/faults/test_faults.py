"""A few seeds of the fault laboratory, every kind among them; the long run is ``python -m tests.faults``."""

from pathlib import Path

import pytest

from tests.faults.breaking import KINDS, Plan
from tests.faults.nursery import nursery
from tests.faults.stage import House
from tests.faults.trial import trial

pytestmark = pytest.mark.matrix
SHORT = (
    {2001: ("kill", "clock"), 2002: ("proxy", "token"), 2003: ("synapse",)},
    {2004: ("http", "lock"), 2005: ("disk", "kill"), 2006: ("gap",)},
)
"""What each seed breaks, one half of them for each of two workers."""


@pytest.mark.parametrize("seeds", SHORT, ids=["first", "second"])
async def test_nothing_is_lost_nothing_is_twice(tmp_path: Path, seeds: dict[int, tuple[str, ...]]) -> None:
    """Whatever breaks: each answer, announcement and reminder once, in order; each file once and byte for byte."""
    house = await House.build(tmp_path / "synapse")
    try:
        async with nursery() as born:
            for seed, kinds in seeds.items():
                verdict = await trial(house, born, tmp_path / str(seed), seed, fixed=Plan(kinds, early=False))
                assert verdict.found == [], str(verdict)
    finally:
        await house.stop()


def test_every_kind_of_fault_is_among_them() -> None:
    """A new kind has to be in the short set too."""
    assert {kind for half in SHORT for kinds in half.values() for kind in kinds} == set(KINDS)
