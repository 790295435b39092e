"""Requests to the homeserver (client-server API, https://spec.matrix.org/v1.16/client-server-api/), errors sorted.

One try per call: who calls knows whether and when to try again.
"""

import json
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.matrix.errors import Limited, Rejected, SignedOut, Unreachable

_SIGNED_OUT = frozenset({"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"})
_PATIENCE = 5.0  # seconds to wait when a homeserver says "slow down" without saying how long

Json = dict[str, Any]


def v3(*parts: str, **query: str) -> str:
    """The path of a stable client-server call, each part quoted: ``v3("rooms", room_id, "state")``."""
    return _path("/_matrix/client/v3", parts, query)


def v1(*parts: str, **query: str) -> str:
    """The same for the calls that live under v1 (authenticated media)."""
    return _path("/_matrix/client/v1", parts, query)


def _path(base: str, parts: tuple[str, ...], query: dict[str, str]) -> str:
    asked = "&".join(f"{name.rstrip('_')}={quote(value, safe='')}" for name, value in query.items())
    path = "/".join([base, *(quote(part, safe="") for part in parts)])
    return f"{path}?{asked}" if asked else path


class Transport:
    """One homeserver, one access token, one pool of connections."""

    def __init__(self, homeserver: str) -> None:
        self.homeserver = homeserver.rstrip("/")
        self.token: str | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def session(self) -> aiohttp.ClientSession:
        """The pool of connections, opened at first use."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def close(self) -> None:
        """Closes the connections; the next request would open new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def headers(self, mime: str = "application/json") -> dict[str, str]:
        """Who asks (the access token, when there is one) and what kind of body is sent."""
        head = {"Content-Type": mime}
        if self.token is not None:
            head["Authorization"] = f"Bearer {self.token}"
        return head

    async def request(
        self, method: str, path: str, body: Json | bytes | None = None, *, patience: float = 60.0, mime: str = ""
    ) -> tuple[int, Json]:
        """The status and the JSON object of one answer, whatever the status; raises Unreachable when there is none."""
        status, answer = await self._ask(method, path, body, patience, mime)
        if isinstance(answer, dict):
            return status, answer
        if status < 400:  # a proxy's page, or a captive portal: not the homeserver's word
            raise Unreachable("the answer is not from a homeserver")
        return status, {}

    async def call(
        self, method: str, path: str, body: Json | bytes | None = None, *, patience: float = 60.0, mime: str = ""
    ) -> Json:
        """The JSON of a successful answer; any other one raises Limited, Unreachable, SignedOut or Rejected."""
        status, answer = await self.request(method, path, body, patience=patience, mime=mime)
        refuse(status, answer)
        return answer

    async def listing(self, path: str) -> list[Json]:
        """The same for the few calls whose answer is a list (a room's whole state)."""
        status, answer = await self._ask("GET", path, None, 60.0, "")
        refuse(status, answer if isinstance(answer, dict) else {})
        return [each for each in answer if isinstance(each, dict)] if isinstance(answer, list) else []

    async def _ask(
        self, method: str, path: str, body: Json | bytes | None, patience: float, mime: str
    ) -> tuple[int, object]:
        data = body if isinstance(body, bytes) or body is None else json.dumps(body, ensure_ascii=False).encode()
        try:
            async with self.session.request(
                method,
                URL(self.homeserver + path, encoded=True),
                data=data,
                headers=self.headers(mime or "application/json"),
                timeout=aiohttp.ClientTimeout(total=patience),
            ) as response:
                return response.status, _json(await response.read())
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(f"no answer: {type(error).__name__}") from error


def refuse(status: int, answer: Json) -> None:
    """Raises what a status and its JSON mean; does nothing for a success.

    A refusal without an ``errcode`` is not a homeserver's word (specification, 2.2) but that of a proxy in front of it,
    which may not find the homeserver for a moment: what it refuses is sent again. Only "too large" is final.
    """
    if status < 400:
        return
    code = str(answer.get("errcode", "M_UNKNOWN"))
    if status == 429 or code == "M_LIMIT_EXCEEDED":
        delay = answer.get("retry_after_ms")
        raise Limited(delay / 1000 if isinstance(delay, int | float) else _PATIENCE)
    if status >= 500 or ("errcode" not in answer and "flows" not in answer and status != 413):
        raise Unreachable(f"the homeserver answers {status}")
    error = SignedOut if code in _SIGNED_OUT else Rejected
    raise error(status, code, str(answer.get("error", "")))


def _json(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None
