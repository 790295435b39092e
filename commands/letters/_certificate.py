"""The certificate of a session's convocations: whom they reached, by what, when, and the journal's marks that prove it."""

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
from council.french import count, long_date, long_moment
from council.roles import Channel
from storage.states import JournalKind
from storage.store import Store
from storage.summons import Convocation, Summons
from storage.tables import Entry, Person

SAID = {
    JournalKind.CONVOKED: "Convocation faite par {who}",
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
        "convocations": [_section(each, await store.convocations.told(each), commune) for each in found],
    }


def _section(convocation: Convocation, told: Sequence[tuple[Entry, Person | None]], commune: Commune) -> dict[str, Any]:
    return {
        "reference": convocation.reference,
        "body": convocation.body.name,
        "facts": blocks("\n\n".join(_facts(convocation, commune))),
        "people": [_cells(copy, commune) for copy in convocation.summonses],
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
