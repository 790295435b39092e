"""Keys: each device of each member reads each message, nobody else does, and a lost key can be asked for again."""

import asyncio
from typing import Any

import pytest

from bot.demo.person import Person
from bot.matrix.client import Account, Client
from bot.matrix.events import ENCRYPTED, Event
from bot.matrix.transport import Transport, v3
from tests.bot.conftest import KEY, Matrix

pytestmark = pytest.mark.matrix

TEXT = "m.room.message"


def text(body: str) -> dict[str, str]:
    """The content of a plain message."""
    return {"msgtype": "m.text", "body": body}


def bodies(events: tuple[Event, ...] | list[Event]) -> list[str]:
    """What was said and could be read."""
    return [event.content["body"] for event in events if event.type == TEXT]


async def together(matrix: Matrix, bot: Client, person: Person) -> tuple[str, str]:
    """An encrypted room with both in it, and the bot's token from then on."""
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    return room, (await bot.sync(None)).token


def second_device(matrix: Matrix, person: Person) -> Client:
    """A new phone of the same person."""
    account = Account(matrix.server.url, person.user_id, "secret")
    return Client(account, matrix.directory / "phone", key=KEY, recovery_key=person.client.recovery_key())


async def drain(matrix: Matrix, bot: Client, count: int = 51) -> list[dict[str, Any]]:
    """Takes the bot's one-time keys, as happens during a long stop; the last of 51 is the fallback key."""
    taker = await matrix.token_account()
    transport = Transport(taker.homeserver)
    transport.token = taker.access_token
    body = {"one_time_keys": {bot.user_id: {bot.device_id: "signed_curve25519"}}}
    answers = [await transport.call("POST", v3("keys", "claim"), body) for _ in range(count)]
    await transport.close()
    return [next(iter(answer["one_time_keys"][bot.user_id][bot.device_id].values())) for answer in answers]


async def test_a_drained_pool_is_refilled(matrix: Matrix) -> None:
    """Finding 5: zero keys left is a count, not silence."""
    bot = await matrix.client()
    token = (await bot.sync(None)).token
    await drain(matrix, bot)
    await bot.sync(token, 0)
    assert bot.health.one_time_keys == 0
    await bot.housekeeping()
    assert bot.health.one_time_keys == 50


async def test_a_fallback_key_is_there_when_no_other_is_left(matrix: Matrix) -> None:
    """Finding 5: even before it refills, the bot can be written to; the used fallback key is then replaced."""
    bot = await matrix.client()
    token = (await bot.sync(None)).token
    keys = await drain(matrix, bot)
    assert [key.get("fallback", False) for key in keys] == [False] * 50 + [True]
    person = await matrix.person()
    room = await person.client.create_room(name="Question", invite=[bot.user_id])
    await bot.join(room)
    await person.listen()
    await person.says(room, "vous êtes là ?")
    assert bodies((await bot.sync(token, 0)).events) == ["vous êtes là ?"]
    await bot.housekeeping()
    again = await drain(matrix, bot)
    assert again[-1]["fallback"]
    assert again[-1]["key"] != keys[-1]["key"]


async def test_an_old_backup_of_the_crypto_store_publishes_keys_again(matrix: Matrix) -> None:
    """Its next key ids are taken on the homeserver: they are skipped, instead of being refused for ever."""
    account = await matrix.account()
    bot = await matrix.client(account, "bot")
    token = (await bot.sync(None)).token
    await bot.__aexit__(None, None, None)
    [store] = (matrix.directory / "bot").glob("keys-*.db")
    backup = store.read_bytes()
    bot = await matrix.client(account, "bot")
    await drain(matrix, bot, 50)
    token = (await bot.sync(token, 0)).token
    await bot.housekeeping()
    await bot.__aexit__(None, None, None)
    store.write_bytes(backup)
    bot = await matrix.client(account, "bot")
    await drain(matrix, bot, 10)
    await bot.sync(token, 0)
    assert bot.health.one_time_keys == 40
    for _ in range(6):
        await bot.housekeeping()
    assert bot.health.one_time_keys == 50


async def test_a_reply_to_a_new_device_is_readable_there(matrix: Matrix) -> None:
    """Finding 6: the device that just asked is known before it is answered."""
    bot, person = await matrix.client(), await matrix.person()
    room, token = await together(matrix, bot, person)
    await bot.send(room, TEXT, text("avant"), "1")
    async with second_device(matrix, person) as phone:
        await phone.start()
        start = (await phone.sync(None)).token
        await phone.send(room, TEXT, text("quand ?"), "ask")
        batch = await bot.sync(token, 0)
        assert bodies(batch.events) == ["avant", "quand ?"]
        assert all(event.authentic for event in batch.events)
        await bot.send(room, TEXT, text("mardi"), "2")
        assert bodies((await phone.sync(start, 0)).events) == ["quand ?", "mardi"]


async def test_who_was_removed_reads_nothing_more(matrix: Matrix) -> None:
    """The room's key changes when a person or a device leaves, and only then."""
    bot, person, guest = await matrix.client(), await matrix.person(), await matrix.person("guest")
    room = await bot.create_room(name="Conseil", invite=[person.user_id, guest.user_id])
    for each in (person, guest):
        await each.accepts(room)
    await bot.sync(None)
    ids = [await bot.send(room, TEXT, text(str(number)), f"m{number}") for number in range(2)]
    await bot.kick(room, guest.user_id)
    ids.append(await bot.send(room, TEXT, text("entre nous"), "m2"))
    heard = [await person.hears(lambda event, wanted=wanted: event.event_id == wanted) for wanted in ids]  # type: ignore[misc]
    sessions = [event.source["content"]["session_id"] for event in heard]
    assert sessions[0] == sessions[1] != sessions[2]
    guests = guest.client._keyring.machine.inbound_group_store[room]
    assert not any(sessions[2] in by_sender for by_sender in guests.values())


async def test_a_device_that_signed_out_reads_nothing_more(matrix: Matrix) -> None:
    """A lost phone, signed out by its owner, has no key of what is said afterwards."""
    bot, person = await matrix.client(), await matrix.person()
    async with second_device(matrix, person) as phone:
        await phone.start()
        room, token = await together(matrix, bot, person)
        await bot.send(room, TEXT, text("à tous"), "1")
        await phone.request("POST", "/_matrix/client/v3/logout", {})
    token = (await bot.sync(token, 0)).token
    await bot.send(room, TEXT, text("sans lui"), "2")
    said = [event for event in (await bot.sync(token, 0)).events if event.type == TEXT]
    shared = bot._keyring.machine.outbound_group_sessions[room].users_shared_with
    assert [event.content["body"] for event in said] == ["sans lui"]
    assert {user_id for user_id, _ in shared} == {person.user_id}
    assert len(shared) == 1


async def test_a_newcomer_reads_what_came_before(matrix: Matrix) -> None:
    """Finding 8: invited by the bot, even after a restart, and what others said as well."""
    account = await matrix.account()
    bot, person = await matrix.client(account, "bot"), await matrix.person()
    room, token = await together(matrix, bot, person)
    await bot.send(room, TEXT, text("convocation"), "1")
    await person.hears_text(room, bot.user_id)
    await person.says(room, "je viendrai")
    token = (await bot.sync(token, 0)).token
    await bot.__aexit__(None, None, None)
    bot = await matrix.client(account, "bot")
    newcomer = await matrix.person("newcomer")
    await bot.invite(room, newcomer.user_id)
    await newcomer.accepts(room)
    past = await newcomer.client.recent(room)
    assert bodies(past) == ["convocation", "je viendrai"]
    proved = [event.authentic for event in past if event.type == TEXT]
    assert proved == [True, False]  # the bot gave its own key; that of others is only its word
    await bot.send(room, TEXT, text("bienvenue"), "2")
    welcome = await newcomer.hears(lambda event: event.content.get("body") == "bienvenue")
    assert welcome.authentic


async def test_a_guest_reads_from_their_arrival_on(matrix: Matrix) -> None:
    """What was said before an outsider came stays closed to them, on the homeserver's own answers too."""
    bot, person = await matrix.client(), await matrix.person()
    room, _ = await together(matrix, bot, person)
    await bot.send(room, TEXT, text("entre nous"), "1")
    await person.hears_text(room, bot.user_id)
    guest = await matrix.person("guest")
    await bot.invite(room, guest.user_id, past=False)
    await guest.accepts(room)
    await bot.send(room, TEXT, text("bienvenue"), "2")
    await guest.hears(lambda event: event.content.get("body") == "bienvenue")
    past = await guest.client.recent(room)
    assert "bienvenue" in bodies(past)
    assert "entre nous" not in bodies(past)
    assert any(event.type == ENCRYPTED for event in past)


async def test_a_key_first_handed_on_then_given_is_proved(matrix: Matrix) -> None:
    """The same room key by the inviter's bundle, then from its maker: both the past and the proof are kept."""
    bot, person = await matrix.client(), await matrix.person()
    powers = {"users": {person.user_id: 50}}
    room = await bot.create_room(name="Conseil", invite=[person.user_id], power_levels=powers)
    await person.accepts(room)
    await bot.send(room, TEXT, text("avant"), "1")
    await person.hears_text(room, bot.user_id)
    newcomer = await matrix.person("newcomer")
    await person.client.invite(room, newcomer.user_id)
    token = (await bot.sync(None)).token
    await newcomer.accepts(room)
    assert [event.authentic for event in await newcomer.client.recent(room) if event.type == TEXT] == [False]
    await bot.sync(token, 0)
    await bot.send(room, TEXT, text("après"), "2")
    await newcomer.hears(lambda event: event.content.get("body") == "après")
    said = [event for event in await newcomer.client.recent(room) if event.type == TEXT]
    assert [(event.content["body"], event.authentic) for event in said] == [("avant", True), ("après", True)]
    assert len({event.source["content"]["session_id"] for event in said}) == 1


async def test_a_lost_key_is_asked_for_and_accepted_from_its_maker_only(matrix: Matrix) -> None:
    """What could not be read is read later; a key handed on by somebody else is not taken."""
    bot, person, other = await matrix.client(), await matrix.person(), await matrix.person("other")
    room = await bot.create_room(name="Conseil", invite=[person.user_id, other.user_id])
    for each in (person, other):
        await each.accepts(room)
    token = (await bot.sync(None)).token
    await bot.send(room, TEXT, text("je vous connais"), "1")  # so that it is not for want of knowing their devices
    await person.says(room, "perdu")
    await other.hears_text(room, person.user_id)
    await lose_keys(bot, token)
    batch = await bot.sync(token, 0)
    [lost] = [event for event in batch.events if event.type == "m.room.encrypted"]
    assert (lost.session_id, lost.authentic, bot.health.undecryptable) == (
        lost.source["content"]["session_id"],
        False,
        1,
    )
    assert await bot.decrypt_again(lost.source) is None
    await bot.ask_for_key(lost.source)
    await hand_on(other, bot, lost, person)
    batch = await bot.sync(batch.token, 0)
    assert batch.new_sessions == ()
    await hand_on(person, bot, lost, person)
    batch = await bot.sync(batch.token, 0)
    assert batch.new_sessions == (lost.session_id,)
    found = await bot.decrypt_again(lost.source)
    assert found is not None
    assert (found.content["body"], found.authentic, found.event_id) == ("perdu", True, lost.event_id)


async def lose_keys(bot: Client, token: str) -> None:
    """Acknowledges what waits for the bot's device without reading it, as a crash of a lesser client would."""
    for _ in range(2):
        _, answer = await bot.request("GET", f"/_matrix/client/v3/sync?since={token}")
        token = answer["next_batch"]


async def hand_on(giver: Person, bot: Client, lost: Event, maker: Person) -> None:
    """Somebody answers the request for a key with his own copy."""
    keyring = giver.client._keyring
    maker_key = maker.client._keyring.machine.account.identity_keys
    session = keyring.machine.inbound_group_store[lost.room_id][maker_key["curve25519"]][lost.session_id]
    content = {
        "algorithm": "m.megolm.v1.aes-sha2",
        "room_id": lost.room_id,
        "sender_key": maker_key["curve25519"],
        "sender_claimed_ed25519_key": maker_key["ed25519"],
        "forwarding_curve25519_key_chain": [],
        "session_id": lost.session_id,
        "session_key": session.export_session(session.first_known_index),
    }
    await keyring.refresh([bot.user_id])
    devices = list(keyring.machine.recipients(frozenset({bot.user_id})))
    await keyring.claim(devices)
    await keyring.send_to(devices, "m.forwarded_room_key", content)


async def test_a_key_is_asked_from_the_device_that_has_it(matrix: Matrix) -> None:
    """The request goes to the sender's device, once, and says which key."""
    bot, person = await matrix.client(), await matrix.person()
    room, token = await together(matrix, bot, person)
    await person.says(room, "bonjour")
    [event] = [event for event in (await bot.sync(token, 0)).events if event.type == TEXT]
    await bot.ask_for_key(event.source)
    await bot.ask_for_key(event.source)
    _, answer = await person.client.request("GET", f"/_matrix/client/v3/sync?since={person._token}")
    asked = [raw["content"] for raw in answer["to_device"]["events"] if raw["type"] == "m.room_key_request"]
    assert [each["body"]["session_id"] for each in asked] == [event.source["content"]["session_id"]]


async def test_keys_of_people_on_a_silent_homeserver_do_not_hold_up_the_others(matrix: Matrix) -> None:
    """An invited person whose homeserver doesn't exist costs no more than the homeserver's patience."""
    bot, person = await matrix.client(), await matrix.person()
    room, _ = await together(matrix, bot, person)
    bot._memory._rooms[room].invited.add("@nobody:127.0.0.1:9")
    async with asyncio.timeout(20):
        await bot.send(room, TEXT, text("bonjour"), "1")
    assert await person.hears_text(room, bot.user_id) == "bonjour"
