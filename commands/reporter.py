"""reporter — moving a session to another date."""

from commands import NO, Context, InBody, Reply, Role, Yes, command
from commands._moving import MoveTo, moved
from commands._sending import end_convocation, warned_of_end
from commands._series import fix
from commands._show import day_of, when_and_where
from commands._tell import announce
from commands._words import plain
from commands.seance import refuse_double, schedule_reminders
from council.french import long_moment, of_the


@command(
    "reporter",
    "déplacer",
    summary="Changer la date d'une séance",
    who=Role.CHAIR,
    examples={
        "!reporter jeudi 2 avril à 20 h": (
            "La séance **de la Commission de l'eau** du jeudi 26 mars 2026 passera au **jeudi 2 avril 2026 "
            "à 20 h**, mairie. Je l'annoncerai dans le salon et referai les rappels. C'est bien cela "
            "?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def reporter(ctx: Context, commission: InBody, quand: MoveTo, accord: Yes = NO) -> Reply:
    """Une date seule est la nouvelle date de la prochaine séance ; `!reporter la séance du 2 juin au 9 juin à 19 h` en déplace une
    autre, même l'une de celles qui reviennent, sans toucher aux suivantes. « d'une semaine », « au lendemain » et « à 19 h » se disent
    aussi. Sans heure, la séance garde la sienne ; le lieu et l'ordre du jour restent.
    """
    meant, moment = await moved(ctx, commission, quand)
    meeting = meant.meeting
    before = day_of(meeting, ctx)
    await refuse_double(ctx, commission, moment, moved=meeting)
    if not accord:
        return Reply(
            f"La séance **{of_the(plain(commission.name))}** du {before} passera au {when_and_where(meeting, ctx, moment)}. Je l'annoncerai dans le salon et "
            f"referai les rappels.{await warned_of_end(ctx, meeting)} C'est bien cela ?",
            confirm=f"!reporter {commission.code} {before} au {long_moment(moment, ctx.commune.zone)} oui",
        )
    if meant.series is not None and meant.day is not None:
        meeting.starts_at = moment
        meeting = await fix(ctx, meant.series, meant.day, meeting)
    else:
        await ctx.store.meetings.move(meeting, moment, ctx.sender.id)
        await ctx.store.notices.call_off(meeting.id)
    await schedule_reminders(ctx, meeting)
    said = f"**Séance reportée** : {plain(commission.name)}\n\nElle était prévue le {before}. Nouvelle date : "
    said = f"{said}{when_and_where(meeting, ctx)}."
    await end_convocation(ctx, meeting, f"{said}\n\nUne nouvelle convocation vous sera envoyée.")
    return await announce(ctx, commission, Reply(said, loud=True, everyone=True))
