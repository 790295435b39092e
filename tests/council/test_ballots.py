"""Majorities of articles L. 2121-20 and L. 2121-21: the worked examples of the law, and what always holds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from council.ballots import Voice, Vote, for_public_ballot, for_secret_ballot

FOR, AGAINST = Voice.FOR, Voice.AGAINST


@pytest.mark.parametrize(
    ("vote", "adopted"),
    [
        (Vote(12, 3, 2), True),
        (Vote(7, 7, 1, FOR), True),
        (Vote(7, 7, 1, AGAINST), False),
        (Vote(7, 7, 1), False),
        (Vote(7, 7, 1, FOR, secret=True), False),
        (Vote(0, 0, 15), False),
        (Vote(0, 0, 15, FOR), False),
        (Vote(1, 0, 14), True),
        (Vote(4, 0, 6), True),
    ],
)
def test_more_must_be_for_than_against(vote: Vote, adopted: bool) -> None:
    """Abstentions are no votes; the president decides a tie, but not a secret one, nor when they did not vote."""
    assert vote.adopted is adopted


@pytest.mark.parametrize(("vote", "settled"), [(Vote(8, 8), True), (Vote(7, 8), False), (Vote(9, 8), True)])
def test_an_account_is_settled_unless_most_are_against(vote: Vote, settled: bool) -> None:
    """At a tie it is."""
    assert vote.account_settled is settled


@pytest.mark.parametrize(("present", "public", "secret"), [(10, 3, 4), (11, 3, 4), (15, 4, 5), (17, 5, 6), (19, 5, 7)])
def test_how_many_ask_for_another_ballot(present: int, public: int, secret: int) -> None:
    """A quarter, a third, rounded up."""
    assert (for_public_ballot(present), for_secret_ballot(present)) == (public, secret)


COUNTS = st.integers(0, 70)


@given(COUNTS, COUNTS, COUNTS, st.sampled_from([None, FOR, AGAINST]), st.booleans())
def test_abstaining_changes_nothing_and_one_more_voice_never_hurts(
    in_favour: int, against: int, abstained: int, president: Voice | None, secret: bool
) -> None:
    """Whoever presides, however the ballot goes."""
    vote = Vote(in_favour, against, abstained, president, secret)
    assert vote.adopted == Vote(in_favour, against, 0, president, secret).adopted
    assert vote.adopted <= Vote(in_favour + 1, against, abstained, president, secret).adopted
    assert not (vote.adopted and Vote(against, in_favour, abstained, president, secret).adopted) or (
        in_favour == against and president is FOR
    )
    assert vote.voters == vote.cast + abstained
    assert vote.account_settled >= vote.adopted


@given(st.integers(1, 70))
def test_a_third_is_never_fewer_than_a_quarter(present: int) -> None:
    """And neither asks for more than are there."""
    assert 1 <= for_public_ballot(present) <= for_secret_ballot(present) <= present
    assert 4 * for_public_ballot(present) >= present
    assert 3 * for_secret_ballot(present) >= present > 3 * (for_secret_ballot(present) - 1)
