"""rappels — what is still to be said, and taking one back."""

from typing import Annotated

from commands import Context, Number, Option, Refusal, Reply, after, by_number, command
from commands._words import plain
from council.french import long_moment
from storage.states import NoticeKind, NoticeState


@command(
    "rappels",
    summary="Voir vos rappels et vos annonces à venir",
    examples={
        "!rappels": (
            "**Rappels et annonces à venir**\n\nIl n'y en a pas. `!rappel demain à 9 h relire le devis` en crée un."
        ),
    },
)
async def rappels(
    ctx: Context, retire: Annotated[int | None, after("retirer", "retirer NUMÉRO", Number)] = None
) -> Reply:
    """En conversation privée : les vôtres ; dans un salon : ceux du salon. Un numéro en retire un."""
    notices = (
        await ctx.store.notices.of_person(ctx.sender.id)
        if ctx.private
        else await ctx.store.notices.of_room(ctx.room.room_id)
    )
    if retire is not None:
        notice = next((each for each in notices if each.id == retire), None)
        if notice is None or notice.created_by != ctx.sender.id:
            raise Refusal(
                "Ce rappel n'existe plus, ou il a été demandé par quelqu'un d'autre.", try_this="`!rappels` les montre."
            )
        notice.state = NoticeState.CANCELLED
        return Reply(f"C'est retiré : {plain(notice.text, 200)}.")
    title = "**Rappels et annonces à venir**"
    if not notices:
        return Reply(f"{title}\n\nIl n'y en a pas. `!rappel demain à 9 h relire le devis` en crée un.")
    options = tuple(
        Option(
            f"{long_moment(each.due_at, ctx.commune.zone)}{' (annonce)' if each.kind is NoticeKind.ANNOUNCEMENT else ''} : {plain(each.text, 100)}",
            f"!rappels retirer {each.id}",
        )
        for each in notices[:9]
    )
    return Reply(
        title,
        options=options,
        after=f"{by_number(len(options))} pour {'en retirer un' if len(options) > 1 else 'le retirer'}.",
    )
