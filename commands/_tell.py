"""Telling others, or telling later: what a handler owes elsewhere goes to the outbox, in its own transaction."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from commands._context import Attached, Context, Document, Reply
from commands._offers import CHECK, CROSS
from commands._words import quote
from storage.offers import Choice
from storage.states import DocumentKind, OutboxKind
from storage.store import Store
from storage.tables import Body


def content_of(reply: Reply, *, reply_to: str | None = None, thread: str | None = None) -> dict[str, Any]:
    """What the outbox keeps of a message: Markdown and intentions; the bot makes a Matrix event of it."""
    return {
        "markdown": reply.text,
        "loud": reply.loud,
        "everyone": reply.everyone,
        "mentions": list(reply.mentions),
        "reply_to": reply_to,
        "thread": thread,
    }


async def owe(store: Store, reply: Reply, *, room_id: str | None = None, person_id: int | None = None) -> str:
    """Owe a message and its files to a room or to a person. Returns the message's key."""
    key = await store.outbox.owe(OutboxKind.MESSAGE, content_of(reply), room_id=room_id, person_id=person_id)
    await owe_files(store, reply, room_id=room_id, person_id=person_id)
    return key


async def owe_asking(
    store: Store, reply: Reply, person_id: int, choices: Sequence[Choice], *, until: datetime, official: str = ""
) -> str:
    """Owe a message to a person in their own conversation, with choices that last until a moment. Returns its key.

    The text says how to answer; a choice with a reaction of its own finds it under the message. Wherever the message
    arrives, its offer is found by its key; the room needn't be known yet.

    Args:
        official: the reference under which the journal proves that it was sent; empty for what isn't official.
    """
    key = await owe_official(store, reply, person_id, official)
    await store.offers.make_anywhere(person_id, key, choices, until)
    for choice in choices:
        if choice.emoji in (CHECK, CROSS):
            content = {"to": key, "emoji": choice.emoji}
            await store.outbox.owe(OutboxKind.REACTION, content, person_id=person_id)
    return key


async def owe_official(store: Store, reply: Reply, person_id: int, official: str) -> str:
    """Owe a message to a person that the journal tells under a reference when it is sent, its files after it. Returns its key."""
    content = {**content_of(reply), "official": official}
    key = await store.outbox.owe(OutboxKind.MESSAGE, content, person_id=person_id)
    await owe_files(store, reply, person_id=person_id)
    return key


MOST_ATTACHED = 7_000_000
"""Bytes of a file that goes with an e-mail: written as text they are a third more, and most relays take 10 MB."""


@dataclass(frozen=True)
class Letter:
    """An e-mail about a session.

    Attributes:
        text: Markdown, which the e-mail shows as plain text.
        official: the reference under which the journal tells it once the relay has it.
        meeting_id: the session, which goes with it for calendars.
        file: what else goes with it, of at most ``MOST_ATTACHED`` bytes.
    """

    subject: str
    text: str
    official: str
    meeting_id: int
    file: Attached | None = None


async def owe_mail(store: Store, person_id: int, letter: Letter) -> str:
    """Owe a person an e-mail. Returns its key."""
    content: dict[str, Any] = {
        "subject": letter.subject,
        "markdown": letter.text,
        "official": letter.official,
        "about": [letter.meeting_id],
        **(asdict(letter.file) if letter.file else {}),
    }
    return await store.outbox.owe(OutboxKind.MAIL, content, person_id=person_id)


BOUND = (DocumentKind.DOSSIER, DocumentKind.SHEET)
"""Documents in which pages of papers are bound: long to make, they wait in a line of their own."""


async def owe_files(
    store: Store, reply: Reply, *, room_id: str | None = None, person_id: int | None = None, **relation: str | None
) -> None:
    """Owe a reply's files, each as a message of its own."""
    for file in reply.files:
        match file:
            case Attached():
                kind = OutboxKind.FILE
                content: dict[str, Any] = asdict(file)
            case Document():
                kind = OutboxKind.DOSSIER if file.kind in BOUND else OutboxKind.DOCUMENT
                content = {"document": file.kind.value, "name": file.name, "about": list(file.about)}
        await store.outbox.owe(kind, {**content, **relation}, room_id=room_id, person_id=person_id)


async def announce(ctx: Context, body: Body, reply: Reply) -> Reply:
    """Say something aloud in a body's room: as the answer itself when asked there, otherwise owed to that room.

    Returns what to answer where it was asked.
    """
    if ctx.room.body_id == body.id:
        return reply
    room = await ctx.store.rooms.of_body(body.id)
    if room is None:
        return Reply(f"C'est fait, mais le salon {quote(body.name)} n'est pas encore prêt : rien n'y est annoncé.")
    await owe(ctx.store, reply, room_id=room.room_id)
    return Reply(f"C'est fait, et annoncé dans le salon {quote(body.name)}.")
