"""Somebody who drops papers in a room as fast as the homeserver takes them, in a process of their own.

Run by ``filing``: ``python -m tests.bench.dropping URL USER PASSWORD DIRECTORY ROOM PAPERS PAGES``.
"""

import asyncio
import sys
from pathlib import Path

from bot.demo.papers import make_pdf
from bot.demo.person import Person

LINES = "Le conseil approuve la dépense et charge le maire de signer le marché, lot numéro {n}, page {page}.\n" * 20


def paper(number: int, pages: int) -> bytes:
    """A small, distinct PDF with a real text layer."""
    return make_pdf([f"Devis numéro {number}\n\n" + LINES.format(n=number, page=page) for page in range(1, pages + 1)])


async def main(person: Person, room: str, papers: int, pages: int) -> None:
    """Enter the room of that name and drop everything."""
    async with person:
        room_id = await person.finds(room, 60)
        await person.listen()
        for number in range(papers):
            await person.drops(room_id, paper(number, pages), f"devis-{number}.pdf")


if __name__ == "__main__":
    url, user, password, directory, room, papers, pages = sys.argv[1:]
    asyncio.run(main(Person(url, user, password, Path(directory)), room, int(papers), int(pages)))
