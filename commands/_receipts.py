"""Receipts shown: in short, how many and who is missing with what happens next; in detail, each person's proof."""

from collections.abc import Mapping, Sequence

from commands._chasing import asked_next
from commands._context import Context
from commands._convocation import phone
from commands._proofs import Copy, can_acknowledge, handed_said, is_silent, standing, waits_on_paper
from commands._words import plain
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from storage.errata import Erratum, ErratumCopy
from storage.summons import Convocation, Summons


async def in_short(ctx: Context, found: Sequence[Convocation]) -> list[str]:
    """A few lines for each convocation, one for each erratum; nobody who has theirs is named."""
    parts = []
    for convocation in found:
        failures = await ctx.store.convocations.failures(convocation)
        counted = f"**{_counted(convocation.summonses)}**. {standing(convocation, ctx.commune, named=False)}"
        lines = _missing(convocation.summonses, await _next(ctx, convocation), failures, "remis NOM")
        parts += [_title(ctx, convocation), counted, *(["\n".join(f"- {each}" for each in lines)] if lines else [])]
    for erratum in await ctx.store.errata.of_convocations(found):
        lines = _missing(erratum.copies, await _next(ctx, erratum.convocation, erratum), {}, "remis NOM erratum")
        parts.append(" ".join([f"{_erratum(ctx, erratum)} : {_counted(erratum.copies)}.", *lines]))
    return parts


async def in_detail(ctx: Context, found: Sequence[Convocation]) -> list[str]:
    """Each person of each convocation and erratum: by what, when it left or was handed over, when they said so."""
    parts = []
    for convocation in found:
        failures, zone = await ctx.store.convocations.failures(convocation), ctx.commune.zone
        made = f"Envoyée par {plain(convocation.author.name)} le {long_moment(convocation.made_at, zone)}."
        lines = [f"- {plain(copy.person.name)} : {_state(copy, failures, ctx)}" for copy in convocation.summonses]
        parts += [_title(ctx, convocation), f"{made} {standing(convocation, ctx.commune)}", "\n".join(lines)]
    for erratum in await ctx.store.errata.of_convocations(found):
        lines = [f"- {plain(copy.person.name)} : {_state_of_erratum(copy, ctx)}" for copy in erratum.copies]
        parts += [_erratum(ctx, erratum), "\n".join(lines)]
    return parts


def _title(ctx: Context, convocation: Convocation) -> str:
    moment = long_moment(convocation.starts_at, ctx.commune.zone)
    return f"**Convocation {convocation.reference}** : {plain(convocation.body.name)}, {moment}"


def _erratum(ctx: Context, erratum: Erratum) -> str:
    what = f"{erratum.paper.reference} version {erratum.file.version}"
    return f"**Erratum {erratum.reference}** ({what}, {long_moment(erratum.made_at, ctx.commune.zone)})"


def _counted(copies: Sequence[Copy]) -> str:
    """« 16 accusés sur 17, papier : 1 remise sur 2 »."""
    able = [copy for copy in copies if can_acknowledge(copy)]
    on_paper = [copy for copy in copies if copy.channel is Channel.PAPER]
    mailed = [copy for copy in copies if copy.channel is Channel.MAIL and not can_acknowledge(copy)]
    kinds = (
        ("", "accusé", able, [copy for copy in able if copy.acknowledged_at is not None]),
        ("papier : ", "remise", on_paper, [copy for copy in on_paper if copy.handed_on is not None]),
        ("courriel seul : ", "envoi", mailed, [copy for copy in mailed if copy.sent_at is not None]),
    )
    return ", ".join(f"{way}{count(len(done), what)} sur {len(every)}" for way, what, every, done in kinds if every)


async def _next(ctx: Context, convocation: Convocation, erratum: Erratum | None = None) -> str:
    """What happens next for those who are silent; nothing once the session is over, or its convocation ended."""
    if convocation.ended_at is not None or convocation.starts_at <= ctx.now:
        return ""
    asked = await asked_next(ctx, convocation.meeting_id, erratum)
    return f"relance le {long_moment(asked, ctx.commune.zone)}" if asked else "à appeler"


def _missing(copies: Sequence[Copy], next_step: str, failures: Mapping[str, str], typed: str) -> list[str]:
    """A sentence for each thing that is missing: what, whose, and what is to be done or happens next."""
    silent, leaving, refused = list[Copy](), list[Copy](), list[Copy]()
    for copy in filter(is_silent, copies):
        left = copy.sent_at is not None or copy.outbox_key is None
        (silent if left else refused if failures.get(copy.outbox_key or "") else leaving).append(copy)
    sentences = []
    if refused:
        why = [f"{plain(copy.person.name)}{phone(copy.person)} ({_why(copy, failures)})" for copy in refused]
        sentences.append(f"**Non remise, à appeler** : {enumerate_fr(why)}.")
    if leaving:
        sentences.append(f"**Envoi en cours** : {_names(leaving)}.")
    if silent:
        names = enumerate_fr([plain(copy.person.name) + phone(copy.person) for copy in silent])
        after = f" ; {next_step}" if next_step else ""
        called = next_step == "à appeler"
        sentences.append(
            f"**Sans accusé{', à appeler' if called else ''}** : {names if called else _names(silent) + after}."
        )
    if on_paper := [copy for copy in copies if waits_on_paper(copy)]:
        sentences.append(f"**À remettre sur papier** : {_names(on_paper)} ; ensuite, `{typed}`.")
    return sentences


def _names(copies: Sequence[Copy]) -> str:
    return enumerate_fr([plain(copy.person.name) for copy in copies])


def _why(copy: Copy, failures: Mapping[str, str]) -> str:
    return plain(failures.get(copy.outbox_key or "", ""), 80)


def _state(copy: Summons, failures: Mapping[str, str], ctx: Context) -> str:
    """« Element, envoyée le …, copie par courriel le …, accusé le … »."""
    zone, failure = ctx.commune.zone, failures.get(copy.outbox_key or "")
    if copy.channel is Channel.PAPER:
        why = f" (le courriel a été refusé : {plain(failure, 150)})" if failure else ""
        return f"papier, {handed_said(copy, ctx.commune) or f'**à remettre**{why}'}"
    parts = ["courriel" if copy.channel is Channel.MAIL else "Element"]
    if copy.sent_at is None:
        parts.append(f"**non remise** ({plain(failure)})" if failure else "envoi en cours")
    elif copy.channel is Channel.MAIL:
        parts.append(f"pris par le relais le {long_moment(copy.sent_at, zone)}")
    else:
        parts.append(f"envoyée le {long_moment(copy.sent_at, zone)}")
    return ", ".join([*parts, *_beside(copy, failures, ctx), *_acknowledged(copy, ctx)])


def _beside(copy: Summons, failures: Mapping[str, str], ctx: Context) -> list[str]:
    """What became of the e-mail beside a message."""
    if copy.copied_at:
        return [f"copie par courriel le {long_moment(copy.copied_at, ctx.commune.zone)}"]
    failure = failures.get(copy.copy_key or "")
    return [f"copie par courriel refusée ({plain(failure, 150)})"] if failure else []


def _acknowledged(copy: Copy, ctx: Context) -> list[str]:
    if copy.acknowledged_at:
        return [f"accusé le {long_moment(copy.acknowledged_at, ctx.commune.zone)}"]
    return ["**pas d'accusé**"] if copy.sent_at and copy.person.matrix_id else []


def _state_of_erratum(copy: ErratumCopy, ctx: Context) -> str:
    """« Element, envoyé le …, accusé le … »."""
    if copy.channel is Channel.PAPER:
        return f"papier, {f'remis le {long_date(copy.handed_on)}' if copy.handed_on else '**à remettre**'}"
    parts = ["courriel" if copy.channel is Channel.MAIL else "Element"]
    if copy.sent_at:
        parts.append(f"envoyé le {long_moment(copy.sent_at, ctx.commune.zone)}")
    elif copy.outbox_key:
        parts.append("**pas encore parti**")
    return ", ".join([*parts, *_acknowledged(copy, ctx)])
