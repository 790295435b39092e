"""From a reply to what is owed: its text with numbered choices, the offer behind them, its files, its buttons."""

from dataclasses import replace
from datetime import timedelta

from commands import Context, Option, Refusal, Reply, by_number, content_of, numbered, owe, owe_files, yes_or_no
from storage.states import OutboxKind
from storage.store import Store

BUTTONS = ("✅", "❌")
UNASKED = timedelta(days=30)
"""How long choices last that come with a message nobody asked for: it may be read late."""


def refused(refusal: Refusal) -> Reply:
    """What a refusal says: why, then what to do."""
    text = f"{refusal.why} {refusal.try_this}".strip()
    return Reply(text, options=tuple(Option(label, line) for label, line in refusal.choices))


def shown(reply: Reply) -> str:
    """The whole Markdown of a reply, its choices numbered below it."""
    parts = [reply.text]
    if reply.options:
        parts.append("\n".join(f"{n}. {option.label}" for n, option in enumerate(reply.options, start=1)))
    if reply.after:
        parts.append(reply.after)
    elif reply.options:
        parts.append(f"{by_number(len(reply.options))}.")
    if reply.confirm:
        parts.append("Répondez **oui** ou **non**.")
    return "\n\n".join(parts)


async def owe_reply(ctx: Context, reply: Reply) -> None:
    """Owe a reply where it was asked, as an answer to the message; its choices become an offer to who asked."""
    outbox, room_id = ctx.store.outbox, ctx.room.room_id
    told = Reply(shown(reply), loud=reply.loud, everyone=reply.everyone, mentions=reply.mentions)
    reply_to = None if reply.loud else ctx.message.event_id
    content = content_of(told, reply_to=reply_to, thread=ctx.message.thread)
    key = await outbox.owe(OutboxKind.MESSAGE, content, room_id=room_id)
    await owe_files(ctx.store, reply, room_id=room_id, thread=ctx.message.thread)
    if reply.confirm:
        await ctx.store.offers.make(room_id, ctx.sender.id, key, yes_or_no(reply.confirm))
        for emoji in BUTTONS:
            await outbox.owe(OutboxKind.REACTION, {"to": key, "emoji": emoji}, room_id=room_id)
    elif reply.options:
        await ctx.store.offers.make(room_id, ctx.sender.id, key, numbered(reply.options))


async def owe_to(store: Store, person_id: int, reply: Reply) -> None:
    """Owe a person what they didn't ask for, in their own conversation, wherever that is; its choices wait for them there."""
    key = await owe(store, replace(reply, text=shown(reply)), person_id=person_id)
    if reply.options:
        await store.offers.make_anywhere(person_id, key, numbered(reply.options), store.now + UNASKED)
