"""Sealed files: whole or not at all, for one key and one name, readable by their owner only."""

import stat
from pathlib import Path

import pytest

from storage.sealing import SealBroken, read_sealed, seal, unseal, write_sealed

KEY = b"k" * 32


def test_what_is_sealed_comes_back() -> None:
    """And never looks the same twice."""
    blob = seal(KEY, "token", "secrète".encode())
    assert unseal(KEY, "token", blob) == "secrète".encode()
    assert seal(KEY, "token", b"x") != seal(KEY, "token", b"x")
    assert b"secr" not in blob


@pytest.mark.parametrize("cut", [0, 2, 10, 20])
def test_a_damaged_or_foreign_text_is_refused(cut: int) -> None:
    """Another key, another name, a changed byte, a cut: all are told apart from the real thing."""
    blob = seal(KEY, "token", b"secret")
    for key, name, changed in (
        (b"o" * 32, "token", blob),
        (KEY, "seeds", blob),
        (KEY, "token", blob[:-1] + bytes([blob[-1] ^ 1])),
        (KEY, "token", blob[:cut]),
    ):
        with pytest.raises(SealBroken):
            unseal(key, name, changed)


def test_a_file_is_replaced_whole_and_closed_to_others(tmp_path: Path) -> None:
    """Nothing is left beside it; a file that is not there is no error."""
    path = tmp_path / "account.sealed"
    assert read_sealed(path, KEY) is None
    write_sealed(path, KEY, b"one")
    write_sealed(path, KEY, b"two")
    assert read_sealed(path, KEY) == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
    path.rename(tmp_path / "other.sealed")
    with pytest.raises(SealBroken):
        read_sealed(tmp_path / "other.sealed", KEY)
