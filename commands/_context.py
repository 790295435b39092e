"""What a handler gets and gives: the context of a request, and the reply that it returns."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commands._facts import Facts, unknown
from commands._words import pill
from council.meetings import DEFAULT_REMINDERS
from council.oral_questions import NOTICE
from council.roles import Role
from storage.papers import Reader
from storage.people import Seat
from storage.states import DocumentKind, RoomKind
from storage.store import Store
from storage.tables import Body, Person, Room


@dataclass(frozen=True)
class Commune:
    """What the configuration says of the town, as far as commands need it."""

    name: str
    zone: ZoneInfo
    bot_id: str
    population: int = 0
    alsace_moselle: bool = False
    """Whether the local law of the three départements applies."""
    mail: str = ""
    """The address that official e-mails come from; empty where there is no relay."""
    delays: Mapping[str, int] = field(default_factory=dict)
    """Clear days before the sessions of a body, by its code, where its own rules set them and no law does."""
    admins: frozenset[str] = frozenset()
    reminders: tuple[timedelta, ...] = DEFAULT_REMINDERS
    question_notice: timedelta = NOTICE
    """How long before a session the house rules want oral questions."""
    file_limit: int = 50_000_000
    facts: Callable[[], Facts | None] = unknown
    """What the running bot last saw of itself."""
    aliases: tuple[str, ...] = ("appariteur",)
    """Names the bot answers to, beside its Matrix id."""


@dataclass(frozen=True)
class Message:
    """What was said: where the answer goes, and what it was an answer to."""

    event_id: str
    reply_to: str | None = None
    thread: str | None = None


@dataclass(frozen=True)
class Context:
    """Everything a command can reach: a reader knows by this list what it may do.

    Attributes:
        now: the moment of the answer, in the town's zone.
        said_at: when it was said, in UTC; earlier than now when the bot was away, never later.
        seats: where the sender sits today, and with what right.
    """

    room: Room
    sender: Person
    now: datetime
    store: Store
    commune: Commune
    message: Message
    seats: Sequence[Seat]
    said_at: datetime

    @property
    def then(self) -> datetime:
        """When it was said, in the town's zone: "demain" is told from there, whenever it is read."""
        return self.said_at.astimezone(self.commune.zone)

    @property
    def today(self) -> date:
        """The town's date."""
        return self.now.date()

    @property
    def private(self) -> bool:
        """Whether only the sender reads the answer."""
        return self.room.kind is RoomKind.DM

    @property
    def is_admin(self) -> bool:
        """Whether the sender keeps the tool."""
        return self.sender.matrix_id in self.commune.admins

    @property
    def reader(self) -> Reader:
        """The rights of what this answer may show."""
        return Reader(self.sender.id, self.room.body_id, self.today)

    def role_in(self, body: Body) -> Role:
        """What the sender may do in a body today."""
        role = next((seat.role for seat in self.seats if seat.body.id == body.id), Role.NOBODY)
        return role | Role.ADMIN if self.is_admin else role

    async def bodies(self) -> list[Body]:
        """The bodies whose affairs this answer may show: those of the sender; in a room, of everyone in it."""
        own = [seat.body for seat in self.seats]
        if self.room.body_id is None:
            return own
        shared = await self.store.people.shared_by(self.room.body_id, self.today)
        return [body for body in own if body.id in shared]


@dataclass(frozen=True)
class Option:
    """One of the answers offered: what it says, and the line that the bot types when it is chosen.

    Attributes:
        words: what chooses it beside its number.
    """

    label: str
    line: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Attached:
    """A file to send with a reply: its bytes' name in the town's files, and what people see."""

    blob: str
    name: str
    mime: str
    size: int


@dataclass(frozen=True)
class Document:
    """A file to make when it is sent, of what the rows say then.

    Attributes:
        name: what people see, without the extension.
        about: the ids of the rows it is about: sessions, people's copies or convocations.
    """

    kind: DocumentKind
    name: str
    about: tuple[int, ...]


@dataclass(frozen=True)
class Reply:
    """What a handler answers: Markdown, with what can be answered in turn.

    Attributes:
        text: Markdown within what every client shows: paragraphs, bold, lists, links.
        options: numbered below the text; "2" or 2️⃣ chooses the second.
        after: said below the options.
        confirm: the line that "oui" or ✅ stands for; "non" or ❌ drops it.
        files: sent after the text.
        loud: rings the phones of ``mentions``, or of ``everyone`` in the room (an announcement), instead of a
            quiet answer.
    """

    text: str
    options: tuple[Option, ...] = ()
    after: str = ""
    confirm: str = ""
    files: tuple[Attached | Document, ...] = ()
    loud: bool = False
    everyone: bool = False
    mentions: tuple[str, ...] = ()


Handler = Callable[..., Awaitable[Reply]]


def mention(person: Person) -> str:
    """A person's name as Markdown, as a link that clients show as a pill when the person is on Matrix."""
    return pill(person.name, person.matrix_id)
