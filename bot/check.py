"""``appariteur check``: the configuration, the roll, the homeserver, the database, the clock and the disk, a line each."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import aiohttp

from bot.alerts import DRIFT, LONG, ROOM_LEFT
from bot.app import account_of, bodies_of, database_of
from bot.facts import drift
from bot.imap import Unreadable, box_of
from bot.mail import Postponed, Refused, relay_of
from bot.matrix.errors import MatrixError, Rejected, Unreachable
from bot.matrix.limits import probe
from bot.roll import RollError, read_roll
from bot.settings import Settings, SettingsError
from council.french import count, long_moment, size
from council.seats import ARTICLE, seats
from storage.database import DatabaseUnavailable
from storage.extract import tesseract
from storage.files import KeyFileError, load_or_create_key
from storage.migrations import NewerSchema
from storage.people import Entry
from storage.store import Store

LETTERS = "apt-get install tesseract-ocr tesseract-ocr-fra"
LATELY = timedelta(days=1)
"""How old a failure may be to deserve a word still."""


@dataclass(frozen=True)
class Line:
    """What was looked at, whether it is well, and what was seen."""

    what: str
    well: bool
    seen: str

    def __str__(self) -> str:
        return f"{'ok ' if self.well else 'NON'}  {self.what} : {self.seen}"


async def check_all(settings: Settings) -> list[Line]:
    """Look at everything; a fault never hides the others."""
    checks: tuple[tuple[str, Callable[[Settings], Awaitable[str]]], ...] = (
        ("membres", _members),
        ("administrateurs", _admins),
        ("clé des documents", _key),
        ("base de données", _database),
        ("envois", _sendings),
        ("disque", _disk),
        ("papiers numérisés", _scans),
        ("serveur Matrix", _homeserver),
        ("horloge", _clock),
        ("compte et débit", _account),
        ("courriel", _mail),
        ("boîte de la mairie", _mailbox),
    )
    lines = [Line("configuration", True, f"{settings.commune.name}, {count(len(settings.bodies), 'instance')}")]
    for what, look in checks:
        try:
            lines.append(Line(what, True, await look(settings)))
        except (Fault, RollError, SettingsError, KeyFileError, DatabaseUnavailable, NewerSchema) as fault:
            lines.append(Line(what, False, str(fault)))
    return lines


class Fault(Exception):
    """What is wrong and what to do, in one line."""


async def _members(settings: Settings) -> str:
    roll = await asyncio.to_thread(read_roll, settings.members.file, bodies_of(settings))
    if roll.faults:
        raise Fault(f"{count(len(roll.entries), 'membre')} ; à corriger : {' ; '.join(map(str, roll.faults))}")
    today = datetime.now(settings.commune.zone).date()
    return count(len(roll.entries), "membre") + too_many(roll.entries, settings.commune.population, today)


def too_many(entries: Iterable[Entry], population: int, today: date) -> str:
    """What to look at when more councillors sit today than the law gives seats, else nothing."""
    elected, legal = sum(entry.function.elected and entry.sits_on(today) for entry in entries), seats(population)
    said = f" ; {elected} élus pour {legal} sièges ({ARTICLE}) : à vérifier, le quorum en dépend"
    return said if elected > legal else ""


async def _admins(settings: Settings) -> str:
    roll = await asyncio.to_thread(read_roll, settings.members.file, bodies_of(settings))
    missing = set(settings.matrix.admins) - {entry.matrix_id for entry in roll.entries}
    if missing:
        raise Fault(f"{', '.join(sorted(missing))} ne figure pas dans les membres : le robot ne lui répondra pas")
    return ", ".join(settings.matrix.admins) or "aucun (personne ne sera averti d'une panne)"


async def _key(settings: Settings) -> str:
    await asyncio.to_thread(load_or_create_key, settings.storage.key_file)
    return str(settings.storage.key_file)


async def _database(settings: Settings) -> str:
    database = database_of(settings)
    try:
        await database.migrate()
        async with database.begin():
            pass
    finally:
        await database.close()
    return database.engine.dialect.name


async def _sendings(settings: Settings) -> str:
    """What waits and what failed, seen from outside: by the database alone, whether the bot is at work or not."""
    database, now = database_of(settings), datetime.now(UTC)
    try:
        async with database.read() as session:
            store = Store(session, "", now)
            waiting, oldest = await store.outbox.waiting(), await store.outbox.oldest()
            failed = [row for row in await store.outbox.failures() if now - row.created_at < LATELY]
            aside = await store.inbox.aside()
    finally:
        await database.close()
    if oldest is not None and now - oldest.created_at > LONG:
        since = long_moment(oldest.created_at, settings.commune.zone)
        raise Fault(f"{count(waiting, 'message en attente', 'messages en attente')}, le plus ancien depuis le {since}")
    if failed or aside:
        lost = count(len(aside), "message reçu mis de côté", "messages reçus mis de côté")
        raise Fault(f"{count(len(failed), 'envoi refusé', 'envois refusés')} depuis un jour, {lost} : voir !état")
    return count(waiting, "message en attente", "messages en attente")


async def _disk(settings: Settings) -> str:
    directory = settings.storage.directory
    free = shutil.disk_usage(_existing(directory)).free
    if free < ROOM_LEFT:
        raise Fault(f"il ne reste que {size(free)} pour {directory}")
    return f"{size(free)} libres"


async def _scans(_settings: Settings) -> str:
    """Whether scans can be read: without, the bot works, so that this is no fault."""
    if await asyncio.to_thread(tesseract) is None:
        return f"ils seront classés sans pouvoir être cherchés ; pour les lire : {LETTERS}"
    return "leur texte est reconnu par Tesseract"


def _existing(path: Path) -> Path:
    return path if path.exists() else _existing(path.parent)


async def _homeserver(settings: Settings) -> str:
    response, versions = await _get(settings)
    if response.status != 200 or not isinstance(versions.get("versions"), list):
        raise Fault(f"{settings.matrix.homeserver} répond, mais ce n'est pas un serveur Matrix ({response.status})")
    return settings.matrix.homeserver


async def _clock(settings: Settings) -> str:
    await _get(settings)  # one that doesn't answer is said as such
    found = await drift(settings.matrix.homeserver)
    if found is None:
        return "le serveur ne dit pas l'heure : à vérifier soi-même"
    if abs(found) > DRIFT:
        raise Fault(f"{abs(found):.0f} s d'écart avec le serveur Matrix : réglez l'horloge (NTP)")
    return f"à l'heure du serveur, à {DRIFT} s près"


async def _get(settings: Settings) -> tuple[aiohttp.ClientResponse, dict[str, object]]:
    url = f"{settings.matrix.homeserver.rstrip('/')}/_matrix/client/versions"
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(url) as response,
        ):
            found = await response.json(content_type=None)
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Fault(f"{settings.matrix.homeserver} ne répond pas ({type(error).__name__})") from error
    return response, found if isinstance(found, dict) else {}


async def _mail(settings: Settings) -> str:
    relay = relay_of(settings)
    if relay is None:
        return "aucun relais : les convocations ne partent que sur Element et sur papier"
    try:
        await relay.greet()
    except (Postponed, Refused) as fault:
        raise Fault(f"{relay.host}, port {relay.port} : {fault}") from fault
    return f"{relay.host}, port {relay.port}, répond"


async def _mailbox(settings: Settings) -> str:
    box = box_of(settings)
    if box is None:
        return "aucune : rien n'est classé par courriel"
    try:
        await asyncio.to_thread(box.open)
    except Unreadable as fault:
        raise Fault(f"{box.host}, port {box.port}, dossier {box.folder} : {fault}") from fault
    finally:
        await asyncio.to_thread(box.close)
    unproven = ", sans preuve de l'expéditeur (unauthenticated)" if settings.mail.unauthenticated else ""
    return f"{box.name}, {count(len(settings.mail.senders), 'expéditeur')} dans la liste{unproven}"


async def _account(settings: Settings) -> str:
    try:
        slow = await probe(account_of(settings))
    except Rejected as error:
        raise Fault(f"le serveur refuse le compte {settings.matrix.user} ou son secret ({error.code})") from error
    except (Unreachable, MatrixError) as error:
        raise Fault(f"le compte n'a pas pu être essayé ({type(error).__name__})") from error
    if slow:
        raise Fault(
            "le serveur limite le débit de ce compte : la mise en place des salons prendra des heures. Sur Synapse, un "
            f"administrateur lève cette limite par POST /_synapse/admin/v1/users/{settings.matrix.user}/override_ratelimit "
            'avec {"messages_per_second": 0, "burst_count": 0} (voir docs/exploitation.md)'
        )
    return f"{settings.matrix.user}, débit suffisant"
