"""What the scenario is owed, written down as it goes: each line is one message of the bot, to be heard exactly once."""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.demo.person import answered
from bot.matrix.events import Event
from tests.faults.people import said

REFUSED = (
    "Je n'ai pas réussi",
    "Je n'ai pas pu",
    "Je ne vous trouve pas",
    "Ce message est arrivé",
    "Le serveur n'a plus",
)


@dataclass(frozen=True)
class Owed:
    """One message.

    Attributes:
        what: for the report.
        witness: who must hear it, in ``room``.
        asked: the message that it replies to, if it is a reply.
        due: whether it waits for its moment: the clock is pushed until it comes.
        file: the bytes that it must bring, if it is a file.
    """

    what: str
    witness: str
    room: str
    fits: Callable[[Event], bool]
    asked: str = ""
    due: bool = False
    file: bytes | None = None


@dataclass
class Ledger:
    """All that is owed, and what went wrong on the way."""

    owed: list[Owed] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def reply(self, witness: str, room: str, event_id: str, start: str = "") -> Owed:
        """An answer to a message, which begins so and is no excuse."""

        def fits(event: Event) -> bool:
            return answered(event) == event_id and event.content.get("msgtype") != "m.file"

        return self._add(Owed(f"reply to {witness}: {start}", witness, room, fits, asked=event_id))

    def word(self, what: str, witness: str, room: str, word: str, start: str, *, due: bool = False) -> Owed:
        """A message of its own that begins so and holds a word."""

        def fits(event: Event) -> bool:
            return word in said(event) and said(event).startswith(start) and answered(event) is None

        return self._add(Owed(f"{what} {word}", witness, room, fits, due=due))

    def sent(self, witness: str, room: str, name: str, data: bytes) -> Owed:
        """A file that is sent back."""

        def fits(event: Event) -> bool:
            return event.content.get("msgtype") == "m.file" and said(event) == name

        return self._add(Owed(f"file {name}", witness, room, fits, file=data))

    def _add(self, owed: Owed) -> Owed:
        self.owed.append(owed)
        return owed

    def fault(self, what: str) -> None:
        """Something that must not be."""
        self.faults.append(what)
