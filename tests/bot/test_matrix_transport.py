"""Answers that no good homeserver gives, and those that busy ones give: each is told apart."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.demo import homeserver
from bot.matrix.client import Account, Client
from bot.matrix.errors import IdentityLost, Limited, Rejected, SignedOut, Unreachable
from bot.matrix.secretstorage import new_recovery_key, read_back, written
from bot.matrix.transport import Transport, v3
from tests.bot.conftest import KEY

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def answering(handler: Handler) -> AsyncIterator[Transport]:
    """A homeserver that gives always the same answer."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    transport = Transport(f"http://127.0.0.1:{runner.addresses[0][1]}/")
    try:
        yield transport
    finally:
        await transport.close()
        await runner.cleanup()


def always(status: int, body: str, mime: str = "application/json") -> Handler:
    """A handler with one answer."""

    async def handle(request: web.Request) -> web.Response:
        return web.Response(status=status, text=body, content_type=mime)

    return handle


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (502, "<html>Bad gateway</html>", Unreachable),
        (500, '{"errcode":"M_UNKNOWN"}', Unreachable),
        (200, "<html>Connectez-vous au réseau</html>", Unreachable),
        (200, "[]", Unreachable),
        (401, '{"errcode":"M_UNKNOWN_TOKEN","error":"gone"}', SignedOut),
        (403, '{"errcode":"M_FORBIDDEN","error":"no"}', Rejected),
        (404, "<html>nothing here</html>", Unreachable),  # a proxy that does not find the homeserver for a moment
        (403, "{}", Unreachable),
        (413, "<html>too large</html>", Rejected),
    ],
)
async def test_each_answer_means_one_thing(status: int, body: str, error: type[Exception]) -> None:
    """What may pass by itself is told apart from what is final."""
    async with answering(always(status, body)) as transport:
        with pytest.raises(error) as raised:
            await transport.call("GET", v3("joined_rooms"))
        assert type(raised.value) is error


@pytest.mark.parametrize(("body", "delay"), [('{"errcode":"M_LIMIT_EXCEEDED","retry_after_ms":1500}', 1.5), ("", 5.0)])
async def test_a_limit_says_how_long_to_wait(body: str, delay: float) -> None:
    """With a default where the homeserver, or a proxy before it, doesn't say."""
    async with answering(always(429, body)) as transport:
        with pytest.raises(Limited) as raised:
            await transport.call("GET", v3("joined_rooms"))
        assert raised.value.retry_after == delay


async def test_a_silent_homeserver_is_unreachable() -> None:
    """After the patience that was asked for, and without a connection at all."""

    async def never(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        assert request.transport is not None
        request.transport.abort()
        return response

    async with answering(never) as transport:
        with pytest.raises(Unreachable):
            await transport.call("GET", v3("joined_rooms"), patience=5)
    with pytest.raises(Unreachable):
        await Transport("http://127.0.0.1:9").call("GET", v3("joined_rooms"))


async def test_paths_are_quoted_part_by_part() -> None:
    """Whatever a room or a transaction is called, it stays one part of the path."""
    seen: list[str] = []

    async def note(request: web.Request) -> web.Response:
        seen.append(request.raw_path)
        return web.json_response({})

    async with answering(note) as transport:
        await transport.call("PUT", v3("rooms", "!a/b?c", "send", "m.text", "t 1#é", since="a&b=c"))
    assert seen == ["/_matrix/client/v3/rooms/%21a%2Fb%3Fc/send/m.text/t%201%23%C3%A9?since=a%26b%3Dc"]


def test_a_recovery_key_is_read_back_or_refused() -> None:
    """Groups of four, spaces forgiven; a wrong letter, a missing one or one too many are noticed."""
    key = new_recovery_key()
    assert all(len(group) == 4 for group in key.split()[:-1])
    assert written(read_back(key.replace(" ", ""))) == key
    swapped = key[1:] + key[0]
    for wrong in (swapped, key[:-1], key + "z", key.replace(key[-1], "0"), "", "Mairie"):
        with pytest.raises(IdentityLost):
            read_back(wrong)


@pytest.mark.matrix
async def test_a_homeserver_with_its_own_limits_is_told_from_a_broken_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Finding 11: a Synapse as it is installed refuses a town's first rooms after a few; the bot is told to wait."""
    server = homeserver.start(tmp_path_factory.mktemp("limited"), limits=True)
    try:
        user_id = await server.register("bot", "secret")
        account = Account(server.url, user_id, "secret")
        async with Client(account, tmp_path_factory.mktemp("bot"), key=KEY) as bot:
            await bot.start()
            with pytest.raises(Limited):
                await make_rooms(bot, 20)
            assert 0 < len(await bot.joined_rooms()) < 20
    finally:
        homeserver.stop(server)


async def make_rooms(bot: Client, count: int) -> None:
    """As many rooms as a town has commissions, at once."""
    for number in range(count):
        await bot.create_room(name=f"Commission {number}")
