"""Hearing a person out: an answer to an offer, a command, a plain question, or two guesses. Never silence."""

from commands._address import Spoken
from commands._context import Context, Option, Reply
from commands._kit import Command
from commands._offers import chosen, fresh, looks_like_answer, tapped
from commands._plain import courtesy, is_question, understand, without_courtesy
from commands._polls import hear_numbers, tap_date
from commands._promises import overhear
from commands._router import find_command, mistyped, nearest, rights, run
from commands._words import quote
from council.glossary import define
from council.refusals import Refusal
from storage.offers import Choice, choices_of
from storage.tables import Offer

DECLINED = Reply("C'est entendu, rien n'a été changé.")
GONE = Refusal("Cette question n'attend plus de réponse.", try_this="Refaites votre demande, ou écrivez `!aide`.")


async def answer(ctx: Context, spoken: Spoken) -> Reply | None:
    """The reply to what was said, or None when it was not said to the bot.

    Raises:
        Refusal: something the person can mend, in French.
    """
    offer = await _offer_meant(ctx)
    if offer is not None and await _answers(ctx, spoken, offer) and (choice := chosen(choices_of(offer), spoken.line)):
        return await _choose(ctx, offer, choice)
    if not (offer and looks_like_answer(spoken.line)) and (voted := await hear_numbers(ctx, spoken)):
        return voted
    if not (spoken.addressed or ctx.private):
        await overhear(ctx, spoken.line)
        return None
    if not spoken.line:
        return await _type(ctx, "aide")
    if offer is not None and looks_like_answer(spoken.line):
        raise _wrong_answer(choices_of(offer))
    return await _obey(ctx, spoken)


async def react(ctx: Context, outbox_key: str, emoji: str) -> Reply | None:
    """The reply to a reaction on one of the bot's messages, or None when it chooses nothing."""
    offer = await ctx.store.offers.on(outbox_key, ctx.sender.id)
    if offer is None:
        await tap_date(ctx, outbox_key, emoji)
        return None
    if not (choice := tapped(choices_of(offer), emoji)):
        return None
    return await _choose(ctx, offer, choice)


async def _offer_meant(ctx: Context) -> Offer | None:
    """The offer made with the message that is answered to, or the latest one here."""
    replied = ctx.message.reply_to and await ctx.store.outbox.key_of(ctx.message.reply_to)
    offer = await ctx.store.offers.on(replied, ctx.sender.id) if replied else None
    return offer or await ctx.store.offers.latest(ctx.room.room_id, ctx.sender.id, private=ctx.private)


async def _answers(ctx: Context, spoken: Spoken, offer: Offer) -> bool:
    """Whether words can be meant for an offer: in a room, "oui" an hour later is said to somebody else."""
    if ctx.private or spoken.addressed:
        return True
    replied = ctx.message.reply_to
    if replied:
        return await ctx.store.outbox.key_of(replied) == offer.outbox_key
    return fresh(offer, ctx.now)


async def _choose(ctx: Context, offer: Offer, choice: Choice) -> Reply:
    if choice.once:
        await ctx.store.offers.end(offer)
    return await _type(ctx, choice.line) if choice.line else DECLINED


def _wrong_answer(choices: list[Choice]) -> Refusal:
    """A "7" to a list of three, or a "oui" to a list."""
    if len(choices) == 1:
        return Refusal("Il n'y a qu'un choix : répondez **1**.")
    if choices[0].once:
        return Refusal("Répondez **oui** ou **non**.")
    return Refusal(f"Répondez par un numéro, de 1 à {len(choices)}.")


async def _type(ctx: Context, line: str) -> Reply:
    """Run a line as if the person had typed it: same parser, same right."""
    word, _, rest = line.removeprefix("!").partition(" ")
    command = find_command(word)
    if command is None:
        raise GONE
    return await run(command, rest.strip(), ctx)


async def _obey(ctx: Context, spoken: Spoken) -> Reply:
    word, _, rest = spoken.line.partition(" ")
    rest = "" if not rest.strip(" ?!.…") else rest
    command = find_command(word.rstrip(":,?!.…") or word)
    if command and (spoken.prefixed or command.takes_text or not is_question(spoken.line)):
        return await run(command, rest.strip(), ctx)
    if not spoken.prefixed:
        if polite := courtesy(spoken.line):
            return Reply(polite)
        if line := await _understood(ctx, spoken):
            return await _type(ctx, line)
    if looks_like_answer(spoken.line):
        raise GONE
    if command := command or mistyped(word):
        return await run(command, rest.strip(), ctx)
    return await _guess(ctx, spoken, word)


async def _understood(ctx: Context, spoken: Spoken) -> str | None:
    return understand(without_courtesy(spoken.line), await ctx.bodies(), await ctx.store.bodies.all())


async def _guess(ctx: Context, spoken: Spoken, word: str) -> Reply:
    """Repeat what was not understood, with two numbered ways on."""
    said = without_courtesy(spoken.line).strip(" ?!.")[:200]
    likely: list[Command] = nearest(word, await rights(ctx), 1) if spoken.prefixed else []
    seek = Option(f"Chercher {quote(said, 60)} dans les documents", f"!chercher {said}")
    ways = (seek, Option("Voir ce que je sais faire", "!aide"))
    if likely:
        ways = (Option(f"`!{likely[0].word}` : {likely[0].summary}", f"!aide {likely[0].word}"), ways[1])
    elif define(said):
        ways = (Option(f"Savoir ce que veut dire {quote(said)}", f"!définir {said}"), seek)
    return Reply(f"Je n'ai pas compris {quote(spoken.line)}. Vouliez-vous :", options=ways)
