"""What came to the town's mailbox: filed to its body with its attachments, and told in that body's room in one line."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands._context import Commune, Reply
from commands._convocation import loud, phone
from commands._enclosed import Holder, file_enclosed
from commands._events import Dropped
from commands._filing import title_for, version_of
from commands._tell import content_of, owe
from commands._words import plain
from council.french import count, enumerate_fr, fold
from council.roles import BodyKind, Channel, Function
from storage.mails import Mail, Outcome
from storage.papers import Reader
from storage.readings import keep_reading
from storage.states import OutboxKind
from storage.store import Store
from storage.tables import Body, Paper, Room

SHOWN = 5
"""Senders that are named to the administrator."""
_WHY = {
    Outcome.STRANGER: "d'un expéditeur qui n'est pas dans `mail.senders`",
    Outcome.UNPROVEN: "sans preuve de leur expéditeur (il a pu être imité)",
    Outcome.TOO_BIG: "plus lourds qu'un document ne peut l'être",
    Outcome.TOO_MANY: "de trop dans la même journée",
    Outcome.BROKEN: "que je n'ai pas réussi à classer",
}
"""Why mails are left in the mailbox, after « 3 courriels »."""


@dataclass(frozen=True)
class Posted:
    """A mail that is to be filed.

    Attributes:
        code: the body's code; empty for the council, and every councillor.
        name: who sends, as the mail says.
        drop: the mail itself, kept and read, its attachments in it.
    """

    code: str
    name: str
    address: str
    subject: str
    drop: Dropped


async def room_for(store: Store, code: str) -> tuple[Body, Room] | None:
    """The body that mails of a code go to and its room; None as long as it has none."""
    bodies = await store.bodies.all()
    body = next((each for each in bodies if (each.code == code if code else each.kind is BodyKind.COUNCIL)), None)
    room = await store.rooms.of_body(body.id) if body else None
    return (body, room) if body and room else None


async def file_mail(store: Store, commune: Commune, posted: Posted, body: Body, room: Room) -> Paper:
    """File a mail and what came with it, and owe its line to the room; a councillors' mail rings their phones."""
    now = store.now.astimezone(commune.zone)
    author = await store.mails.author(posted.name, posted.address)
    brought = f"mail {store.cause}"
    file = version_of(posted.drop, room.room_id, brought, by=author.id, now=now)
    paper = await store.papers.file(body, now.year, posted.subject or title_for(posted.drop), file)
    lines: list[str] = []
    if posted.drop.text is None:
        await store.search.index(file.id, ())
    else:
        await keep_reading(store, file, posted.drop.text)
        reader = Reader(await _witness(store, body, author.id, now.date()), body.id, now.date())
        holder = Holder(paper, file, author.id, reader, now)
        lines = await file_enclosed(store, holder, posted.drop.enclosed, posted.drop.left)
    told = _told(posted, await store.mails.brought(brought), lines)
    said = Reply(told, loud=not posted.code, everyone=not posted.code)
    await store.outbox.owe(OutboxKind.MESSAGE, {**content_of(said), "brought": brought}, room_id=room.room_id)
    if not posted.code:
        await _owe_round(store, body, now.date(), f"{told}\n\n{_printing(paper)}")
    return paper


async def _owe_round(store: Store, body: Body, today: date, told: str) -> None:
    """Tell the agents which councillors the room tells nothing, those on paper; without an agent, whoever chairs."""
    members = await store.people.members(body.id, today)
    on_paper = [
        person
        for person, _ in members
        if person.function.elected and (person.channel is Channel.PAPER or not person.matrix_id)
    ]
    carriers = [person for person, _ in members if person.function.staff and person.matrix_id]
    chairs = [person for person, chair in members if chair and person.matrix_id]
    if not on_paper:
        return
    names = "\n".join(f"- {plain(person.name)}{phone(person)}" for person in on_paper)
    text = f"**À porter sur papier**, car le salon ne leur dit rien :\n\n{names}\n\n{told}"
    for person in carriers or chairs:
        await owe(store, loud(text, person), person_id=person.id)


def _printing(paper: Paper) -> str:
    return (
        f"`!envoyer {paper.reference}` vous donne ce qui est à imprimer ; une pièce jointe se demande par sa référence. Ce n'est pas "
        "une convocation : il n'y a rien à noter ensuite."
    )


async def _witness(store: Store, body: Body, author: int, today: date) -> int:
    """A member who is no guest, for whom the files that are known already are looked up: the sender has no rights."""
    members = await store.people.members(body.id, today)
    return next((person.id for person, _ in members if person.function is not Function.GUEST), author)


def _told(posted: Posted, brought: Sequence[tuple[str, int | None]], lines: Sequence[str]) -> str:
    """« Reçu du Grand Reims : Budget primitif, classé **CM-2026-031**, avec 1 pièce jointe (CM-2026-032), 24 pages. »."""
    references = [reference for reference, _ in brought]
    title = plain(posted.subject or posted.drop.name, 90)
    parts = [f"Reçu {_from(plain(posted.name, 80))} : {title}, classé **{references[0]}**"]
    if joined := references[1:]:
        named = f"{joined[0]} à {joined[-1]}" if len(joined) > 2 else ", ".join(joined)
        parts.append(f"avec {count(len(joined), 'pièce jointe', 'pièces jointes')} ({named})")
    if known := sum(" : déjà classé, " in line for line in lines):
        parts.append(f"{count(known, 'pièce jointe déjà classée', 'pièces jointes déjà classées')}")
    if posted.drop.left:
        parts.append(f"{count(posted.drop.left, 'autre laissée', 'autres laissées')} dans le courriel")
    if total := sum(pages or 0 for _, pages in brought):
        parts.append(count(total, "page"))
    return ", ".join(parts) + "."


def _from(name: str) -> str:
    """« de la préfecture », « du Grand Reims », « d'Urbanisme »: the name of a sender after « Reçu »."""
    for article, said in (("le ", "du "), ("les ", "des ")):
        if name.lower().startswith(article):
            return said + name[len(article) :]
    return f"d'{name}" if fold(name[:1]) in tuple("aeiouy") else f"de {name}"


def left_aside(mails: Sequence[Mail]) -> str:
    """What to tell the administrator of the mails that stay in the mailbox, unfiled."""
    lines = []
    for outcome, why in _WHY.items():
        senders = Counter(mail.sender or "sans expéditeur" for mail in mails if mail.outcome is outcome)
        if senders:
            named = [f"{plain(who, 60)} ({n})" if n > 1 else plain(who, 60) for who, n in senders.most_common(SHOWN)]
            more = [f"{count(len(senders) - SHOWN, 'autre')}"] if len(senders) > SHOWN else []
            lines.append(f"- {count(senders.total(), 'courriel')} {why} : {enumerate_fr([*named, *more])}")
    return "Laissés dans la boîte de la mairie, sans être classés :\n\n" + "\n".join(lines)
