"""The town's tables, named after OParl where it has a word. One town is one database: no table has a town column."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from council.agenda import ItemKind
from council.meetings import MeetingState, Mode
from council.roles import BodyKind, Channel, Function
from storage.base import Base
from storage.states import (
    FileState,
    InboxState,
    JournalKind,
    NoticeKind,
    NoticeState,
    OutboxKind,
    OutboxState,
    PaperState,
    RoomKind,
)

_ON_AGENDA = "and_(AgendaItem.meeting_id == Meeting.id, AgendaItem.position > 0)"


class Setting(Base):
    """A fact the bot keeps about itself: the sync token, the space's room, the roll's fingerprint."""

    __tablename__ = "settings"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class Body(Base):
    """An organ of the commune: its council, a commission, a group."""

    __tablename__ = "bodies"
    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    kind: Mapped[BodyKind]
    position: Mapped[int]
    active: Mapped[bool] = mapped_column(default=True)


class Person(Base):
    """Someone of the members file; ``key`` is their Matrix id, or their folded name when they have none; ``large`` is their print."""

    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    last_name: Mapped[str]
    first_name: Mapped[str]
    matrix_id: Mapped[str | None] = mapped_column(unique=True)
    email: Mapped[str]
    phone: Mapped[str]
    function: Mapped[Function]
    channel: Mapped[Channel]
    large: Mapped[bool] = mapped_column(default=False)
    since: Mapped[date | None]
    until: Mapped[date | None]
    welcomed_at: Mapped[datetime | None]

    @property
    def name(self) -> str:
        """First and last name, as people say them."""
        return f"{self.first_name} {self.last_name}".strip()


class Membership(Base):
    """A person's seat in a body; past ``until`` (inclusive) it gives no right any more."""

    __tablename__ = "memberships"
    __table_args__ = (Index(None, "person_id", "body_id"), Index(None, "body_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    chair: Mapped[bool]
    since: Mapped[date]
    until: Mapped[date | None]


class Room(Base):
    """A Matrix room the bot knows; it never acts in another."""

    __tablename__ = "rooms"
    room_id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[RoomKind]
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime]
    closed: Mapped[bool] = mapped_column(default=False)
    body: Mapped[Body | None] = relationship(lazy="raise")


class Incoming(Base):
    """An event received and not yet forgotten: the inbox. ``content`` is blanked once it is done."""

    __tablename__ = "inbox"
    __table_args__ = (Index("ix_inbox_state", "state", "due_at"), Index(None, "session_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[str] = mapped_column(unique=True)
    room_id: Mapped[str]
    sender: Mapped[str]
    type: Mapped[str]
    content: Mapped[dict[str, Any]]
    encrypted: Mapped[bool]
    authentic: Mapped[bool]
    session_id: Mapped[str | None]
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime]
    due_at: Mapped[datetime]
    state: Mapped[InboxState] = mapped_column(default=InboxState.NEW)
    tries: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")


class Outgoing(Base):
    """Something owed to somebody: the outbox. ``key`` is its Matrix transaction id, made from its cause."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state", "state", "due_at"), Index(None, "event_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[OutboxKind]
    room_id: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    state: Mapped[OutboxState] = mapped_column(default=OutboxState.WAITING)
    event_id: Mapped[str | None]
    reason: Mapped[str] = mapped_column(default="")


class Offer(Base):
    """Choices offered to one person in one room: each is a line the bot types for them.

    Without a room, they go with an official message to the person, wherever it reaches them.
    """

    __tablename__ = "offers"
    __table_args__ = (Index(None, "room_id", "person_id"), Index(None, "outbox_key"))
    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[str | None]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    outbox_key: Mapped[str]
    choices: Mapped[list[Any]]
    expires_at: Mapped[datetime]


class Meeting(Base):
    """A session of a body (séance); ``changes`` counts how often it moved or was called off, for people's calendars."""

    __tablename__ = "meetings"
    __table_args__ = (Index(None, "body_id", "starts_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    starts_at: Mapped[datetime]
    place: Mapped[str]
    mode: Mapped[Mode]
    link: Mapped[str]
    state: Mapped[MeetingState] = mapped_column(default=MeetingState.PLANNED)
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    changes: Mapped[int] = mapped_column(default=0)
    body: Mapped[Body] = relationship(lazy="raise")
    items: Mapped[list["AgendaItem"]] = relationship(
        primaryjoin=_ON_AGENDA, lazy="raise", order_by="AgendaItem.position", viewonly=True
    )


class AgendaItem(Base):
    """A numbered point of an agenda; one that left keeps its row, below zero: convocations name points by their rows."""

    __tablename__ = "agenda_items"
    __table_args__ = (UniqueConstraint("meeting_id", "position"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int]
    title: Mapped[str]
    kind: Mapped[ItemKind | None]
    rapporteur_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    rapporteur: Mapped[Person | None] = relationship(lazy="raise")


class Paper(Base):
    """A document of a body, by its reference; its current version is the highest of its files."""

    __tablename__ = "papers"
    __table_args__ = (UniqueConstraint("body_id", "year", "number"), Index(None, "meeting_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"))
    year: Mapped[int]
    number: Mapped[int]
    title: Mapped[str]
    state: Mapped[PaperState] = mapped_column(default=PaperState.FILED)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("agenda_items.id"))
    filed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime]
    body: Mapped[Body] = relationship(lazy="raise")
    item: Mapped[AgendaItem | None] = relationship(lazy="raise")
    files: Mapped[list["File"]] = relationship(lazy="raise", order_by="File.version", back_populates="paper")


class File(Base):
    """One version of a paper: bytes kept by content under ``blob``; ``filed_on`` is the day where ``filed_at`` was told."""

    __tablename__ = "files"
    __table_args__ = (UniqueConstraint("paper_id", "version"), Index(None, "blob"), Index(None, "state"))
    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("papers.id"))
    version: Mapped[int]
    current: Mapped[bool] = mapped_column(default=True)
    blob: Mapped[str]
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    state: Mapped[FileState] = mapped_column(default=FileState.PENDING)
    page_count: Mapped[int | None]
    problem: Mapped[str] = mapped_column(default="")
    room_id: Mapped[str]
    event_id: Mapped[str]
    filed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    filed_at: Mapped[datetime]
    filed_on: Mapped[date] = mapped_column(default=lambda row: row.get_current_parameters()["filed_at"].date())
    paper: Mapped[Paper] = relationship(lazy="raise", back_populates="files")
    filer: Mapped[Person] = relationship(lazy="raise")


class Page(Base):
    """The text of one page of a file, as extracted; the search index stands beside it."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("file_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("files.id"))
    number: Mapped[int]
    text: Mapped[str]


class Drop(Base):
    """A file given in a direct conversation, until its giver says which body it is for."""

    __tablename__ = "drops"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), unique=True)
    blob: Mapped[str]
    name: Mapped[str]
    mime: Mapped[str]
    size: Mapped[int]
    caption: Mapped[str]
    room_id: Mapped[str]
    event_id: Mapped[str]


class Notice(Base):
    """Something to be said when it falls due: a reminder, an announcement, a session's reminder."""

    __tablename__ = "notices"
    __table_args__ = (
        Index(
            "ix_notices_due",
            "due_at",
            postgresql_where=text("state = 'waiting'"),
            sqlite_where=text("state = 'waiting'"),
        ),
        Index(None, "meeting_id"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[NoticeKind]
    due_at: Mapped[datetime]
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING)
    text: Mapped[str]
    room_id: Mapped[str | None]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meetings.id"))
    created_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    tries: Mapped[int] = mapped_column(default=0)


class Entry(Base):
    """An entry of the journal: never changed, never erased; ``hash`` also covers the one before."""

    __tablename__ = "journal"
    __table_args__ = (Index(None, "at"), Index(None, "kind"))
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    kind: Mapped[JournalKind]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    body_id: Mapped[int | None] = mapped_column(ForeignKey("bodies.id"))
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]
    previous: Mapped[str]
    hash: Mapped[str]
