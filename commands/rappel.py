"""rappel — being reminded of something, alone or with the whole room."""

import re

from commands import Context, DatedText, Refusal, Reply, command, due
from commands._show import said_late
from commands._words import plain, quote
from council.french import long_moment, tidy
from storage.states import NoticeKind
from storage.tables import Notice

LINKS = re.compile(r"^(?:(?:[,:;-]|moi\b|de\s|d'|que\s|qu')\s*)+", re.IGNORECASE)


@command(
    "rappel",
    "rappelle",
    "rappelle-moi",
    summary="Être rappelé à une date",
    examples={
        "!rappel vendredi 6 mars à 9 h relire le devis": (
            "C'est noté : « relire le devis ». Je le rappellerai ici, à tous, le **vendredi 6 mars 2026 à 9 h**."
        ),
    },
)
async def rappel(ctx: Context, quoi: DatedText) -> Reply:
    """En conversation privée, le rappel n'est que pour vous ; dans un salon, il est pour tous. La date se dit comme on parle :
    « demain à 9 h », « dans 3 semaines », « le premier lundi de mars ».
    """
    text = LINKS.sub("", " ".join(tidy(quoi.text).split()).strip(" ,:;")).strip()
    if not text:
        raise Refusal("Que dois-je rappeler ?", try_this="`!rappel demain à 9 h relire le devis`")
    moment = quoi.moment
    await ctx.store.notices.add(
        Notice(
            kind=NoticeKind.REMINDER,
            due_at=moment,
            text=text[:1000],
            room_id=ctx.room.room_id,
            created_by=ctx.sender.id,
        )
    )
    shown = f"le **{long_moment(moment, ctx.commune.zone)}**"
    if moment <= ctx.now:
        whom = "je vous le rappelle" if ctx.private else "je le rappelle ici, à tous,"
        return Reply(
            f"C'est noté : {quote(text, 300)}. C'était pour {shown}, avant que je vous lise : {whom} aussitôt."
        )
    whom = "Je vous le rappellerai" if ctx.private else "Je le rappellerai ici, à tous,"
    return Reply(f"C'est noté : {quote(text, 300)}. {whom} {shown}.")


@due(NoticeKind.REMINDER)
async def on_due(ctx: Context, notice: Notice) -> Reply:
    """The reminder; it rings for who asked, or for the whole room."""
    late = said_late("Ce rappel part en retard : il était prévu", notice.due_at, ctx)
    who = "" if ctx.private else f" (demandé par {plain(ctx.sender.name)})"
    mentions = (ctx.sender.matrix_id,) if ctx.private and ctx.sender.matrix_id else ()
    return Reply(
        f"**Rappel** : {plain(notice.text, 1000)}{who}{late}", loud=True, everyone=not ctx.private, mentions=mentions
    )
