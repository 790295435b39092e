"""A town's bot: everything it needs is opened here, in order, and closed in the other order whatever happens."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.advertise import advertised
from bot.alarm import Alarm, Duty
from bot.alerts import Watch
from bot.backup import back_up_nightly
from bot.deliver import Deliver
from bot.dispatch import Dispatch, Touched
from bot.erasing import erase_expired
from bot.facts import gather
from bot.greeter import Greeter
from bot.imap import box_of
from bot.indexer import Indexer
from bot.intake import Intake
from bot.mail import relay_of
from bot.mailbox import Mailbox
from bot.matrix.client import Account, Client
from bot.matrix.errors import ENDS, Unreachable
from bot.matrix.rooms import Rooms
from bot.matrix.signin import NAME
from bot.reading import Reading
from bot.receive import Receive
from bot.recogniser import Recogniser
from bot.recovery import given_key, keep_key
from bot.returning import restored_from, tell_new_device
from bot.rollkeeper import RollKeeper
from bot.settings import Settings
from bot.viewer import Viewer
from bot.web import serve_health
from commands import Commune, Facts
from council.clock import Clock, SystemClock
from storage.bodies import BodyEntry
from storage.database import Database
from storage.extract import Extractor
from storage.files import Files, load_or_create_key

log = structlog.get_logger(__name__)
AGAIN = (2, 5, 10, 30, 60)
"""Seconds between tries to reach a homeserver that is down at the start."""


def commune_of(settings: Settings) -> Commune:
    """What commands need to know of the town."""
    return Commune(
        name=settings.commune.name,
        zone=settings.commune.zone,
        bot_id=settings.matrix.user,
        population=settings.commune.population,
        alsace_moselle=settings.commune.regime == "alsace-moselle",
        admins=frozenset(settings.matrix.admins),
        mail=settings.mail.sender,
        delays={body.code: body.delay_days for body in settings.bodies if body.delay_days},
        reminders=settings.reminders.offsets,
        question_notice=timedelta(hours=settings.questions.notice_hours),
        file_limit=settings.storage.max_file_mb * 1_000_000,
    )


def bodies_of(settings: Settings) -> tuple[BodyEntry, ...]:
    """The bodies that the configuration declares."""
    return tuple(BodyEntry(body.code, body.name, body.kind) for body in settings.bodies)


def database_of(settings: Settings) -> Database:
    """The town's database, by its URL or in its directory."""
    if settings.storage.database:
        return Database(settings.storage.database)
    return Database.in_directory(settings.storage.directory)


def account_of(settings: Settings) -> Account:
    """The bot's account, with its secret read from wherever it is kept."""
    secret, matrix = settings.secret.get_secret_value(), settings.matrix
    by_token = bool(matrix.access_token or matrix.access_token_file)
    return Account(
        homeserver=matrix.homeserver,
        user_id=matrix.user,
        password=None if by_token else secret,
        access_token=secret if by_token else None,
        device_id=matrix.device_id,
    )


@dataclass
class Bot:
    """The running parts of one town's bot."""

    settings: Settings
    database: Database
    client: Client
    clock: Clock
    files: Files
    extractor: Extractor
    restored: datetime | None = None
    """When the database comes from a backup: the moment it was made."""

    def __post_init__(self) -> None:
        commune = replace(commune_of(self.settings), facts=lambda: self.watch.seen)
        self.rooms = Rooms(self.client, self.database, commune, self.clock, advertised())
        self.dispatch = Dispatch(self.database, commune, self.clock, after=self._after)
        self.greeter = Greeter(self.dispatch, self.rooms, self.client)
        reading = Reading(self.files, self.extractor)
        self.intake = Intake(self.database, self.client, reading, self.dispatch).lanes()
        self.deliver = self._sending(commune).lanes()
        self.receive = Receive(
            self.database,
            self.client,
            self.clock,
            self.rooms.invited,
            self.intake.ring,
            self.rooms.left,
            self.rooms.adopt,
        )
        self.watch = Watch(
            self.database,
            commune,
            self.clock,
            self.deliver.ring,
            self._look,
            self.settings.backup.directory is not None,
        )
        self.alarm = Alarm(self.dispatch, self.deliver.ring, self._nightly, self._duties())
        self.indexer = Indexer(self.database, reading, commune, self.clock, self._after_reading)
        self.recogniser = Recogniser(self.database, self.files, self.extractor, self.clock)
        self.viewer = Viewer(self.database, self.files, self.extractor, self.clock)
        self.mailbox = self._mailbox(reading, commune)
        self.roll = RollKeeper(
            self.database,
            commune,
            self.clock,
            self.settings.members.file,
            bodies_of(self.settings),
            self._follow_roll,
            self.deliver.ring,
        )

    def _sending(self, commune: Commune) -> Deliver:
        relay, conversation = relay_of(self.settings), self.rooms.conversation
        return Deliver(self.database, self.client, self.files, self.clock, commune, conversation, relay, self.restored)

    def _mailbox(self, reading: Reading, commune: Commune) -> Mailbox | None:
        box, mail = box_of(self.settings), self.settings.mail
        if box is None:
            return None
        return Mailbox(
            box, mail, self.database, reading, commune, self.clock, lambda: self._after(Touched(papers=True))
        )

    def _after(self, touched: Touched) -> None:
        """Something was handled: it may owe messages, change the schedule, bring a file to read."""
        self.deliver.ring()
        if touched.schedule:
            self.alarm.look()
        if touched.papers:
            self.indexer.ring()
            self.recogniser.ring()
            self.viewer.ring()

    def _after_reading(self) -> None:
        """Something was read in the background: it may owe an answer, and hold pictures."""
        self.deliver.ring()
        self.recogniser.ring()

    async def _follow_roll(self) -> None:
        await self.rooms.reconcile()
        await self.greeter.meet_everyone()
        self.deliver.ring()

    async def _nightly(self) -> None:
        await self.roll.take()
        await self._follow_roll()
        await erase_expired(self.database, self.files, self.clock)

    def _duties(self) -> tuple[Duty, ...]:
        return (
            Duty("watch", self.watch.look, "interval", {"minutes": 1}),
            Duty("backup", self._back_up, "cron", {"hour": self.settings.backup.hour, "minute": 0}),
        )

    async def _look(self) -> Facts:
        mailbox = self.mailbox.facts if self.mailbox else None
        return await gather(self.settings, self.database, self.client, self.clock, mailbox)

    async def _back_up(self) -> None:
        await back_up_nightly(self.settings, self.database, self.clock.now())

    async def _settle_in(self) -> None:
        """Make the rooms follow the roll, however long the homeserver takes; then watch the members file."""
        await self.receive.listening.wait()
        for pause in (*AGAIN, *[AGAIN[-1]] * 1000):
            try:
                await self.client.introduce(NAME)
                await self._follow_roll()
                break
            except ENDS:
                raise
            except Exception as error:
                log.warning("rooms not reconciled", error=type(error).__name__, again_in=pause)
                await asyncio.sleep(pause)
        await self.roll.watch()

    async def run(self) -> None:
        """Do everything, side by side, until cancelled or signed out."""
        await self.roll.take()
        await tell_new_device(
            self.database,
            self.dispatch.commune,
            self.client.device_id,
            self.clock.now(),
            restored=self.restored is not None,
        )
        async with asyncio.TaskGroup() as group:
            for work in (
                self.receive.run(),
                self.intake.run(),
                self.deliver.run(),
                self.alarm.run(),
                self.indexer.run(),
                self.recogniser.run(),
                self.viewer.run(),
                self._settle_in(),
            ):
                group.create_task(work)
            if self.mailbox:
                group.create_task(self.mailbox.run())


@asynccontextmanager
async def open_bot(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Bot]:
    """Open database, keys, files and account; wait for a homeserver that is down.

    Raises:
        MatrixError: the account can't be used (wrong password, keys lost): starting again would not help.
        DatabaseUnavailable, KeyFileError, SettingsError: said in French by the terminal.
    """
    clock = clock or SystemClock(settings.commune.zone)
    key = load_or_create_key(settings.storage.key_file)
    database = database_of(settings)
    try:
        await database.migrate()
        recovery = settings.matrix.recovery_key_file
        account = Client(
            account_of(settings), settings.storage.directory / "matrix", key=key, recovery_key=given_key(recovery)
        )
        async with (
            Extractor() as extractor,
            account as client,
            serve_health(settings.web.listen, client, clock),
        ):
            await _start_patiently(client)
            if made := client.recovery_key():
                keep_key(recovery, made)
            files = Files(settings.storage.directory / "files", key)
            restored = await restored_from(database, clock.now())
            yield Bot(settings, database, client, clock, files, extractor, restored)
    finally:
        await database.close()


async def _start_patiently(client: Client) -> None:
    tries = 0
    while True:
        try:
            return await client.start()
        except Unreachable as error:
            pause = AGAIN[min(tries, len(AGAIN) - 1)]
            log.warning("homeserver unreachable, trying again", error=str(error), again_in=pause)
            tries += 1
            await asyncio.sleep(pause)
