"""Starting, stopping, losing things: the account keeps one identity through all of it."""

import shutil
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from bot.matrix.client import Client
from bot.matrix.crosssigning import SigningKey, publish_identity, published_master
from bot.matrix.errors import IdentityLost, InUse, KeysLost, Rejected, SignedOut, Unreachable
from bot.matrix.keys import Keyring
from bot.matrix.signin import sign_in
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Identity, Vault
from tests.bot.conftest import KEY, Matrix

pytestmark = pytest.mark.matrix

TEXT = "m.room.message"


async def identity_of(client: Client, user_id: str) -> tuple[str, dict[str, bool]]:
    """A person's public master key, and for each device whether the identity signed it, by the homeserver."""
    _, answer = await client.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {user_id: []}})
    master = next(iter(answer["master_keys"][user_id]["keys"].values()))
    signer = next(iter(answer["self_signing_keys"][user_id]["keys"]))
    devices = answer["device_keys"][user_id]
    return master, {name: signer in keys["signatures"][user_id] for name, keys in devices.items()}


async def test_the_device_is_signed_by_an_identity_of_its_own(matrix: Matrix) -> None:
    """Finding 1: an unsigned bot is deaf and mute to strict apps. The three keys are there, unpadded."""
    bot = await matrix.client()
    _, answer = await bot.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.user_id: []}})
    for kind in ("master_keys", "self_signing_keys", "user_signing_keys"):
        [(name, public)] = answer[kind][bot.user_id]["keys"].items()
        assert name == f"ed25519:{public}"
        assert not public.endswith("=")
    _, devices = await identity_of(bot, bot.user_id)
    assert devices == {bot.device_id: True}
    assert bot.health.signed


async def test_an_unsigned_device_becomes_signed(matrix: Matrix) -> None:
    """Stopped after its keys were published and before its identity was: the next start signs the same device."""
    account = await matrix.account()
    vault = Vault(matrix.directory / "bot", KEY)
    vault.open()
    transport = Transport(account.homeserver)
    device, machine = await sign_in(transport, account, vault)
    await Keyring(transport, machine).publish()
    keys = await transport.call("POST", v3("keys", "query"), {"device_keys": {account.user_id: []}})
    assert not keys.get("master_keys")
    await transport.close()
    machine.store.close()
    vault.close()
    bot = await matrix.client(account, "bot")
    _, devices = await identity_of(bot, bot.user_id)
    assert devices == {device.device_id: True}


async def test_a_password_is_given_again_where_the_homeserver_asks(matrix: Matrix) -> None:
    """Before it takes an identity, a homeserver may want it (user-interactive authentication)."""
    account = await matrix.account()
    transport = Transport(account.homeserver)
    vault = Vault(matrix.directory / "bot", KEY)
    vault.open()
    _, machine = await sign_in(transport, account, vault)
    await Keyring(transport, machine).publish()
    await publish_identity(transport, account, machine, Identity.new(), None)
    second = Identity.new()
    with pytest.raises(Rejected) as refused:  # Synapse asks only where an identity replaces another
        await publish_identity(transport, replace(account, password=None), machine, second, None)
    assert refused.value.status == 401
    await publish_identity(transport, account, machine, second, None)
    assert await published_master(transport, account.user_id) == SigningKey(second.master).public
    await transport.close()
    machine.store.close()
    vault.close()


async def test_a_restart_keeps_device_identity_and_recovery_key(matrix: Matrix) -> None:
    """Starting twice does nothing; stopping and starting changes nothing that people can see."""
    account = await matrix.account()
    async with Client(account, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        await bot.start()
        before = (bot.device_id, bot.recovery_key(), await identity_of(bot, bot.user_id))
        room = await bot.create_room(name="Conseil")
    async with Client(replace(account, password=None), matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        assert (bot.device_id, bot.recovery_key(), await identity_of(bot, bot.user_id)) == before
        assert bot.is_encrypted(room)
        assert bot.joined(room) == {bot.user_id}


async def test_two_processes_never_share_a_directory(matrix: Matrix) -> None:
    """Two on one crypto store would spoil each other's ratchets."""
    account = await matrix.account()
    await matrix.client(account, "bot")
    with pytest.raises(InUse):
        async with Client(account, matrix.directory / "bot", key=KEY):
            pass


async def test_secrets_are_sealed_and_ours_alone(matrix: Matrix) -> None:
    """No file can be read by others, and none holds the token, the seeds or the recovery key in clear."""
    bot = await matrix.client(where="bot")
    room = await bot.create_room(name="Conseil")
    await bot.send(room, TEXT, {"msgtype": "m.text", "body": "x"}, "1")
    directory = matrix.directory / "bot"
    assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    files = [path for path in directory.iterdir() if path.name != "lock"]
    assert len(files) >= 3
    recovery = bot.recovery_key() or ""
    for path in files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
        assert b"syt_" not in path.read_bytes(), path
        assert recovery.encode() not in path.read_bytes(), path


async def test_a_wrong_password_is_final_and_a_dead_homeserver_is_not(matrix: Matrix) -> None:
    """The first needs a person, the second needs time."""
    account = await matrix.account()
    async with Client(replace(account, password="wrong"), matrix.directory / "a", key=KEY) as bot:
        with pytest.raises(Rejected) as refused:
            await bot.start()
        assert refused.value.code == "M_FORBIDDEN"
    async with Client(replace(account, homeserver="http://127.0.0.1:9"), matrix.directory / "b", key=KEY) as bot:
        with pytest.raises(Unreachable):
            await bot.start()


async def test_a_revoked_token_is_said_and_the_password_mends_it(matrix: Matrix) -> None:
    """Signed out from elsewhere: sync says so; the next start opens a new device, signed by the same identity."""
    account = await matrix.account()
    async with Client(account, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        token = (await bot.sync(None)).token
        device, (master, _) = bot.device_id, await identity_of(bot, bot.user_id)
        await bot.request("POST", "/_matrix/client/v3/logout", {})
        with pytest.raises(SignedOut):
            await bot.sync(token, 0)
    async with Client(replace(account, password=None), matrix.directory / "bot", key=KEY) as bot:
        with pytest.raises(SignedOut):
            await bot.start()
    async with Client(account, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        assert bot.device_id != device
        assert await identity_of(bot, bot.user_id) == (master, {bot.device_id: True})


async def test_a_lost_crypto_store_makes_a_new_device_not_a_new_identity(matrix: Matrix) -> None:
    """With a password: the old device is signed out, the new one signed by the kept seeds, and people read it."""
    account, person = await matrix.account(), await matrix.person()
    async with Client(account, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        device, (master, _) = bot.device_id, await identity_of(bot, bot.user_id)
        room = await bot.create_room(name="Conseil", invite=[person.user_id])
        await person.accepts(room)
    lose_store(matrix.directory / "bot")
    async with Client(account, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        assert bot.device_id != device
        assert await identity_of(bot, bot.user_id) == (master, {bot.device_id: True})
        await bot.send(room, TEXT, {"msgtype": "m.text", "body": "me revoilà"}, "back")
        heard = await person.hears(lambda event: event.content.get("body") == "me revoilà")
        assert heard.authentic


async def test_a_lost_crypto_store_with_a_token_is_said(matrix: Matrix) -> None:
    """A token belongs to one device, whose published keys can't be changed: only a new token helps."""
    login = await matrix.token_account()
    async with Client(login, matrix.directory / "bot", key=KEY) as bot:
        await bot.start()
        assert bot.device_id == login.device_id
    lose_store(matrix.directory / "bot")
    async with Client(login, matrix.directory / "bot", key=KEY) as bot:
        with pytest.raises(KeysLost):
            await bot.start()
    shutil.rmtree(matrix.directory / "bot")
    async with Client(login, matrix.directory / "bot", key=KEY) as bot:
        with pytest.raises(KeysLost):
            await bot.start()


async def test_a_token_must_be_for_its_device(matrix: Matrix) -> None:
    """A token copied from somebody's app would share that app's device."""
    login = await matrix.token_account()
    async with Client(replace(login, device_id="OTHER"), matrix.directory / "bot", key=KEY) as bot:
        with pytest.raises(KeysLost):
            await bot.start()


async def test_a_lost_directory_comes_back_with_the_recovery_key_only(matrix: Matrix) -> None:
    """A new machine: the identity is never replaced in silence, and the key on paper gives it back."""
    account = await matrix.account()
    async with Client(account, matrix.directory / "old", key=KEY) as bot:
        await bot.start()
        written, (master, _) = bot.recovery_key(), await identity_of(bot, bot.user_id)
    assert written is not None
    async with Client(account, matrix.directory / "new", key=KEY) as bot:
        with pytest.raises(IdentityLost):
            await bot.start()
    wrong = written[:-1] + ("2" if written[-1] != "2" else "3")
    async with Client(account, matrix.directory / "new", key=KEY, recovery_key=wrong) as bot:
        with pytest.raises(IdentityLost):
            await bot.start()
    async with Client(account, matrix.directory / "new", key=KEY, recovery_key=written) as bot:
        await bot.start()
        assert bot.recovery_key() == written
        again, devices = await identity_of(bot, bot.user_id)
        assert again == master
        assert devices[bot.device_id]
    async with Client(account, matrix.directory / "new", key=KEY) as bot:
        await bot.start()


async def test_a_directory_belongs_to_one_account(matrix: Matrix) -> None:
    """Another account's settings on this directory are a mistake, and nothing is overwritten."""
    await (await matrix.client(where="bot")).__aexit__(None, None, None)
    other = await matrix.account("other")
    async with Client(other, matrix.directory / "bot", key=KEY) as bot:
        with pytest.raises(KeysLost):
            await bot.start()


def lose_store(directory: Path) -> None:
    """Deletes the crypto store, and nothing else."""
    for path in directory.glob("keys-*"):
        path.unlink()
