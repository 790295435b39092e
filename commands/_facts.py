"""What the running bot knows of itself and its surroundings, for ``état``: the bot looks, the command says it."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class MailboxFacts:
    """How the town's mailbox was.

    Attributes:
        heard_at: when its server last answered; None while it never did.
        trouble: why it can't be read now, in French; empty when it can.
    """

    heard_at: datetime | None
    trouble: str


@dataclass(frozen=True)
class Facts:
    """How the bot was at one moment.

    Attributes:
        last_sync_at: when the homeserver was last heard; None while it never was.
        signed: whether the bot's device is signed by the account's identity.
        one_time_keys: how many keys are left on the homeserver for those who begin to write; None when unknown.
        unread: messages that could not be read since the start.
        drift: seconds between our clock and the homeserver's; None when it doesn't say.
        disk_free: octets free where the data is.
        database_size: octets.
        mailbox: the town's mailbox, where there is one.
        reads_scans: whether the system can recognise the letters of scanned pages.
    """

    seen_at: datetime
    last_sync_at: datetime | None
    signed: bool
    one_time_keys: int | None
    unread: int
    drift: float | None
    disk_free: int
    database_size: int
    reads_scans: bool = True
    mailbox: MailboxFacts | None = None


def unknown() -> Facts | None:
    """Where no bot looks: in the terminal, in tests."""
    return None
