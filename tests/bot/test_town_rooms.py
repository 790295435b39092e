"""Rooms follow the roll: who sits somewhere is invited there, who no longer does leaves, and twice changes nothing."""

from pathlib import Path
from typing import Any

import pytest

from bot.app import Bot
from bot.matrix.desired import find
from bot.matrix.rooms import FAREWELL, STRANGER
from storage.states import RoomKind
from storage.store import Store
from tests.bot.conftest import Matrix
from tests.bot.hall import BODIES, Hall, eventually, open_hall

pytestmark = pytest.mark.matrix
SERVER = "ville.test"


async def room_ids(bot: Bot) -> dict[str, str]:
    """The bot's rooms: "space", a body's code."""
    async with bot.database.read() as session:
        store = Store(session, "", bot.clock.now())
        codes = {body.id: body.code for body in await store.bodies.all()}
        kinds = [(room, room.kind) for room in await store.rooms.all()]
        return {
            "space" if kind is RoomKind.SPACE else codes[room.body_id or 0]: room.room_id
            for room, kind in kinds
            if kind is not RoomKind.DM
        }


async def members(bot: Bot, room_id: str) -> dict[str, str]:
    """Who is in a room, the bot aside."""
    found = await bot.client.members(room_id)
    return {user: membership for user, membership in found.items() if user != bot.client.user_id}


async def wait_for_rooms(hall: Hall, bot: Bot) -> dict[str, str]:
    """Until everybody is invited everywhere, and met in private."""

    async def met() -> bool:
        async with bot.database.read() as session:
            store = Store(session, "", bot.clock.now())
            return len(list(await store.rooms.all())) == 1 + len(BODIES) + len(hall.people)

    await eventually(met)
    return await room_ids(bot)


async def test_each_body_has_its_room_and_its_people(matrix: Matrix, tmp_path: Path) -> None:
    """Names, topics, encryption, invitation only, powers, commands, space; reconciled again, not one event changes."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "petit")
    mayor, chair, other = (hall.people[name].user_id for name in ("arnaud", "roux", "petit"))
    async with hall.running() as bot:
        rooms = await wait_for_rooms(hall, bot)
        assert set(rooms) == {"space", "CM", "EAU", "VOI"}
        assert set(await members(bot, rooms["CM"])) == {mayor, chair, other}
        assert set(await members(bot, rooms["EAU"])) == {mayor, chair}
        assert set(await members(bot, rooms["VOI"])) == {mayor, other}
        assert set(await members(bot, rooms["space"])) == {mayor, chair, other}
        for code, name in BODIES.items():
            assert_a_body_s_room(await bot.client.state(rooms[code]), name, bot.client.user_id, rooms["space"])
        assert (await bot.client.powers(rooms["EAU"])).of(chair) == 50
        assert (await bot.client.powers(rooms["VOI"])).of(other) == 0
        space = await bot.client.state(rooms["space"])
        assert find(space, "m.room.create")["type"] == "m.space"
        assert all(find(space, "m.space.child", rooms[code])["via"] == [SERVER] for code in BODIES)
        before = await all_state(bot, rooms)
        await bot.rooms.reconcile()
        assert await all_state(bot, rooms) == before


def assert_a_body_s_room(state: list[dict[str, Any]], name: str, bot_id: str, space: str) -> None:
    """What every body's room has."""
    assert find(state, "m.room.name") == {"name": name}
    assert "!aide" in find(state, "m.room.topic")["topic"]
    assert find(state, "m.room.join_rules")["join_rule"] == "invite"
    assert find(state, "m.room.encryption")["algorithm"] == "m.megolm.v1.aes-sha2"
    assert find(state, "m.room.guest_access")["guest_access"] == "forbidden"
    assert find(state, "m.space.parent", space)["canonical"] is True
    powers = find(state, "m.room.power_levels")
    assert (powers["invite"], powers["kick"], powers["state_default"], powers["events_default"]) == (100, 100, 100, 0)
    offered = find(state, "org.matrix.msc4332.commands", bot_id)
    assert offered["sigil"] == "!"
    assert any(command["syntax"].startswith("agenda") for command in offered["commands"])


async def all_state(bot: Bot, rooms: dict[str, str]) -> dict[str, set[str]]:
    """Each room's present state, by its events' ids."""
    return {name: {raw["event_id"] for raw in await bot.client.state(room)} for name, room in rooms.items()}


async def test_a_saved_roll_is_taken_up(matrix: Matrix, tmp_path: Path) -> None:
    """One arrives, is welcomed and reads the past; one leaves; a row in error is told to the administrator."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "petit")
    async with hall.running() as bot:
        await hall.find("EAU", "roux")
        await hall.find("VOI", "petit")
        await hall.find("", "arnaud")
        await hall.says("roux", "Le réservoir fuit encore.", "EAU")
        assert (await hall.asks("roux", "!agenda", "EAU")).startswith("Prochaines séances")
        await hall.arrive("vidal")
        hall.rows["petit"] += "01/01/2020"
        hall.save("Durand;Zoé;;cheffe;;;", "Fabre;Luc;;conseiller;XYZ;;")
        await hall.find("EAU", "vidal")
        await hall.find("", "vidal")
        assert "Commission de l'eau" in str((await hall.hears("vidal", "Bonjour Lucie")).content["body"])
        past = await hall.people["vidal"].client.recent(hall.room("vidal", "EAU"))
        assert "Le réservoir fuit encore." in [event.content.get("body") for event in past]
        told = str((await hall.hears("arnaud", "Dans le fichier des membres")).content["body"])
        assert "ligne 6, colonne « fonction » : « cheffe » est inconnue" in told
        assert "ligne 7, colonne « commissions » : « XYZ » n'est le code d'aucune commission" in told
        leaver, room = hall.people["petit"].user_id, hall.room("petit", "VOI")

        async def gone() -> bool:
            return (await bot.client.members(room)).get(leaver) == "leave"

        await eventually(gone)
        state = await bot.client.state(room)
        assert find(state, "m.room.member", leaver)["reason"] == FAREWELL


async def test_a_chair_who_changes_changes_powers(matrix: Matrix, tmp_path: Path) -> None:
    """Power goes with the seat, and only there."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux", "vidal")
    async with hall.running() as bot:
        rooms = await wait_for_rooms(hall, bot)
        roux, vidal = hall.people["roux"].user_id, hall.people["vidal"].user_id
        hall.rows["roux"] = f"Roux;Hugo;{roux};conseiller;EAU;;"
        hall.rows["vidal"] = f"Vidal;Lucie;{vidal};adjoint;EAU;EAU;"
        hall.save()

        async def passed_on() -> bool:
            powers = await bot.client.powers(rooms["EAU"])
            return (powers.of(roux), powers.of(vidal)) == (0, 50)

        await eventually(passed_on)


async def test_invitations_of_others_are_declined(matrix: Matrix, tmp_path: Path) -> None:
    """A stranger's, and a member's to anything else than a private conversation; each is told why."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud")
    stranger, member = await matrix.person("etranger"), hall.people["arnaud"]
    async with hall.running() as bot:
        await wait_for_rooms(hall, bot)
        for person, direct in ((stranger, True), (member, False)):
            room = await person.client.create_room(name="Jeux", invite=[bot.client.user_id], direct=direct)

            async def declined(person: Any = person, room: str = room) -> bool:
                answer = find(await person.client.state(room), "m.room.member", bot.client.user_id)
                return (answer.get("membership"), answer.get("reason")) == ("leave", STRANGER)

            await eventually(declined)


async def test_a_member_may_open_the_conversation(matrix: Matrix, tmp_path: Path) -> None:
    """Somebody who looks the bot up and writes to it is answered there."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running() as bot:
        await wait_for_rooms(hall, bot)
        person = hall.people["roux"]
        room = await person.client.create_room(name="", invite=[bot.client.user_id], direct=True)
        person.places["Appariteur"] = room

        async def joined() -> bool:
            return (await person.client.members(room)).get(bot.client.user_id) == "join"

        await eventually(joined)
        await person.listen()
        assert (await hall.asks("roux", "bonjour")).startswith("Bonjour")


async def test_rooms_made_before_a_crash_are_known_again(matrix: Matrix, tmp_path: Path) -> None:
    """A database that forgot its rooms finds them by their marks: nothing is made twice."""
    hall = await open_hall(matrix, tmp_path / "town", "arnaud", "roux")
    async with hall.running() as bot:
        before = await wait_for_rooms(hall, bot)
        joined = set(await bot.client.joined_rooms())
        async with bot.database.begin() as session:
            for room in await Store(session, "", bot.clock.now()).rooms.all():
                await session.delete(room)
        await bot.rooms.reconcile()
        assert await room_ids(bot) == before
        assert set(await bot.client.joined_rooms()) == joined
