"""The town's mailbox: each mail of a sender on the list is filed once, with what came with it; the others stay where they are.

How far the mailbox was read is kept in the transaction that files a mail: killed anywhere, the bot goes on from there. A mail is
never erased: once it is filed, it is shown as read.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.alerts import tell_admins
from bot.imap import Box, Unreadable
from bot.letterhead import Letterhead, is_proven, read_letterhead, rule_of
from bot.mail_settings import EVERYONE, MailSettings
from bot.reading import Reading
from commands import Commune, MailboxFacts, Posted, file_mail, left_aside, room_for
from council.clock import Clock
from storage.database import Database, is_passing
from storage.extract import safe_name
from storage.mails import Mail, Outcome, Place
from storage.store import Store

log = structlog.get_logger(__name__)
PAUSES = (2, 5, 15, 60, 300)
"""Seconds before another try, by the number of tries that failed in a row."""
IDLE = 540.0
"""Seconds that the server is left to speak first: it may hang up on who is silent for half an hour (RFC 2177)."""
BACK = timedelta(days=30)
"""How old a mail may be that is there when a mailbox is read for the first time."""
MOST = 50
"""Mails that are filed within a day under one entry of the list."""
TRIES = 3
"""Tries after which a mail that can't be filed is left aside."""


@dataclass
class Mailbox:
    """A loop that reads the mailbox, and waits there for what comes.

    Attributes:
        after: called when something was filed or told: it may owe messages, and bring papers to read.
    """

    box: Box
    mail: MailSettings
    database: Database
    reading: Reading
    commune: Commune
    clock: Clock
    after: Callable[[], None]
    heard_at: datetime | None = None
    trouble: str = ""
    _failed: Counter[int] = field(default_factory=Counter)

    async def run(self) -> None:
        """Read until cancelled; a server that fails is tried again, with pauses."""
        failures = 0
        while True:
            try:
                try:
                    await asyncio.to_thread(self.box.open)
                    while True:
                        await self.once()
                        failures = 0
                        await asyncio.to_thread(self.box.wait, IDLE)
                finally:
                    self.box.abort()
            except Unreadable as error:
                self.trouble = str(error)
                log.warning("mailbox not read", reason=str(error))
            except Exception as error:
                self.trouble = "les courriels n'ont pas pu être classés"
                log.exception("mails not filed", error=type(error).__name__)
            await asyncio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
            failures += 1

    @property
    def facts(self) -> MailboxFacts:
        """What there is to know of it now."""
        return MailboxFacts(self.heard_at, self.trouble)

    async def once(self) -> None:
        """Look at every mail that came since the last look, in order; tell of those left aside."""
        async with self.database.read() as session:
            last = await Store(session, "", self.clock.now()).mails.read_to(self.box.name, self.box.validity)
        since = None if last else (self.clock.now() - BACK).date()
        for uid in await asyncio.to_thread(self.box.after, last, since):
            await self._look_at(Place(self.box.name, self.box.validity, uid))
        self.heard_at, self.trouble = self.clock.now(), ""
        await self._tell()

    async def _look_at(self, place: Place) -> None:
        try:
            await self._take(place)
        except Unreadable:
            raise
        except Exception as error:
            self._failed[place.uid] += 1
            if is_passing(error) or self._failed[place.uid] < TRIES:
                raise
            log.exception("mail left aside", uid=place.uid, error=type(error).__name__)
            await self._keep(place, Mail(message_id="", sender="", rule="", outcome=Outcome.BROKEN))

    async def _take(self, place: Place) -> None:
        announced = await asyncio.to_thread(self.box.announced, place.uid)
        if announced is None:
            return
        letter = read_letterhead(announced.headers)
        rule = rule_of(letter, self.mail.senders)
        if not rule:
            await self._leave(place, letter, rule, Outcome.STRANGER)
        elif not is_proven(letter, self.mail):
            await self._leave(place, letter, rule, Outcome.UNPROVEN)
        elif announced.size > self.commune.file_limit:
            await self._leave(place, letter, rule, Outcome.TOO_BIG)
        elif await self._is_known(place, letter) or await self._is_too_many(place, letter, rule):
            return
        elif (data := await asyncio.to_thread(self.box.whole, place.uid)) is not None:
            await self._file(place, letter, rule, data)

    async def _is_known(self, place: Place, letter: Letterhead) -> bool:
        async with self.database.begin() as session:
            mails = Store(session, "", self.clock.now()).mails
            known = await mails.is_filed(letter.message_id, letter.address)
            if known:
                await mails.pass_by(place)
        return known

    async def _is_too_many(self, place: Place, letter: Letterhead, rule: str) -> bool:
        async with self.database.read() as session:
            too_many = await Store(session, "", self.clock.now()).mails.filed_lately(rule) >= MOST
        if too_many:
            await self._leave(place, letter, rule, Outcome.TOO_MANY)
        return too_many

    async def _leave(self, place: Place, letter: Letterhead, rule: str, outcome: Outcome) -> None:
        await self._keep(place, Mail(message_id="", sender=letter.address, rule=rule, outcome=outcome))

    async def _keep(self, place: Place, mail: Mail) -> None:
        log.info("mail left in the mailbox", uid=place.uid, outcome=mail.outcome.name)
        async with self.database.begin() as session:
            mail.seen_at = self.clock.now()
            await Store(session, "", self.clock.now()).mails.looked_at(place, mail)

    async def _file(self, place: Place, letter: Letterhead, rule: str, data: bytes) -> None:
        """Keep and read the mail outside of any transaction; file it and mark how far the mailbox was read in one."""
        code = self.mail.senders[rule].replace(EVERYONE, "")
        name = safe_name(f"{letter.subject or 'courriel'}.eml")
        drop = await self.reading.dropped(data, name, "message/rfc822", "", until=None)
        async with self.database.begin() as session:
            store = Store(session, f"{place.box} {place.validity} {place.uid}", self.clock.now())
            found = await room_for(store, code)
            if found is None:
                raise Unreadable("le salon où classer un courriel n'est pas encore prêt")
            posted = Posted(code, letter.name, letter.address, letter.subject, drop)
            paper = await file_mail(store, self.commune, posted, *found)
            mail = Mail(message_id=letter.message_id, sender=letter.address, rule=rule, outcome=Outcome.FILED)
            mail.paper_id, mail.seen_at = paper.id, store.now
            await store.mails.looked_at(place, mail)
        log.info("mail filed", uid=place.uid, paper=mail.paper_id)
        self.after()
        await asyncio.to_thread(self.box.mark, place.uid)

    async def _tell(self) -> None:
        """Tell the administrators of what was left aside, once a day."""
        async with self.database.begin() as session:
            now = self.clock.now()
            store = Store(session, f"mailbox {now.isoformat()}", now)
            mails = await store.mails.left_aside()
            if mails:
                await tell_admins(store, self.commune, left_aside(mails))
        if mails:
            self.after()
