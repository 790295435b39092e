"""What changed between versions, by the text of their pages."""

from hypothesis import given
from hypothesis import strategies as st

from council.comparison import Changes, Rewording, compare, reword

pages = st.lists(st.sampled_from(["un", "deux", "trois", "quatre"]), min_size=1, max_size=6)


def test_what_changed_is_told_page_by_page() -> None:
    """By the newer version's numbers; those taken out by the older's."""
    assert compare(["a", "b", "c"], ["a", "B bis", "c"]) == Changes(changed=(2,))
    assert compare(["a", "b"], ["a", "b", "c", "d"]) == Changes(added=(3, 4))
    assert compare(["a", "b", "c"], ["a", "c"]) == Changes(removed=(2,))
    found = compare(["a", "b", "c"], ["x", "b", "c", "d"])
    assert found is not None
    assert found.in_french == "page 1 changée, page 4 ajoutée"
    assert Changes(changed=(1, 3)).in_french == "pages 1 et 3 changées"
    assert Changes(changed=tuple(range(1, 12))).in_french == "11 pages changées"


def test_spaces_and_capitals_are_no_change() -> None:
    """A paper that was only laid out again says the same."""
    found = compare(["Le  Devis"], ["le devis "])
    assert found is not None
    assert found.in_french == "même texte"


def test_what_cannot_be_read_is_not_compared() -> None:
    """A scan, a file of no pages, a very long one."""
    assert compare([], ["a"]) is None
    assert compare(["", ""], ["a"]) is None
    assert compare(["a"] * 501, ["a"]) is None


def test_the_first_words_that_changed_are_quoted_with_those_around() -> None:
    """As they are written; what is long is cut, what only came has nothing before it."""
    older, newer = ["un", "le prix est de 10 euros par mois", "fin"], ["un", "le prix est de 12 euros par mois", "fin"]
    assert reword(older, newer, 5) == [Rewording(2, "est de 10 euros par", "est de 12 euros par")]
    assert reword(["a"], ["a b"], 5) == [Rewording(1, "a", "a b")]
    assert reword(["a b c d e f g h"], ["z"], 5) == [Rewording(1, "a b c d e f …", "z")]
    assert reword([""], ["z"], 5) == [Rewording(1, "", "z")]
    assert reword(["a", "b"], ["x", "y"], 1) == [Rewording(1, "a", "x")]
    assert reword(["mot " * 2000 + "a"], ["mot " * 2000 + "b"], 5) == [Rewording(1)]


@given(older=pages, newer=pages)
def test_the_pages_that_did_not_change_are_as_many_in_both(older: list[str], newer: list[str]) -> None:
    """And nothing changed means the same pages."""
    found = compare(older, newer)
    assert found is not None
    assert len(older) - len(found.removed) == len(newer) - len(found.added)
    assert (found == Changes()) == (older == newer)
