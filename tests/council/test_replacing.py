"""From a version held on paper to the next: the steps, done by hand, give the newer version, page for page."""

from hypothesis import given
from hypothesis import strategies as st

from council.comparison import Changes, compare
from council.replacing import LONGEST, replacing

PAGE = st.sampled_from([f"page {letter}" for letter in "abcdef"])


@given(st.lists(PAGE, min_size=1, max_size=8), st.lists(PAGE, min_size=1, max_size=8))
def test_followed_they_give_the_newer_version(older: list[str], newer: list[str]) -> None:
    """Whatever moved, came or left."""
    steps = replacing(compare(older, newer), len(newer))
    if steps is None:
        return
    held = [("old", number) for number in range(1, len(older) + 1)]
    for old, new in steps.swapped:
        held[held.index(("old", old))] = ("new", new)
    for each in steps.added:
        behind = ("old" if each.held else "new", each.after)
        held.insert(held.index(behind) + 1 if each.after else 0, ("new", each.page))
    held = [page for page in held if page not in [("old", number) for number in steps.removed]]
    assert [(older if kind == "old" else newer)[number - 1] for kind, number in held] == newer
    assert [number for kind, number in held if kind == "new"] == steps.sheets


def test_the_steps_are_said_as_to_somebody_who_holds_the_pages() -> None:
    """By the number that each page bears; pages in a row by the first and the last."""
    several = replacing(Changes(changed=(4, 7), added=(10, 11, 12), removed=(9,)), 12)
    assert several is not None
    assert several.in_french == [
        "Remplacez les pages 4 et 7.",
        "Ajoutez les pages 10 à 12, après l'ancienne page 10.",
        "Retirez l'ancienne page 9.",
    ]
    shifted = replacing(Changes(changed=(3,), added=(1,)), 4)
    assert shifted is not None
    assert shifted.in_french == ["Remplacez l'ancienne page 2 par la page 3.", "Ajoutez la page 1, au début."]
    drawn = replacing(Changes(redrawn=(2,), added=(3,)), 4)
    assert drawn is not None
    assert drawn.in_french == ["Remplacez la page 2.", "Ajoutez la page 3, après la page 2."]
    runs = replacing(Changes(changed=(1, 2, 4, 5, 6)), 9)
    assert runs is not None
    assert runs.in_french == ["Remplacez les pages 1, 2 et 4 à 6."]
    gone = replacing(Changes(removed=(2, 3)), 3)
    assert gone is not None
    assert (gone.in_french, gone.sheets) == (["Retirez les anciennes pages 2 et 3."], [])


def test_the_whole_is_replaced_where_steps_would_not_help() -> None:
    """Nothing to compare, nothing that differs, all that differs, or too much to follow."""
    assert replacing(None, 3) is None
    assert replacing(Changes(), 3) is None
    assert replacing(Changes(changed=(1, 2)), 2) is None
    odd = tuple(range(3, 3 + 2 * LONGEST, 2))
    assert replacing(Changes(changed=odd, added=(1,)), 30) is None
