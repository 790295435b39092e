"""From a line to a reply: the command, its arguments, the right to ask, the question when something is missing."""

from typing import Any

from rapidfuzz import fuzz, process

from commands._arguments import Absent, Ask
from commands._context import Context, Option, Reply
from commands._kit import Command, Parameter, registry
from commands._words import plain, quote
from council.french import fold
from council.refusals import Denied, Refusal
from council.roles import WHO_IN_FRENCH, Role
from storage.tables import Body, Meeting, Paper

SURE = 80
"""How alike (0 to 100) a mistyped word must be to be taken for a command's."""
LIKELY = 65
"""How alike it must be for the command to be offered as a guess."""


def find_command(word: str) -> Command | None:
    """The command of this word, accents and case forgiven."""
    return registry().by_word.get(fold(word))


def command_of(line: str) -> tuple[Command | None, str]:
    """The command that begins a line, by one word or by several ("ordre du jour"), and what follows it."""
    for size in (3, 2, 1):
        parts = line.split(None, size)
        if len(parts) >= size and (command := find_command(_bare(" ".join(parts[:size])))):
            rest = parts[size] if len(parts) > size else ""
            return command, rest.strip() if rest.strip(" ?!.…") else ""
    return None, ""


def _bare(word: str) -> str:
    return word.rstrip(":,?!.…") or word


def mistyped(word: str) -> Command | None:
    """The only command that a mistyped word can mean, or None."""
    folded = fold(word)
    if len(folded) < 4:
        return None
    close = process.extract(folded, list(registry().by_word), scorer=fuzz.ratio, score_cutoff=SURE, limit=4)
    meant = {id(registry().by_word[name]): registry().by_word[name] for name, _, _ in close}
    return next(iter(meant.values())) if len(meant) == 1 else None


def nearest(word: str, allowed: Role, count: int = 2) -> list[Command]:
    """The commands most like a word among those one has the right to, best first, never two of the same."""
    by_word = {name: each for name, each in registry().by_word.items() if each.who & allowed}
    close = process.extract(fold(word)[:40], list(by_word), scorer=fuzz.ratio, score_cutoff=LIKELY, limit=8)
    return list({by_word[name].word: by_word[name] for name, _, _ in close}.values())[:count]


async def rights(ctx: Context) -> Role:
    """All that the sender may do, in one body or another of which this room may hear."""
    role = Role.ADMIN if ctx.is_admin else Role.NOBODY
    for body in await ctx.bodies():
        role |= ctx.role_in(body)
    return role


async def run(command: Command, rest: str, ctx: Context) -> Reply:
    """Read the arguments, check the right, call the handler.

    Raises:
        Refusal: something the person can mend, in French.
    """
    _refuse_in_public(command, ctx)
    values, text, endings = await _endings(command, rest, ctx)
    typed = ""
    for parameter in command.parameters:
        if parameter.name in values:
            continue
        before = text
        try:
            values[parameter.name], text = await parameter.argument.take(text, ctx)
        except Absent:
            await _check_right(command, values, ctx)
            values[parameter.name] = _default(command, parameter)
        except Ask as question:
            await _check_right(command, values, ctx)
            question.rest = f"{question.rest} {endings}".strip()
            return await _ask(command, typed, question, ctx)
        typed = f"{typed} {before.removesuffix(text).strip()}".strip()
    await _check_right(command, values, ctx)
    if text.strip():
        raise Refusal(f"Je n'ai pas compris {quote(text)} à la fin.", try_this=f"Cela s'écrit `{command.usage}`.")
    return await command.handler(ctx, **values)


def _refuse_in_public(command: Command, ctx: Context) -> None:
    if command.private and not ctx.private:
        raise Refusal(
            f"Je ne réponds à `!{command.word}` qu'en conversation privée.", try_this="Écrivez-le-moi là-bas."
        )


async def _endings(command: Command, text: str, ctx: Context) -> tuple[dict[str, Any], str, str]:
    """What ends a line that the bot types (the "oui" of a confirmed one) has no label, and is read before the rest.

    Returns the values, the rest, and the words that say these values again in a line made of this one.
    """
    values: dict[str, Any] = {}
    again: list[str] = []
    for parameter in command.parameters:
        if not parameter.argument.label:
            try:
                value, text = await parameter.argument.take(text, ctx)
                again.append(parameter.argument.again(value))
            except Absent:
                value = parameter.default
            values[parameter.name] = value
    return values, text, " ".join(filter(None, again))


def _default(command: Command, parameter: Parameter) -> Any:
    if not parameter.required:
        return parameter.default
    example = next(iter(command.examples), command.usage)
    raise Refusal(f"Il manque {parameter.argument.wanted}.", try_this=f"Par exemple : `{example}`")


async def _ask(command: Command, typed: str, question: Ask, ctx: Context) -> Reply:
    """Turn a doubt into numbered lines: each is the whole command with the doubt settled.

    Between bodies, only those in which the sender has the right are offered; a single one needs no question.
    """
    choices = question.options
    if command.who is not Role.MEMBER:
        able = {body.code for body in await ctx.bodies() if ctx.role_in(body) & command.who}
        others = {body.code for body in await ctx.bodies()} - able
        choices = [choice for choice in choices if choice[1] not in others]
    if len(choices) == 1 < len(question.options):
        return await run(command, " ".join(filter(None, (typed, choices[0][1], question.rest))), ctx)
    options = [
        Option(plain(label), " ".join(filter(None, (f"!{command.word}", typed, text, question.rest))))
        for label, text in choices
    ]
    return Reply(question.why, options=tuple(options))


async def _check_right(command: Command, values: dict[str, Any], ctx: Context) -> None:
    """Refuse before anything more is asked; where no body is known yet, the right in any body will do for now."""
    body = await _acted_on(command, values, ctx)
    if body is None:
        role = await rights(ctx)
    else:
        role = ctx.role_in(body)
    if not role & command.who:
        raise _forbidden(command, body)


async def _acted_on(command: Command, values: dict[str, Any], ctx: Context) -> Body | None:
    """The body a line acts on: the one it names, or the one of the paper or session it names, or the room's."""
    for value in values.values():
        if isinstance(value, Body):
            return value
        if isinstance(value, Paper) and command.who is Role.MEMBER:
            return None  # who was shown it may read it, wherever it was shared
        if isinstance(value, Paper | Meeting):
            return await ctx.store.bodies.get(value.body_id)
    return ctx.room.body


def _forbidden(command: Command, body: Body | None = None) -> Denied:
    if command.who is Role.MEMBER and body is not None:
        return Denied(f"Vous ne siégez pas dans {quote(body.name)} : je ne peux pas vous en parler.", command.word)
    where = f" de {quote(body.name)}" if body is not None and command.who is Role.CHAIR else ""
    return Denied(
        f"La commande `!{command.word}` est réservée {WHO_IN_FRENCH[command.who]}{where}.",
        command.word,
        try_this="`!aide` montre ce que vous pouvez faire.",
    )
