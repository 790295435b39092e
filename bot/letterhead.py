"""What the headers of a mail say, and how far they are believed: who sends, and whether the mailbox's own server vouches for it.

A From is written by whoever sends, and easily forged. The server that received the mail checked it (SPF, DKIM, DMARC) and wrote
what it found in Authentication-Results (RFC 8601), on top of whatever the sender had written there.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.headerregistry import AddressHeader
from email.message import Message

from bot.mail_settings import MailSettings
from council.french import tidy

_ADDRESS = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)*", re.ASCII)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_DMARC = re.compile(r"dmarc\s*(?:/\s*\d+\s*)?=\s*pass(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_FROM = re.compile(r"(?:^|\s)header\.from\s*=\s*(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Letterhead:
    """What a mail says of itself.

    Attributes:
        name: who sends, in words; the address when it gives no name.
        address: in lower case; empty when the mail doesn't say who sends, or names several.
        message_id: its Message-ID, or a fingerprint of its headers when it has none.
        results: what servers say that they checked, the latest first.
    """

    name: str
    address: str
    subject: str
    message_id: str
    results: tuple[str, ...]

    @property
    def domain(self) -> str:
        """What follows the address's @."""
        return self.address.rpartition("@")[2]


def read_letterhead(headers: bytes) -> Letterhead:
    """Read the headers of a mail, whatever they hold."""
    message = message_from_bytes(headers, policy=policy.compat32)
    name, address = _author(message)
    given = " ".join(str(message.get("Message-ID", "")).split())[:300]
    return Letterhead(
        name=_one_line(name, 80) or address,
        address=address,
        subject=_one_line(_subject(message), 200),
        message_id=given or f"sha256:{hashlib.sha256(headers).hexdigest()}",
        results=tuple(str(each) for each in message.get_all("Authentication-Results", [])),
    )


def _author(message: Message) -> tuple[str, str]:
    """The name and the address of the one who sends; nothing when there are several, or none."""
    parsed = _parsed(message, "From") if len(message.get_all("From", [])) == 1 else None
    if not isinstance(parsed, AddressHeader) or len(parsed.addresses) != 1:
        return "", ""
    author = parsed.addresses[0]
    address = str(author.addr_spec).lower()
    return (str(author.display_name), address) if _ADDRESS.fullmatch(address) else ("", "")


def _subject(message: Message) -> str:
    return str(_parsed(message, "Subject"))


def _parsed(message: Message, header: str) -> object:
    """A header with its words decoded (RFC 2047); as it came when hostile words can't be."""
    raw = " ".join(str(message.get(header, "")).splitlines())
    try:
        return policy.default.header_factory(header, raw)
    except Exception:  # the library fails in many ways on what it doesn't expect; none is ours
        return raw


def _one_line(text: str, limit: int) -> str:
    return " ".join(tidy(text).split())[:limit]


def rule_of(letter: Letterhead, senders: Mapping[str, str]) -> str:
    """The entry of ``senders`` under which a mail comes: its address, else its domain; empty when there is none."""
    known = {each.lower(): each for each in senders}
    return known.get(letter.address) or known.get(f"@{letter.domain}") or "" if letter.address else ""


def is_proven(letter: Letterhead, mail: MailSettings) -> bool:
    """Whether the mailbox's own server vouches for the sender, or the configuration asks for no proof."""
    if mail.unauthenticated:
        return True
    own = (found for each in letter.results if (found := _own(each, mail.authserv_id)) is not None)
    latest = next(own, None)  # a server writes on top: what a sender wrote under the same name is below
    if latest is None:
        return False
    verdicts = [passed[1] or "" for part in latest if (passed := _DMARC.fullmatch(part.strip()))]
    dmarc = [part for part in latest if part.strip().lower().startswith("dmarc")]
    domains = [domain[1].lower() for said in verdicts if (domain := _FROM.search(said))]
    return len(verdicts) == len(dmarc) == 1 and domains == [letter.domain]


def _own(results: str, authserv_id: str) -> list[str] | None:
    """The verdicts of a header if this server wrote it, without what senders can put in them (comments, quoted words)."""
    bare = _QUOTED.sub("_", results)
    while _COMMENT.search(bare):
        bare = _COMMENT.sub(" ", bare)
    if any(sign in bare for sign in '"()'):
        return None
    name, *verdicts = bare.split(";")
    who = name.split()
    return verdicts if who and who[0].lower() == authserv_id.lower() else None
