"""état — how the bot is, for who keeps it: what waits, what failed and why, its server, its disk, its keys, its backup."""

from commands import Context, Facts, Reply, Role, command
from commands._words import plain
from council.french import count, long_moment, size
from storage.mails import REMEMBERED, Outcome
from storage.states import JournalKind

SHOWN = 5


@command("état", summary="Voir ce qui attend et ce qui a échoué", who=Role.ADMIN, private=True, examples={"!état": ""})
async def etat(ctx: Context) -> Reply:
    """Les messages en attente partent seuls dès que possible ; ceux qui ont échoué sont nommés avec leur raison. Je vous écris
    de moi-même quand quelque chose attend plus d'un quart d'heure ou échoue, et une fois quand tout va de nouveau bien.
    """
    lines = [
        *await _work(ctx),
        *await _scans(ctx),
        *_surroundings(ctx),
        *await _mailbox(ctx),
        await _backup(ctx),
        *await _failures(ctx),
    ]
    return Reply("**État**\n\n" + "\n".join(f"- {line}" for line in lines))


async def _work(ctx: Context) -> list[str]:
    waiting, oldest = await ctx.store.outbox.waiting(), await ctx.store.outbox.oldest()
    since = f", le plus ancien depuis le {long_moment(oldest.created_at, ctx.commune.zone)}" if oldest else ""
    aside = len(await ctx.store.inbox.aside())
    lost = len(await ctx.store.notices.aside())
    return [
        f"{count(waiting, 'message en attente', 'messages en attente')}{since}",
        f"{count(len(await ctx.store.outbox.failures()), 'envoi refusé', 'envois refusés')}",
        f"{count(aside, 'message reçu mis de côté', 'messages reçus mis de côté')}",
        f"{count(lost, 'rappel mis de côté', 'rappels mis de côté')}",
    ]


async def _scans(ctx: Context) -> list[str]:
    """The scanned pages that search can't find yet, and what they wait for; nothing when there is nothing to say."""
    waiting, facts = await ctx.store.scans.waiting(), ctx.commune.facts()
    if facts is not None and not facts.reads_scans:
        unread = (
            f"{count(waiting, 'page')} ne {'peut' if waiting < 2 else 'peuvent'} pas être cherchée{'s'[: waiting > 1]}"
        )
        return [
            f"papiers numérisés : {unread}, il manque Tesseract (`apt-get install tesseract-ocr tesseract-ocr-fra`)"
        ]
    return [f"papiers numérisés : {count(waiting, 'page')} à lire"] if waiting else []


async def _mailbox(ctx: Context) -> list[str]:
    """The town's mailbox where there is one: whether it is read, and what became of the last month's mails."""
    facts = ctx.commune.facts()
    if facts is None or facts.mailbox is None:
        return []
    counts = await ctx.store.mails.counts(ctx.now - REMEMBERED)
    filed = counts.pop(Outcome.FILED, 0)
    left = count(sum(counts.values()), "laissé de côté", "laissés de côté")
    heard = facts.mailbox.heard_at
    read = facts.mailbox.trouble or (f"lue le {long_moment(heard, ctx.commune.zone)}" if heard else "pas encore lue")
    return [f"boîte de la mairie : {read} ; {count(filed, 'courriel classé', 'courriels classés')}, {left} en 30 jours"]


def _surroundings(ctx: Context) -> list[str]:
    """What the bot last saw; nothing where no bot looks."""
    facts = ctx.commune.facts()
    if facts is None:
        return []
    heard = long_moment(facts.last_sync_at, ctx.commune.zone) if facts.last_sync_at else "aucune"
    return [
        f"dernière nouvelle du serveur Matrix : {heard}",
        f"horloge : {_clock(facts)}",
        f"disque : {size(facts.disk_free)} libres",
        f"base de données : {size(facts.database_size)}",
        f"clés : {_keys(facts)}",
    ]


def _clock(facts: Facts) -> str:
    if facts.drift is None:
        return "le serveur ne dit pas l'heure"
    return "à l'heure" if abs(facts.drift) < 2 else f"{abs(facts.drift):.0f} s d'écart avec le serveur Matrix"


def _keys(facts: Facts) -> str:
    signed = "appareil signé" if facts.signed else "appareil non signé"
    left = "" if facts.one_time_keys is None else f", {count(facts.one_time_keys, 'clé')} à usage unique"
    unread = f", {count(facts.unread, 'message illisible', 'messages illisibles')} depuis le démarrage"
    return signed + left + (unread if facts.unread else "")


async def _backup(ctx: Context) -> str:
    last = await ctx.store.journal.last(JournalKind.BACKUP)
    if last is None:
        return "dernière sauvegarde : aucune"
    return (
        f"dernière sauvegarde : {long_moment(last.at, ctx.commune.zone)} ({plain(str(last.details.get('size', '')))})"
    )


async def _failures(ctx: Context) -> list[str]:
    failed = await ctx.store.outbox.failures()
    return [
        f"refusé le {long_moment(row.created_at, ctx.commune.zone)} : {plain(row.reason, 100)}"
        for row in failed[:SHOWN]
    ]
