"""Time as the town lives it: every moment is aware, in the town's zone; the clock is given, never looked up."""

from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the present moment, aware, in the town's zone."""

    def now(self) -> datetime:
        """The present moment."""


class SystemClock:
    """The machine's clock."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone

    def now(self) -> datetime:
        """The present moment in the town's zone."""
        return datetime.now(self._zone)


class HandClock:
    """A clock that one sets and pushes by hand: the terminal's and the tests'."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """The moment it was set to."""
        return self._moment

    def set(self, moment: datetime) -> None:
        """Put it at a moment."""
        self._moment = moment

    def push(self, distance: timedelta) -> None:
        """Let time pass: in real hours, also across a change of summer time."""
        zone = self._moment.tzinfo
        self._moment = (self._moment.astimezone(ZoneInfo("UTC")) + distance).astimezone(zone)
