"""The health page: for the town's technician and for whatever watches the service."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from aiohttp import web

from bot.matrix.client import Client
from council.clock import Clock

SILENCE = timedelta(minutes=3)
"""Without an answer of the homeserver for longer, the bot isn't well."""


@asynccontextmanager
async def serve_health(listen: str, client: Client, clock: Clock) -> AsyncIterator[None]:
    """Answer ``/healthz`` while open; nothing when ``listen`` is empty."""
    if not listen:
        yield
        return
    host, port = listen.rsplit(":", 1)

    async def healthz(_request: web.Request) -> web.Response:
        health = client.health
        heard = health.last_sync_at
        well = heard is not None and clock.now() - heard < SILENCE and health.signed
        return web.json_response(
            {"ok": well, "last_sync": heard.isoformat() if heard else None, "signed": health.signed},
            status=200 if well else 503,
        )

    app = web.Application()
    app.router.add_get("/healthz", healthz)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, host, int(port)).start()
    try:
        yield
    finally:
        await runner.cleanup()
