"""A day in the town, made from a seed: who asks what, where, when; what is dropped, announced, planned; who comes and goes."""

import random
from dataclasses import dataclass

QUESTIONS = ("!qui", "!définir quorum", "!définir pouvoir", "!agenda", "!documents", "!odj", "!aide rappel")
QUIET = ("!qui", "!définir quorum", "!définir pouvoir")
"""Questions whose answer offers no choice: they can be asked while a « oui » is awaited."""
PLACES = {"arnaud": ("CM", "EAU", ""), "roux": ("EAU", ""), "vidal": ("CM", "")}
SPAN = 2.5
"""Seconds over which the steps begin."""


@dataclass(frozen=True)
class Step:
    """One thing that somebody does.

    Attributes:
        at: seconds after the start.
        word: a word that nothing else holds, by which what it causes is known again.
        number: a figure of its own, where the step needs one.
    """

    kind: str
    who: str
    place: str
    at: float
    word: str
    number: int


def script(rng: random.Random) -> list[Step]:
    """Ten to twenty-five steps; no more than one session for each person and place, for a « oui » has one meaning."""
    wanted = rng.randint(10, 20)
    steps: list[Step] = []
    planned: set[tuple[str, str]] = set()
    while len(steps) < wanted:
        kind = rng.choices(("ask", "remind", "announce", "later", "drop", "session", "talk"), (6, 4, 3, 2, 3, 2, 2))[0]
        who = rng.choice(tuple(PLACES)) if kind in ("ask", "remind", "drop", "talk") else rng.choice(("arnaud", "roux"))
        place = rng.choice(PLACES[who])
        if kind in ("talk", "session") and not place:
            continue
        if kind == "session" and planned & {(who, place), ("*", place)}:
            continue
        if kind == "session":
            planned |= {(who, place), ("*", place)}
        steps.append(_step(kind, who, place, rng, len(steps)))
    if rng.random() < 0.5:
        steps.append(_step("roll", "vidal", "EAU", rng, len(steps)))
    return sorted(steps, key=lambda step: step.at)


def _step(kind: str, who: str, place: str, rng: random.Random, number: int) -> Step:
    word = f"mot{rng.randrange(10**6):06d}n{number}"
    return Step(kind, who, place, rng.uniform(0, SPAN), word, rng.randrange(10**6))
