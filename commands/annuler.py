"""annuler — calling a session off."""

from commands import NO, Context, InBody, MaybeDay, Reply, Role, Yes, command
from commands._moving import meant_on
from commands._sending import end_convocation, warned_of_end
from commands._show import session_name, when_and_where
from commands._tell import announce
from commands._words import plain
from council.french import of_the


@command(
    "annuler",
    summary="Annuler une séance",
    who=Role.CHAIR,
    examples={
        "!annuler": (
            "La séance **de la Commission de l'eau** (**jeudi 26 mars 2026 à 18 h 30**, mairie) sera "
            "annulée : je l'annoncerai dans le salon et ses rappels ne partiront pas. C'est bien "
            "cela ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def annuler(ctx: Context, commission: InBody, jour: MaybeDay = None, accord: Yes = NO) -> Reply:
    """Sans date, c'est la prochaine séance de la commission. Ses documents restent classés. `!annuler la séance du 2 juin` en annule
    une autre, même l'une de celles qui reviennent, sans toucher aux suivantes.
    """
    meant = await meant_on(ctx, commission, jour)
    meeting = meant.meeting
    shown = when_and_where(meeting, ctx)
    if not accord:
        return Reply(
            f"La séance **{of_the(plain(commission.name))}** ({shown}) sera annulée : je l'annoncerai dans le salon et ses "
            f"rappels ne partiront pas.{await warned_of_end(ctx, meeting)} C'est bien cela ?",
            confirm=f"!annuler {session_name(meeting, ctx)} oui",
        )
    if meant.series is not None and meant.day is not None:
        ctx.store.series.leave_out(meant.series, meant.day)
    else:
        await ctx.store.meetings.cancel(meeting, ctx.sender.id)
        await ctx.store.notices.call_off(meeting.id)
    said = f"**Séance annulée** : {plain(commission.name)}\n\nElle était prévue le {shown}."
    await end_convocation(ctx, meeting, said)
    return await announce(ctx, commission, Reply(said, loud=True, everyone=True))
