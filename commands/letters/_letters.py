"""The letters of a convocation for those on paper, behind the list that each signs: the very words that the others got."""

from collections.abc import Sequence
from typing import Any

from commands._context import Commune
from commands.letters._blocks import blocks
from council.french import long_date, long_moment
from storage.summons import Summons


def letters(copies: Sequence[Summons], commune: Commune) -> dict[str, Any]:
    """Give what the template shows: a letter for each of these copies, all of one convocation."""
    convocation = copies[0].convocation
    return {
        "town": commune.name,
        "reference": convocation.reference,
        "body": convocation.body.name,
        "session": long_moment(convocation.starts_at, commune.zone),
        "limit": f"{long_date(convocation.last_day)} ({convocation.law})",
        "people": [
            {"name": copy.person.name, "phone": copy.person.phone, "large": copy.person.large} for copy in copies
        ],
        "blocks": blocks(convocation.text),
    }
