"""A background loop: one piece of waiting work after the other, then rest until something rings."""

import asyncio
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import ClassVar

import structlog

log = structlog.get_logger(__name__)


@dataclass
class Rounds(ABC):
    """Work that nobody's answer waits for.

    Attributes:
        failed: what the log says when a piece of work fails.
        pause: seconds before another try, after a failure that is not the paper's.
        calm: seconds left to the answers before the work is looked at again.
    """

    failed: ClassVar[str]
    pause: ClassVar[float]
    calm: ClassVar[float] = 0.0
    _bell: asyncio.Event = field(init=False, repr=False, default_factory=asyncio.Event)

    @abstractmethod
    async def once(self) -> bool:
        """Do one piece; False when none waits."""

    def ring(self) -> None:
        """Something may wait."""
        self._bell.set()

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            self._bell.clear()
            try:
                while await self.once():
                    pass
            except Exception:
                log.exception(self.failed)
                asyncio.get_running_loop().call_later(self.pause, self._bell.set)
            await self._bell.wait()
            await asyncio.sleep(self.calm)
