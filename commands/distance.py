"""distance — taking part from afar, where the session and the law allow it."""

from commands import Context, Refusal, Reply, command
from commands._ahead import Coming, MaybeSome
from commands._attendance import keep
from council.meetings import Mode
from council.quorum import Presence
from council.roles import BodyKind


@command(
    "distance",
    "visio",
    summary="Dire que vous participerez à distance",
    examples={
        "!distance": (
            "Cette séance se tient en présence de ses membres : elle n'a pas de lien. "
            "La présidence peut en fixer une en visio ou hybride."
        ),
    },
)
async def distance(ctx: Context, pour: MaybeSome = (), *, seance: Coming) -> Reply:
    """Seulement pour une séance en visio ou hybride, et jamais pour le conseil municipal (article L. 2121-7)."""
    if seance.body.kind is BodyKind.COUNCIL:
        raise Refusal(
            "Au conseil municipal, on ne participe pas à distance (article L. 2121-7 du CGCT) : qui n'est pas dans la salle "
            "est absent.",
            try_this="`!absent` le dit, `!pouvoir NOM` donne votre voix à un collègue.",
        )
    if seance.mode is Mode.IN_PERSON:
        raise Refusal(
            "Cette séance se tient en présence de ses membres : elle n'a pas de lien.",
            try_this="La présidence peut en fixer une en visio ou hybride.",
        )
    return Reply(await keep(ctx, seance, pour, Presence.REMOTE))
