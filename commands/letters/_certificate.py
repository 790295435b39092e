"""The certificate of a session's convocations and errata: whom they reached, by what, when, and the journal's marks that prove it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from commands._context import Commune
from commands._proofs import handed_said, reached_last, standing
from commands._words import plain
from commands.letters._blocks import blocks
from council.calendar import clear_days
from council.convocations import civil_day
from council.french import count, enumerate_fr, long_date, long_moment, tidy
from council.roles import Channel
from storage.errata import Erratum, ErratumCopy
from storage.states import JournalKind
from storage.store import Store
from storage.summons import Convocation, Summons
from storage.tables import Entry, Person

Told = Sequence[tuple[Entry, Person | None]]
"""What the journal tells of a sending, in order, with whom each entry is about."""
SAID = {
    JournalKind.CONVOKED: "Convocation faite par {who}",
    JournalKind.ERRATUM: "Erratum fait par {who}",
    JournalKind.SENDING: "Envoi à {who}",
    JournalKind.HANDED: "Remise sur papier à {who}",
    JournalKind.ACKNOWLEDGED: "Accusé de réception de {who}",
}


async def certificate(
    store: Store, found: Sequence[Convocation], commune: Commune, asked_at: datetime
) -> dict[str, Any]:
    """Give what the template shows, of the journal as it is now.

    Args:
        asked_at: aware; the day the certificate bears.
    """
    number, mark = await store.journal.head()
    return {
        "town": commune.name,
        "made": long_moment(asked_at, commune.zone),
        "day": long_date(civil_day(asked_at, commune.zone)),
        "head": {"number": str(number), "hash": mark},
        "sendings": [
            *[_convocation(each, await store.convocations.told(each.reference), commune) for each in found],
            *[
                _erratum(each, await store.convocations.told(each.reference), commune)
                for each in await store.errata.of_convocations(found)
            ],
        ],
    }


def _convocation(convocation: Convocation, told: Told, commune: Commune) -> dict[str, Any]:
    people = [_cells(copy, commune) for copy in convocation.summonses]
    about = (f"Convocation {convocation.reference}", convocation.body.name)
    return _section(about, _facts(convocation, commune), people, told, commune)


def _erratum(erratum: Erratum, told: Told, commune: Commune) -> dict[str, Any]:
    people = [_cells_of_erratum(erratum, copy, told, commune) for copy in erratum.copies]
    paper = f"{erratum.paper.reference} {tidy(erratum.paper.title)}"
    return _section(
        (f"Erratum {erratum.reference}", paper), _facts_of_erratum(erratum, told, commune), people, told, commune
    )


def _section(
    about: tuple[str, str], facts: Sequence[str], people: Sequence[Sequence[str]], told: Told, commune: Commune
) -> dict[str, Any]:
    name, what = about
    return {
        "name": name,
        "about": what,
        "facts": blocks("\n\n".join(facts)),
        "people": people,
        "entries": [_entry(entry, person, commune) for entry, person in told],
    }


def _facts(convocation: Convocation, commune: Commune) -> list[str]:
    zone = commune.zone
    session = long_moment(convocation.starts_at, zone)
    made = f"Faite par {plain(convocation.author.name)} le {long_moment(convocation.made_at, zone)}"
    facts = [f"Séance : **{session}**. {made}.", standing(convocation, commune)]
    if last := reached_last(convocation, zone):
        left = max(0, clear_days(last, civil_day(convocation.starts_at, zone)))
        facts.append(
            f"Entre le jour où le dernier a été atteint et la séance : {count(left, 'jour franc', 'jours francs')}."
        )
    said = f"{convocation.text}\n{convocation.reason}"
    return [*facts, f"Empreinte SHA-256 du texte envoyé : {hashlib.sha256(said.encode()).hexdigest()}"]


def _facts_of_erratum(erratum: Erratum, told: Told, commune: Commune) -> list[str]:
    """Which version replaces which, for whom, and whether anybody is still without it; an erratum has no delay of its own."""
    zone, first = commune.zone, erratum.convocation
    older = f"la version {erratum.older.version}" if erratum.older else "les versions plus anciennes"
    made = f"Fait par {plain(erratum.author.name)} le {long_moment(erratum.made_at, zone)}"
    facts = [
        f"Séance : **{long_moment(first.starts_at, zone)}**, convocation {first.reference}. {made}.",
        f"La version {erratum.file.version} du document remplace {older}.",
    ]
    waiting = [plain(copy.person.name) for copy in erratum.copies if copy.sent_at is None and copy.handed_on is None]
    facts.append(f"Il reste à atteindre {enumerate_fr(waiting)}." if waiting else "Chacun a été atteint.")
    marks = [entry.details["sha256"] for entry, _ in told if entry.kind is JournalKind.ERRATUM]
    return [*facts, *(f"Empreinte SHA-256 du texte envoyé : {mark}" for mark in marks)]


def _cells_of_erratum(erratum: Erratum, copy: ErratumCopy, told: Told, commune: Commune) -> list[str]:
    """The same of an erratum; the journal alone tells when an e-mail left beside the message."""
    zone = commune.zone
    if copy.channel is Channel.PAPER:
        return [copy.person.name, "Papier", _handed(erratum, copy, commune), ""]
    mailed = [entry.at for entry, person in told if person and person.id == copy.person_id and _by_mail(entry)]
    sent = long_moment(copy.sent_at, zone) if copy.sent_at else "non envoyé"
    if copy.channel is Channel.ELEMENT and mailed:
        sent = f"{sent} ; copie par courriel le {long_moment(mailed[0], zone)}"
    said = long_moment(copy.acknowledged_at, zone) if copy.acknowledged_at else "aucun"
    return [copy.person.name, "Courriel" if copy.channel is Channel.MAIL else "Element", sent, said]


def _handed(erratum: Erratum, copy: ErratumCopy, commune: Commune) -> str:
    if copy.handed_on is None:
        return "à remettre"
    said = f"remis le {long_date(copy.handed_on)}"
    if copy.handed_at is None or copy.handed_at < erratum.convocation.starts_at:
        return said
    return f"{said}, noté après la séance, le {long_moment(copy.handed_at, commune.zone)}"


def _by_mail(entry: Entry) -> bool:
    return entry.kind is JournalKind.SENDING and entry.details.get("channel") == Channel.MAIL.value


def _cells(copy: Summons, commune: Commune) -> list[str]:
    """Who, by what, when it left or was handed over, when it was acknowledged."""
    zone = commune.zone
    if copy.channel is Channel.PAPER:
        sent = handed_said(copy, commune) or "à remettre"
        return [copy.person.name, "Papier", sent, ""]
    moment = copy.sent_at or copy.copied_at
    sent = long_moment(moment, zone) if moment else "non envoyée"
    if copy.copied_at and copy.sent_at:
        sent = f"{sent} ; copie par courriel le {long_moment(copy.copied_at, zone)}"
    said = long_moment(copy.acknowledged_at, zone) if copy.acknowledged_at else "aucun"
    return [copy.person.name, "Courriel" if copy.channel is Channel.MAIL else "Element", sent, said]


def _entry(entry: Entry, person: Person | None, commune: Commune) -> dict[str, str]:
    """A line of the journal with its own mark, and the message that it is about."""
    fact = SAID[entry.kind].format(who=person.name if person else "une personne")
    if entry.details.get("channel") == Channel.MAIL.value:
        fact = f"{fact} par courriel"
    event = entry.details.get("event")
    message = f", message {event}" if event else ""
    return {
        "number": str(entry.id),
        "said": f"{fact}, le {long_moment(entry.at, commune.zone)}{message}",
        "hash": entry.hash,
    }
