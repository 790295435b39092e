"""point — putting an item on the next session's agenda, moving it, changing it, taking it off."""

from typing import Annotated

from commands import NO, BodyBeforeText, Context, Member, Refusal, Reply, Role, Yes, after, command
from commands._agenda import RAPPORTEUR, KindSaid, PointSaid, Said, tell_convoked
from commands._sessions import one_session
from commands._show import day_of, point_line
from commands._tell import announce
from commands._words import plain
from council.agenda import ItemKind, is_diverse, kind_of
from storage.summons import Convocation
from storage.tables import AgendaItem, Meeting, Person

FREE = "rép. min. Assemblée nationale n° 52747, 25 août 2009"


@command(
    "point",
    summary="Ajouter un point à l'ordre du jour, le déplacer, le retirer",
    who=Role.CHAIR,
    examples={
        "!point Choix du prestataire rapporteur Blanche Arnaud": (
            "Point 2 ajouté à la séance du jeudi 26 mars 2026 : **Choix du prestataire** (rapporteur : Blanche Arnaud)."
        ),
        "!point Tarifs de l'eau pour avis": (
            "Point 2 ajouté à la séance du jeudi 26 mars 2026 : **Tarifs de l'eau** (pour avis)."
        ),
        "!point 1 pour information": (
            "Point 1 de la séance du jeudi 26 mars 2026 : **Réservoir des Buttes** (pour information, rapporteur : Hugo Roux)."
        ),
    },
)
async def point(
    ctx: Context,
    commission: BodyBeforeText,
    point: PointSaid,
    rapporteur: Annotated[Person | None, after(RAPPORTEUR, "rapporteur NOM", Member)] = None,
    *,
    nature: KindSaid = None,
    accord: Yes = NO,
) -> Reply:
    """Le point prend le numéro suivant ; un document s'y rattache en écrivant « point 2 » dans sa légende. Pour le changer :
    `!point 3 en 1`, `!point 3 avant 2`, `!point 3 pour avis`, `!point 3 rapporteur Mme Arnaud`, `!point retirer 3`. Rien ne
    se décide sous les « questions diverses » (article L. 2121-10 du CGCT).
    """
    meeting = await one_session(ctx, commission, None)
    kind = point.kind or nature
    if not point.number:
        return await _add(ctx, meeting, point.title, kind, rapporteur)
    item = next((each for each in meeting.items if each.position == point.number), None)
    if item is None:
        raise Refusal(
            f"Il n'y a pas de point {point.number} à la séance du {day_of(meeting, ctx)}.",
            try_this="`!odj` les montre.",
        )
    convoked = await _convoked(ctx, meeting, item)
    if point.leaves:
        return await _withdraw(ctx, meeting, item, convoked, accord=accord)
    if point.place:
        return await _move(ctx, meeting, item, point, accord=accord)
    return await _change(ctx, meeting, item, kind=kind, rapporteur=rapporteur, convoked=convoked)


async def _convoked(ctx: Context, meeting: Meeting, item: AgendaItem) -> Convocation | None:
    """The convocation that went out with this point."""
    sent = await ctx.store.convocations.in_force(meeting.id)
    return next((each for each in sent if item.id in each.items), None)


async def _add(ctx: Context, meeting: Meeting, title: str, kind: ItemKind | None, rapporteur: Person | None) -> Reply:
    if await ctx.store.seconds.first_of(meeting.id):
        raise Refusal(
            "Une séance tenue sur seconde convocation ne délibère que sur les points de la première (article L. 2121-17 du CGCT).",
            try_this="Fixez une autre séance pour ce point : il y faudra un quorum.",
        )
    settled = kind_of(title, kind, meeting.body.kind)
    convoked = await ctx.store.convocations.in_force(meeting.id)
    last = meeting.items[-1] if meeting.items else None
    item = await ctx.store.meetings.add_item(meeting, title, rapporteur.id if rapporteur else None, settled)
    if last is not None and is_diverse(last.title) and not is_diverse(title):
        await ctx.store.meetings.move_item(meeting, item, last.position)
    said = f"Point {item.position} ajouté à la séance du {day_of(meeting, ctx)} : {point_line(item, rapporteur)}."
    if convoked:
        said += (
            f" La convocation {convoked[0].reference} est partie sans lui : `!convoquer {meeting.body.code}` envoie la convocation "
            "rectificative, qui a son propre délai."
        )
    return Reply(said)


async def _change(
    ctx: Context,
    meeting: Meeting,
    item: AgendaItem,
    *,
    kind: ItemKind | None,
    rapporteur: Person | None,
    convoked: Convocation | None,
) -> Reply:
    if kind is None and rapporteur is None:
        raise Refusal(
            f"Que dois-je changer au point {item.position} ({plain(item.title, 90)}) ?",
            try_this=f"Par exemple : `!point {item.position} en 1`, `!point {item.position} pour avis`, `!point retirer {item.position}`.",
        )
    if kind is ItemKind.DECISION and convoked and item.kind in (ItemKind.OPINION, ItemKind.INFORMATION):
        raise Refusal(
            f"Ce point a été convoqué pour {item.kind.value} ({convoked.reference}) : une décision n'y est pas annoncée, elle "
            "pourrait être annulée (article L. 2121-10 du CGCT).",
            try_this="Ajoutez un nouveau point pour décision, puis `!convoquer` : il aura son propre délai.",
        )
    item.kind = kind_of(item.title, kind, meeting.body.kind) if kind else item.kind
    item.rapporteur_id = rapporteur.id if rapporteur else item.rapporteur_id
    shown = point_line(item, rapporteur or item.rapporteur)
    return Reply(f"Point {item.position} de la séance du {day_of(meeting, ctx)} : {shown}.")


async def _move(ctx: Context, meeting: Meeting, item: AgendaItem, said: Said, *, accord: bool) -> Reply:
    place = _place(said, len(meeting.items))
    if place == item.position:
        return Reply(f"Le point {item.position} est déjà à cette place.")
    sent = await ctx.store.convocations.in_force(meeting.id)
    if sent and not accord:
        return Reply(
            f"La convocation {sent[0].reference} est partie avec les numéros d'aujourd'hui : ils ne seront plus les mêmes. L'ordre "
            "des points se change aussi à l'ouverture de la séance, sans rien renvoyer. Je le déplace quand même ?",
            confirm=f"!point {meeting.body.code} {item.position} en {place} oui",
        )
    before = item.position
    await ctx.store.meetings.move_item(meeting, item, place)
    fresh = await ctx.store.meetings.get(meeting.id)
    lines = "\n".join(f"{each.position}. {plain(each.title, 150)}" for each in fresh.items)
    return Reply(f"Le point {before} devient le point {item.position}, séance du {day_of(meeting, ctx)} :\n\n{lines}")


def _place(said: Said, count: int) -> int:
    """The number that a point takes: its own row leaves before it comes back, which shifts what comes after."""
    place = said.place
    if said.beside:
        place += (said.beside > 0) - (said.number < said.place)
    return max(1, min(place, count))


async def _withdraw(
    ctx: Context, meeting: Meeting, item: AgendaItem, convoked: Convocation | None, *, accord: bool
) -> Reply:
    what = f"le point {item.position} ({plain(item.title, 90)}) de la séance du {day_of(meeting, ctx)}"
    if not accord:
        law = (
            f" La convocation {convoked.reference} est partie avec lui. Le retirer est permis jusqu'à l'ouverture ({FREE}) : chaque "
            "personne convoquée en sera avertie en privé, ou par la mairie si elle l'a sur papier."
            if convoked
            else ""
        )
        return Reply(
            f"Je retire {what} ; ses documents et ses questions restent à la séance.{law} C'est bien cela ?",
            confirm=f"!point {meeting.body.code} retirer {item.position} oui",
        )
    shown = f"**Point retiré** de l'ordre du jour : {plain(item.title, 150)}\n\n{plain(meeting.body.name)}, séance du {day_of(meeting, ctx)}."
    await ctx.store.meetings.withdraw_item(meeting, item)
    if convoked is None:
        return Reply(f"C'est fait : {what} est retiré.")
    await tell_convoked(
        ctx, meeting, convoked, f"{shown} La convocation {convoked.reference} vaut pour les autres points."
    )
    return await announce(ctx, meeting.body, Reply(shown, loud=True, everyone=True))
