"""Errata prepared: a paper of a convoked session changed; who has an older version, what changed, what the chair must know first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from commands._context import Context, Reply
from commands._convocation import loud
from commands._questions import chairs
from commands._sessions import assessment
from commands._show import current
from commands._tell import owe
from commands._words import plain, quote
from council.agenda import ItemKind
from council.comparison import Changes, Rewording, Wording, reword
from council.convocations import Verdict
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel, Role
from storage.papers import Reader
from storage.store import Store
from storage.summons import Convocation
from storage.tables import File, Paper, Person

SHOWN, PLACES = 5, 3
"""Changed pages that are quoted, and the places of each: an erratum is read on a phone."""
EXCERPT = 90
"""Characters of what is quoted."""


@dataclass(frozen=True)
class Outdated:
    """A new version that was told to nobody, and those who have an older one.

    Attributes:
        convocations: what convokes the paper's session, oldest first.
        older: the version that they know, with which the new one is compared.
        newer: the version in force.
        changes: None where the pages can't be compared.
    """

    paper: Paper
    convocations: Sequence[Convocation]
    older: File
    newer: File
    people: Sequence[tuple[Person, Channel]]
    changes: Changes | None
    words: Sequence[Rewording]

    @property
    def on_paper(self) -> list[Person]:
        """Those to whom the town hall must carry it."""
        return [person for person, channel in self.people if channel is Channel.PAPER]


async def outdated(ctx: Context, paper: Paper) -> Outdated | None:
    """Who must be told of a paper's new version; None when its session isn't convoked or everyone has it, or was told."""
    convocations = await ctx.store.convocations.in_force(paper.meeting_id) if paper.meeting_id else ()
    if not convocations or convocations[0].starts_at <= ctx.now:
        return None
    newer, last = current(paper), await ctx.store.errata.latest(paper.id)
    sent_with = await ctx.store.holders.sent_with(paper, [each.reference for each in convocations])
    told = last.file.version if last else 0
    if newer.version <= max(told, sent_with.get(convocations[0].reference, 0), 1):
        return None
    before = {reference: version for reference, version in sent_with.items() if version < newer.version}
    people = await _holders(ctx, paper, [each for each in convocations if each.reference in before])
    if not people:
        return None
    known = told or min(before.values(), default=1)
    older = next(file for file in paper.files if file.version == known)
    return Outdated(paper, convocations, older, newer, people, *(await compared(ctx.store, older, newer)))


async def compared(store: Store, older: File, newer: File) -> tuple[Changes | None, list[Rewording]]:
    """What changed from a version to another, None where that can't be told, and the words that did on the first pages."""
    before, after = await store.papers.pages(older.id), await store.papers.pages(newer.id)
    changes = await store.looks.changes(older, newer)
    return changes, reword(before, after, SHOWN, PLACES) if changes else []


async def _holders(ctx: Context, paper: Paper, reached: Sequence[Convocation]) -> list[tuple[Person, Channel]]:
    """Those whom these convocations are for, or who asked for an older version, and who may see the paper today."""
    found: dict[int, tuple[Person, Channel]] = {}
    for file in paper.files:
        if not file.current:
            found |= {person.id: (person, Channel.ELEMENT) for person in await ctx.store.holders.on_demand(file)}
    found |= {copy.person_id: (copy.person, copy.channel) for each in reached for copy in each.summonses}
    return [
        (person, channel)
        for person, channel in sorted(found.values(), key=lambda each: (each[0].last_name, each[0].first_name))
        if await ctx.store.papers.by_id(paper.id, Reader(person.id, None, ctx.today)) is not None
    ]


async def offered(ctx: Context, paper: Paper, said: str) -> Reply:
    """What to answer once a paper was replaced: that, then the erratum shown first, when its session is convoked.

    Who may not send it has the chair told instead.
    """
    found = await outdated(ctx, paper)
    if found is None:
        return Reply(said)
    if Role.CHAIR in ctx.role_in(await ctx.store.bodies.get(paper.body_id)):
        shown = await preview(ctx, found)
        return replace(shown, text=f"{said}\n\n{shown.text}")
    how = f"`!remplacer {paper.reference} prévenir` montre l'erratum, puis l'envoie."
    text = f"**Nouvelle version**, donnée par {plain(ctx.sender.name)} : {await _asked(ctx, found)}\n\n{how}"
    assert paper.meeting_id is not None  # noqa: S101 - it was convoked, for the type checker
    for person in await chairs(ctx, await ctx.store.meetings.get(paper.meeting_id)):
        if person.matrix_id:
            await owe(ctx.store, loud(text, person), person_id=person.id)
    return Reply(f"{said} La séance est déjà convoquée : la présidence est avertie, et peut envoyer un erratum.")


async def preview(ctx: Context, found: Outdated) -> Reply:
    """What would be sent and to how many; to whom in private only, for what people asked for is their own affair."""
    names = enumerate_fr([plain(person.name) for person, _ in found.people])
    sending = (
        f"Chaque personne recevra en privé un erratum numéroté avec la version {found.newer.version}, ou par la mairie si elle est sur "
        "papier, et en accusera réception. Je l'envoie ?"
    )
    parts = [
        await _asked(ctx, found),
        *([f"**À qui** : {names}"] if ctx.private else []),
        sending,
    ]
    return Reply("\n\n".join(parts), confirm=f"!remplacer {found.paper.reference} prévenir oui")


async def _asked(ctx: Context, found: Outdated) -> str:
    first, have = found.convocations[0], "a" if len(found.people) == 1 else "ont"
    moment = long_moment(first.starts_at, ctx.commune.zone)
    whom = (
        f"La séance du **{moment}** est déjà convoquée ({first.reference}) : {count(len(found.people), 'personne')} {have} une "
        f"version plus ancienne de **{found.paper.reference}**."
    )
    return "\n\n".join([whom, changed(found.changes, found.words), *(await _delay(ctx, found))])


def changed(changes: Changes | None, words: Sequence[Rewording]) -> str:
    """A line for each of the first changed pages, with words; one that names the others; one for those added or removed."""
    if changes is None:
        return "- Les pages ne peuvent pas être comparées : leur texte n'est pas lu."
    lines = [f"- page {each.page} : {_reworded(each)}" for each in words]
    if others := changes.changed[len(words) :]:
        pages = f"{'page' if len(others) == 1 else 'pages'} : {enumerate_fr([str(each) for each in others])}"
        lines.append(f"- et {len(others)} {'autre' if len(others) == 1 else 'autres'} {pages}")
    rest = replace(changes, changed=())
    if rest != Changes() or not lines:
        lines.append(f"- {rest.in_french}")
    return "\n".join(lines)


def _reworded(page: Rewording) -> str:
    """The old and new words of each place that is quoted, then how many places are not."""
    parts = [_became(each) for each in page.places] or ["changée"]
    if page.more:
        parts.append(f"et {count(page.more, 'autre changement', 'autres changements')}")
    return " ; ".join(parts)


def _became(words: Wording) -> str:
    if words.before and words.after:
        return f"{quote(words.before, EXCERPT)} devient {quote(words.after, EXCERPT)}"
    return f"{quote(words.after, EXCERPT)} est ajouté" if words.after else f"{quote(words.before, EXCERPT)} est retiré"


async def _delay(ctx: Context, found: Outdated) -> list[str]:
    """What the law says to the chair when what is to be decided changes past the last day to send it; nothing otherwise."""
    first, item = found.convocations[0], found.paper.item
    meeting = await ctx.store.meetings.get(first.meeting_id)
    urgent = first.verdict is Verdict.URGENT
    second = await ctx.store.seconds.first_of(meeting.id) is not None
    judged = assessment(ctx, meeting, urgent=urgent, second=second)
    decides = item is not None and item.position > 0 and item.kind not in (ItemKind.OPINION, ItemKind.INFORMATION)
    if item is None or not decides or not judged.rule.binding or judged.verdict is not Verdict.LATE:
        return []
    code = meeting.body.code
    said = (
        f"**Délai** : le point {item.position} est à décider, et le dernier jour pour l'envoyer était le "
        f"{long_date(first.last_day)} ({first.law}). Une erreur de forme se corrige ainsi. Si ce que le conseil doit "
        "voter change sur le fond, le point demande un nouvel envoi dans ce délai : un erratum n'y suffit pas. Retirez alors le point "
        f"(`!point {code} retirer {item.position}`) et inscrivez-le à une séance du {long_date(judged.next_open)} au plus tôt, ou "
        f"reportez celle-ci (`!reporter {code}`)."
    )
    return [said]
