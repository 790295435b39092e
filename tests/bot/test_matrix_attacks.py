"""Whatever somebody sends or publishes costs at most that message: the town goes on reading and being read."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import vodozemac

from bot.demo.person import Person
from bot.matrix.client import Client
from bot.matrix.coding import unpadded
from bot.matrix.signin import sign_in
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Vault
from tests.bot.conftest import KEY, Matrix

pytestmark = pytest.mark.matrix

TEXT = "m.room.message"
OLM = "m.olm.v1.curve25519-aes-sha2"
Json = dict[str, Any]


def text(body: str) -> Json:
    """The content of a plain message."""
    return {"msgtype": "m.text", "body": body}


def sealed(key: str, **change: Any) -> Json:
    """An encrypted to-device message as it should be, but for what ``change`` says."""
    garbage = {"type": 0, "body": "AwogZ2FyYmFnZQ"}
    content = {"algorithm": OLM, "sender_key": "A" * 43, "ciphertext": {key: garbage}, **change}
    return {name: value for name, value in content.items() if value is not None}


def strange_session(key: str) -> Json:
    """Well formed, but made with a one-time key that the bot never had, as after a restored backup."""
    account, unknown = vodozemac.Account(), vodozemac.Curve25519SecretKey().public_key()
    session = account.create_outbound_session(vodozemac.Curve25519PublicKey.from_base64(key), unknown)
    kind, body = session.encrypt(b"{}").to_parts()
    cipher = {"type": kind, "body": unpadded(body)}
    return sealed(key, sender_key=account.curve25519_key.to_base64(), ciphertext={key: cipher})


POISONS: dict[str, Callable[[str], Json]] = {
    "no algorithm": lambda key: sealed(key, algorithm=None),
    "no ciphertext": lambda key: sealed(key, ciphertext=None),
    "no sender key": lambda key: sealed(key, sender_key=None),
    "ciphertext is a text": lambda key: sealed(key, ciphertext="x"),
    "our part is a text": lambda key: sealed(key, ciphertext={key: "x"}),
    "no type": lambda key: sealed(key, ciphertext={key: {"body": "AwogZ2FyYmFnZQ"}}),
    "unknown type": lambda key: sealed(key, ciphertext={key: {"type": 7, "body": "AwogZ2FyYmFnZQ"}}),
    "body is a number": lambda key: sealed(key, ciphertext={key: {"type": 0, "body": 3}}),
    "body is not base64": lambda key: sealed(key, ciphertext={key: {"type": 0, "body": "é!"}}),
    "first message is garbage": sealed,
    "later message is garbage": lambda key: sealed(key, ciphertext={key: {"type": 1, "body": "AwogZ2FyYmFnZQ"}}),
    "later message is not base64": lambda key: sealed(key, ciphertext={key: {"type": 1, "body": "!"}}),
    "sender key is garbage": lambda key: sealed(key, sender_key="é"),
    "unknown one-time key": strange_session,
}

ROOM_KEYS: dict[str, Json] = {
    "session key is garbage": {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "x", "session_key": "AAAA"},
    "session key is a number": {"algorithm": "m.megolm.v1.aes-sha2", "session_id": "x", "session_key": 1},
    "no session": {"algorithm": "m.megolm.v1.aes-sha2"},
    "another session's id": {
        "algorithm": "m.megolm.v1.aes-sha2",
        "session_id": "x",
        "session_key": vodozemac.GroupSession().session_key.to_base64(),
    },
}


async def together(matrix: Matrix) -> tuple[Client, Person, str, str]:
    """The bot and a person in an encrypted room, and the bot's token from then on."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    return bot, person, room, (await bot.sync(None)).token


async def curve_key(bot: Client) -> str:
    """The public key that others encrypt to."""
    _, answer = await bot.request("POST", "/_matrix/client/v3/keys/query", {"device_keys": {bot.user_id: []}})
    key: str = answer["device_keys"][bot.user_id][bot.device_id]["keys"][f"curve25519:{bot.device_id}"]
    return key


@pytest.mark.parametrize("kind", POISONS)
async def test_a_poisoned_message_costs_only_itself(matrix: Matrix, kind: str) -> None:
    """Finding 2: sent by a stranger, without a room in common, just before a key that the bot needs."""
    bot, person, room, token = await together(matrix)
    stranger = await matrix.token_account()
    transport = Transport(stranger.homeserver)
    transport.token = stranger.access_token
    messages = {bot.user_id: {bot.device_id: POISONS[kind](await curve_key(bot))}}
    await transport.call("PUT", v3("sendToDevice", "m.room.encrypted", "1"), {"messages": messages})
    await transport.close()
    await person.says(room, "vous me lisez ?")
    batch = await bot.sync(token, 0)
    assert [event.content["body"] for event in batch.events if event.type == TEXT] == ["vous me lisez ?"]
    assert len(batch.new_sessions) == 1
    await bot.housekeeping()


@pytest.mark.parametrize("kind", ROOM_KEYS)
async def test_a_poisoned_room_key_costs_only_itself(matrix: Matrix, kind: str) -> None:
    """The same, well encrypted by a member: what is inside is what is wrong."""
    bot, person, room, token = await together(matrix)
    keyring = person.client._keyring
    await keyring.refresh([bot.user_id])
    devices = list(keyring.machine.recipients(frozenset({bot.user_id})))
    await keyring.claim(devices)
    await keyring.send_to(devices, "m.room_key", {"room_id": room, **ROOM_KEYS[kind]})
    await keyring.send_to(devices, "m.room_key_bundle", {"room_id": room})
    await keyring.send_to(devices, "m.room_key", {})
    await person.says(room, "et là ?")
    batch = await bot.sync(token, 0)
    assert [event.content["body"] for event in batch.events if event.type == TEXT] == ["et là ?"]


BAD_DEVICES: dict[str, Callable[[Json], Any]] = {
    "signing key is garbage": lambda keys: keys["keys"].update({f"ed25519:{keys['device_id']}": "x"}),
    "encryption key is garbage": lambda keys: keys["keys"].update({f"curve25519:{keys['device_id']}": "é"}),
    "keys are missing": lambda keys: keys["keys"].clear(),
    "signature is garbage": lambda keys: keys.update(
        signatures={keys["user_id"]: {f"ed25519:{keys['device_id']}": "x"}}
    ),
    "signatures are missing": lambda keys: keys.update(signatures={}),
    "signature is another's": lambda keys: keys.update(algorithms=["changed"]),
}


@pytest.mark.parametrize("kind", BAD_DEVICES)
async def test_a_member_with_malformed_device_keys_harms_nobody(matrix: Matrix, kind: str) -> None:
    """Finding 3: the others read; the bot starts again as well."""
    bot, person, room, _ = await together(matrix)
    await hostile_member(matrix, bot, room, lambda content: BAD_DEVICES[kind](content["device_keys"]))
    await bot.send(room, TEXT, text("séance mardi"), "1")
    assert await person.hears_text(room, bot.user_id) == "séance mardi"


async def test_a_member_with_a_malformed_one_time_key_harms_nobody(matrix: Matrix) -> None:
    """Finding 4: the room is not muted, now or later."""
    bot, person, room, _ = await together(matrix)

    def spoil(content: Json) -> None:
        for key in content["one_time_keys"].values():
            key["key"] = "x"

    await hostile_member(matrix, bot, room, spoil)
    for number in range(2):
        await bot.send(room, TEXT, text(f"message {number}"), f"m{number}")
        assert await person.hears_text(room, bot.user_id) == f"message {number}"


async def hostile_member(matrix: Matrix, bot: Client, room: str, spoil: Callable[[Json], Any]) -> None:
    """Somebody in the room whose published keys are spoilt."""
    account = await matrix.account("hostile")
    vault = Vault(matrix.directory / "hostile", KEY)
    vault.open()
    transport = Transport(account.homeserver)
    _, machine = await sign_in(transport, account, vault)
    content = machine.share_keys()
    spoil(content)
    await transport.call("POST", v3("keys", "upload"), content)
    await bot.invite(room, account.user_id)
    await transport.call("POST", v3("rooms", room, "join"), {})
    await transport.close()
    machine.store.close()
    vault.close()
    await bot.sync((await bot.sync(None)).token, 0)


async def test_a_cancelled_send_does_not_mute_the_room(matrix: Matrix) -> None:
    """Finding 4: cancelled at any moment of the sharing of the key, the next message goes through."""
    bot, person, room, _ = await together(matrix)
    for turn, delay in enumerate((0.0, 0.001, 0.002, 0.004, 0.008, 0.016)):
        bot._keyring.machine.outbound_group_sessions.clear()
        bot._keyring._fresh.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(bot.send(room, TEXT, text("coupé"), f"cut-{turn}"), delay)
        async with asyncio.timeout(5):
            await bot.send(room, TEXT, text(f"suite {turn}"), f"next-{turn}")
        while await person.hears_text(room, bot.user_id) != f"suite {turn}":
            pass  # one that was not cut in time was said as well


async def test_a_message_under_another_name_is_not_authentic(matrix: Matrix) -> None:
    """A homeserver that changes the sender of an event shows the words, but proves nothing."""
    bot, person, room, token = await together(matrix)
    await person.says(room, "je vote oui")
    [event] = [event for event in (await bot.sync(token, 0)).events if event.type == TEXT]
    assert event.authentic
    bot._keyring.machine.store.database.execute_sql("delete from seen_messages")
    other = await matrix.account("autre")
    forged = bot._syncer.read(room, {**event.source, "sender": other.user_id, "event_id": "$forged"})
    assert forged.content["body"] == "je vote oui"
    assert not forged.authentic


async def test_a_message_in_clear_in_an_encrypted_room_is_not_authentic(matrix: Matrix) -> None:
    """Only the homeserver's word says who wrote it."""
    bot, person, room, token = await together(matrix)
    path = f"/_matrix/client/v3/rooms/{room}/send/m.room.message/1"
    await person.client.request("PUT", path, text("!supprimer"))
    [event] = (await bot.sync(token, 0)).events
    assert (event.content["body"], event.encrypted, event.authentic) == ("!supprimer", False, False)


async def test_an_old_message_served_again_is_refused(matrix: Matrix) -> None:
    """A replay under a new id is not read, even by a bot that was restarted since."""
    account = await matrix.account()
    bot, person = await matrix.client(account, "bot"), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    token = (await bot.sync(None)).token
    await person.says(room, "oui")
    [event] = [event for event in (await bot.sync(token, 0)).events if event.type == TEXT]
    await bot.__aexit__(None, None, None)
    again = await matrix.client(account, "bot")
    assert await again.decrypt_again(event.source) == event
    assert await again.decrypt_again({**event.source, "event_id": "$replayed"}) is None


async def test_a_key_under_another_name_changes_nothing(matrix: Matrix) -> None:
    """A member who sends on somebody's room key as his own takes nothing over, even after a restart."""
    account = await matrix.account()
    bot, person, thief = await matrix.client(account, "bot"), await matrix.person(), await matrix.person("thief")
    room = await bot.create_room(name="Conseil", invite=[person.user_id, thief.user_id])
    await person.accepts(room)
    await thief.accepts(room)
    token = (await bot.sync(None)).token
    await person.says(room, "premier")
    batch = await bot.sync(token, 0)
    [first] = [event for event in batch.events if event.type == TEXT]
    await thief.hears_text(room, person.user_id)
    session = person.client._keyring.machine.outbound_group_sessions[room]
    keyring = thief.client._keyring
    await keyring.refresh([bot.user_id])
    devices = list(keyring.machine.recipients(frozenset({bot.user_id})))
    await keyring.claim(devices)
    stolen = {"algorithm": "m.megolm.v1.aes-sha2", "session_id": session.id, "session_key": session.session_key}
    await keyring.send_to(devices, "m.room_key", {"room_id": room, **stolen})
    batch = await bot.sync(batch.token, 0)
    assert session.id in batch.new_sessions
    await bot.__aexit__(None, None, None)
    again = await matrix.client(account, "bot")
    await person.says(room, "second")
    [second] = (await again.sync(batch.token, 0)).events
    assert (second.content["body"], second.authentic) == ("second", True)
    assert await again.decrypt_again(first.source) == first
