"""Arguments that name what the town holds: a body, a paper, a person; within what the asker may know of."""

import re
from dataclasses import dataclass
from typing import Annotated

from commands._arguments import Absent, Argument, Ask
from commands._bodies import match_body, match_person
from commands._called import called
from commands._context import Context
from commands._sessions import UNDER_WAY
from commands._words import quote
from council.refusals import Denied, Refusal
from council.roles import Role
from storage.tables import Body, Paper, Person

REFERENCE = re.compile(r"^[\s#«\"]*([A-Za-z][A-Za-z0-9]*)[-–. ]?(\d{4})[-–. ](\d{1,4})\b[»\"]?", re.ASCII)
OF_SESSION = re.compile(
    r"^(?:(?:de|du|la|le|les|ma|notre|prochaine?)\s+|d'|l')*(?:s[ée]ance|r[ée]union|commission|celle)s?\b\s*"
    r"(?:prochaine\b\s*)?(?:(?:du|de)\s+|d')?",
    re.IGNORECASE,
)
"""What people say before a session's date: "de la prochaine séance du"."""
_LABEL = 80


@dataclass(frozen=True)
class _Body(Argument[Body]):
    """A body by its name or code; in its own room it needn't be said."""

    label: str = "COMMISSION"
    wanted: str = "la commission"
    implied: bool = True

    async def take(self, text: str, ctx: Context) -> tuple[Body, str]:
        if ctx.room.body is not None and not text.strip():
            return self.unsaid(text, ctx, [])
        bodies = await ctx.bodies()
        found = match_body(text, bodies)
        if found.body is not None:
            return found.body, found.rest
        if found.several:
            raise Ask("De quelle commission parlez-vous ?", [(b.name, b.code) for b in found.several], found.rest)
        await _refuse_if_elsewhere(text, ctx)
        return self.unsaid(OF_SESSION.sub("", text), ctx, await self.among(bodies, ctx))

    async def among(self, bodies: list[Body], ctx: Context) -> list[Body]:
        """Those that may be meant when none is said."""
        return bodies

    def unsaid(self, text: str, ctx: Context, bodies: list[Body]) -> tuple[Body, str]:
        """The body of the room, the only one there is, or a question."""
        if ctx.room.body is not None:
            return ctx.room.body, text
        if len(bodies) == 1:
            return bodies[0], text
        if not bodies:
            raise Refusal("Vous ne siégez dans aucune commission aujourd'hui.", try_this="Parlez-en à la mairie.")
        raise Ask("Pour quelle commission ?", [(b.name, b.code) for b in bodies], text)


async def _refuse_if_elsewhere(text: str, ctx: Context) -> None:
    """A body of others isn't spoken of; one that not everyone in this room belongs to is, but in private."""
    elsewhere = match_body(text, list(await ctx.store.bodies.all())).body
    if elsewhere is None:
        return
    name = quote(elsewhere.name)
    if Role.MEMBER in ctx.role_in(elsewhere):
        raise Refusal(
            f"Tous les membres de ce salon ne siègent pas dans {name}.",
            try_this="Parlez-m'en en conversation privée, ou dans son salon.",
        )
    raise Refusal(f"Vous ne siégez pas dans {name} : je ne peux pas vous en parler.")


@dataclass(frozen=True)
class _InSession(_Body):
    """A body that has a session to come, or under way, where none is said."""

    async def among(self, bodies: list[Body], ctx: Context) -> list[Body]:
        coming = await ctx.store.meetings.coming([each.id for each in bodies], start=ctx.now - UNDER_WAY)
        ids = {meeting.body_id for meeting in coming}
        return [each for each in bodies if each.id in ids] or bodies


@dataclass(frozen=True)
class _Convoked(_Body):
    """A body to which a convocation was sent, where none is said."""

    async def among(self, bodies: list[Body], ctx: Context) -> list[Body]:
        return [each for each in bodies if await ctx.store.convocations.latest(each.id)] or bodies


@dataclass(frozen=True)
class _MaybeBody(_Body):
    """A body that is said, or none: never asked."""

    def unsaid(self, text: str, ctx: Context, bodies: list[Body]) -> tuple[Body, str]:
        raise Absent


@dataclass(frozen=True)
class _BodyBeforeText(_Body):
    """A body before free words: in its own room the words are the text, whatever body they begin by naming."""

    async def take(self, text: str, ctx: Context) -> tuple[Body, str]:
        body = ctx.room.body
        if body is None:
            return await super().take(text, ctx)
        return body, re.sub(rf"^{re.escape(body.code)}\s+", "", text)


@dataclass(frozen=True)
class NamedPaper(Argument[Paper]):
    """A paper by its reference, or by replying to its message: only one that the asker may see.

    Attributes:
        optional: words that are no reference are left to the next argument.
    """

    label: str = "RÉFÉRENCE"
    wanted: str = "la référence du document"
    optional: bool = False

    async def take(self, text: str, ctx: Context) -> tuple[Paper, str]:
        found = REFERENCE.match(text)
        if found:
            return await self._of_reference(found, ctx), text[found.end() :].strip()
        replied = ctx.message.reply_to and await ctx.store.papers.dropped_as(ctx.message.reply_to, ctx.reader)
        if replied:
            return replied, text
        if self.optional or not text.strip():
            raise Absent
        await ask_which(text, ctx)
        raise Refusal(
            f"{quote(text, 40)} n'est pas une référence de document.",
            try_this="Une référence s'écrit comme FIN-2027-003.",
            choices=(
                (f"Chercher {quote(text, 40)} dans les documents", f"!chercher {text[:200]}"),
                ("Voir les derniers documents", "!documents"),
            ),
        )

    async def _of_reference(self, found: re.Match[str], ctx: Context) -> Paper:
        reference = as_reference(found)
        paper = await ctx.store.papers.by_reference(reference, ctx.reader)
        if paper is None:
            raise Denied(
                f"Je ne trouve pas de document {reference} que vous puissiez voir ici.",
                reference,
                try_this="`!documents` montre ceux qui existent, `!chercher` les retrouve par leurs mots.",
            )
        return paper


async def ask_which(text: str, ctx: Context, *, after: str = "") -> None:
    """Ask which paper these words call, if they call any; ``after`` ends the line that is chosen.

    Raises:
        Ask: even for a single one, as words may mean another.
    """
    words, hits, rest = await called(text, ctx)
    if hits:
        choices = [(f"{hit.reference} {hit.title}"[:_LABEL], hit.reference) for hit in hits]
        raise Ask(f"Quel document est-ce, {quote(words, 40)} ?", choices, f"{rest} {after}".strip())


def as_reference(found: re.Match[str]) -> str:
    """A reference in its own form, of a match of ``REFERENCE``: "eau 2026 1" is EAU-2026-001."""
    return f"{found[1].upper()}-{found[2]}-{int(found[3]):03d}"


@dataclass(frozen=True)
class _Person(Argument[Person]):
    """A person in office, by name."""

    label: str = "NOM"
    wanted: str = "le nom"

    async def take(self, text: str, ctx: Context) -> tuple[Person, str]:
        if not text.strip():
            raise Absent
        found = match_person(text, list(await ctx.store.people.in_office(ctx.today)))
        if len(found) > 1:
            names = [person.name for person in found]
            distinct = len(set(names)) == len(names)
            told_apart = [(p.name, p.name if distinct or not p.matrix_id else p.matrix_id) for p in found]
            raise Ask(f"Qui est {quote(text, 40)} ?", told_apart, "")
        if not found:
            raise Refusal(
                f"Je ne connais pas {quote(text, 40)} parmi les membres.", try_this="Écrivez le nom en entier."
            )
        return found[0], ""


InBody = Annotated[Body, _Body()]
BodyBeforeText = Annotated[Body, _BodyBeforeText()]
InSession = Annotated[Body, _InSession()]
Convoked = Annotated[Body, _Convoked()]
MaybeBody = Annotated[Body | None, _MaybeBody()]
Ref = Annotated[Paper, NamedPaper()]
Member = Annotated[Person, _Person()]
