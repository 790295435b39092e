"""What changed between versions, by the text of their pages."""

from hypothesis import given
from hypothesis import strategies as st

from council.comparison import Changes, Rewording, Wording, compare, reword

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


def _reword(older: str, newer: str) -> Rewording:
    """What changed on the one page."""
    (found,) = reword([older], [newer], 5, 3)
    return found


def test_the_words_that_changed_are_quoted_with_those_around() -> None:
    """As they are written; what is long is cut, what only came has nothing before it, what left nothing after."""
    older, newer = ["un", "le prix est de 10 euros par mois", "fin"], ["un", "le prix est de 12 euros par mois", "fin"]
    assert reword(older, newer, 5, 3) == [Rewording(2, (Wording("est de 10 euros par", "est de 12 euros par"),))]
    assert _reword("a", "a b") == Rewording(1, (Wording("a", "a b"),))
    assert _reword("a b c d e f g h", "z") == Rewording(1, (Wording("a b c d e f …", "z"),))
    assert _reword("", "z") == Rewording(1, (Wording("", "z"),))
    assert _reword("z", "") == Rewording(1, (Wording("z", ""),))
    assert _reword("mot " * 2000 + "a", "mot " * 2000 + "b") == Rewording(1)


def test_each_place_of_a_page_is_quoted_up_to_a_bound() -> None:
    """Near ones are one place; pages and places beyond are left to be counted."""
    older = "lundi 10 euros | un deux trois quatre cinq | mardi 20 euros | un deux trois quatre cinq | trente"
    newer = "lundi 11 euros | un deux trois quatre cinq | jeudi 21 euros | un deux trois quatre cinq | quarante"
    assert _reword(older, newer) == Rewording(
        1,
        (
            Wording("lundi 10 euros |", "lundi 11 euros |"),
            Wording("cinq | mardi 20 euros |", "cinq | jeudi 21 euros |"),
            Wording("cinq | trente", "cinq | quarante"),
        ),
    )
    assert reword([older], [newer], 5, 1) == [Rewording(1, (Wording("lundi 10 euros |", "lundi 11 euros |"),), 2)]
    assert reword(["a", "b"], ["x", "y"], 1, 3) == [Rewording(1, (Wording("a", "x"),))]


@given(older=pages, newer=pages)
def test_the_pages_that_did_not_change_are_as_many_in_both(older: list[str], newer: list[str]) -> None:
    """And nothing changed means the same pages."""
    found = compare(older, newer)
    assert found is not None
    assert len(older) - len(found.removed) == len(newer) - len(found.added)
    assert (found == Changes()) == (older == newer)
