"""What changed between versions, by the text of their pages and by how they look."""

from hypothesis import given
from hypothesis import strategies as st

from council.comparison import Changes, Rewording, Wording, compare, reword
from council.looks import Look

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


INK = Look(8, 8, bytes(8 * 8))
PAPER = Look(8, 8, b"\xff" * 64)


def test_a_page_of_the_same_text_that_looks_different_is_told_apart() -> None:
    """A plan, a stamp, a signature; what isn't known of a page changes nothing."""
    texts = ["un", "deux", "trois"]
    found = compare(texts, ["un", "deux bis", "trois"], ([INK, INK, INK], [INK, PAPER, PAPER]))
    assert found == Changes(changed=(2,), redrawn=(3,))
    assert found.in_french == "page 2 changée, page 3 (le dessin a changé)"
    assert Changes(redrawn=(1, 4)).in_french == "pages 1 et 4 (le dessin a changé)"
    same = compare(texts, texts, ([INK, None, INK], [INK, PAPER]))
    assert same == Changes()
    assert same.in_french == "mêmes pages"


def test_pages_follow_their_text_then_their_looks() -> None:
    """A page that came before doesn't make all the others look different."""
    found = compare(["un", "deux"], ["zéro", "un", "deux"], ([INK, PAPER], [PAPER, INK, INK]))
    assert found == Changes(added=(1,), redrawn=(3,))


def test_scans_are_compared_by_their_looks() -> None:
    """Two, or a paper and its scan: pages that changed, came or left; no word is quoted of them."""
    scan = ["", "", ""]
    assert compare(scan, scan, ([INK, INK, INK], [INK, PAPER, INK])) == Changes(changed=(2,))
    assert compare(scan, scan, ([INK, INK, INK], [INK, INK, INK])) == Changes()
    assert compare(scan, scan[1:], ([INK, PAPER, INK], [INK, INK])) == Changes(removed=(2,))
    assert compare(scan[1:], scan, ([INK, INK], [INK, PAPER, INK])) == Changes(added=(2,))
    assert compare(["un", "deux"], ["", ""], ([INK, INK], [INK, PAPER])) == Changes(changed=(2,))
    assert compare(scan, scan, ([None] * 3, [INK, INK, INK])) is None
    assert reword(["un", "deux"], ["", ""], 5, 3) == []


@given(
    st.lists(st.sampled_from([INK, PAPER]), min_size=1, max_size=6),
    st.lists(st.sampled_from([INK, PAPER]), min_size=1, max_size=6),
)
def test_what_changed_of_scans_makes_the_newer_version(before: list[Look], after: list[Look]) -> None:
    """Without the pages added, there are as many as without the pages removed."""
    found = compare([""] * len(before), [""] * len(after), (before, after))
    assert found is not None
    assert len(after) - len(found.added) == len(before) - len(found.removed)
    assert (found == Changes()) is (before == after)


def _reword(older: str, newer: str) -> Rewording:
    """What changed on a page before another."""
    (found,) = reword([older, "fin"], [newer, "fin"], 5, 3)
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
