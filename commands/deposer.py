"""déposer — a file that arrives is filed; in a direct conversation, after its giver said for which body."""

from dataclasses import replace
from typing import Any

from commands import Context, Dropped, InBody, Option, Refusal, Reply, command, when
from commands._bodies import match_body
from commands._enclosed import HOW, Holder, enclosed_of, offered
from commands._errata import offered as erratum_offered
from commands._filing import (
    KEEPERS,
    closed_doors,
    known_pages,
    may_keep,
    one_line,
    place_of,
    said_place,
    title_for,
    version_of,
    warning,
)
from commands._newer import called_anew, offer_to_replace, replaced_by
from commands._reading import filed
from commands._words import plain, quote
from council.french import count, enumerate_fr
from council.refusals import Denied
from council.roles import Role
from storage.readings import keep_reading
from storage.tables import Body, Drop, File, Paper


@command(
    "déposer",
    summary="Classer le fichier que vous m'avez envoyé en conversation privée",
    examples={
        "!déposer eau": "",
    },
)
async def deposer(ctx: Context, commission: InBody) -> Reply:
    """Dans le salon d'une commission, il suffit de déposer le fichier. En conversation privée, je demande pour qui il est."""
    drop = await ctx.store.papers.take_drop(ctx.sender.id)
    if drop is None:
        raise Refusal(
            "Je n'ai pas de fichier de vous en attente.",
            try_this="Envoyez-moi le fichier ici, ou déposez-le dans le salon.",
        )
    happening = Dropped(drop.blob, drop.name, drop.mime, drop.size, drop.caption, None)
    return await _file(ctx, commission, happening, room_id=drop.room_id, event_id=drop.event_id)


@when(Dropped)
async def on_drop(ctx: Context, drop: Dropped) -> Reply:
    """File what was dropped: where the room says, where the caption says, or after asking."""
    if drop.size == 0:
        raise Refusal(
            "Ce fichier est vide : je ne l'ai pas classé.", try_this="Vérifiez-le, puis déposez-le de nouveau."
        )
    body = ctx.room.body
    if body is None:
        body, drop = await _whose(ctx, drop)
    if body is None:
        return await _ask_body(ctx, drop)
    if Role.MEMBER not in ctx.role_in(body):
        raise Denied(f"Vous ne siégez pas dans {quote(body.name)} : je n'ai pas classé ce fichier.", body.code)
    return await _file(ctx, body, drop, room_id=ctx.room.room_id, event_id=ctx.message.event_id)


async def _whose(ctx: Context, drop: Dropped) -> tuple[Body | None, Dropped]:
    """The body that a caption names, in a direct conversation, and the drop without that name in its caption."""
    if replaced := replaced_by(drop.caption):
        paper = await ctx.store.papers.by_reference(replaced, ctx.reader)
        if paper is not None:
            return await ctx.store.bodies.get(paper.body_id), drop
    bodies = await ctx.bodies()
    start = match_body(drop.caption, bodies)
    if start.body is not None:
        return start.body, replace(drop, caption=start.rest)
    title, _, end = drop.caption.rpartition(" pour ")
    named = match_body(end, bodies)
    if title and named.body is not None:
        return named.body, replace(drop, caption=f"{title} {named.rest}".strip())
    return (bodies[0] if len(bodies) == 1 else None), drop


async def _ask_body(ctx: Context, drop: Dropped) -> Reply:
    kept: dict[str, Any] = {"blob": drop.blob, "name": drop.name, "mime": drop.mime, "size": drop.size}
    await ctx.store.papers.keep_drop(
        Drop(
            person_id=ctx.sender.id,
            caption=drop.caption,
            room_id=ctx.room.room_id,
            event_id=ctx.message.event_id,
            **kept,
        )
    )
    options = tuple(Option(plain(body.name), f"!déposer {body.code}") for body in await ctx.bodies())
    return Reply(f"J'ai bien reçu {plain(drop.name, 80)}. Pour quelle commission ?", options=options)


async def _file(ctx: Context, body: Body, drop: Dropped, *, room_id: str, event_id: str) -> Reply:
    known = await ctx.store.papers.same_bytes(drop.blob, ctx.reader)
    if known is not None:
        return Reply(f"Ce fichier est déjà classé : **{known.reference}** {plain(known.title)}.")
    file = version_of(drop, room_id, event_id, by=ctx.sender.id, now=ctx.now)
    if replaced := replaced_by(drop.caption):
        return await _replace(ctx, replaced, file, drop)
    caption, closed = closed_doors(drop.caption)
    anew = called_anew(caption)
    place = await place_of(anew or caption, ctx, body)
    title = one_line(place.rest) or title_for(drop)
    where = {
        "meeting_id": place.meeting.id if place.meeting else None,
        "item_id": place.item.id if place.item else None,
    }
    paper = await ctx.store.papers.file(body, ctx.now.year, title, file, **where)
    if closed:
        await _close(ctx, body, paper)
    joined = await _keep(ctx, paper, file, drop)
    said = f"Classé : **{paper.reference}** {plain(title, 90)}{known_pages(file)}{said_place(place, ctx)}{', à huis clos' if closed else ''}."
    if names := await _archived(ctx, file):
        asked = f"C'est une archive de {count(len(names), 'fichier')} : lesquels classer ?"
        return Reply(f"{said} {asked}", options=offered(paper, names), after=HOW)
    reply = Reply(f"{said}{warning(file)}{joined}{await filed(ctx, paper, place.meeting)}")
    return await offer_to_replace(ctx, reply, paper, anew)


async def _close(ctx: Context, body: Body, paper: Paper) -> None:
    """Put a paper, just filed or replaced, behind closed doors; refused where guests have just read it, and then it isn't filed."""
    guests = () if ctx.private else await ctx.store.shares.guests(body.id, ctx.today)
    if guests:
        raise Refusal(
            f"Ce salon est lu par {enumerate_fr([plain(each.name) for each in guests])} (externe) : ce fichier ne peut pas y être à "
            "huis clos, et je ne l'ai pas classé.",
            try_this="Supprimez votre message, puis donnez-moi le fichier en conversation privée.",
        )
    await ctx.store.shares.close(paper, ctx.sender.id)


async def _replace(ctx: Context, reference: str, file: File, drop: Dropped) -> Reply:
    """A file captioned "remplacer FIN-2027-003" becomes that paper's new version."""
    paper = await ctx.store.papers.by_reference(reference, ctx.reader)
    if paper is None:
        raise Refusal(f"Je ne trouve pas de document {reference} que vous puissiez voir ici ; rien n'a été classé.")
    if not await may_keep(ctx, paper):
        raise KEEPERS
    _, closed = closed_doors(drop.caption)
    await ctx.store.papers.replace(paper, file)
    if closed:
        await _close(ctx, await ctx.store.bodies.get(paper.body_id), paper)
    joined = await _keep(ctx, paper, file, drop)
    doors = ", à huis clos : aucun externe ne voit plus ce document, nulle part" if closed else ""
    version = f"version {file.version}{known_pages(file)}, désormais en vigueur{doors}."
    return await erratum_offered(ctx, paper, f"**{paper.reference}** {plain(paper.title)} : {version}{joined}")


async def _keep(ctx: Context, paper: Paper, file: File, drop: Dropped) -> str:
    """Keep what was read, and file what came with it; returns what to say of that."""
    if drop.text is None:
        await ctx.store.search.index(file.id, ())
        return ""
    await keep_reading(ctx.store, file, drop.text)
    return await enclosed_of(ctx.store, Holder(paper, file, ctx.sender.id, ctx.reader, ctx.now), drop)


async def _archived(ctx: Context, file: File) -> list[str]:
    """The names of the files that may be filed out of what was dropped."""
    return await ctx.store.archives.names(file.id) if await ctx.store.archives.is_archive(file.id) else []
