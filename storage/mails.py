"""The town's mailbox: how far it was read, which mails were filed, how many were left aside and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from sqlalchemy import ForeignKey, Index, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from council.roles import Channel, Function
from storage.base import Base, by_value
from storage.settings import Settings
from storage.tables import File, Outgoing, Paper, Person

READ_TO = "mailbox"
TOLD = "mailbox told"
DAY = timedelta(days=1)
REMEMBERED = timedelta(days=30)
"""How long a mail that was left aside is remembered."""


class Outcome(Enum):
    """FILED; or left in the mailbox: not from the list, not proved, too big, too many in a day, not readable."""

    FILED = "classé"
    STRANGER = "expéditeur inconnu"
    UNPROVEN = "non authentifié"
    TOO_BIG = "trop gros"
    TOO_MANY = "trop nombreux"
    BROKEN = "illisible"


class Mail(Base):
    """A mail that was looked at; ``message_id`` and ``sender`` together say that it came already.

    ``rule`` is the entry of ``senders`` under which it came, empty for a stranger.
    """

    __tablename__ = "mails"
    __table_args__ = (Index(None, "message_id"), Index(None, "outcome", "seen_at"))
    id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str]
    sender: Mapped[str]
    rule: Mapped[str]
    outcome: Mapped[Outcome] = mapped_column(by_value(Outcome))
    seen_at: Mapped[datetime]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("papers.id"))


@dataclass(frozen=True)
class Place:
    """Where a mail is: its mailbox and folder, the folder's UIDVALIDITY, its UID (RFC 9051, 2.3.1.1)."""

    box: str
    validity: int
    uid: int


class Mails:
    """What came by mail; a mail and how far the mailbox was read are kept in one transaction, so that each is filed once."""

    def __init__(self, session: AsyncSession, now: datetime) -> None:
        self._session = session
        self._now = now
        self._settings = Settings(session)

    async def read_to(self, box: str, validity: int) -> int:
        """The last UID that was looked at; 0 in a mailbox that is new, or was renumbered."""
        known = (await self._settings.get(READ_TO) or "").split("\n")
        return int(known[2]) if known[:2] == [box, str(validity)] else 0

    async def looked_at(self, place: Place, mail: Mail) -> None:
        """Keep a mail and that the mailbox was read up to it."""
        self._session.add(mail)
        await self.pass_by(place)

    async def pass_by(self, place: Place) -> None:
        """The mailbox was read up to here; what is here was kept already."""
        await self._settings.put(READ_TO, f"{place.box}\n{place.validity}\n{place.uid}")
        await self._session.flush()

    async def is_filed(self, message_id: str, sender: str) -> bool:
        """Whether this very mail of this sender was filed: it came twice, or the mailbox was renumbered."""
        query = select(Mail.id).where(Mail.message_id == message_id, Mail.sender == sender)
        return await self._session.scalar(query.where(Mail.outcome == Outcome.FILED).limit(1)) is not None

    async def filed_lately(self, rule: str) -> int:
        """How many mails were filed under an entry of the list within a day."""
        query = select(func.count()).select_from(Mail).where(Mail.rule == rule, Mail.outcome == Outcome.FILED)
        return await self._session.scalar(query.where(Mail.seen_at > self._now - DAY)) or 0

    async def counts(self, since: datetime) -> dict[Outcome, int]:
        """How many mails were looked at since a moment, by what became of them."""
        query = select(Mail.outcome, func.count()).where(Mail.seen_at >= since).group_by(Mail.outcome)
        return dict((await self._session.execute(query)).all())

    async def left_aside(self) -> Sequence[Mail]:
        """The mails that were left in the mailbox and of which nobody was told, at most once a day; then they are told."""
        told = await self._settings.get(TOLD)
        last = datetime.fromisoformat(told) if told else None
        if last is not None and self._now - last < DAY:
            return []
        query = select(Mail).where(Mail.outcome != Outcome.FILED)
        if last is not None:
            query = query.where(Mail.seen_at > last)
        found = (await self._session.scalars(query.order_by(Mail.id))).all()
        if found:
            await self._settings.put(TOLD, self._now.isoformat())
            old = delete(Mail).where(Mail.outcome != Outcome.FILED, Mail.seen_at < self._now - REMEMBERED)
            await self._session.execute(old)
        return found

    async def author(self, name: str, address: str) -> Person:
        """Who sends, as a person without any seat: the filer of what came from that address, under the name of today."""
        key = f"mailto:{address}"
        person = await self._session.scalar(select(Person).where(Person.key == key))
        if person is None:
            person = Person(
                key=key,
                matrix_id=None,
                email=address,
                phone="",
                function=Function.GUEST,
                channel=Channel.MAIL,
                welcomed_at=None,
                first_name="",
            )
            self._session.add(person)
        person.last_name = name
        await self._session.flush()
        return person

    async def brought(self, mark: str) -> Sequence[tuple[str, int | None]]:
        """What a mail brought, the mail itself first: references, and pages where they are known."""
        query = select(Paper.reference, File.page_count).join(Paper.files).where(File.event_id == mark)
        return [(reference, pages) for reference, pages in await self._session.execute(query.order_by(Paper.id))]

    async def delivered(self, row: Outgoing, event_id: str) -> None:
        """The room was told: that message is where the papers came, for links and for who answers to it."""
        if brought := row.content.get("brought"):
            await self._session.execute(update(File).where(File.event_id == brought).values(event_id=event_id))
