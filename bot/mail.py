"""Official e-mails: handed to the town's relay by SMTP (RFC 5321), each under an identifier made from its row in the outbox.

SMTP forgets nothing and recognises nothing: when the relay's answer is lost, the message is sent again, byte for byte the
same, and whoever reads it may see it twice. Its Message-ID (RFC 5322) is what lets a mailbox put the two together.
"""

import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.encoders import encode_base64
from email.header import Header
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr

import aiosmtplib
from pydantic import SecretStr

from bot.render import to_plain
from bot.settings import Settings

PORTS = {"starttls": 587, "ssl": 465, "none": 25}
PATIENCE = 60.0
"""Seconds to wait for any answer of the relay."""

ADDRESS = re.compile(r"[!-;=?A-~]+@[!-;=?A-~]+", re.ASCII)
"""What a relay may be given: nothing that ends a line, or holds another address."""
TOKEN = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]*", re.ASCII | re.IGNORECASE)
"""What a half of a file's type is made of (RFC 6838, 4.2)."""
NO_ACCOUNT = (530, 534, 535, 538)
"""What a relay answers when it wants an account, or another (RFC 4954)."""


class Postponed(Exception):
    """Raised when the relay can't take a message now: unreachable, busy, or it refuses our account."""


class Refused(Exception):
    """Raised when the relay won't ever take a message: its address, or what it holds."""


@dataclass(frozen=True)
class Mail:
    """One e-mail to one person.

    Attributes:
        key: its row in the outbox.
        text: Markdown.
        written_at: aware; a repeat bears the same date.
        calendar: a file for calendars, or nothing.
        enclosed: what else goes with it, or nothing.
    """

    key: str
    name: str
    address: str
    subject: str
    text: str
    written_at: datetime
    calendar: bytes = b""
    enclosed: "Enclosed | None" = None


@dataclass(frozen=True)
class Enclosed:
    """A file that goes with an e-mail, under the name and type that people see."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True)
class Relay:
    """The town's relay."""

    host: str
    port: int
    security: str
    user: str
    password: SecretStr | None
    sender: str
    town: str

    async def send(self, mail: Mail) -> str:
        """Hand a message over; gives its Message-ID once the relay has it.

        Raises:
            Postponed, Refused: in French, for the administrator.
        """
        message = self._message(mail)
        try:
            async with self._client() as client:
                await client.send_message(message)
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _meant(error) from error
        return str(message["Message-ID"])

    async def greet(self) -> None:
        """Open a session as a sending would, account included, and close it.

        Raises:
            Postponed, Refused: in French, for the administrator.
        """
        try:
            async with self._client():
                pass
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _meant(error) from error

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.security == "ssl",
            start_tls=self.security == "starttls",
            username=self.user or None,
            password=self.password.get_secret_value() if self.password else None,
            timeout=PATIENCE,
        )

    def _message(self, mail: Mail) -> Message:
        if not ADDRESS.fullmatch(mail.address):
            raise Refused(f"l'adresse {_line(mail.address)[:80] or 'vide'} n'en est pas une")
        message: Message = MIMEText(f"{to_plain(mail.text)}\n\n-- \n{self._unread()}\n", "plain", "utf-8")
        parts = [_for_calendars(mail.calendar)] if mail.calendar else []
        parts += [_attached(mail.enclosed)] if mail.enclosed else []
        if parts:
            body, message = message, MIMEMultipart(boundary=f"=_{mail.key}")
            for part in (body, *parts):
                message.attach(part)
        message["From"] = formataddr((_line(f"Commune de {self.town}"), self.sender), "utf-8")
        message["To"] = formataddr((_line(mail.name), mail.address), "utf-8")
        message["Subject"] = Header(_line(mail.subject), "utf-8", header_name="Subject").encode()
        message["Date"] = format_datetime(mail.written_at)
        message["Message-ID"] = f"<{mail.key}@{self.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no absence notice answers it
        return message

    def _unread(self) -> str:
        return (
            f"Envoyé par l'appariteur de la commune de {_line(self.town)}. Personne ne lit les réponses à ce courriel."
        )


def relay_of(settings: Settings) -> Relay | None:
    """The relay that the configuration names, if any.

    Raises:
        SettingsError: its password can't be read.
    """
    mail = settings.mail
    if not mail.host:
        return None
    return Relay(
        host=mail.host,
        port=mail.port or PORTS[mail.security],
        security=mail.security,
        user=mail.user,
        password=settings.mail_password,
        sender=mail.sender,
        town=settings.commune.name,
    )


def _meant(error: Exception) -> Postponed | Refused:
    """What a failure means for the message: an answer of the 5xx kind is for good, anything else may pass.

    A refused account is not the message's fault: once it is put right, everything leaves.
    """
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        error = error.recipients[0]
    match error:
        case aiosmtplib.SMTPResponseException() if error.code in NO_ACCOUNT:
            return Postponed(f"le relais de courriel refuse notre compte ({error.code})")
        case aiosmtplib.SMTPResponseException() if 500 <= error.code < 600 and not _before_any(error):
            return Refused(f"le relais de courriel refuse : {error.code} {_line(error.message)[:200]}")
        case aiosmtplib.SMTPResponseException():
            return Postponed(f"le relais de courriel diffère : {error.code} {_line(error.message)[:200]}")
        case aiosmtplib.SMTPNotSupported():
            return Postponed("le relais de courriel n'offre pas le chiffrement ou le compte demandés")
        case ssl.SSLError():
            return Postponed("le certificat du relais de courriel n'est pas accepté")
        case _:
            return Postponed("relais de courriel injoignable")


def _before_any(error: aiosmtplib.SMTPResponseException) -> bool:
    """Whether the relay turned us away before it heard of any message."""
    return isinstance(error, aiosmtplib.SMTPConnectResponseError | aiosmtplib.SMTPHeloError)


def _attached(file: Enclosed) -> Message:
    part = MIMEBase(*_type(file.mime))
    part.set_payload(file.data)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", _line(file.name)))
    return part


def _type(mime: str) -> tuple[str, str]:
    """A file's type, as told by whoever gave it: it may be anything, or one that is never written as base64 (RFC 2046, 5)."""
    kind, _, subtype = mime.partition("/")
    if kind.lower() in ("multipart", "message") or not TOKEN.fullmatch(kind) or not TOKEN.fullmatch(subtype):
        return "application", "octet-stream"
    return kind, subtype


def _for_calendars(data: bytes) -> Message:
    part = MIMEText(data.decode(), "calendar", "utf-8")
    part.set_param("method", "PUBLISH")
    part.add_header("Content-Disposition", "attachment", filename="seance.ics")
    return part


def _line(text: str) -> str:
    return " ".join(text.split())
