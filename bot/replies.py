"""From a reply to what is owed: its text with numbered choices, the offer behind them, its files, its buttons."""

from commands import Context, Option, Refusal, Reply, by_number, content_of, numbered, owe_files, yes_or_no
from storage.states import OutboxKind

BUTTONS = ("✅", "❌")


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
