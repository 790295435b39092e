"""A kill at any moment: what the homeserver handed over once, and never will again, is kept or still to come."""

import shutil
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.matrix.client import Client
from bot.matrix.errors import Unreachable
from bot.matrix.events import Event
from bot.matrix.machine import Machine
from bot.matrix.transport import Transport, v3
from bot.matrix.vault import Vault
from tests.bot.conftest import KEY, Matrix

pytestmark = pytest.mark.matrix


def said(events: tuple[Event, ...]) -> list[str]:
    """The words heard, oldest first."""
    return [event.content["body"] for event in events if event.type == "m.room.message"]


def machine_of(directory: Path) -> Machine:
    """The keys as they are on the disk."""
    vault = Vault(directory, KEY)
    device = vault.device()
    assert device is not None
    return vault.machine(device)


class Killed(BaseException):
    """The process ends here."""


def kill_at(machine: Machine, number: int) -> None:
    """Make a machine die at its n-th statement from now on, before it is carried out."""
    execute, numbers = machine.store.database.execute_sql, count()

    def dying(*arguments: Any, **named: Any) -> Any:
        if next(numbers) == number:
            raise Killed
        return execute(*arguments, **named)

    machine.store.database.execute_sql = dying


async def spoken_to(matrix: Matrix, bot: Client) -> tuple[str, str]:
    """A room in which somebody spoke, and the bot's token from just before."""
    person = await matrix.person()
    room = await bot.create_room(name="Conseil", invite=[person.user_id])
    await person.accepts(room)
    token = (await bot.sync(None)).token
    await person.says(room, "ne m'oubliez pas")
    return room, token


async def test_a_key_is_kept_wherever_the_bot_is_killed_while_it_takes_it(matrix: Matrix) -> None:
    """The session, the used one-time key and the room key are kept together: the homeserver says it all again, or it is there."""
    account = await matrix.account()
    bot = await matrix.client(account, "bot")
    room, token = await spoken_to(matrix, bot)
    answer = await bot._transport.call("GET", v3("sync", since=token, timeout="0"))
    [raw] = answer["to_device"]["events"]
    await bot.__aexit__(None, None, None)
    for number in count():
        copy = matrix.directory / f"killed-{number}"
        shutil.copytree(matrix.directory / "bot", copy)
        machine, killed = machine_of(copy), False
        kill_at(machine, number)
        try:
            machine.receive(raw)
        except Killed:
            killed = True
        machine.store.close()
        again = machine_of(copy)
        again.receive(raw)
        assert list(again.inbound_group_store[room].values()), f"killed at statement {number}"
        again.store.close()
        if not killed:
            assert number > 5
            return


async def test_a_kill_between_receive_and_commit_loses_nothing(matrix: Matrix) -> None:
    """Asked twice from the same token, by the same process or the next one: the same events, decrypted again."""
    account = await matrix.account()
    bot = await matrix.client(account, "bot")
    _, token = await spoken_to(matrix, bot)
    first = await bot.sync(token, 0)
    second = await bot.sync(token, 0)
    await bot.__aexit__(None, None, None)  # killed before it committed
    third = await (await matrix.client(account, "bot")).sync(token, 0)
    assert said(first.events) == ["ne m'oubliez pas"]
    for again in (second, third):  # but for their age, which the homeserver counts
        alike = [replace(event, source={}, age=first.events[0].age) for event in again.events]
        assert alike == [replace(first.events[0], source={})]


class Losing:
    """A connection that breaks each time just after the homeserver took the request."""

    def __init__(self, transport: Transport) -> None:
        self.bodies: list[dict[str, Any]] = []
        self._transport = transport

    async def call(self, method: str, path: str, body: dict[str, Any]) -> None:
        """Makes the call, and loses the answer."""
        self.bodies.append(body)
        await self._transport.call(method, path, body)
        raise Unreachable("cut")


async def test_keys_uploaded_just_before_a_kill_are_still_ours(matrix: Matrix) -> None:
    """They are saved before they are sent: what others encrypt with them can be read."""
    account = await matrix.account()
    bot = await matrix.client(account, "bot")
    losing = Losing(bot._transport)
    keyring: Any = bot._keyring
    keyring._transport, keyring.one_time_keys = losing, 45
    with pytest.raises(Unreachable):
        await bot._keyring.publish()
    await bot.__aexit__(None, None, None)
    kept = machine_of(matrix.directory / "bot")
    sent = {key["key"] for key in losing.bodies[0]["one_time_keys"].values()}
    assert len(sent) == 5
    assert sent <= set(kept.account.one_time_keys["curve25519"].values())
    kept.store.close()
    again = await matrix.client(account, "bot")
    again._keyring.one_time_keys = 45
    await again._keyring.publish()
    assert (again.health.one_time_keys or 0) >= 50
