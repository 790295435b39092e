"""The states that rows go through, and what each means."""

from enum import Enum


class RoomKind(Enum):
    """What a known room is for."""

    SPACE = "space"
    BODY = "body"
    DM = "dm"


class InboxState(Enum):
    """NEW until handled; UNREADABLE while its key is missing; ASIDE after three failures, for the administrator."""

    NEW = "new"
    UNREADABLE = "unreadable"
    DONE = "done"
    ASIDE = "aside"


class OutboxKind(Enum):
    """What is owed: a message, a file or a document (uploaded when sent, the latter made then), a reaction, an e-mail, a poll.

    A reaction is to an earlier row; a poll begins, or ends that of an earlier row. A dossier is a document that takes long to
    make, as is a sheet with pages of a paper.
    """

    MESSAGE = "message"
    FILE = "file"
    DOCUMENT = "document"
    DOSSIER = "dossier"
    REACTION = "reaction"
    MAIL = "courriel"
    POLL = "sondage"


class DocumentKind(Enum):
    """What is made of rows when it is sent: sessions for a calendar, all those of bodies, a convocation's letters, its certificate, a pouvoir, a dossier, an erratum's sheet."""

    CALENDAR = "calendrier"
    AGENDA = "agenda"
    LETTERS = "lettres"
    CERTIFICATE = "attestation"
    MANDATE = "pouvoir"
    DOSSIER = "dossier"
    SHEET = "feuille"


class OutboxState(Enum):
    """WAITING until the homeserver has it (SENT) or refuses it for good (FAILED, with its reason)."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


class PaperState(Enum):
    """FILED, or WITHDRAWN from the readers (it can come back), then perhaps ERASED: only its reference and title are left."""

    FILED = "filed"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


class FileState(Enum):
    """PENDING until its text was looked for; then INDEXED, or UNREADABLE (``problem`` says why)."""

    PENDING = "pending"
    INDEXED = "indexed"
    UNREADABLE = "unreadable"


class NoticeKind(Enum):
    """A personal or a room's reminder, an announcement, a session's reminder, the receipts of its convocation.

    QUESTIONS shows the questions asked without a name; UNANSWERED reminds the chair of those without an answer.
    PROMISES chases the papers that were promised and aren't filed; its text is how many days before the session.
    POLL reminds those who did not answer about dates, or ends it; its text says which, and the poll's row.
    SERIES adds the sessions of a series that come within sight; its text is the series' row.
    DOSSIER looks at a dossier that was given, since something changed: it is done until then, and put back each time.
    """

    REMINDER = "rappel"
    ANNOUNCEMENT = "annonce"
    MEETING = "séance"
    RECEIPTS = "accusés"
    QUESTIONS = "questions"
    UNANSWERED = "sans réponse"
    PROMISES = "promis"
    POLL = "sondage"
    SERIES = "récurrence"
    DOSSIER = "dossier"


class JournalKind(Enum):
    """What the journal tells: papers, sessions, sendings, people and their rights, rooms, refusals, the tool itself."""

    FILED = "filed"
    VERSION = "version"
    TITLED = "titled"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    SHARED = "shared"
    UNSHARED = "unshared"
    CLOSED = "closed"
    OPENED = "opened"
    ERASED = "erased"
    PLANNED = "planned"
    MOVED = "moved"
    CANCELLED = "cancelled"
    RELOCATED = "relocated"
    NO_QUORUM = "no quorum"
    SUBSTITUTE = "substitute"
    CONVOKED = "convoked"
    SENDING = "sending"
    HANDED = "handed"
    ACKNOWLEDGED = "acknowledged"
    ERRATUM = "erratum"
    ANNOUNCED = "announced"
    ARRIVED = "arrived"
    LEFT = "left"
    RIGHTS = "rights"
    INVITED = "invited"
    REMOVED = "removed"
    REFUSED = "refused"
    ANSWERED = "answered"
    BACKUP = "backup"
    EXPORTED = "exported"
    RESTORED = "restored"
    UPGRADED = "upgraded"


class NoticeState(Enum):
    """WAITING until said (DONE), called off (CANCELLED), or ASIDE after three failures."""

    WAITING = "waiting"
    DONE = "done"
    CANCELLED = "cancelled"
    ASIDE = "aside"
