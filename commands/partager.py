"""partager — one paper in many rooms: shown to other bodies as theirs, and taken back."""

from collections.abc import Sequence
from typing import Annotated

from commands import Context, Option, Ref, Refusal, Reply, Role, command, owe, words
from commands._bodies import match_body
from commands._sessions import next_session
from commands._show import current, day_of, paper_line
from commands._words import plain, quote
from council.french import count, enumerate_fr, fold
from storage.tables import Body, Meeting, Paper

_BETWEEN = ("et", "a", "au", "aux", "avec", "la", "le", "les")


@command(
    "partager",
    "partage",
    summary="Montrer un document à d'autres commissions",
    who=Role.CHAIR,
    examples={
        "!partager EAU-2026-001 CM": (
            "**EAU-2026-001** Devis du réservoir est partagé.\n\n"
            "- « Conseil municipal » : 5 personnes le verront dès maintenant"
        ),
    },
)
async def partager(
    ctx: Context,
    document: Ref,
    texte: Annotated[str, words("CODE…] [retirer CODE…", "la commission")] = "",
) -> Reply:
    """Le document garde sa référence et apparaît là-bas comme s'il y avait été classé : dans les documents, la recherche et
    l'ordre du jour de la prochaine séance. `!partager EAU-2026-001 retirer CM` l'en retire ; sans code, la réponse montre où
    il est partagé. Un document à huis clos n'est pas partagé là où siège un externe.
    """
    shared = await ctx.store.shares.bodies(document)
    if not texte:
        return _shown(document, shared)
    first, _, rest = texte.partition(" ")
    if fold(first) in ("retirer", "retire"):
        return await _taken_back(ctx, document, shared, rest)
    bodies = await _named(ctx, texte)
    await _refuse(ctx, document, bodies)
    lines = [await _shared(ctx, document, body, known=body in shared) for body in bodies]
    return Reply(f"{paper_line(document)} est partagé.\n\n" + "\n".join(lines))


def _shown(paper: Paper, shared: Sequence[Body]) -> Reply:
    if not shared:
        how = f"`!partager {paper.reference} CM` le montre au conseil municipal, par exemple."
        return Reply(f"{paper_line(paper)} n'est partagé avec aucune autre commission. {how}")
    options = tuple(
        Option(f"Le retirer de {quote(body.name)}", f"!partager {paper.reference} retirer {body.code}")
        for body in shared
    )
    names = enumerate_fr([quote(body.name) for body in shared])
    return Reply(f"{paper_line(paper)} est partagé avec {names}.", options=options)


async def _named(ctx: Context, text: str) -> list[Body]:
    """The bodies that a text names one after the other, by code or name."""
    everyone, found, rest = list(await ctx.store.bodies.all()), list[Body](), text
    while rest := rest.strip(" ,;.+"):
        first, _, after = rest.partition(" ")
        if fold(first) in _BETWEEN:
            rest = after
            continue
        match = match_body(rest, everyone)
        # A code is a whole word: what follows it is another body's.
        coded = next((body for body in everyone if fold(body.code) == fold(first.strip(",;"))), None)
        body = coded or match.body
        if body is None:
            known = enumerate_fr([each.code for each in everyone])
            raise Refusal(f"Je ne connais pas de commission {quote(rest, 40)}.", try_this=f"Les codes sont {known}.")
        found, rest = [*found, body], after if coded else match.rest
    return list(dict.fromkeys(found))


async def _refuse(ctx: Context, paper: Paper, bodies: Sequence[Body]) -> None:
    """Raise where a paper can't go; nothing is then shared at all."""
    closed = await ctx.store.shares.is_closed(paper)
    for body in bodies:
        if body.id == paper.body_id:
            raise Refusal(f"{paper.reference} est déjà un document de {quote(body.name)}.")
        guests = await ctx.store.shares.guests(body.id, ctx.today)
        if closed and guests:
            names = enumerate_fr([plain(each.name) for each in guests])
            raise Refusal(
                f"{paper.reference} est à huis clos, et {count(len(guests), 'externe')} "
                f"({names}) {'siège' if len(guests) == 1 else 'siègent'} dans {quote(body.name)} : je ne le partage pas.",
                try_this="Partagez-le avec une commission sans externe.",
            )


async def _shared(ctx: Context, paper: Paper, body: Body, *, known: bool) -> str:
    """Show a paper in a body, whose room is told; returns who will see it."""
    if known:
        return f"- {quote(body.name)} : c'était déjà fait"
    meeting = await next_session(ctx, body, under_way=False)
    beside = meeting.id if meeting else None
    await ctx.store.shares.share(paper, body, by=ctx.sender.id, today=ctx.today, meeting_id=beside)
    room = await ctx.store.rooms.of_body(body.id)
    if room is not None:
        home = await ctx.store.bodies.get(paper.body_id)
        said = (
            f"Partagé par {quote(home.name)} : {paper_line(paper)}{_with(meeting, ctx)}. `!envoyer {paper.reference}`"
        )
        await owe(ctx.store, Reply(f"{said} l'envoie ici."), room_id=room.room_id)
    return f"- {quote(body.name)} : {await _readers(ctx, paper, body)}{_with(meeting, ctx)}"


def _with(meeting: Meeting | None, ctx: Context) -> str:
    return f", avec les documents de la séance du {day_of(meeting, ctx)}" if meeting else ""


async def _readers(ctx: Context, paper: Paper, body: Body) -> str:
    """« 5 personnes le verront dès maintenant, dont Odile Blanc (externe) »."""
    people = count(len(await ctx.store.people.members(body.id, ctx.today)), "personne")
    verb = "le verra" if people.startswith("1 ") else "le verront"
    guests = await ctx.store.shares.guests(body.id, ctx.today)
    named = enumerate_fr([f"{plain(each.name)} (externe)" for each in guests])
    version = current(paper).version
    older = ", sauf les versions plus anciennes pour les externes" if guests and version > 1 else ""
    return f"{people} {verb} dès maintenant" + (f", dont {named}{older}" if guests else "")


async def _taken_back(ctx: Context, paper: Paper, shared: Sequence[Body], said: str) -> Reply:
    """Show a paper no more in the bodies named, or wherever it was shared."""
    bodies = await _named(ctx, said) or list(shared)
    elsewhere = [body for body in bodies if body not in shared]
    if elsewhere or not bodies:
        where = f" avec {enumerate_fr([quote(body.name) for body in elsewhere])}" if elsewhere else ""
        raise Refusal(
            f"{paper.reference} n'est pas partagé{where}.",
            try_this=f"`!partager {paper.reference}` montre où il l'est.",
        )
    for body in bodies:
        await ctx.store.shares.end(paper, body, ctx.sender.id)
    names = enumerate_fr([quote(body.name) for body in bodies])
    return Reply(
        f"{paper_line(paper)} n'est plus partagé avec {names} : il n'y est plus ni montré ni trouvé. Ce qui a déjà été "
        "envoyé reste chez ceux qui l'ont reçu."
    )
