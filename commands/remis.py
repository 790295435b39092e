"""remis — an agent says that a convocation on paper was handed over: it is complete only then."""

from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from commands import Context, Option, Refusal, Reply, Role, Words, command
from commands._bodies import match_person
from commands._proofs import still_missing, timeliness
from commands._words import plain, quote
from council.convocations import civil_day
from council.french import enumerate_fr, long_date
from council.french.periods import find_period
from storage.summons import Summons


@command(
    "remis",
    "remise",
    summary="Dire qu'une convocation sur papier a été remise",
    who=Role.CHAIR,
    examples={"!remis Jeanne Petit": "", "!remis Jeanne Petit hier": ""},
)
async def remis(ctx: Context, texte: Words) -> Reply:
    """Le nom, puis la date de la remise ou du cachet de la poste ; sans date, c'est aujourd'hui. La convocation compte du jour où
    la dernière personne a été atteinte. Après la séance, ce n'est plus qu'une note tardive, et c'est dit.
    """
    waiting = await ctx.store.convocations.to_hand_over([seat.body.id for seat in ctx.seats if Role.CHAIR in seat.role])
    name, day = _read(texte, ctx)
    person_ids = {person.id for person in match_person(name, [copy.person for copy in waiting])}
    copies = [copy for copy in waiting if copy.person_id in person_ids]
    if not copies:
        raise _nobody(name, waiting)
    if len(person_ids) > 1:
        said = f" {day:%d/%m/%Y}"
        names = {copy.person_id: copy.person.name for copy in copies}
        return Reply(
            f"Qui est {quote(name, 40)} ?", options=tuple(Option(plain(n), f"!remis {n}{said}") for n in names.values())
        )
    for copy in copies:
        _refuse_day(ctx, copy, day)
        await ctx.store.convocations.hand_over(copy, day, ctx.sender.id)
    return Reply("\n\n".join([await _noted(ctx, copy, day) for copy in copies]))


def _read(text: str, ctx: Context) -> tuple[str, date]:
    """A name and a day; a date without its year is the last one that is past."""
    found = find_period(text, now=ctx.now)
    if found is None:
        return text.strip(), ctx.today
    day = found[0] if found[0] <= ctx.today else found[0] - relativedelta(years=1)
    return found[2].strip(" ,:"), day


def _nobody(name: str, waiting: Sequence[Summons]) -> Refusal:
    names = list(dict.fromkeys(plain(copy.person.name) for copy in waiting))
    if not names:
        return Refusal(
            "Aucune convocation sur papier n'attend d'être remise.", try_this="`!accusés` montre l'état des envois."
        )
    return Refusal(
        f"Aucune convocation n'est à remettre à {quote(name, 40)}.", try_this=f"Il reste : {enumerate_fr(names)}."
    )


def _refuse_day(ctx: Context, copy: Summons, day: date) -> None:
    made = civil_day(copy.convocation.made_at, ctx.commune.zone)
    if not made <= day <= ctx.today:
        raise Refusal(
            f"Le {long_date(day)} ne peut pas être le jour de la remise : la convocation {copy.convocation.reference} est du "
            f"{long_date(made)}, et nous sommes le {long_date(ctx.today)}.",
            try_this=f"`!remis {plain(copy.person.name)}` suivi de la date.",
        )


async def _noted(ctx: Context, copy: Summons, day: date) -> str:
    """What was noted, and where the whole convocation stands now."""
    found = await ctx.store.convocations.in_force(copy.convocation.meeting_id)
    whole = next(each for each in found if each.id == copy.convocation_id)
    missing = still_missing(whole, ctx.commune.zone)
    standing = (
        f"Il manque encore : {enumerate_fr(missing)}."
        if missing
        else f"Elle est complète. {timeliness(whole, ctx.commune)}"
    )
    noted = f"C'est noté : {whole.reference} remise à {plain(copy.person.name)} le {long_date(day)}."
    return f"{noted}{_late(ctx, copy, day)} {standing}"


def _late(ctx: Context, copy: Summons, day: date) -> str:
    """What a note made after the session is worth; nothing to say before it."""
    session = copy.convocation.starts_at
    if ctx.now < session:
        return ""
    held = civil_day(session, ctx.commune.zone)
    if day >= held:
        return f" **Après la séance** du {long_date(held)} : cette personne n'a pas été convoquée à temps, et les décisions peuvent être annulées."
    return f" **Note tardive**, écrite après la séance du {long_date(held)} : gardez la preuve de la remise."
