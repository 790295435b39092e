"""Hearing a person out: an answer to an offer, a command, a plain question, or two guesses. Never silence."""

from commands._address import Spoken
from commands._context import Context, Option, Reply
from commands._kit import Command
from commands._offers import chosen, looks_like_answer, tapped
from commands._plain import courtesy, understand
from commands._router import find_command, mistyped, nearest, run
from commands._words import quote
from council.refusals import Refusal
from storage.offers import Choice, choices_of

DECLINED = Reply("C'est entendu, rien n'a été changé.")
GONE = Refusal("Cette question n'attend plus de réponse.", try_this="Refaites votre demande, ou écrivez `!aide`.")


async def answer(ctx: Context, spoken: Spoken) -> Reply | None:
    """The reply to what was said, or None when it was not said to the bot.

    Raises:
        Refusal: something the person can mend, in French.
    """
    offer = await ctx.store.offers.latest(ctx.room.room_id, ctx.sender.id)
    if offer is not None and (choice := chosen(choices_of(offer), spoken.line)):
        if choice.once:
            await ctx.store.offers.end(offer)
        return await _choose(ctx, choice)
    if not (spoken.addressed or ctx.private):
        return None
    if not spoken.line:
        return await _type(ctx, "aide")
    return await _obey(ctx, spoken)


async def react(ctx: Context, outbox_key: str, emoji: str) -> Reply | None:
    """The reply to a reaction on one of the bot's messages, or None when it chooses nothing."""
    offer = await ctx.store.offers.on(outbox_key, ctx.sender.id)
    if offer is None or not (choice := tapped(choices_of(offer), emoji)):
        return None
    if choice.once:
        await ctx.store.offers.end(offer)
    return await _choose(ctx, choice)


async def _choose(ctx: Context, choice: Choice) -> Reply:
    return await _type(ctx, choice.line) if choice.line else DECLINED


async def _type(ctx: Context, line: str) -> Reply:
    """Run a line as if the person had typed it: same parser, same right."""
    word, _, rest = line.removeprefix("!").partition(" ")
    command = find_command(word)
    if command is None:
        raise GONE
    return await run(command, rest.strip(), ctx)


async def _obey(ctx: Context, spoken: Spoken) -> Reply:
    word, _, rest = spoken.line.partition(" ")
    if command := find_command(word.rstrip(":,?!.")):
        return await run(command, rest.strip(), ctx)
    if not spoken.prefixed:
        if polite := courtesy(spoken.line):
            return Reply(polite)
        if line := understand(spoken.line, await ctx.bodies()):
            return await _type(ctx, line)
    if looks_like_answer(spoken.line):
        raise GONE
    if command := mistyped(word):
        return await run(command, rest.strip(), ctx)
    return await _guess(ctx, spoken, word)


async def _guess(ctx: Context, spoken: Spoken, word: str) -> Reply:
    """Repeat what was not understood, with two numbered ways on."""
    first: Command = nearest(word, 1)[0]
    guesses = (
        (
            Option(f"`!{first.word}` : {first.summary}", f"!aide {first.word}"),
            Option("Voir tout ce que je sais faire", "!aide"),
        )
        if spoken.prefixed
        else (
            Option(f"Chercher {quote(spoken.line, 60)} dans les documents", f"!chercher {spoken.line}"),
            Option("Voir tout ce que je sais faire", "!aide"),
        )
    )
    return Reply(f"Je n'ai pas compris {quote(spoken.line)}. Vouliez-vous :", options=guesses)
