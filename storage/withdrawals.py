"""Papers taken away from their readers: brought back, kept by a rule, or erased once their days are over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from council.keeping import DAYS, rule_keeping
from storage.enclosed import Scan, Unpacking
from storage.journal import Journal
from storage.looks import Drawing, PageLook
from storage.papers import WHOLE
from storage.sharing import Share, Withdrawal
from storage.states import JournalKind, OutboxKind, OutboxState, PaperState
from storage.summons import Convocation
from storage.tables import Drop, File, Outgoing, Page, Paper


@dataclass(frozen=True)
class Taken:
    """What becomes of a paper taken away: it can come back through ``last_day``, or always when a rule keeps it."""

    last_day: date
    rule: str


class Withdrawals:
    """The one place where papers leave; nothing is erased here of what a rule keeps."""

    def __init__(self, session: AsyncSession, now: datetime, journal: Journal) -> None:
        self._session = session
        self._now = now
        self._journal = journal

    async def foreseen(self, paper: Paper, today: date) -> Taken:
        """What will become of a paper if it is taken away on this day of the town."""
        return Taken(today + timedelta(days=DAYS), rule_keeping(paper.title, await self._convoked_by(paper)))

    async def withdraw(self, paper: Paper, by: int, today: date) -> Taken:
        """Take a paper away from its readers."""
        taken = await self.foreseen(paper, today)
        paper.state = PaperState.WITHDRAWN
        row = Withdrawal(paper_id=paper.id, withdrawn_by=by, withdrawn_at=self._now, last_day=taken.last_day)
        await self._session.merge(row)
        await self._tell(JournalKind.WITHDRAWN, paper, by)
        return taken

    async def untouched(self, paper: Paper) -> bool:
        """Whether nobody else's act hangs on a paper: it was never replaced, sent with a convocation, nor shared."""
        shared = await self._session.scalar(select(Share.id).where(Share.paper_id == paper.id).limit(1))
        return len(paper.files) == 1 and shared is None and not await self._convoked_by(paper)

    async def find(self, reference: str, body_ids: Sequence[int]) -> Paper | None:
        """A paper of these bodies that was taken away, or erased since."""
        gone = Paper.state.in_((PaperState.WITHDRAWN, PaperState.ERASED))
        query = select(Paper).where(Paper.reference == reference.upper(), gone, Paper.body_id.in_(body_ids))
        return await self._session.scalar(query.options(*WHOLE))

    async def bring_back(self, paper: Paper, by: int) -> None:
        """Show a paper again to its readers."""
        paper.state = PaperState.FILED
        await self._session.execute(delete(Withdrawal).where(Withdrawal.paper_id == paper.id))
        await self._tell(JournalKind.RETURNED, paper, by)

    async def expired(self, today: date) -> Sequence[Paper]:
        """The papers whose last day is over and that no rule keeps."""
        query = select(Paper).join(Withdrawal, Withdrawal.paper_id == Paper.id).order_by(Paper.id)
        query = query.where(Paper.state == PaperState.WITHDRAWN, Withdrawal.last_day < today).options(*WHOLE)
        found = (await self._session.scalars(query)).all()
        return [each for each in found if not rule_keeping(each.title, await self._convoked_by(each))]

    async def erase(self, paper: Paper) -> None:
        """Forget what a paper says; its reference, its title and its dates stay, its bytes go by ``unheld``."""
        files = [file.id for file in paper.files]
        for table in (Page, PageLook, Drawing, Scan, Unpacking):
            await self._session.execute(delete(table).where(table.file_id.in_(files)))
        paper.state = PaperState.ERASED
        await self._journal.add(JournalKind.ERASED, paper.reference, body_id=paper.body_id)

    async def unheld(self) -> set[str]:
        """The names of the bytes of erased papers that nothing else holds: no paper, no file to sort, no message to send."""
        of_erased = select(File.blob).join(File.paper).where(Paper.state == PaperState.ERASED)
        held = select(File.blob).join(File.paper).where(Paper.state != PaperState.ERASED)
        query = of_erased.where(File.blob.not_in(held), File.blob.not_in(select(Drop.blob)))
        sending = select(Outgoing.content).where(
            Outgoing.kind.in_((OutboxKind.FILE, OutboxKind.MAIL)), Outgoing.state == OutboxState.WAITING
        )
        owed = {str(content.get("blob")) for content in await self._session.scalars(sending)}
        return set(await self._session.scalars(query)) - owed

    async def _convoked_by(self, paper: Paper) -> str:
        """The first convocation with which a paper was sent, to its own body's session or another's; or nothing."""
        shared = select(Share.meeting_id).where(Share.paper_id == paper.id, Share.shared_at <= Convocation.made_at)
        filed = Convocation.meeting_id == paper.meeting_id
        query = select(Convocation.reference).where(or_(filed, Convocation.meeting_id.in_(shared)))
        query = query.where(Convocation.made_at >= paper.filed_at).order_by(Convocation.id)
        return await self._session.scalar(query.limit(1)) or ""

    async def _tell(self, kind: JournalKind, paper: Paper, by: int) -> None:
        await self._journal.add(kind, paper.reference, person_id=by, body_id=paper.body_id)
