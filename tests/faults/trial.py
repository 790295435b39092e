"""One seed, from an empty folder to the auditor's findings."""

import asyncio
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from traceback import format_exc

from tests.faults.acting import play
from tests.faults.auditor import audit, settle
from tests.faults.breaking import KINDS, Plan, break_things, plan, prepare
from tests.faults.nursery import Nursery
from tests.faults.process import Service
from tests.faults.scenario import Step, script
from tests.faults.stage import OWN, House, Stage, eventually, running, set_up
from tests.postgres import Postgres
from tests.town import BODIES

SETTING_UP = 150.0


@dataclass
class Verdict:
    """What a seed gave."""

    seed: int
    plan: Plan
    steps: int
    seconds: float
    deaths: int
    owed: int
    found: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        shown = "ok" if not self.found else "FAILED " + " | ".join(self.found)
        told = f"{self.steps} steps, {self.owed} owed, {self.deaths} deaths, {self.seconds:.1f} s"
        return f"seed {self.seed:4d} {self.plan!s:18} {told} : {shown}"


async def trial(  # noqa: PLR0917 - what a seed needs, in one place
    house: House,
    born: Nursery,
    folder: Path,
    seed: int,
    kinds: tuple[str, ...] = tuple(KINDS),
    fixed: Plan | None = None,
    postgres: Postgres | None = None,
) -> Verdict:
    """Play a seed and audit it; its folder is kept when something was found.

    Args:
        kinds: of faults, among which the seed chooses.
        fixed: what to break, whatever the seed would have chosen.
        postgres: where the bot keeps its tables, instead of SQLite.
    """
    rng = random.Random(seed)  # noqa: S311 - the same scenario for the same seed
    chosen, steps = fixed or plan(rng, seed, kinds), script(rng)
    begun = monotonic()
    folder.mkdir(parents=True)
    service = Service(folder, born)
    prepare(chosen, service, rng)
    async with set_up(house, folder, rng, service, postgres) as stage:
        stage.seats = rng.choice(("", "EAU"))
        stage.configure(stage.proxy.url if chosen.proxied else house.url())
        try:
            async with running(stage):
                await _lives(stage, chosen, rng, steps)
            if not await service.verified():
                stage.ledger.fault("appariteur verify finds something: see the end of bot.log")
        except (
            Exception
        ) as error:  # one seed that breaks the laboratory itself is a failed seed, not the end of the run
            stage.ledger.fault(f"{type(error).__name__}: {error}\n{format_exc()}")
    if not stage.ledger.faults:
        shutil.rmtree(folder)
    return Verdict(
        seed,
        chosen,
        len(steps),
        monotonic() - begun,
        len(service.exits),
        len(stage.ledger.owed),
        stage.ledger.faults,
    )


async def _lives(stage: Stage, chosen: Plan, rng: random.Random, steps: list[Step]) -> None:
    early = asyncio.create_task(break_things(stage, chosen, rng)) if chosen.early else None
    await eventually(lambda: _all_in(stage), SETTING_UP, "everybody in the rooms")
    if early is not None:
        await early
        await play(stage, steps)
    else:
        stage.first_token = str(
            (stage.base.ask("select value from settings where name = 'sync_token'") or [("",)])[0][0]
        )
        await asyncio.gather(play(stage, steps), break_things(stage, chosen, rng))
    await settle(stage)
    stage.ledger.faults = await audit(stage)


def _all_in(stage: Stage) -> bool:
    """Everybody is in the rooms of the bodies where they sit, and in their own conversation."""
    wanted = {"arnaud": (*BODIES.values(), OWN), "roux": (*BODIES.values(), OWN), "vidal": (BODIES["CM"], OWN)}
    return all(stage.people[name].room(room) for name, rooms in wanted.items() for room in rooms)
