"""The auditor: what people's clients can read now, compared with what was owed. Nothing missing, nothing twice, in order."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.alerts import HEALED
from bot.demo.person import answered
from bot.matrix.events import ENCRYPTED, Event
from tests.faults.ledger import REFUSED, Owed
from tests.faults.people import Listener, said
from tests.faults.stage import OWN, Stage, eventually
from tests.town import BODIES

SETTLING = 120.0
PUSHES = (61, 61, 11_000, 100_000)
"""Seconds: past the next minute; then, where the clock was ahead when something was planned, past that moment."""
ALERTS = re.compile("Je n'ai pas de nouvelles|Mon horloge|Il ne reste que|Aucune sauvegarde|.* messages? atten")
"""What an administrator is told, rightly, of a clock that jumps or a disk that fills up; and that it is over (HEALED)."""
ENTERED = "Vous siégez désormais ici : "
"""The short word to who enters a further body: only the seat of one person comes and goes in these trials."""
FAR = 1_000
MAX_FILE = 10_000_000
WAITING = """select 'outbox', count(*) from outbox where state = 'waiting'
    union all select 'inbox', count(*) from inbox where state = 'new'"""
LEFT = """select 'outbox ' || state || ' ' || kind || ' ' || reason from outbox where state != 'sent'
    union all select 'inbox ' || state || ' ' || type || ' ' || reason from inbox where state != 'done'
    union all select 'notice ' || state from notices where state = 'aside'"""

Rooms = Mapping[tuple[str, str], Sequence[Event]]
"""What somebody reads in a room, oldest first."""


async def settle(stage: Stage) -> None:
    """Let all that is owed come: the clock is pushed for what waits for its moment; then all is quiet, and heard."""
    for push in PUSHES:
        if _missing(stage):
            stage.service.push(push)
            with suppress(TimeoutError):
                await eventually(lambda: not _missing(stage), SETTLING / 4, "what falls due")
    try:
        await eventually(lambda: _quiet(stage), SETTLING, "quiet tables")
    except TimeoutError:
        stage.ledger.fault(f"never quiet: {stage.base.ask(WAITING)}")
    heard = {name: each.syncs for name, each in stage.people.items()}
    await eventually(lambda: all(each.syncs > heard[name] + 1 for name, each in stage.people.items()), 30, "syncs")


def _missing(stage: Stage) -> list[Owed]:
    """What nobody heard so far."""
    heard = {(name, room): each.from_bot(room) for name, each in stage.people.items() for _, room in each.entered}
    return [owed for owed in stage.ledger.owed if not any(map(owed.fits, heard.get((owed.witness, owed.room), ())))]


def _quiet(stage: Stage) -> bool:
    answer = stage.base.ask(WAITING)
    return bool(answer) and not any(count for _, count in answer)


async def audit(stage: Stage) -> list[str]:
    """All that is wrong, in English, for who reads the log of a seed."""
    rooms = {(name, room): await _read(each, room) for name, each in stage.people.items() for _, room in each.entered}
    found = list(stage.ledger.faults)
    found += [f"left in the tables: {row[0]}" for row in stage.base.ask(LEFT)]
    found += _counts(stage, rooms) + _unexplained(stage, rooms) + _order(stage, rooms)
    found += await _files(stage, rooms)
    found += _places(stage) + await _seats(stage)
    if stage.service.own_ends:
        found.append(f"the bot ended by itself: {stage.service.own_ends}")
    return found


async def _read(who: Listener, room: str) -> list[Event]:
    """A room's messages, in the homeserver's order, as this person's app can read them today."""
    events = await who.person.client.recent(room, FAR)
    return [event for event in events if event.type in ("m.room.message", ENCRYPTED)]


def _ours(stage: Stage, events: Sequence[Event]) -> list[Event]:
    """What the bot said."""
    return [event for event in events if event.sender == stage.bot]


def _counts(stage: Stage, rooms: Rooms) -> list[str]:
    """Each thing owed was heard once; a reply says what it should, and is no excuse."""
    found = []
    for owed in stage.ledger.owed:
        heard = [event for event in _ours(stage, rooms.get((owed.witness, owed.room), ())) if owed.fits(event)]
        if len(heard) != 1:
            found.append(f"{owed.what}: heard {len(heard)} times")
        start = owed.what.partition(": ")[2] if owed.asked else ""
        found += [
            f"{owed.what}: said {said(event)[:80]!r}"
            for event in heard
            if not said(event).startswith(start) or said(event).startswith(REFUSED)
        ]
    return found


def _unexplained(stage: Stage, rooms: Rooms) -> list[str]:
    """Nothing was said that is owed to nobody, but one welcome each; and all of it can be read by who was asked."""
    found = []
    for (name, room), events in rooms.items():
        welcomes = 0
        for event in _ours(stage, events):
            if event.type == ENCRYPTED:
                if room in [owed.room for owed in stage.ledger.owed if owed.witness == name]:
                    found.append(f"{name} can't read {event.event_id}")
            elif said(event).startswith("Bonjour "):
                welcomes += 1
            elif _unasked(name, said(event)):
                continue
            elif not any(owed.fits(event) for owed in stage.ledger.owed if owed.room == room):
                found.append(f"{name} heard what nobody is owed: {said(event)[:80]!r}")
        if welcomes != (room == stage.people[name].room(OWN)):
            found.append(f"{name} was welcomed {welcomes} times in one room")
    return found


def _unasked(name: str, text: str) -> bool:
    """Whether it is what the bot says by itself, rightly: to the administrator of its health, to who enters a body."""
    if name == "arnaud":
        return bool(ALERTS.match(text)) or text in HEALED.values()
    return name == "vidal" and text.startswith(ENTERED)


def _order(stage: Stage, rooms: Rooms) -> list[str]:
    """Within a room, answers come in the order of the questions."""
    found = []
    for room in {room for _, room in rooms}:
        asked = {owed.asked for owed in stage.ledger.owed if owed.room == room and owed.asked}
        witness = next(name for name, known in rooms if known == room)
        said_in = [event.event_id for event in rooms[witness, room]]
        told = [target for event in _ours(stage, rooms[witness, room]) if (target := answered(event)) in asked]
        wanted = sorted(told, key=lambda target: said_in.index(str(target)))
        if told != wanted:
            found.append(f"answers out of order: {told} instead of {wanted}")
    return found


async def _files(stage: Stage, rooms: Rooms) -> list[str]:
    """What comes back is what was dropped, byte for byte; no two papers have one reference."""
    found = []
    for owed in (each for each in stage.ledger.owed if each.file is not None):
        client = stage.people[owed.witness].person.client
        heard = filter(owed.fits, _ours(stage, rooms.get((owed.witness, owed.room), ())))
        brought = [await client.fetch(event.content, MAX_FILE) for event in heard]
        found += [f"{owed.what}: other bytes" for data in brought if data != owed.file]
    kept = Counter(str(row[0]) for row in stage.base.ask("select name from files"))
    return found + [f"{name}: classed {count} times" for name, count in kept.items() if count != 1]


def _places(stage: Stage) -> list[str]:
    """One conversation each, one room for each body."""
    entered = {(name, room): known for name, each in stage.people.items() for known, room in each.entered}
    counts = Counter((name, known) for (name, _), known in entered.items())
    return [f"{name}: {n} rooms {known}" for (name, known), n in counts.items() if n != 1]


async def _seats(stage: Stage) -> list[str]:
    """Who sits in a body is in its room, and nobody else."""
    mayor = stage.people["arnaud"]
    found = []
    for code, name in BODIES.items():
        seated = {"arnaud", "roux", "vidal"} if code == "CM" or stage.seats else {"arnaud", "roux"}
        wanted = {stage.people[each].person.user_id for each in seated} | {stage.bot}
        members = await mayor.person.client.members(mayor.room(name) or "")
        present = {user for user, membership in members.items() if membership in ("join", "invite")}
        if present != wanted:
            found.append(f"{code}: in it {sorted(present)}, wanted {sorted(wanted)}")
    return found
