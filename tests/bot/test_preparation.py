"""A whole preparation on a real homeserver: what people read there is the page that chairs are given."""

from pathlib import Path

import pytest

from tests.bot.conftest import Matrix
from tests.bot.preparation import play

pytestmark = pytest.mark.matrix
PAGE = Path(__file__).parents[2] / "docs" / "une-preparation.md"


async def test_the_page_is_what_is_said(matrix: Matrix, tmp_path: Path) -> None:
    """Otherwise: python -m tests.bot.preparation > docs/une-preparation.md, and read what changed."""
    assert await play(matrix, tmp_path) == PAGE.read_text(encoding="utf-8")
