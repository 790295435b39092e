"""A town that talks on the real homeserver is backed up, lost, brought back elsewhere, and goes on talking: nothing twice."""

import shutil
from pathlib import Path

import pytest

from bot.keeping import backup_town, restore_town, verify_town
from bot.settings import load
from storage.backup import BackupError
from storage.journal import faults
from storage.store import Store
from tests.bot.conftest import Matrix
from tests.bot.hall import Hall, eventually, open_hall
from tests.bot.test_matrix_start import identity_of, lose_store

pytestmark = pytest.mark.matrix
PHRASE = "une phrase que l'on garde ailleurs"


async def once(hall: Hall, name: str, event_id: str) -> None:
    """A message has exactly one answer."""
    await hall.answer(name, event_id)
    assert len(hall.people[name].replies_to(event_id)) == 1


async def test_a_restored_town_goes_on_and_repeats_nothing(matrix: Matrix, tmp_path: Path) -> None:
    """Same identity, a new signed device, what was answered after the backup isn't answered again, what wasn't is."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    (hall.folder / "phrase").write_text(PHRASE)
    path = hall.folder / "appariteur.toml"
    path.write_text(path.read_text() + '[backup]\npassphrase_file = "phrase"\n')
    async with hall.running() as bot:
        await hall.find("EAU", "roux")
        await hall.find("", "roux", "arnaud")
        await hall.drops("roux", b"Le devis du puits.", "devis.txt", "EAU", caption="Devis du puits")
        before = await hall.says("roux", "!agenda", "EAU")
        await once(hall, "roux", before)
        lines = await backup_town(hall.settings, tmp_path / "a.sauvegarde")
        assert lines[0].endswith("1 document, relue et bonne.")
        assert len(lines) == 1
        after = await hall.says("roux", "!qui", "EAU")
        await once(hall, "roux", after)
        filed = await hall.people["roux"].drops(hall.room("roux", "EAU"), b"Le plan.", "plan.txt", "Plan du puits")
        await once(hall, "roux", filed)
        device, (master, _) = bot.client.device_id, await identity_of(bot.client, bot.client.user_id)
    shutil.move(hall.folder, tmp_path / "lost")
    between = await hall.says("roux", "!documents", "EAU")
    said = await restore_town(tmp_path / "a.sauvegarde", tmp_path / "new", tmp_path / "lost" / "phrase")
    assert said[0].startswith("Sainte-Colombe est rétablie, telle qu'elle était le ")
    hall.folder = tmp_path / "new"
    async with hall.running() as bot:
        assert "Plan du puits" in await hall.answer("roux", between)
        assert bot.client.device_id != device
        assert await identity_of(bot.client, bot.client.user_id) == (master, {bot.client.device_id: True})
        await hall.hears("arnaud", "Je reviens d'une sauvegarde")

        async def all_sent() -> bool:
            async with bot.database.read() as session:
                return await Store(session, "", bot.clock.now()).outbox.waiting() == 0

        await eventually(all_sent)
        later = await hall.says("roux", "!qui", "EAU")
        for event_id in (before, after, filed, between, later):
            await once(hall, "roux", event_id)
        async with bot.database.engine.connect() as connection:
            assert await connection.run_sync(lambda sync: list(faults(sync))) == []
    assert [line.seen for line in await verify_town(hall.settings) if not line.well] == []


async def test_a_lost_store_is_explained_to_the_administrator(matrix: Matrix, tmp_path: Path) -> None:
    """A new signed device of the same account goes on, and says so in private."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running() as bot:
        await hall.find("EAU", "roux")
        await hall.find("", "arnaud")
        device = bot.client.device_id
    lose_store(hall.folder / "data" / "matrix")
    async with hall.running() as bot:
        said = await hall.hears("arnaud", "Les clés de mon appareil étaient perdues")
        assert bot.client.device_id in said.content["body"]
        assert bot.client.device_id != device
        assert "Hugo Roux" in await hall.asks("roux", "!qui", "EAU")


async def test_a_backup_never_lands_on_another_town(matrix: Matrix, tmp_path: Path) -> None:
    """Neither on a folder that holds something; what can't be read leaves nothing behind."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud")
    async with hall.running():
        await hall.find("", "arnaud")
        lines = await backup_town(hall.settings, tmp_path / "a.sauvegarde")
    assert lines[1].startswith("Cette sauvegarde n'est pas chiffrée")
    with pytest.raises(BackupError, match="n'est pas vide"):
        await restore_town(tmp_path / "a.sauvegarde", hall.folder, None)
    whole = (tmp_path / "a.sauvegarde").read_bytes()
    (tmp_path / "b.sauvegarde").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupError):
        await restore_town(tmp_path / "b.sauvegarde", tmp_path / "new", None)
    assert not (tmp_path / "new").exists()
    await restore_town(tmp_path / "a.sauvegarde", tmp_path / "new", None)
    assert load(tmp_path / "new" / "appariteur.toml").commune.name == "Sainte-Colombe"
