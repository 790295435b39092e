"""Welcomes who arrives: once each, in their own conversation."""

from bot.dispatch import Dispatch
from commands import owe, welcome
from storage.store import Store


async def welcome_arrivals(dispatch: Dispatch) -> int:
    """Owe a welcome to everyone in office who never had one; how many."""
    clock = dispatch.clock
    async with dispatch.database.read() as session:
        people = [each.id for each in await Store(session, "", clock.now()).people.unwelcomed(clock.now().date())]
    for person_id in people:
        async with dispatch.database.begin() as session:
            store = Store(session, f"welcome {person_id}", clock.now())
            person = await store.people.get(person_id)
            await owe(store, await welcome(store, dispatch.commune, person, clock.now()), person_id=person_id)
            await store.people.welcome(person, clock.now())
    return len(people)
