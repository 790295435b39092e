"""journal — what was done, by whom and when, for who keeps the tool: never what people wrote."""

from datetime import date, datetime, time, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from commands import Context, MaybePeriod, Onward, Option, Reply, Role, command, onward
from commands._dates import Period
from commands._words import plain
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from storage.states import JournalKind, RoomKind
from storage.tables import Entry, Person

SHOWN = 15
ROOMS = {
    RoomKind.SPACE.value: "l'espace",
    RoomKind.BODY.value: "le salon",
    RoomKind.DM.value: "une conversation privée",
}
SAID = {
    JournalKind.FILED: "{who} a déposé {subject}{body}",
    JournalKind.VERSION: "{who} a donné à {subject} sa version {version}{body}",
    JournalKind.TITLED: "titre de {subject} lu sur sa première page numérisée{body}",
    JournalKind.WITHDRAWN: "{who} a retiré {subject}{body}",
    JournalKind.RETURNED: "{who} a rétabli {subject}{body}",
    JournalKind.ERASED: "contenu effacé, 30 jours après son retrait : {subject}{body}",
    JournalKind.SHARED: "{who} a partagé {subject}{body}",
    JournalKind.UNSHARED: "{who} ne partage plus {subject}{body}",
    JournalKind.CLOSED: "{who} a mis {subject} à huis clos{body}",
    JournalKind.OPENED: "{who} a levé le huis clos de {subject}{body}",
    JournalKind.PLANNED: "{who} a fixé la séance du {moment}{body}",
    JournalKind.MOVED: "{who} a reporté la séance du {before} au {moment}{body}",
    JournalKind.CANCELLED: "{who} a annulé la séance du {moment}{body}",
    JournalKind.RELOCATED: "{who} a changé le lieu de la séance du {moment}{body}",
    JournalKind.NO_QUORUM: "{who} a constaté que le quorum n'était pas atteint à la séance du {moment}{body}",
    JournalKind.SUBSTITUTE: "la suppléance du maire par {who} {subject}",
    JournalKind.CONVOKED: "{who} a convoqué la séance du {meeting} : {subject}{body}",
    JournalKind.HANDED: "remise sur papier de {subject} à {who} le {day}{late}{body}",
    JournalKind.ACKNOWLEDGED: "{who} a accusé réception de {subject}{body}",
    JournalKind.ERRATUM: "{who} a envoyé l'erratum {subject} : {paper} version {version}{body}",
    JournalKind.SENDING: "envoi officiel {subject} à {who}{channel}{body}",
    JournalKind.ANNOUNCED: "annonce ou rappel envoyé au salon{body}",
    JournalKind.ARRIVED: "{who} est arrivé ; sièges : {seats}",
    JournalKind.LEFT: "{who} n'a plus de siège",
    JournalKind.RIGHTS: "les sièges de {who} ont changé : {seats}",
    JournalKind.INVITED: "{who} est invité dans {room}{body}",
    JournalKind.REMOVED: "{who} est retiré de {room}{body}",
    JournalKind.REFUSED: "accès refusé à {who} : {subject}{body}",
    JournalKind.ANSWERED: "réponse de {who} pour la séance du {moment} : {answer}{body}",
    JournalKind.BACKUP: "sauvegarde faite ({size})",
    JournalKind.EXPORTED: "export fait en ligne de commande{body}",
    JournalKind.RESTORED: "commune rétablie depuis la sauvegarde du {moment}",
    JournalKind.UPGRADED: "base de données mise à jour ({before} vers {subject})",
}


@command(
    "journal",
    summary="Voir ce qui a été fait, par qui et quand",
    who=Role.ADMIN,
    private=True,
    examples={"!journal": "", "!journal 12 mars": ""},
)
async def journal(ctx: Context, quand: MaybePeriod = None, suite: Onward = 0) -> Reply:
    """Les dernières inscriptions d'abord ; avec une date, celles de ce jour et d'avant. Le journal ne contient jamais ce que
    les personnes écrivent. Chaque inscription est liée à la précédente : `appariteur verify` voit toute modification.
    """
    day = _past(quand, ctx)
    until = datetime.combine(day + timedelta(days=1), time.min, ctx.commune.zone) if day else None
    entries = await ctx.store.journal.latest(SHOWN + 1, offset=suite, until=until)
    number, mark = await ctx.store.journal.head()
    if not entries:
        return Reply("**Journal**\n\nRien n'y est inscrit.")
    codes = {body.id: body.code for body in await ctx.store.bodies.all()}
    lines = [f"- {_line(entry, person, codes, ctx)}" for entry, person in entries[:SHOWN]]
    options: tuple[Option, ...] = ()
    if len(entries) > SHOWN:
        said = f"{day:%d/%m/%Y} " if day else ""
        options = (onward("Voir la suite", f"!journal {said}suite {suite + SHOWN}"),)
    title = f"**Journal** ({count(number, 'inscription')}, empreinte {mark[:12]})"
    return Reply(f"{title}\n\n" + "\n".join(lines), options=options)


def _past(period: Period | None, ctx: Context) -> date | None:
    """The last day meant: a date without its year is the last one that is past."""
    if period is None:
        return None
    return period.last if period.first <= ctx.today else period.last - relativedelta(years=1)


def _line(entry: Entry, person: Person | None, codes: dict[int, str], ctx: Context) -> str:
    """« mardi 12 janvier 2027 à 18 h 30 : Hugo Roux a déposé EAU-2027-001 (EAU) »."""
    told = SAID[entry.kind].format_map(_words(entry, person, codes, ctx))
    return f"{long_moment(entry.at, ctx.commune.zone)} : {told}"


def _words(entry: Entry, person: Person | None, codes: dict[int, str], ctx: Context) -> dict[str, str]:
    """What a sentence of the journal may hold."""
    details: dict[str, Any] = entry.details
    code = codes.get(entry.body_id or 0, "")
    return {
        "who": plain(person.name if person else str(details.get("user", "quelqu'un"))),
        "subject": plain(ROOMS.get(entry.subject, entry.subject)),
        "body": f" ({code})" if code else "",
        "paper": plain(str(details.get("paper", ""))),
        "version": str(details.get("version", "")),
        "moment": _moment(entry.subject, ctx),
        "meeting": _moment(str(details.get("meeting", "")), ctx),
        "day": long_date(date.fromisoformat(details["day"])) if "day" in details else "",
        "before": _moment(str(details.get("before", details.get("from", ""))), ctx),
        "seats": _seats(details),
        "room": ROOMS.get(entry.subject, "un salon"),
        "channel": " par courriel" if details.get("channel") == Channel.MAIL.value else "",
        "late": ", noté après la séance" if "late" in details else "",
        "answer": plain(str(details.get("answer", ""))),
        "size": plain(str(details.get("size", ""))),
    }


def _moment(said: str, ctx: Context) -> str:
    """A moment as the journal keeps it, in full; what is no moment is left as it is."""
    try:
        return long_moment(datetime.fromisoformat(said), ctx.commune.zone)
    except ValueError:
        return plain(said)


def _seats(details: dict[str, Any]) -> str:
    chaired = set(details.get("chairs", ()))
    named = [f"{code} (présidence)" if code in chaired else code for code in details.get("bodies", ())]
    return enumerate_fr(named) or "aucun"
