"""``[mail]``: the relay that sends the town's e-mails, the mailbox that is read, and whose mails are filed to which body."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

EVERYONE = "*"
"""In the place of a body's code: the council, so that every councillor is told."""
PORTS = {"ssl": 993, "starttls": 143, "none": 143}
HERE = ("localhost", "127.0.0.1", "::1")
_Sender = Annotated[str, Field(pattern=r"^[^@\s<>,;]*@[^@\s<>,;]+$")]
_Body = Annotated[str, Field(pattern=r"^(\*|[A-Z][A-Z0-9]{0,9})$")]


class Part(BaseModel):
    """A table of the file: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class MailboxSettings(Part):
    """A mailbox read by IMAP; none is read while there is no ``imap_host``.

    Attributes:
        senders: an address, or a whole domain ("@grandreims.fr"), to a body's code or ``EVERYONE``.
        authserv_id: how the mailbox's own server signs its Authentication-Results (RFC 8601): only those are believed.
        unauthenticated: whether a mail is filed on the word of its From alone, which anyone can forge.
    """

    imap_host: str = ""
    imap_security: str = Field("ssl", pattern="^(ssl|starttls|none)$")
    imap_port: int | None = Field(None, ge=1, le=65535)
    imap_user: str = ""
    imap_password_file: Path | None = None
    imap_folder: str = Field("INBOX", min_length=1)
    senders: dict[_Sender, _Body] = Field(default_factory=dict)
    authserv_id: str = Field("", pattern=r"^\S*$")
    unauthenticated: bool = False

    @model_validator(mode="after")
    def _readable(self) -> "MailboxSettings":
        if not self.imap_host:
            return self
        if not self.imap_user or not self.imap_password_file:
            raise ValueError("imap_host demande aussi imap_user et imap_password_file")
        if not self.senders:
            raise ValueError("imap_host demande aussi senders : de qui classer les courriels, et où")
        if bool(self.authserv_id) == self.unauthenticated:
            raise ValueError(
                "donnez authserv_id, le nom que votre serveur de courriel écrit dans Authentication-Results "
                "(ou unauthenticated = true, mais alors n'importe qui peut se faire passer pour un expéditeur)"
            )
        if self.imap_security == "none" and self.imap_host not in HERE:
            raise ValueError("sans chiffrement (imap_security), le mot de passe partirait en clair")
        return self


class MailSettings(MailboxSettings):
    """``[mail]``: the relay that takes official e-mails, none leave while there is no host; and the mailbox that is read."""

    host: str = ""
    security: str = Field("starttls", pattern="^(starttls|ssl|none)$")
    port: int | None = Field(None, ge=1, le=65535)
    user: str = ""
    password_file: Path | None = None
    sender: str = Field("", pattern=r"^$|^[^@\s<>,;]+@[^@\s<>,;]+$")

    @model_validator(mode="after")
    def _whole(self) -> "MailSettings":
        if bool(self.host) != bool(self.sender):
            raise ValueError("host et sender vont ensemble")
        if bool(self.user) != bool(self.password_file):
            raise ValueError("user et password_file vont ensemble")
        if self.user and self.security == "none" and self.host not in HERE:
            raise ValueError("sans chiffrement (security), le mot de passe partirait en clair")
        return self
