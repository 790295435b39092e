"""documents — the papers of a body, of a session, or with a word in their title."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Annotated

from dateutil.relativedelta import relativedelta

from commands import Context, MaybeBody, MaybePeriod, Onward, Option, Refusal, Reply, by_number, command, onward, words
from commands._dates import Period
from commands._show import paper_line, with_what_is_kept_back
from commands._words import plain, quote
from council.french import count, fold
from storage.tables import Body, Paper

SHOWN = 9
LOOKED_AT = 500


@command(
    "documents",
    "document",
    "papiers",
    "dossiers",
    summary="Voir les derniers documents",
    examples={
        "!documents": (
            "**Derniers documents**\n\n1. **EAU-2026-001** Devis du réservoir\n\nRépondez **1** : je vous l'envoie."
        ),
        "!documents devis": (
            "**Documents : « devis »**\n\n1. **EAU-2026-001** Devis du réservoir\n\nRépondez **1** : je vous l'envoie."
        ),
        "!documents du 26 mars": (
            "**Documents de la séance du jeudi 26 mars 2026**\n\n"
            "1. **EAU-2026-001** Devis du réservoir\n\n"
            "Répondez **1** : je vous l'envoie."
        ),
    },
)
async def documents(
    ctx: Context,
    commission: MaybeBody = None,
    quand: MaybePeriod = None,
    quoi: Annotated[str, words("MOT", "le mot")] = "",
    suite: Onward = 0,
) -> Reply:
    """Sans rien d'autre : les derniers classés. Ajoutez une commission, la date d'une séance, ou un mot du titre."""
    body = commission or ctx.room.body
    quoi = quoi.strip(" ?!.")
    title, papers = await _chosen(ctx, body, quand, quoi)
    if commission is not None:
        title = f"{title} : {plain(commission.name)}"
    if not papers:
        hint = (
            "`!chercher` regarde aussi dans leur texte." if quoi else "Déposez un fichier dans le salon : je le classe."
        )
        return await with_what_is_kept_back(ctx, Reply(f"**{title}**\n\nAucun document. {hint}"))
    shown = papers[suite : suite + SHOWN]
    options = [Option(paper_line(paper), f"!envoyer {paper.reference}") for paper in shown]
    sent = f"{by_number(len(options))} : je vous l'envoie."
    if left := len(papers) - suite - len(shown):
        said = (body.code if body else "", f"du {quand.first:%d/%m/%Y} au {quand.last:%d/%m/%Y}" if quand else "", quoi)
        line = " ".join(filter(None, ("!documents", *said, f"suite {suite + SHOWN}")))
        options.append(onward(f"Voir la suite ({count(left, 'autre')})", line))
    return await with_what_is_kept_back(ctx, Reply(f"**{title}**", options=tuple(options), after=sent))


async def _chosen(ctx: Context, body: Body | None, when: Period | None, word: str) -> tuple[str, Sequence[Paper]]:
    """What the papers asked for have in common, and the papers, newest first."""
    bodies = [body.id] if body else []
    if when is not None:
        period, papers = await _of_sessions(ctx, bodies or [each.id for each in await ctx.bodies()], when)
        title = (
            f"Documents de la séance du {period.shown}"
            if period.first == period.last
            else f"Documents des séances {period.shown}"
        )
        return title, _named(papers, word)
    papers = list(await ctx.store.papers.list(ctx.reader, bodies=bodies, limit=LOOKED_AT))
    return f"Documents : {quote(word)}" if word else "Derniers documents", _named(papers, word)


def _named(papers: Sequence[Paper], word: str) -> list[Paper]:
    """Those with these words in their title or reference."""
    wanted = fold(word).split()
    return [paper for paper in papers if all(each in fold(f"{paper.title} {paper.reference}") for each in wanted)]


async def _of_sessions(ctx: Context, bodies: Sequence[int], period: Period) -> tuple[Period, list[Paper]]:
    """The papers of the sessions of a period; a day to come without any session is meant of the year before."""
    meetings = await _sessions(ctx, bodies, period)
    if not meetings and period.first == period.last > ctx.today:
        gone = period.first - relativedelta(years=1)
        before = Period(gone, gone)
        if meetings := await _sessions(ctx, bodies, before):
            period = before
    if not meetings:
        said = f"le {period.shown}" if period.first == period.last else period.shown
        raise Refusal(f"Je ne connais pas de séance {said}.", try_this="`!documents` montre les derniers classés.")
    papers: list[Paper] = []
    for meeting_id in meetings:
        papers += await ctx.store.papers.list(ctx.reader, meeting_id=meeting_id)
    return period, sorted(papers, key=lambda paper: (paper.filed_at, paper.id), reverse=True)


async def _sessions(ctx: Context, bodies: Sequence[int], period: Period) -> list[int]:
    start = datetime.combine(period.first, time.min, ctx.commune.zone)
    end = datetime.combine(period.last + timedelta(days=1), time.min, ctx.commune.zone)
    return [meeting.id for meeting in await ctx.store.meetings.coming(bodies, start=start, end=end)]
