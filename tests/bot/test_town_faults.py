"""What goes wrong in a town's life: kills, a homeserver that is away or slow, a wrong password. Nothing lost, nothing twice."""

import asyncio
import random
import shutil
import signal
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.check import check_all
from bot.demo import homeserver
from tests.bot.conftest import Matrix
from tests.bot.hall import Hall, eventually, open_hall

pytestmark = pytest.mark.matrix
HOURS = range(8, 17)  # nine reminders: as many as one answer lists


async def ended(process: "asyncio.subprocess.Process", limit: float = 20) -> int:
    """The exit status, once it has ended."""
    async with asyncio.timeout(limit):
        return await process.wait()


def log_of(hall: Hall) -> str:
    """What the bot's process wrote."""
    return (hall.folder / "bot.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("seed", [1, 2])
async def test_killed_at_any_moment_each_command_is_answered_once_and_in_order(
    matrix: Matrix, tmp_path: Path, seed: int
) -> None:
    """Ten commands in flight, ``kill -9`` somewhere among them, twice; a session planned twice would show."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    process = await hall.start()
    try:
        await hall.find("EAU", "roux")
        lines = [f"!rappel demain à {hour} h étape {hour}" for hour in HOURS] + ["!qui"]
        asked = [await hall.says("roux", line, "EAU") for line in lines]
        for _ in range(2):
            # The moment must differ between runs of the loop, not between runs of the tests.
            await asyncio.sleep(random.Random(seed).uniform(0.05, 1.5))  # noqa: S311 - a moment, not a secret
            process.kill()
            await process.wait()
            process = await hall.start()
            seed += 10
        for event_id in asked:
            await hall.answer("roux", event_id)
        listed = await hall.asks("roux", "!rappels", "EAU")
        assert [listed.count(f": étape {hour}") for hour in HOURS] == [1] * len(HOURS)
        replies = [reply for event_id in asked for reply in hall.people["roux"].replies_to(event_id)]
        assert len(replies) == 10
        heard = [event.event_id for event in hall.people["roux"].heard]
        places = [heard.index(reply.event_id) for reply in replies]
        assert places == sorted(places)
    finally:
        process.kill()
        await process.wait()


async def test_a_stop_is_clean(matrix: Matrix, tmp_path: Path) -> None:
    """SIGTERM while at work: exit 0, no traceback, and the next start goes on."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    process = await hall.start()
    await hall.find("EAU", "roux")
    await hall.says("roux", "!agenda", "EAU")
    process.send_signal(signal.SIGTERM)
    assert await ended(process) == 0
    assert "Traceback" not in log_of(hall)
    event_id = await hall.says("roux", "!qui", "EAU")
    process = await hall.start()
    assert "Hugo Roux" in await hall.answer("roux", event_id)
    process.send_signal(signal.SIGTERM)
    assert await ended(process) == 0


async def test_nothing_that_people_wrote_is_logged(matrix: Matrix, tmp_path: Path) -> None:
    """Neither words nor names of files nor secrets are in the log."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    process = await hall.start()
    await hall.find("EAU", "roux")
    await hall.drops("roux", b"Le texte du devis.", "devis-confidentiel.txt", "EAU", caption="Devis du puits")
    await hall.says("roux", "!annoncer La fontaine est en panne", "EAU")
    await hall.hears("roux", "Annonce de Hugo Roux", "EAU")
    process.send_signal(signal.SIGTERM)
    assert await ended(process) == 0
    log = log_of(hall)
    assert not [word for word in ("fontaine", "confidentiel", "puits", "texte du devis", '"secret"') if word in log]


async def test_two_bots_never_share_a_folder(matrix: Matrix, tmp_path: Path) -> None:
    """The second says so in one line and leaves; the first works on."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    first = await hall.start()
    try:
        await hall.find("EAU", "roux")
        second = await hall.start(log="second.log")
        assert await ended(second) == 2
        said = (hall.folder / "second.log").read_text(encoding="utf-8").splitlines()[-1]
        assert said == "Sainte-Colombe : un autre Appariteur utilise déjà ce dossier de données : arrêtez-le d'abord."
        assert (await hall.asks("roux", "!agenda", "EAU")).startswith("Prochaines séances")
    finally:
        first.send_signal(signal.SIGTERM)
        await ended(first)


async def test_a_wrong_password_is_one_line(matrix: Matrix, tmp_path: Path) -> None:
    """Exit 2, one French line that names the keys to look at."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud")
    path = hall.folder / "appariteur.toml"
    path.write_text(path.read_text().replace('password = "secret"', 'password = "faux"'))
    process = await hall.start()
    assert await ended(process) == 2
    log = log_of(hall)
    assert log.splitlines()[-1] == (
        "Sainte-Colombe : le serveur Matrix refuse le mot de passe ou le compte : vérifiez [matrix] user et password."
    )
    assert "Traceback" not in log
    assert "faux" not in log


async def test_lost_keys_are_found_again_by_the_recovery_key(matrix: Matrix, tmp_path: Path) -> None:
    """The key is kept beside the secrets; with it the identity stays the same, without it nothing is replaced in silence."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running() as bot:
        await hall.find("EAU", "roux")
        key = hall.settings.matrix.recovery_key_file
        assert (key.read_text().strip(), key.stat().st_mode & 0o077) == (bot.client.recovery_key(), 0)
    shutil.rmtree(hall.folder / "data" / "matrix")
    kept = key.rename(key.with_name("elsewhere"))
    process = await hall.start()
    assert await ended(process) == 2
    assert "l'identité chiffrée de ce compte existe déjà ailleurs" in log_of(hall).splitlines()[-1]
    kept.rename(key)
    shutil.rmtree(hall.folder / "data" / "matrix")
    async with hall.running() as bot:
        assert bot.client.health.signed
        assert (await hall.asks("roux", "!agenda", "EAU")).startswith("Prochaines séances")


async def test_a_homeserver_that_goes_away_is_waited_for(tmp_path: Path) -> None:
    """Down at the start, then down for a moment: what was asked before or meanwhile is answered once it is back."""
    port = homeserver.free_port()
    server = await asyncio.to_thread(homeserver.start, tmp_path / "synapse", port=port)
    try:
        async with AsyncExitStack() as stack:
            hall = await open_hall(Matrix(server, tmp_path, stack), tmp_path / "town", "arnaud", "roux")
            await asyncio.to_thread(homeserver.stop, server)
            process = await hall.start()

            async def noticed() -> bool:
                return "homeserver unreachable" in log_of(hall)

            await eventually(noticed)
            server = await asyncio.to_thread(homeserver.start, tmp_path / "synapse", port=port)
            await hall.find("EAU", "roux")
            await hall.asks("roux", "!agenda", "EAU")
            event_id = await hall.says("roux", "!qui", "EAU")
            await asyncio.to_thread(homeserver.stop, server)
            server = await asyncio.to_thread(homeserver.start, tmp_path / "synapse", port=port)
            assert "Hugo Roux" in await hall.answer("roux", event_id)
            await hall.asks("roux", "!agenda", "EAU")
            assert len(hall.people["roux"].replies_to(event_id)) == 1
            process.send_signal(signal.SIGTERM)
            assert await ended(process) == 0
    finally:
        await asyncio.to_thread(homeserver.stop, server)


async def test_a_homeserver_s_own_limits_only_slow_it_down(tmp_path: Path) -> None:
    """With a homeserver's usual limits, rooms come one after the other; ``check`` says how to lift the limits."""
    server = await asyncio.to_thread(homeserver.start, tmp_path / "synapse", limits=True)
    try:
        async with AsyncExitStack() as stack:
            hall = await open_hall(Matrix(server, tmp_path, stack), tmp_path / "town", "arnaud", "roux")
            async with hall.running() as bot:

                async def three_rooms_are_furnished() -> bool:
                    rooms = [await bot.client.members(room) for room in await bot.client.joined_rooms()]
                    return sum(len(members) == 3 for members in rooms) >= 3

                await eventually(three_rooms_are_furnished, 90)
                assert bot.rooms.slowed
            [line] = [line for line in await check_all(hall.settings) if line.what == "compte et débit"]
            assert "override_ratelimit" in line.seen
            assert not line.well
    finally:
        await asyncio.to_thread(homeserver.stop, server)
