"""The blobs: kept once, unreadable without the key, and never given back altered."""

import asyncio
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.files import CHUNK, MAGIC, BlobDamaged, BlobMissing, Files, KeyFileError, load_or_create_key

KEY = bytes(range(32))
HEADER = len(MAGIC) + 7
SEALED_CHUNK = CHUNK + 16


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """The blobs of a town, in a directory that isn't there yet."""
    return Files(tmp_path / "pièces", KEY)


def _path(tmp_path: Path, name: str) -> Path:
    return tmp_path / "pièces" / name[:2] / name[2:4] / name


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
async def test_bytes_come_back_as_they_were(files: Files, size: int) -> None:
    """Whatever the size, and around the chunk's edge, what is read is what was put."""
    data = bytes(index % 251 for index in range(size))
    name = await files.put(data)
    assert await files.get(name) == data
    assert await files.verify(name)


async def test_same_bytes_are_kept_once(files: Files) -> None:
    """Two people who file the same paper take the place of one."""
    first, second, other = await asyncio.gather(files.put(b"budget"), files.put(b"budget"), files.put(b"autre"))
    assert first == second
    assert await files.names() == sorted({first, other})


async def test_names_and_contents_tell_nothing(files: Files, tmp_path: Path) -> None:
    """Neither the words of a paper nor its plain digest are on the disk, and another town names it anew."""
    name = await files.put(b"secret du huis clos")
    assert b"huis clos" not in _path(tmp_path, name).read_bytes()
    assert await Files(tmp_path / "ailleurs", bytes(32)).put(b"secret du huis clos") != name
    assert stat.S_IMODE(_path(tmp_path, name).stat().st_mode) == 0o600


async def test_a_missing_blob_is_said(files: Files) -> None:
    """A name that's unknown, or that tries to leave the directory, is missing."""
    for name in ("0" * 64, "../../etc/passwd", "", "A" * 64):
        assert not await files.exists(name)
        assert not await files.verify(name)
        with pytest.raises(BlobMissing):
            await files.get(name)


async def test_deleting_twice_is_fine(files: Files) -> None:
    """A blob is gone after its deletion, which can be run again."""
    name = await files.put(b"x")
    await files.delete(name)
    await files.delete(name)
    assert not await files.exists(name)
    assert await files.names() == []


def _cut_the_last_chunk(raw: bytes) -> bytes:
    return raw[: HEADER + 2 * SEALED_CHUNK]


def _swap_two_chunks(raw: bytes) -> bytes:
    first, second = (
        raw[HEADER : HEADER + SEALED_CHUNK],
        raw[HEADER + SEALED_CHUNK : HEADER + 2 * SEALED_CHUNK],
    )
    return raw[:HEADER] + second + first + raw[HEADER + 2 * SEALED_CHUNK :]


def _flip_one_bit(raw: bytes) -> bytes:
    return raw[:-1] + bytes([raw[-1] ^ 1])


@pytest.mark.parametrize(
    "harm",
    [
        _cut_the_last_chunk,
        _swap_two_chunks,
        _flip_one_bit,
        lambda raw: raw[:-5],
        lambda raw: raw[:HEADER],
        lambda raw: raw[:5],
        lambda raw: raw + raw[HEADER:],
        lambda _: b"",
    ],
)
async def test_any_alteration_is_seen(files: Files, tmp_path: Path, harm: Callable[[bytes], bytes]) -> None:
    """Cut, reordered, altered or lengthened, a blob is never given back; putting it again mends it."""
    data = b"a" * CHUNK + b"b" * CHUNK + b"fin"
    name = await files.put(data)
    path = _path(tmp_path, name)
    path.write_bytes(harm(path.read_bytes()))
    with pytest.raises(BlobDamaged):
        await files.get(name)
    assert not await files.verify(name)
    assert await files.put(data) == name
    assert await files.get(name) == data


async def test_two_blobs_exchanged_are_seen(files: Files, tmp_path: Path) -> None:
    """A blob put in the place of another one isn't taken for it."""
    mine, other = await files.put(b"deux"), await files.put(b"cinq")
    _path(tmp_path, mine).write_bytes(_path(tmp_path, other).read_bytes())
    with pytest.raises(BlobDamaged):
        await files.get(mine)


async def test_another_key_opens_nothing(files: Files, tmp_path: Path) -> None:
    """Stolen blobs stay closed without the town's key."""
    name = await files.put(b"x")
    with pytest.raises(BlobDamaged):
        await Files(tmp_path / "pièces", bytes(32)).get(name)


async def test_a_half_written_blob_is_not_one(files: Files, tmp_path: Path) -> None:
    """What a crash left aside has no name."""
    name = await files.put(b"x")
    _path(tmp_path, name).with_name(f".{name}.0badcafe").write_bytes(b"half")
    assert await files.names() == [name]


def test_a_short_key_is_refused(tmp_path: Path) -> None:
    """A key that isn't 32 bytes is a mistake of ours, seen at once."""
    with pytest.raises(ValueError, match="32 bytes"):
        Files(tmp_path, b"short")


def test_the_key_is_made_once(tmp_path: Path) -> None:
    """The first start makes the key, for the owner only; the next ones read it."""
    path = tmp_path / "secret" / "clé"
    key = load_or_create_key(path)
    assert len(key) == 32
    assert load_or_create_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [found.name for found in path.parent.iterdir()] == ["clé"]


async def test_two_starts_agree_on_the_key(tmp_path: Path) -> None:
    """Two processes that start at the same instant hold the same key."""
    path = tmp_path / "clé"
    keys = await asyncio.gather(*(asyncio.to_thread(load_or_create_key, path) for _ in range(8)))
    assert len(set(keys)) == 1


@pytest.mark.parametrize(
    ("content", "why"),
    [("Y291cnRl", "contient 6 octets au lieu de 32"), ("é!", "n'est pas du base64"), ("", "0 octets")],
)
def test_a_wrong_key_file_is_refused(tmp_path: Path, content: str, why: str) -> None:
    """A wrong key file is told in one French line, and left as it is."""
    path = tmp_path / "clé"
    path.write_text(content)
    with pytest.raises(KeyFileError, match=why):
        load_or_create_key(path)
    assert path.read_text() == content
