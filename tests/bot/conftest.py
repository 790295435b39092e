"""What the tests on a real homeserver share: the server, and people on it who have never met before."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from uuid import uuid4

import pytest

from bot.demo.homeserver import Running
from bot.demo.person import Person
from bot.matrix.client import Account, Client
from bot.matrix.transport import Transport, v3
from tests.homeserver import common_directory, shared_homeserver

KEY = b"k" * 32


class Admin:
    """The homeserver's administrator, by Synapse's admin API."""

    def __init__(self, client: Client) -> None:
        self.client = client

    async def call(self, method: str, path: str, body: dict[str, object] | None = None) -> None:
        """One call under /_synapse/admin, which must succeed."""
        status, answer = await self.client.request(method, f"/_synapse/admin{path}", body)
        assert status < 300, answer

    async def limit(self, user_id: str, *, per_second: int, burst: int) -> None:
        """Gives one account a rate limit of its own."""
        limits: dict[str, object] = {"messages_per_second": per_second, "burst_count": burst}
        await self.call("POST", f"/v1/users/{user_id}/override_ratelimit", limits)


class Matrix:
    """Makes accounts, clients and people on the run's homeserver, and closes them after the test."""

    def __init__(self, server: Running, directory: Path, stack: AsyncExitStack) -> None:
        self.server = server
        self.directory = directory
        self._stack = stack

    def at_the_end(self, close: Callable[[], Awaitable[None]]) -> None:
        """Something to close after the test, also when it fails."""
        self._stack.push_async_callback(close)

    async def account(self, name: str = "bot") -> Account:
        """A fresh account; its Matrix id starts with ``name``."""
        user_id = await self.server.register(f"{name}-{uuid4().hex[:8]}", "secret")
        return Account(self.server.url, user_id, "secret")

    async def token_account(self) -> Account:
        """A fresh account that is signed in already: an access token and its device, no password."""
        account = await self.account()
        transport = Transport(self.server.url)
        who = {"type": "m.id.user", "user": account.user_id}
        body = {"type": "m.login.password", "identifier": who, "password": account.password}
        answer = await transport.call("POST", v3("login"), body)
        await transport.close()
        token, device = answer["access_token"], answer["device_id"]
        return Account(self.server.url, account.user_id, access_token=token, device_id=device)

    async def client(self, account: Account | None = None, where: str = "") -> Client:
        """A started client, on a fresh account unless one is given; ``where`` names its directory."""
        known = account or await self.account()
        directory = self.directory / (where or uuid4().hex)
        client = await self._stack.enter_async_context(Client(known, directory, key=KEY))
        await client.start()
        return client

    async def admin(self) -> Admin:
        """Somebody who may do everything on the homeserver."""
        user_id = await self.server.register(f"admin-{uuid4().hex[:8]}", "secret", admin=True)
        return Admin(await self.client(Account(self.server.url, user_id, "secret")))

    async def person(self, name: str = "arnaud") -> Person:
        """A person with a device, who listens from now on."""
        account = await self.account(name)
        person = Person(account.homeserver, account.user_id, "secret", self.directory / uuid4().hex)
        return await self._stack.enter_async_context(person)


@pytest.fixture(scope="session")
def homeserver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The run's Synapse, without rate limits."""
    with shared_homeserver(common_directory(tmp_path_factory.getbasetemp())) as running:
        yield running


@pytest.fixture
async def matrix(homeserver: Running, tmp_path: Path) -> AsyncIterator[Matrix]:
    """Accounts and people for one test."""
    async with AsyncExitStack() as stack:
        yield Matrix(homeserver, tmp_path, stack)
