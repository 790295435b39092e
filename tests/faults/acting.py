"""Doing the steps of a scenario, and writing down at each what is owed for it."""

import asyncio
import random
import re
from collections.abc import Awaitable, Callable

from bot.demo.papers import make_pdf
from bot.matrix.events import Event
from tests.faults.people import Listener, said
from tests.faults.scenario import QUESTIONS, QUIET, Step
from tests.faults.stage import Stage, eventually

PATIENCE = 150.0
"""Seconds for an answer: the faults are over long before, what is left is the bot's own pauses."""
REFERENCE = re.compile(r"\b(?:CM|EAU)-\d{4}-\d{3}\b")


async def play(stage: Stage, steps: list[Step]) -> None:
    """All the steps, several in flight at once; what goes wrong is written down."""

    async def one(step: Step) -> None:
        await asyncio.sleep(step.at)
        try:
            await ACTS[step.kind](stage, step)
        except TimeoutError as error:
            stage.ledger.fault(
                f"{step.kind} {step.word} of {step.who} in {step.place or 'private'}: never came: {error}"
            )

    await asyncio.gather(*(one(step) for step in steps))


async def _asked(stage: Stage, step: Step, line: str, start: str = "") -> Event:
    """Say a line and wait for the answer to it, which is owed."""
    who, room = stage.people[step.who], await stage.room(step.who, step.place)
    event_id = await who.says(room, line)
    return await _answer(stage, who, room, event_id, start)


async def _answer(stage: Stage, who: Listener, room: str, event_id: str, start: str) -> Event:
    stage.ledger.reply(who.name, room, event_id, start)
    await eventually(lambda: who.reply(event_id) is not None, PATIENCE, f"the answer {start}")
    answer = who.reply(event_id)
    assert answer is not None
    return answer


async def _ask(stage: Stage, step: Step) -> None:
    lines = QUIET if step.place else QUESTIONS
    await _asked(stage, step, lines[step.number % len(lines)])


async def _remind(stage: Stage, step: Step) -> None:
    room = await stage.room(step.who, step.place)
    stage.ledger.word("reminder", step.who, room, step.word, "Rappel : ", due=True)
    await _asked(stage, step, f"!rappel dans 1 minute {step.word}", "C'est noté")


def _spoken(step: Step) -> tuple[str, str]:
    """The body that is spoken to, and how its name is said from elsewhere."""
    return (step.place, "") if step.place else ("EAU", "eau ")


async def _announce(stage: Stage, step: Step) -> None:
    body, named = _spoken(step)
    target = await stage.room(step.who, body)
    stage.ledger.word("announcement", step.who, target, step.word, "Annonce de ")
    if not step.place:
        await _asked(stage, step, f"annoncer {named}La fontaine {step.word}", "C'est fait, et annoncé")
        return
    who = stage.people[step.who]
    await who.says(target, f"!annoncer La fontaine {step.word}")
    await _heard(who, target, step.word)


async def _heard(who: Listener, room: str, word: str) -> None:
    await eventually(lambda: any(word in said(event) for event in who.from_bot(room)), PATIENCE, word)


async def _later(stage: Stage, step: Step) -> None:
    body, named = _spoken(step)
    target = await stage.room(step.who, body)
    stage.ledger.word("planned announcement", step.who, target, step.word, "Annonce de ", due=True)
    await _asked(stage, step, f"!annoncer {named}dans 1 minute : {step.word}", "Ce sera annoncé")


async def _drop(stage: Stage, step: Step) -> None:
    who, room = stage.people[step.who], await stage.room(step.who, step.place)
    data, name = _paper(step)
    event_id = await who.drops(room, data, name, "" if step.place else "cm")
    filed = said(await _answer(stage, who, room, event_id, "Classé : "))
    found = REFERENCE.search(filed)
    if found is None:
        return  # the audit says that it was not classed
    own = await stage.room(step.who, "")
    stage.ledger.sent(step.who, own, name, data)
    asked = await who.says(own, f"envoyer {found[0]}")
    await _answer(stage, who, own, asked, found[0])
    await eventually(lambda: any(said(event) == name for event in who.from_bot(own)), PATIENCE, name)


def _paper(step: Step) -> tuple[bytes, str]:
    """A small PDF, or bytes of no meaning."""
    rng = random.Random(step.word)  # noqa: S311 - a paper, not a secret
    if step.number % 2:
        return make_pdf([f"Devis {step.word}. La toiture de l'école." * rng.randint(1, 20)]), f"{step.word}.pdf"
    return rng.randbytes(rng.randint(1, 60_000)), f"{step.word}.txt"


async def _session(stage: Stage, step: Step) -> None:
    day = 40 + step.number % 300
    room = await stage.room(step.who, step.place)
    line = f"!séance dans {day} jours à 18 h 30 à la salle {step.word}"
    question = await _asked(stage, step, line)
    stage.ledger.word("session", step.who, room, step.word, "Nouvelle séance")
    who = stage.people[step.who]
    await who.answers(question, "oui")
    await eventually(lambda: any(said(each).startswith("Nouvelle") for each in who.from_bot(room)), PATIENCE, "session")


async def _talk(stage: Stage, step: Step) -> None:
    await stage.people[step.who].says(await stage.room(step.who, step.place), f"Bonjour à tous, {step.word}.")


async def _roll(stage: Stage, step: Step) -> None:
    stage.seats = "" if stage.seats else "EAU"
    stage.save_roll()


ACTS: dict[str, Callable[[Stage, Step], Awaitable[None]]] = {
    "ask": _ask,
    "remind": _remind,
    "announce": _announce,
    "later": _later,
    "drop": _drop,
    "session": _session,
    "talk": _talk,
    "roll": _roll,
}
