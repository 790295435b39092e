"""reporter — moving a session to another date."""

from commands import NO, Context, InBody, Moment, Refusal, Reply, Role, Yes, command
from commands._sending import end_convocation, warned_of_end
from commands._show import day_of, when_and_where
from commands._tell import announce
from commands._words import plain, quote
from commands.seance import refuse_double, schedule_reminders
from council.french import long_moment


@command(
    "reporter",
    "déplacer",
    summary="Changer la date de la prochaine séance",
    who=Role.CHAIR,
    examples={
        "!reporter jeudi 2 avril à 20 h": (
            "La séance **Commission de l'eau** du jeudi 26 mars 2026 passera au **jeudi 2 avril 2026 "
            "à 20 h**, mairie. Je l'annoncerai dans le salon et referai les rappels. C'est bien cela "
            "?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def reporter(ctx: Context, commission: InBody, quand: Moment, accord: Yes = NO) -> Reply:
    """C'est la prochaine séance de la commission qui change de date ; le lieu et l'ordre du jour restent."""
    coming = await ctx.store.meetings.coming([commission.id], limit=1)
    if not coming:
        raise Refusal(
            f"Aucune séance n'est prévue pour {quote(commission.name)}.",
            try_this="`!séance` suivi d'une date en fixe une.",
        )
    meeting = coming[0]
    before = day_of(meeting, ctx)
    await refuse_double(ctx, commission, quand, moved=meeting)
    if not accord:
        return Reply(
            f"La séance **{plain(commission.name)}** du {before} passera au {when_and_where(meeting, ctx, quand)}. Je l'annoncerai dans le salon et "
            f"referai les rappels.{await warned_of_end(ctx, meeting)} C'est bien cela ?",
            confirm=f"!reporter {commission.code} {long_moment(quand, ctx.commune.zone)} oui",
        )
    await ctx.store.meetings.move(meeting, quand, ctx.sender.id)
    await ctx.store.notices.call_off(meeting.id)
    await schedule_reminders(ctx, meeting)
    said = f"**Séance reportée** : {plain(commission.name)}\n\nElle était prévue le {before}. Nouvelle date : "
    said = f"{said}{when_and_where(meeting, ctx)}."
    await end_convocation(ctx, meeting, f"{said}\n\nUne nouvelle convocation vous sera envoyée.")
    return await announce(ctx, commission, Reply(said, loud=True, everyone=True))
