"""remis — an agent says that a convocation or an erratum on paper was handed over: a convocation is complete only then."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from dateutil.relativedelta import relativedelta

from commands import Context, Option, Refusal, Reply, Role, command, words
from commands._bodies import match_person
from commands._proofs import Copy, still_missing, timeliness, waits_on_paper
from commands._words import plain, quote
from council.convocations import civil_day
from council.french import enumerate_fr, long_date
from council.french.periods import find_period
from storage.errata import ErratumCopy
from storage.summons import Convocation, Summons

_REFERENCE = re.compile(r"\b[A-Z0-9]+-\d{4}-\d{2,3}(?:-E\d{1,2})?\b", re.IGNORECASE)
_ERRATUM = re.compile(r"(?:,\s*|\b(?:l'|pour\s+l'|son\s+|un\s+))?\berrat(?:um|a)s?\b", re.IGNORECASE)
_CONVOCATION = re.compile(r"(?:,\s*)?(?:\b(?:la|sa|une)\s+)?\bconvocations?\b", re.IGNORECASE)
_ALL = re.compile(r"(?:,\s*)?\b(?:tout|tous|les\s+deux)\b", re.IGNORECASE)


@dataclass(frozen=True)
class _Said:
    """What was typed: a name, a day, and which sendings are meant: by reference, by kind, all that wait, or not said."""

    name: str
    day: date
    references: tuple[str, ...]
    erratum: bool
    convocation: bool
    everything: bool

    def means(self, copy: Copy) -> bool:
        """Whether a copy may be the one that is meant."""
        if self.references:
            return _reference(copy) in self.references
        return self.erratum == self.convocation or self.erratum == isinstance(copy, ErratumCopy)


@command(
    "remis",
    "remise",
    summary="Dire qu'une convocation sur papier a été remise, ou un erratum",
    who=Role.CHAIR,
    examples={"!remis Jeanne Petit": "", "!remis Jeanne Petit hier": "", "!remis Jeanne Petit erratum": ""},
)
async def remis(ctx: Context, texte: Annotated[str, words("NOM [DATE]", "le nom de la personne")]) -> Reply:
    """Le nom, puis la date de la remise ou du cachet de la poste ; sans date, c'est aujourd'hui. La convocation compte du jour où
    la dernière personne a été atteinte. Si une convocation et un erratum attendent, je demande lequel ; « erratum »,
    « convocation » ou la référence le disent d'avance. Après la séance, ce n'est plus qu'une note tardive, et c'est dit.
    """
    said = _read(texte, ctx)
    body_ids = [seat.body.id for seat in ctx.seats if Role.CHAIR in seat.role]
    waiting: list[Copy] = [
        *await ctx.store.convocations.to_hand_over(body_ids),
        *await ctx.store.errata.to_hand_over(body_ids),
    ]
    meant = [copy for copy in waiting if said.means(copy)]
    person_ids = {person.id for person in match_person(said.name, [copy.person for copy in meant])}
    copies = [copy for copy in meant if copy.person_id in person_ids]
    if not copies:
        raise _nobody(said, meant or waiting)
    if len(person_ids) > 1:
        names = dict.fromkeys(copy.person.name for copy in copies)
        lines = tuple(Option(plain(name), _line(name, _kind(said), said.day)) for name in names)
        return Reply(f"Qui est {quote(said.name, 40)} ?", options=lines)
    if len(copies) > 1 and not (said.everything or len(said.references) == len(copies)):
        return _which(copies, said.day)
    for copy in copies:
        await _hand_over(ctx, copy, said.day)
    return Reply("\n\n".join([await _noted(ctx, copy, said.day) for copy in copies]))


def _read(text: str, ctx: Context) -> _Said:
    """A name, a day, what is meant; a date without its year is the last one that is past."""
    references = tuple(found.upper() for found in _REFERENCE.findall(text))
    bare = _REFERENCE.sub(" ", text)
    erratum, convocation, everything = (bool(each.search(bare)) for each in (_ERRATUM, _CONVOCATION, _ALL))
    for each in (_ERRATUM, _CONVOCATION, _ALL):
        bare = each.sub(" ", bare)
    found = find_period(bare, now=ctx.then)
    day, name = ctx.then.date(), bare
    if found is not None:
        day = found[0] if found[0] <= ctx.today else found[0] - relativedelta(years=1)
        name = found[2]
    return _Said(" ".join(name.split()).strip(" ,:"), day, references, erratum, convocation, everything)


def _kind(said: _Said) -> str:
    """What was said of which sendings are meant, as the line of the command says it."""
    words = (("erratum", said.erratum), ("convocation", said.convocation), ("tout", said.everything))
    return " ".join([*said.references, *(word for word, meant in words if meant)])


def _line(name: str, which: str, day: date) -> str:
    return " ".join(filter(None, ("!remis", plain(name), which, f"{day:%d/%m/%Y}")))


def _which(copies: Sequence[Copy], day: date) -> Reply:
    """Several sendings wait for this person: each was handed over on a day of its own."""
    name = copies[0].person.name
    options = [Option(_named(copy), _line(name, _reference(copy), day)) for copy in copies]
    whole = "Les deux" if len(copies) == 2 else "Tout"
    return Reply(
        f"Qu'est-ce qui a été remis à {plain(name)} le {long_date(day)} ?",
        options=(*options, Option(whole, _line(name, "tout", day))),
    )


def _named(copy: Copy) -> str:
    if isinstance(copy, Summons):
        return f"La convocation {copy.convocation.reference}"
    about = copy.erratum
    return f"L'erratum {about.reference} ({about.paper.reference} version {about.file.version})"


def _reference(copy: Copy) -> str:
    return copy.convocation.reference if isinstance(copy, Summons) else copy.erratum.reference


def _convocation(copy: Copy) -> Convocation:
    """What convoked the session that a copy is about."""
    return copy.convocation if isinstance(copy, Summons) else copy.erratum.convocation


def _nobody(said: _Said, waiting: Sequence[Copy]) -> Refusal:
    names = list(dict.fromkeys(plain(copy.person.name) for copy in waiting))
    if not names:
        return Refusal(
            "Aucune convocation sur papier n'attend d'être remise, ni aucun erratum.",
            try_this="`!accusés` montre l'état des envois.",
        )
    whom = f" à {quote(said.name, 40)}" if said.name else ""
    return Refusal(f"Rien n'est à remettre{whom}.", try_this=f"Il reste : {enumerate_fr(names)}.")


async def _hand_over(ctx: Context, copy: Copy, day: date) -> None:
    made: datetime = copy.convocation.made_at if isinstance(copy, Summons) else copy.erratum.made_at
    since = civil_day(made, ctx.commune.zone)
    if not since <= day <= ctx.today:
        named = _named(copy)
        raise Refusal(
            f"Le {long_date(day)} ne peut pas être le jour de la remise : {named[0].lower()}{named[1:]} est du {long_date(since)}, et "
            f"nous sommes le {long_date(ctx.today)}.",
            try_this=f"`!remis {plain(copy.person.name)}` suivi de la date.",
        )
    if isinstance(copy, Summons):
        await ctx.store.convocations.hand_over(copy, day, ctx.sender.id)
    else:
        await ctx.store.errata.hand_over(copy, day, ctx.sender.id)


async def _noted(ctx: Context, copy: Copy, day: date) -> str:
    """What was noted, and where the whole sending stands now."""
    late, about = _late(ctx, copy, day), _convocation(copy)
    if isinstance(copy, ErratumCopy):
        (whole,) = [each for each in await ctx.store.errata.of_convocations([about]) if each.id == copy.erratum_id]
        left = [plain(each.person.name) for each in whole.copies if waits_on_paper(each)]
        standing = f"Il reste à le remettre à {enumerate_fr(left)}." if left else "Tous ceux qui sont sur papier l'ont."
        return f"C'est noté : erratum {whole.reference} remis à {plain(copy.person.name)} le {long_date(day)}.{late} {standing}"
    (convocation,) = await ctx.store.convocations.get([about.id])
    missing = still_missing(convocation, ctx.commune.zone)
    standing = (
        f"Il manque encore : {enumerate_fr(missing)}."
        if missing
        else f"Elle est complète. {timeliness(convocation, ctx.commune)}"
    )
    return (
        f"C'est noté : {convocation.reference} remise à {plain(copy.person.name)} le {long_date(day)}.{late} {standing}"
    )


def _late(ctx: Context, copy: Copy, day: date) -> str:
    """What a note made after the session is worth; nothing to say before it."""
    session = _convocation(copy).starts_at
    if ctx.now < session:
        return ""
    held = civil_day(session, ctx.commune.zone)
    if day < held:
        return f" **Note tardive**, écrite après la séance du {long_date(held)} : gardez la preuve de la remise."
    if isinstance(copy, ErratumCopy):
        return f" **Après la séance** du {long_date(held)} : cette personne y avait l'ancienne version."
    return f" **Après la séance** du {long_date(held)} : cette personne n'a pas été convoquée à temps, et les décisions peuvent être annulées."
