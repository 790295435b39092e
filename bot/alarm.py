"""The alarm clock: it wakes the bot at the next thing due, and at the hours of its regular duties. It keeps nothing.

The schedule itself is a table: after a stop, what fell due meanwhile is said at once, and says that it is late.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.dispatch import Dispatch
from storage.store import Store

log = structlog.get_logger(__name__)
NEXT = "next"
LOOK = 5.0
"""Seconds after which the schedule is looked at even though nothing rang: the machine's clock may have been put right,
or the machine have slept, and what waits for a moment must not wait for as long again.
"""
CALM = 0.2
"""Seconds for which the schedule is let alone after it was touched: the answer leaves first."""
UNREADABLE_EVERY = 10
"""Seconds between two looks for messages whose key never came."""


@dataclass(frozen=True)
class Duty:
    """Something done regularly beside what falls due: its name for the log, and APScheduler's trigger for it."""

    name: str
    work: Callable[[], Awaitable[object]]
    trigger: str
    when: dict[str, int]

    async def do(self) -> None:
        """Do it; a failure is logged and changes nothing to the next time."""
        try:
            await self.work()
        except Exception:
            log.exception("duty not done", duty=self.name)


@dataclass
class Alarm:
    """Says what falls due at its moment.

    Attributes:
        ring: called when something was said: the outbox has work.
        nightly: what is done each night, a few minutes after midnight in the town's zone: seats begin and end by the day.
        duties: what else is done regularly: the look at the bot's own health, the backup.
    """

    dispatch: Dispatch
    ring: Callable[[], None]
    nightly: Callable[[], Awaitable[None]]
    duties: Sequence[Duty] = ()
    _scheduler: AsyncIOScheduler = field(init=False)
    _bell: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self._scheduler = AsyncIOScheduler(timezone=self.dispatch.commune.zone)

    def look(self) -> None:
        """The schedule may have changed."""
        self._bell.set()

    async def run(self) -> None:
        """Wait for what falls due, say it, and so on until cancelled."""
        self._scheduler.add_job(self._night, "cron", hour=0, minute=5, misfire_grace_time=3600)
        self._scheduler.add_job(self._unreadable, "interval", seconds=UNREADABLE_EVERY)
        for duty in self.duties:
            first = {"next_run_time": self.dispatch.clock.now()} if duty.trigger == "interval" else {}
            self._scheduler.add_job(duty.do, duty.trigger, **duty.when, **first, misfire_grace_time=3600)
        self._scheduler.start()
        try:
            while True:
                self._bell.clear()
                await self._tell_and_set()
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK):
                        await self._bell.wait()
                await asyncio.sleep(CALM)
        finally:
            self._scheduler.shutdown(wait=False)

    async def _tell_and_set(self) -> None:
        """One look; a machine that fails (a full disk, a locked database) makes it late, and stops nothing."""
        try:
            await self._tell_due()
            await self._set()
        except Exception:
            log.exception("schedule not told")

    async def _tell_due(self) -> None:
        clock = self.dispatch.clock
        async with self.dispatch.database.read() as session:
            due = await Store(session, "", clock.now()).notices.due()
        for notice_id in due:
            await self.dispatch.tell(notice_id)
        if due:
            self.ring()

    async def _set(self) -> None:
        """Set the alarm at the next thing due."""
        clock = self.dispatch.clock
        async with self.dispatch.database.read() as session:
            due = await Store(session, "", clock.now()).notices.next_due()
        if due is not None:
            self._scheduler.add_job(
                self._bell.set, "date", run_date=due, id=NEXT, replace_existing=True, misfire_grace_time=None
            )

    async def _unreadable(self) -> None:
        if await self.dispatch.unreadable():
            self.ring()

    async def _night(self) -> None:
        try:
            await self.dispatch.prune()
            await self.nightly()
        except Exception:
            log.exception("nightly duties not done")
