"""Hearing a person out: an answer to an offer, a command, a plain question, or two guesses. Never silence."""

import re
from dataclasses import replace

from commands._address import Spoken
from commands._beyond import beyond
from commands._called import names_papers
from commands._context import Context, Option, Reply
from commands._courtesy import courtesy, without_courtesy
from commands._haste import written_out
from commands._kit import Command
from commands._offers import ONWARD, by_label, chosen, fresh, is_question_of, looks_like_answer, tapped, yes_said
from commands._plain import asked_about, hinted, is_question, understand
from commands._polls import hear_numbers, tap_date
from commands._promises import overhear
from commands._router import command_of, find_command, mistyped, nearest, rights, run
from commands._words import quote
from council.french import fold
from council.glossary import define
from council.refusals import Denied, Refusal
from storage.offers import Choice, choices_of
from storage.tables import Offer

DECLINED = Reply("C'est entendu, rien n'a été changé.")
GONE = Refusal("Cette question n'attend plus de réponse.", try_this="Refaites votre demande, ou écrivez `!aide`.")

WAITING = "Si c'est pour une question posée plus haut, écrivez **oui** ou **non**."
ACTS = ("présent", "absent", "distance", "pouvoir", "reçu", "dates")
"""What people say of themselves goes before what they ask to see."""
TEXTS = ("rappel", "question", "annoncer", "répondre", "point")
NAMED = 3
"""Letters beyond which a word that a question waits for can mean nothing else."""
MOST = 4
"""Wishes in one message, beyond which it is a letter."""
BETWEEN = re.compile(r"\s*[;\n]+\s*|\s*[.!?]+\s+|,?\s+(?:et|puis)\s+(?:aussi\s+|puis\s+)?|\s*,\s+", re.IGNORECASE)


async def answer(ctx: Context, spoken: Spoken) -> Reply | None:
    """The reply to what was said, or None when it was not said to the bot.

    Raises:
        Refusal: something the person can mend, in French.
    """
    offer = await _offer_meant(ctx, spoken)
    if offer is not None and await _answers(ctx, spoken, offer) and (choice := _chosen(offer, spoken)):
        return await _choose(ctx, offer, choice)
    if not (offer and looks_like_answer(spoken.line)) and (voted := await hear_numbers(ctx, spoken)):
        return voted
    if not (spoken.addressed or ctx.private):
        await overhear(ctx, spoken.line)
        return None
    if not spoken.line:
        return await _type(ctx, "aide")
    if offer is not None and yes_said(spoken.line) is False:
        return DECLINED
    if offer is not None and looks_like_answer(spoken.line):
        raise _wrong_answer(choices_of(offer))
    return await _obey(ctx, spoken, offer)


async def react(ctx: Context, outbox_key: str, emoji: str) -> Reply | None:
    """The reply to a reaction on one of the bot's messages, or None when it chooses nothing."""
    offer = await ctx.store.offers.on(outbox_key, ctx.sender.id)
    if offer is None:
        await tap_date(ctx, outbox_key, emoji)
        return None
    if not (choice := tapped(choices_of(offer), emoji)):
        return None
    return await _choose(ctx, offer, choice)


async def _offer_meant(ctx: Context, spoken: Spoken) -> Offer | None:
    """The offer made with the message that is answered to, or the latest one here.

    "Oui" or "c'est fait" is no answer to a list: in private it is meant for the question that still waits for it, further up.
    """
    replied = ctx.message.reply_to and await ctx.store.outbox.key_of(ctx.message.reply_to)
    offer = await ctx.store.offers.on(replied, ctx.sender.id) if replied else None
    offer = offer or await ctx.store.offers.latest(ctx.room.room_id, ctx.sender.id, private=ctx.private)
    if offer is None or replied or not ctx.private or chosen(choices_of(offer), spoken.line):
        return offer
    word = fold(written_out(spoken.line)).strip(" .!")
    plainly = yes_said(word) is not None and re.match(r"oui\b|non\b|j'accepte|je refuse", word)
    for other in await ctx.store.offers.waiting(ctx.room.room_id, ctx.sender.id):
        choices = choices_of(other)
        if is_question_of(choices) if plainly else any(len(word) > NAMED and each.answers(word) for each in choices):
            return other
    return offer


def _chosen(offer: Offer, spoken: Spoken) -> Choice | None:
    """The choice that these words make, as they are or written out: "c fait"."""
    choices = choices_of(offer)
    return chosen(choices, spoken.line) or chosen(choices, written_out(spoken.line))


async def _asked_above(ctx: Context) -> bool:
    """Whether a question waits for "oui" or "non", further up in the sender's own conversation."""
    waiting = await ctx.store.offers.waiting(ctx.room.room_id, ctx.sender.id) if ctx.private else []
    return any(is_question_of(choices_of(each)) for each in waiting)


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
    if len(choices) == 2:
        return Refusal("Répondez **1** ou **2**.")
    return Refusal(f"Répondez par un numéro, de 1 à {len(choices)}.")


async def _type(ctx: Context, line: str) -> Reply:
    """Run a line as if the person had typed it: same parser, same right."""
    word, _, rest = line.removeprefix("!").partition(" ")
    command = find_command(word)
    if command is None:
        raise GONE
    return await run(command, rest.strip(), ctx)


async def _obey(ctx: Context, spoken: Spoken, offer: Offer | None) -> Reply:
    if several := await _several(ctx, spoken):
        return several
    if line := await line_meant(ctx, spoken.line, prefixed=spoken.prefixed):
        return await _type(ctx, line)
    if not spoken.prefixed and (polite := courtesy(spoken.line)):
        return Reply(f"{polite} {WAITING}" if yes_said(spoken.line) and await _asked_above(ctx) else polite)
    if looks_like_answer(spoken.line):
        raise GONE
    if fold(spoken.line).strip(" .!?") in ONWARD:
        raise Refusal("C'est tout : il n'y a pas de suite.")
    if offer is not None and (choice := by_label(choices_of(offer), spoken.line)):
        return await _choose(ctx, offer, choice)
    command, rest = command_of(spoken.line)
    if command is not None:
        return await run(command, rest, ctx)
    word, _, rest = spoken.line.partition(" ")
    if slip := mistyped(word):
        return await run(slip, rest.strip() if rest.strip(" ?!.…") else "", ctx)
    if not spoken.prefixed and (elsewhere := beyond(spoken.line)):
        return Reply(elsewhere)
    return await _guess(ctx, spoken, word)


async def line_meant(ctx: Context, line: str, *, prefixed: bool = False) -> str | None:
    """The command line that a sentence stands for, as it is or once what was typed in haste is written out; or None.

    Args:
        prefixed: whether its first word was announced as a command's.
    """
    for said in dict.fromkeys((line, line if prefixed else written_out(without_courtesy(line)))):
        if not prefixed and (about := asked_about(said)):
            return about
        command, rest = command_of(said)
        if command and (prefixed or command.takes_text or not (is_question(said) or is_question(written_out(said)))):
            return f"{command.word} {rest}"
        own, everyone = await ctx.bodies(), await ctx.store.bodies.all()
        if not prefixed and (found := understand(without_courtesy(said), own, everyone)):
            return found
    return None


async def _several(ctx: Context, spoken: Spoken) -> Reply | None:
    """Several wishes in one message: the first is fulfilled, an answer for a session before all; the others wait by number."""
    wishes = [] if spoken.prefixed else await _wishes(ctx, spoken.line)
    if not wishes:
        return None
    (_, line), *others = sorted(wishes, key=lambda wish: _verb(wish[1]) not in ACTS)
    ways = tuple(Option(f"Vous disiez aussi : {quote(said)}", f"!{typed}") for said, typed in others)
    try:
        reply = await _type(ctx, line)
    except Denied:
        raise
    except Refusal as refusal:
        choices = (*refusal.choices, *((way.label, way.line) for way in ways))
        raise Refusal(refusal.why, try_this=refusal.try_this, choices=choices) from None
    if reply.confirm and others:
        return replace(reply, text=f"{reply.text} Une chose à la fois : redites-moi ensuite {quote(others[0][0])}.")
    return replace(reply, options=(*reply.options, *ways), after="" if not reply.options else reply.after)


async def _wishes(ctx: Context, line: str) -> list[tuple[str, str]]:
    """The clauses of a message with the line of each, when every one of them is understood by itself; otherwise none.

    What follows a text to keep (a question, a reminder) belongs to it; who gives a pouvoir has said that they are absent.
    """
    clauses = [clause for clause in BETWEEN.split(without_courtesy(line)) if clause.strip(" ,.;!?")]
    if not 1 < len(clauses) <= MOST:
        return []
    wishes: list[tuple[str, str]] = []
    for clause in clauses:
        if wishes and _verb(wishes[-1][1]) in TEXTS:
            return []
        meant = await line_meant(ctx, clause.strip(" ,.;!"))
        if meant is None:
            return []
        wishes.append((clause.strip(" ,.;!"), meant))
    entrusted = any(_verb(line) == "pouvoir" for _, line in wishes)
    return [(said, line) for said, line in wishes if not (entrusted and _verb(line) == "absent")]


def _verb(line: str) -> str:
    return line.partition(" ")[0]


async def _guess(ctx: Context, spoken: Spoken, word: str) -> Reply:
    """Look for the papers so called; else repeat what was not understood, with two numbered ways on."""
    said = without_courtesy(spoken.line).strip(" ?!.")[:200]
    likely: list[Command] = nearest(word, await rights(ctx), 1) if spoken.prefixed else []
    seek = Option(f"Chercher {quote(said, 60)} dans les documents", f"!chercher {said}")
    ways = (seek, Option("Voir ce que je sais faire", "!aide"))
    if likely:
        ways = (Option(f"`!{likely[0].word}` : {likely[0].summary}", f"!aide {likely[0].word}"), ways[1])
    elif hint := hinted(said):
        ways = (Option(*hint), seek)
    elif not spoken.prefixed and await names_papers(said, ctx):
        return await _type(ctx, f"chercher {said}")
    elif define(said):
        ways = (Option(f"Savoir ce que veut dire {quote(said)}", f"!définir {said}"), seek)
    return Reply(f"Je n'ai pas compris {quote(spoken.line)}. Vouliez-vous :", options=ways)
