"""The time that papers take."""

import pytest

from council.reading_time import Load


@pytest.mark.parametrize(
    ("load", "shown"),
    [
        (Load(), "0 page, environ 0 minute de lecture"),
        (Load(1, 300, 0), "1 page, environ 1 minute de lecture"),
        (Load(2, 12_000, 0), "2 pages, environ 10 minutes de lecture"),
        (Load(10, 0, 10), "10 pages, environ 20 minutes de lecture"),
        (Load(34, 60_000, 10), "34 pages, environ 1 h 10 de lecture"),
        (Load(60, 144_000, 0), "60 pages, environ 2 h de lecture"),
    ],
)
def test_words_and_pages_make_minutes(load: Load, shown: str) -> None:
    """200 words of six signs a minute; two minutes for a page whose text isn't known."""
    assert load.shown() == shown


def test_loads_add_up() -> None:
    """What each paper takes makes what all of them take."""
    assert Load(2, 6000, 0) + Load(1, 0, 1) == Load(3, 6000, 1)


def test_a_text_without_pages_fills_some() -> None:
    """A Word document has as many pages as its text would fill; an audio file has none."""
    assert Load.of(None, 1, 12_000) == Load(5, 12_000, 0)
    assert Load.of(None, 0, 0) == Load()
    assert Load.of(3, 2, 4000) == Load(3, 4000, 1)
