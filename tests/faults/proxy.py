"""A homeserver's worst front door: a proxy that refuses, hangs, answers half, or loses the answer, when it is told to."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web
from yarl import URL

from bot.demo.homeserver import free_port

HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length", "host"})
CUTS = ("refuse", "hang", "half", "lost")
WORDS = ("limit", "gateway", "page")
PAGE = "<html><body><h1>{status}</h1>nginx</body></html>"


@dataclass
class Weather:
    """What happens to the requests that go by now.

    Attributes:
        chance: the part of the requests that are hurt.
        wounds: what may happen to them, of CUTS and WORDS.
        only: the part of a path that a request must have to be hurt; "" for all.
    """

    chance: float = 0.0
    wounds: tuple[str, ...] = CUTS
    only: str = ""


@dataclass
class Proxy:
    """Between one bot and its homeserver; ``homeserver`` gives the address of the real one at each request."""

    homeserver: Callable[[], str]
    rng: random.Random
    weather: Weather = field(default_factory=Weather)
    port: int = field(default_factory=free_port)
    hurt: dict[str, int] = field(default_factory=dict)
    _calm: asyncio.Event = field(default_factory=asyncio.Event)
    _site: web.TCPSite | None = None
    _runner: web.ServerRunner | None = None
    _session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        """Where the bot believes the homeserver to be."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def hurts(self) -> int:
        """How many requests were hurt so far."""
        return sum(count for wound, count in self.hurt.items() if wound)

    async def open(self) -> None:
        """Listen on the port, the same each time."""
        self._runner = web.ServerRunner(web.Server(self._pass), shutdown_timeout=0.1)
        await self._runner.setup()
        self._site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await self._site.start()

    async def close(self) -> None:
        """Refuse connections, and cut those that are open."""
        self.calm()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def storm(self, weather: Weather) -> None:
        """From now on, some requests are hurt."""
        self._calm.clear()
        self.weather = weather

    def calm(self) -> None:
        """From now on, all pass; those that hang are cut."""
        self.weather = Weather()
        self._calm.set()

    async def _pass(self, request: web.BaseRequest) -> web.StreamResponse:
        body = await request.read()
        weather = self.weather
        fit = weather.only in request.path and self.rng.random() < weather.chance
        wound = self.rng.choice(weather.wounds) if fit else ""
        self.hurt[wound] = self.hurt.get(wound, 0) + 1
        if wound in ("refuse", "hang"):
            return await self._swallow(request, hang=wound == "hang")
        if wound in WORDS:
            return self._say(wound)
        try:
            status, headers, data = await self._ask(request, body)
        except (aiohttp.ClientError, OSError):
            return await self._swallow(request, hang=False)
        if wound == "lost":
            return await self._swallow(request, hang=False)
        if wound == "half":
            return await self._half(request, status, headers, data)
        return web.Response(status=status, headers=headers, body=data)

    async def _swallow(self, request: web.BaseRequest, *, hang: bool) -> web.Response:
        """No answer: the connection is cut, at once or when the weather clears."""
        if hang:
            with suppress(TimeoutError):
                async with asyncio.timeout(8):
                    await self._calm.wait()
        _cut(request)
        return web.Response(status=500)

    def _say(self, wound: str) -> web.Response:
        if wound == "limit":
            wait = self.rng.randrange(200, 1500)
            told = {"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": wait}
            return web.json_response(told, status=429)
        status = self.rng.choice((502, 503, 504)) if wound == "gateway" else self.rng.choice((403, 404, 408))
        return web.Response(status=status, text=PAGE.format(status=status), content_type="text/html")

    async def _ask(self, request: web.BaseRequest, body: bytes) -> tuple[int, dict[str, str], bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession(auto_decompress=False, connector=aiohttp.TCPConnector(limit=0))
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        address = URL(self.homeserver() + request.raw_path, encoded=True)
        async with self._session.request(request.method, address, data=body, headers=headers) as answer:
            kept = {name: value for name, value in answer.headers.items() if name.lower() not in HOP}
            return answer.status, kept, await answer.read()

    async def _half(
        self, request: web.BaseRequest, status: int, headers: dict[str, str], data: bytes
    ) -> web.StreamResponse:
        response = web.StreamResponse(status=status, headers=headers)
        response.content_length = len(data)
        await response.prepare(request)
        with suppress(ConnectionError):
            await response.write(data[: len(data) // 2])
        _cut(request)
        return response

    async def end(self) -> None:
        """Close all."""
        await self.close()
        if self._session is not None:
            await self._session.close()


def _cut(request: web.BaseRequest) -> None:
    if request.transport is not None:
        request.transport.abort()


@asynccontextmanager
async def proxied(homeserver: Callable[[], str], rng: random.Random) -> AsyncIterator[Proxy]:
    """A proxy that listens, closed at the end."""
    proxy = Proxy(homeserver, rng)
    await proxy.open()
    try:
        yield proxy
    finally:
        await proxy.end()
