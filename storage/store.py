"""The town's memory within one transaction: one drawer per subject, all on the same session."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from storage.answers import Answers
from storage.archives import Archives
from storage.arrivals import Arrivals
from storage.bodies import Bodies
from storage.convocations import Convocations
from storage.dossiers import Dossiers
from storage.errata import Errata
from storage.freshness import happens_at
from storage.holders import Holders
from storage.inbox import Inbox
from storage.journal import Journal
from storage.looks import Looks
from storage.mails import Mails
from storage.meetings import Meetings
from storage.notices import Notices
from storage.offers import Offers
from storage.outbox import Outbox
from storage.papers import Papers
from storage.people import People
from storage.polls import Polls
from storage.promises import Promises
from storage.questions import Questions
from storage.recurrences import AllSeries
from storage.recusals import Recusals
from storage.rooms import Rooms
from storage.savings import Savings
from storage.scans import Scans
from storage.search import Search
from storage.seconds import Seconds
from storage.settings import Settings
from storage.shares import Shares
from storage.withdrawals import Withdrawals


@dataclass(frozen=True)
class Store:
    """What a handler may read and write, all or nothing.

    Attributes:
        session: the open transaction; only the storage floor uses it.
        cause: what this transaction answers to (an event's id, a notice): the outbox makes its keys from it,
            so that the same cause, handled again, owes the same messages and not new ones.
        now: the moment of the transaction, aware.
    """

    session: AsyncSession
    cause: str
    now: datetime

    def __post_init__(self) -> None:
        happens_at(self.session, self.now)

    def opened(self, drawer: str) -> bool:
        """Whether this transaction looked into a drawer: what follows from it needs a look only then."""
        return drawer in self.__dict__

    @cached_property
    def settings(self) -> Settings:
        """Facts the bot keeps about itself."""
        return Settings(self.session)

    @cached_property
    def bodies(self) -> Bodies:
        """The commune's organs."""
        return Bodies(self.session)

    @cached_property
    def people(self) -> People:
        """The roll: who sits where, today."""
        return People(self.session)

    @cached_property
    def arrivals(self) -> Arrivals:
        """Who was told of their seats."""
        return Arrivals(self.session, self.now)

    @cached_property
    def rooms(self) -> Rooms:
        """The Matrix rooms the bot knows."""
        return Rooms(self.session)

    @cached_property
    def inbox(self) -> Inbox:
        """What was received."""
        return Inbox(self.session, self.now)

    @cached_property
    def outbox(self) -> Outbox:
        """What is owed."""
        return Outbox(self.session, self.cause, self.now)

    @cached_property
    def offers(self) -> Offers:
        """Choices waiting for a word, a number or a reaction."""
        return Offers(self.session, self.now)

    @cached_property
    def meetings(self) -> Meetings:
        """Sessions and their agendas."""
        return Meetings(self.session, self.now, self.journal)

    @cached_property
    def answers(self) -> Answers:
        """Who comes to a session, and the pouvoirs."""
        return Answers(self.session, self.now, self.journal)

    @cached_property
    def recusals(self) -> Recusals:
        """Who stays out of which point."""
        return Recusals(self.session, self.now, self.journal)

    @cached_property
    def seconds(self) -> Seconds:
        """Sessions held again because the quorum failed."""
        return Seconds(self.session, self.now, self.journal, meetings=self.meetings, recusals=self.recusals)

    @cached_property
    def convocations(self) -> Convocations:
        """What convoked each session, and its proofs."""
        return Convocations(self.session, self.now, self.journal)

    @cached_property
    def questions(self) -> Questions:
        """What was asked ahead of the sessions."""
        return Questions(self.session)

    @cached_property
    def polls(self) -> Polls:
        """Dates proposed, and who can come."""
        return Polls(self.session, self.now)

    @cached_property
    def series(self) -> AllSeries:
        """Sessions that come back."""
        return AllSeries(self.session, self.now)

    @cached_property
    def promises(self) -> Promises:
        """Papers that were promised for a session."""
        return Promises(self.session, self.now)

    @cached_property
    def notices(self) -> Notices:
        """What is to be said later."""
        return Notices(self.session, self.now)

    @cached_property
    def papers(self) -> Papers:
        """The documents and their versions."""
        return Papers(self.session, self.now, self.journal)

    @cached_property
    def shares(self) -> Shares:
        """Papers shown in other bodies, and those that no guest sees."""
        return Shares(self.session, self.now, self.journal)

    @cached_property
    def mails(self) -> Mails:
        """What came to the town's mailbox."""
        return Mails(self.session, self.now)

    @cached_property
    def holders(self) -> Holders:
        """Who had which version of a paper."""
        return Holders(self.session)

    @cached_property
    def looks(self) -> Looks:
        """How the pages of versions look, and what changed between them."""
        return Looks(self.session)

    @cached_property
    def errata(self) -> Errata:
        """What was told of papers that changed after a convocation."""
        return Errata(self.session, self.now, self.journal)

    @cached_property
    def withdrawals(self) -> Withdrawals:
        """Papers taken away: brought back, kept, or erased."""
        return Withdrawals(self.session, self.now, self.journal)

    @cached_property
    def dossiers(self) -> Dossiers:
        """Dossiers of sessions, bound and given."""
        return Dossiers(self.session, self.now)

    @cached_property
    def archives(self) -> Archives:
        """What papers hold: files of letters and of archives."""
        return Archives(self.session)

    @cached_property
    def scans(self) -> Scans:
        """Pages that are pictures, to be recognised."""
        return Scans(self.session)

    @cached_property
    def savings(self) -> Savings:
        """A year's pages in numbers."""
        return Savings(self.session)

    @cached_property
    def journal(self) -> Journal:
        """What was done, for ever."""
        return Journal(self.session, self.now)

    @cached_property
    def search(self) -> Search:
        """The index over the papers' titles and text."""
        return Search(self.session)
