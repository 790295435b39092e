"""The town's mailbox by IMAP (RFC 9051), one step after the other: imap-tools waits, so each step is made in a thread.

Nothing is ever erased there: mails are read without being marked, and marked as read once they are filed.
"""

import contextlib
import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from io import BufferedReader
from typing import cast

from imap_tools import MailBox, MailboxLoginError, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import ImapToolsError
from imap_tools.mailbox import BaseMailBox
from pydantic import SecretStr

from bot.mail_settings import PORTS
from bot.settings import Settings

PATIENCE = 30.0
"""Seconds to wait for any answer of the server."""
HEADERS = 131_072
"""Octets of a mail's headers that are looked at."""
SLICE = 0.5
"""Seconds between two looks at whether it must stop, while the server has nothing to say."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)", re.IGNORECASE)


class Unreadable(Exception):
    """Raised when the mailbox can't be read now; the message says why, in French, without any secret."""


@dataclass(frozen=True)
class Announced:
    """A mail that is there: its size in octets, and its headers as they came."""

    size: int
    headers: bytes


@dataclass
class Box:
    """One session with the mailbox. Every method waits for the server; ``abort`` may be called from elsewhere."""

    host: str
    port: int
    security: str
    user: str
    password: SecretStr
    folder: str
    validity: int = 0
    _session: BaseMailBox | None = None
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def name(self) -> str:
        """What tells it from another: server, account and folder."""
        return f"{self.user}@{self.host}/{self.folder}"

    def open(self) -> None:
        """Connect, sign in and choose the folder.

        Raises:
            Unreadable: it can't be done.
        """
        secret = self.password.get_secret_value()
        self._ended.clear()
        with _told():
            self._session = self._connected()
            login = self._session.login if f"{self.user}{secret}".isascii() else self._session.login_utf8
            login(self.user, secret, None)
            self._session.folder.set(self.folder)
            _, told = self._session.client.response("UIDVALIDITY")
            self.validity = int(told[0] or 0)

    def _connected(self) -> BaseMailBox:
        if self.security == "none":
            return MailBoxUnencrypted(self.host, self.port, timeout=PATIENCE)
        context = ssl.create_default_context()
        kind = MailBox if self.security == "ssl" else MailBoxStartTls
        return kind(self.host, self.port, timeout=PATIENCE, ssl_context=context)

    def after(self, uid: int, since: date | None) -> list[int]:
        """The UIDs beyond one, in order; those received since a day only, when there is one."""
        when = f" SINCE {since.day:02}-{MONTHS[since.month - 1]}-{since.year}" if since else ""
        with _told():
            found = self._open.uids(f"UID {uid + 1}:*{when}", charset=None)
        return sorted(each for each in map(int, found) if each > uid)  # "9:*" also gives the last one when it is below

    def announced(self, uid: int) -> Announced | None:
        """A mail's size and headers; None when it is there no more."""
        answer = self._fetched(uid, f"(RFC822.SIZE BODY.PEEK[HEADER]<0.{HEADERS}>)")
        if answer is None:
            return None
        lines, data = answer
        size = _SIZE.search(lines)
        return Announced(int(size[1]) if size else len(data), data)

    def whole(self, uid: int) -> bytes | None:
        """A mail, to the letter; None when it is there no more."""
        answer = self._fetched(uid, "(BODY.PEEK[])")
        return answer[1] if answer else None

    def _fetched(self, uid: int, parts: str) -> tuple[bytes, bytes] | None:
        with _told():
            kind, answer = self._open.client.uid("FETCH", str(uid), parts)
        pieces = [each for each in answer if isinstance(each, tuple)]
        if kind != "OK":
            raise Unreadable("le serveur de courriel refuse de donner un message")
        lines = b" ".join(each[0] if isinstance(each, tuple) else each or b"" for each in answer)
        return (lines, pieces[0][1]) if pieces else None

    def mark(self, uid: int) -> None:
        """Show a mail as read to those who look at the mailbox; that a server refuses it is no matter.

        imap-tools' own way also expunges what others have put aside for deletion.
        """
        with _told():
            self._open.client.uid("STORE", str(uid), "+FLAGS", "(\\Seen)")

    def wait(self, seconds: float) -> None:
        """Wait until the server says that something came (IDLE, RFC 2177), for so long, or until the end.

        A server without IDLE is simply left alone for a while.
        """
        session = self._open
        with _told():
            if "IDLE" not in session.client.capabilities:
                self._ended.wait(min(seconds, 60.0))
                session.client.noop()
                return
            with session.idle as idle:
                if _has_spoken(session.client):
                    return
                for _ in range(int(seconds / SLICE)):
                    if self._ended.is_set() or idle.poll(timeout=SLICE):
                        return

    def close(self) -> None:
        """End the session, politely when that can be."""
        session, self._session = self._session, None
        if session is not None:
            with contextlib.suppress(OSError, ImapToolsError, imaplib.IMAP4.error):
                session.logout()

    def abort(self) -> None:
        """Make whatever waits for the server end at once."""
        self._ended.set()
        if self._session is not None:
            with contextlib.suppress(OSError):
                self._session.client.sock.shutdown(socket.SHUT_RDWR)

    @property
    def _open(self) -> BaseMailBox:
        if self._session is None:
            raise Unreadable("la connexion à la boîte est fermée")
        return self._session


def _has_spoken(client: imaplib.IMAP4) -> bool:
    """Whether the server spoke in the same breath as it let us wait: its words are in a buffer, where no poll sees them."""
    client.sock.settimeout(0)
    try:
        return bool(cast(BufferedReader, client.file).peek(1))
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    finally:
        client.sock.settimeout(PATIENCE)


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong with a server, in French."""
    try:
        yield
    except MailboxLoginError as error:
        raise Unreadable("le serveur de courriel refuse le compte ou son mot de passe") from error
    except ssl.SSLError as error:
        raise Unreadable("le certificat du serveur de courriel n'est pas accepté") from error
    except OSError as error:
        raise Unreadable("serveur de courriel injoignable") from error
    except (ImapToolsError, imaplib.IMAP4.error, ValueError) as error:
        raise Unreadable(f"le serveur de courriel répond mal ({type(error).__name__})") from error


def box_of(settings: Settings) -> Box | None:
    """The mailbox that the configuration names, if any.

    Raises:
        SettingsError: its password can't be read.
    """
    mail = settings.mail
    if not mail.imap_host:
        return None
    return Box(
        host=mail.imap_host,
        port=mail.imap_port or PORTS[mail.imap_security],
        security=mail.imap_security,
        user=mail.imap_user,
        password=settings.mailbox_password,
        folder=mail.imap_folder,
    )
