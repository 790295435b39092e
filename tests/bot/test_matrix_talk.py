"""The account talks and listens: messages, files, rooms, as a town uses them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.matrix.errors import FileDamaged, FileGone, FileTooBig, Limited, Rejected
from tests.bot.conftest import Matrix

pytestmark = pytest.mark.matrix

TEXT = "m.room.message"


def text(body: str) -> dict[str, str]:
    """The content of a plain message."""
    return {"msgtype": "m.text", "body": body}


async def test_what_is_said_is_heard_on_both_sides(matrix: Matrix) -> None:
    """Encrypted, decrypted, and proved to come from its author."""
    bot, person = await matrix.client(), await matrix.person()
    start = (await bot.sync(None)).token
    room = await bot.create_room(name="Commission Eau", invite=[person.user_id])
    await person.accepts(room)
    await bot.send(room, TEXT, text("Bonjour"), "1")
    heard = await person.hears(lambda event: event.content.get("body") == "Bonjour")
    assert (heard.encrypted, heard.authentic, heard.sender) == (True, True, bot.user_id)
    await person.says(room, "Bonsoir, dit « l'œuvre »")
    batch = await bot.sync(start)
    said = [event for event in batch.events if event.sender == person.user_id and event.type == TEXT]
    assert [(event.content["body"], event.encrypted, event.authentic) for event in said] == [
        ("Bonsoir, dit « l'œuvre »", True, True)
    ]


async def test_a_room_is_by_invitation_and_carries_its_mark(matrix: Matrix) -> None:
    """What a crash may have left behind is found again by the mark in the creation event."""
    bot = await matrix.client()
    room = await bot.create_room(name="Conseil", topic="Séances", encrypted=True, mark={"fr.appariteur": "conseil"})
    state = {raw["type"]: raw["content"] for raw in await bot.state(room)}
    assert state["m.room.create"]["fr.appariteur"] == "conseil"
    assert state["m.room.join_rules"]["join_rule"] == "invite"
    assert state["m.room.guest_access"]["guest_access"] == "forbidden"
    assert state["m.room.history_visibility"]["history_visibility"] == "shared"
    assert state["m.room.power_levels"]["invite"] == 50
    assert state["m.room.topic"]["topic"] == "Séances"
    assert bot.is_encrypted(room)
    assert room in await bot.joined_rooms()


async def test_a_space_holds_rooms(matrix: Matrix) -> None:
    """A space is a room of its own type, in clear."""
    bot = await matrix.client()
    space = await bot.create_room(name="Sainte-Colombe", encrypted=False, space=True)
    room = await bot.create_room(name="Conseil")
    await bot.put_state(space, "m.space.child", {"via": ["ville.test"]}, room)
    types = {(raw["type"], raw["state_key"]) for raw in await bot.state(space)}
    assert ("m.space.child", room) in types
    assert not bot.is_encrypted(space)


async def test_the_same_transaction_is_sent_once(matrix: Matrix) -> None:
    """A row sent again after a crash makes no second message, and is found again a day later."""
    bot = await matrix.client()
    room = await bot.create_room(name="Conseil")
    first = await bot.send(room, TEXT, text("Convocation"), "row-7")
    assert await bot.send(room, TEXT, text("Convocation"), "row-7") == first
    yesterday = datetime.now(UTC) - timedelta(days=1)
    assert await bot.find_sent(room, "row-7", yesterday) == first
    assert await bot.find_sent(room, "row-8", yesterday) is None


async def test_files_travel_whole(matrix: Matrix) -> None:
    """Encrypted where the room is; in clear where it is not."""
    bot, person = await matrix.client(), await matrix.person()
    data = bytes(range(256)) * 500
    sealed = await bot.upload(data, "budget.pdf", "application/pdf", encrypted=True)
    plain = await bot.upload(data, "budget été.pdf", "application/pdf", encrypted=False)
    assert set(sealed) == {"file"}
    assert set(plain) == {"url"}
    assert await person.client.fetch(sealed, 1_000_000) == data
    assert await person.client.fetch(plain, 1_000_000) == data


async def test_a_file_with_another_hash_is_refused(matrix: Matrix) -> None:
    """A file that was changed on the homeserver is not opened."""
    bot = await matrix.client()
    one = (await bot.upload(b"un", "a", "text/plain", encrypted=True))["file"]
    two = (await bot.upload(b"deux", "b", "text/plain", encrypted=True))["file"]
    with pytest.raises(FileDamaged):
        await bot.fetch({"file": {**one, "url": two["url"]}}, 1_000)
    with pytest.raises(FileDamaged):
        await bot.fetch({"file": {"url": one["url"]}}, 1_000)


async def test_a_file_over_the_limit_is_not_read(matrix: Matrix) -> None:
    """Reading stops at the limit, whatever the sender announced; sending says the homeserver's limit."""
    bot = await matrix.client()
    sent = await bot.upload(b"x" * 200_000, "gros.pdf", "application/pdf", encrypted=True)
    with pytest.raises(FileTooBig) as refused:
        await bot.fetch(sent, 100_000)
    assert refused.value.limit == 100_000
    with pytest.raises(FileTooBig) as refused:
        await bot.upload(b"x" * 105_000_000, "énorme.pdf", "application/pdf", encrypted=False)
    assert refused.value.limit == 100 * 1024 * 1024


@pytest.mark.parametrize("url", ["mxc://ville.test/absent", "mxc://ville.test/../x", "https://ville.test/x", None])
async def test_a_file_that_is_nowhere_is_said_to_be_gone(matrix: Matrix, url: str | None) -> None:
    """An unknown address is gone, an impossible one damaged; neither is asked from anybody else."""
    bot = await matrix.client()
    with pytest.raises(FileGone if url == "mxc://ville.test/absent" else FileDamaged):
        await bot.fetch({"url": url}, 1_000)


async def test_a_body_of_48_kilobytes_passes_and_a_longer_one_is_refused(matrix: Matrix) -> None:
    """An encrypted event has 64 KiB; an accent takes two bytes of it, not six."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    await bot.send(room, TEXT, text("é" * 24_000), "long")
    assert await person.hears_text(room, bot.user_id) == "é" * 24_000
    with pytest.raises(Rejected) as refused:
        await bot.send(room, TEXT, text("a" * 60_000), "too-long")
    assert refused.value.code == "M_TOO_LARGE"
    await bot.send(room, TEXT, text("encore"), "after")
    assert await person.hears_text(room, bot.user_id) == "encore"


async def test_reactions_and_redactions_are_events_like_others(matrix: Matrix) -> None:
    """They are never encrypted, and name what they are about."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    start = (await bot.sync(None)).token
    event_id = await bot.send(room, TEXT, text("Votez"), "vote")
    question = await person.hears(lambda event: event.event_id == event_id)
    await person.reacts(question, "✅")
    await bot.redact(room, event_id, "remove", "erreur")
    events = {event.type: event for event in (await bot.sync(start)).events}
    reaction = events["m.reaction"]
    assert reaction.content["m.relates_to"]["key"] == "✅"
    assert (reaction.encrypted, reaction.authentic) == (False, True)
    assert events["m.room.redaction"].redacts == event_id


async def test_a_reply_shows_what_it_answers_in_clear(matrix: Matrix) -> None:
    """Homeservers follow relations, so that they stay outside of what is encrypted."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    event_id = await bot.send(room, TEXT, text("Quand ?"), "ask")
    start = (await bot.sync(None)).token
    await person.answers(await person.hears(lambda event: event.event_id == event_id), "mardi")
    [answer] = (await bot.sync(start)).events
    assert answer.content["m.relates_to"] == {"m.in_reply_to": {"event_id": event_id}}
    assert "m.relates_to" in answer.source["content"]


async def test_a_limit_of_the_homeserver_is_said_with_its_delay(matrix: Matrix) -> None:
    """No endless tries inside: whoever sends decides when to try again."""
    bot, admin = await matrix.client(), await matrix.admin()
    room = await bot.create_room(name="Conseil", encrypted=False)
    await admin.limit(bot.user_id, per_second=1, burst=1)

    async def hurry() -> None:
        for number in range(5):
            await bot.send(room, TEXT, text("vite"), f"fast-{number}")

    with pytest.raises(Limited) as refused:
        await hurry()
    assert 0 < refused.value.retry_after < 30


async def test_invitations_are_shown_accepted_or_declined(matrix: Matrix) -> None:
    """Declining may say why; a room that we were removed from is told once."""
    bot, person = await matrix.client(), await matrix.person()
    start = (await bot.sync(None)).token
    direct = await person.client.create_room(name="", invite=[bot.user_id], direct=True)
    other = await person.client.create_room(name="Jeux", invite=[bot.user_id])
    batch = await bot.sync(start)
    assert {each.room_id: (each.inviter, each.is_direct) for each in batch.invitations} == {
        direct: (person.user_id, True),
        other: (person.user_id, False),
    }
    await bot.join(direct)
    await bot.leave(other, "Je ne vais que là où la mairie m'invite.")
    assert bot.joined(direct) == {bot.user_id, person.user_id}
    members = await person.client.members(other)
    assert members[bot.user_id] == "leave"
    await person.client.kick(direct, bot.user_id)
    batch = await bot.sync(batch.token)
    assert direct in batch.left
    assert bot.joined(direct) == frozenset()


async def test_account_data_and_name(matrix: Matrix) -> None:
    """Which rooms are private conversations is kept with the account."""
    bot = await matrix.client()
    assert await bot.account_data("m.direct") == {}
    await bot.set_account_data("m.direct", {"@a:ville.test": ["!r"]})
    assert await bot.account_data("m.direct") == {"@a:ville.test": ["!r"]}


async def test_the_bot_says_its_name_but_keeps_the_one_that_a_town_gave_it(matrix: Matrix) -> None:
    """People see « Appariteur », not the account's identifier; an administrator may call it otherwise."""
    bot = await matrix.client()
    path = f"/_matrix/client/v3/profile/{bot.user_id}/displayname"
    await bot.introduce("Appariteur")
    assert (await bot.request("GET", path))[1] == {"displayname": "Appariteur"}
    await bot.request("PUT", path, {"displayname": "L'huissier de Cormicy"})
    await bot.introduce("Appariteur")
    assert (await bot.request("GET", path))[1] == {"displayname": "L'huissier de Cormicy"}


async def test_two_messages_sent_at_once_keep_one_key(matrix: Matrix) -> None:
    """Sending is one at a time in a room, so that a key is shared once and order holds."""
    bot, person = await matrix.client(), await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    await asyncio.gather(*(bot.send(room, TEXT, text(str(number)), f"n{number}") for number in range(5)))
    heard = [await person.hears_text(room, bot.user_id) for _ in range(5)]
    assert sorted(heard) == ["0", "1", "2", "3", "4"]
