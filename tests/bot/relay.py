"""A real SMTP server on this machine, that refuses, puts off or takes as it is told; and the loop that sends to it.

``python -m tests.bot.relay TOWN CLIENT PORT`` runs that loop in a process of its own, which can be killed.
"""

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from pydantic import SecretStr

from bot.deliver import Deliver
from bot.lanes import Lanes
from bot.mail import Relay
from bot.matrix.client import Account, Client
from bot.town import Town, open_town
from storage.outbox import Head

SENDER = "mairie@sainte-colombe.fr"


@dataclass
class Post:
    """What a relay does and has.

    Attributes:
        answers: said to the next recipients, in order, instead of taking them.
        taken: called when a message was taken, before the relay says so.
    """

    port: int = 0
    answers: list[str] = field(default_factory=list)
    taken: Callable[[], None] = lambda: None
    raw: list[bytes] = field(default_factory=list)

    @property
    def letters(self) -> list[EmailMessage]:
        """The messages it has."""
        parsed = (message_from_bytes(data, policy=policy.default) for data in self.raw)
        return [message for message in parsed if isinstance(message, EmailMessage)]

    async def handle_RCPT(  # noqa: N802 - the name and arguments that aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a recipient, or answer as told."""
        if self.answers:
            return self.answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a message."""
        content = envelope.content
        self.raw.append(content if isinstance(content, bytes) else b"")
        self.taken()
        return "250 OK"


def _only(user: bytes, password: bytes) -> Callable[..., AuthResult]:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
        known = isinstance(data, LoginPassword) and (data.login, data.password) == (user, password)
        return AuthResult(success=known, handled=known)

    return check


@asynccontextmanager
async def post_office(post: Post, *, account: tuple[bytes, bytes] | None = None) -> AsyncIterator[Post]:
    """The relay at work, on a free port or on the one it had."""
    check = _only(*account) if account else None

    def serve() -> SMTP:
        return SMTP(
            post,
            hostname="relais.example",
            auth_require_tls=False,
            authenticator=check,
            auth_required=check is not None,
        )

    server = await asyncio.get_running_loop().create_server(serve, "127.0.0.1", post.port)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()


def relay(port: int, password: str = "") -> Relay:
    """The town's relay, with an account when there is a password."""
    secret = SecretStr(password) if password else None
    return Relay("127.0.0.1", port, "none", "mairie" if password else "", secret, SENDER, "Sainte-Colombe")


def sending(town: Town, directory: Path, port: int) -> Lanes[Head]:
    """The real loop over a town's outbox, where only e-mails are left to send: it never speaks to a homeserver."""

    async def nobody(_: int) -> str:
        raise AssertionError

    account = Account("http://127.0.0.1:9", "@appariteur:sainte-colombe.fr", "secret")
    client = Client(account, directory, key=b"k" * 32)
    return Deliver(town.database, client, town.files, town.clock, town.commune, nobody, relay=relay(port)).lanes()


async def main() -> None:
    """Send until killed."""
    directory, client, port = sys.argv[1:]
    async with open_town(Path(directory), settled=True) as town:
        await sending(town, Path(client), int(port)).run()


if __name__ == "__main__":
    asyncio.run(main())
