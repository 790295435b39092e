"""Who stays out of which point of a session: said by them, or by law; how it is shown and counted."""

from collections.abc import Mapping, Sequence

from commands._attendance import sitting
from commands._context import Context
from commands._words import plain
from council.agenda import is_account
from council.french import count, enumerate_fr
from council.proxies import usable
from council.quorum import Forecast, Outlook
from council.recusals import COUNTED_BY, Expected, Interest
from council.roles import BodyKind, Function
from storage.answers import Answer
from storage.tables import AgendaItem, Meeting, Person

Out = Mapping[int, Mapping[int, Interest]]
"""By the points' rows: who stays out of each, and why."""
BY_LAW = f"le maire se retire au vote de son compte, {COUNTED_BY[Interest.ACCOUNT]}"
_SHORT = {
    Outlook.SURE: "le quorum y est acquis si chacun vient comme annoncé",
    Outlook.OPEN: "le quorum n'y est pas encore acquis : il manque {missing}",
    Outlook.OUT_OF_REACH: "**le quorum n'y sera pas atteint**, même si tous ceux qui n'ont pas répondu viennent",
}


async def recused(ctx: Context, meeting: Meeting, members: Sequence[Person] | None = None) -> Out:
    """Those who said that they stay out of a point and still sit there, and the mayor at the vote of their account."""
    members = await sitting(ctx, meeting) if members is None else members
    seated = {person.id for person in members}
    found: dict[int, dict[int, Interest]] = {}
    for recusal in await ctx.store.recusals.of(meeting.id):
        if recusal.person_id in seated:
            found.setdefault(recusal.item_id, {})[recusal.person_id] = recusal.interest
    mayors = [person.id for person in members if person.function is Function.MAYOR]
    for item in meeting.items:
        if mayors and must_leave(meeting, item):
            found.setdefault(item.id, {})[mayors[0]] = Interest.ACCOUNT
    return found


def must_leave(meeting: Meeting, item: AgendaItem) -> bool:
    """Whether a point is the vote of the mayor's account, which the mayor leaves by law."""
    return meeting.body.kind is BodyKind.COUNCIL and is_account(item.title)


def named(meeting: Meeting, out: Out, members: Sequence[Person]) -> list[str]:
    """« - Point 3 : Hugo Roux », in the agenda's order."""
    names = {person.id: plain(person.name) for person in members}
    return [
        f"- Point {item.position} : {enumerate_fr([names[each] for each in out[item.id]])}{_by_law(meeting, item)}"
        for item in meeting.items
        if item.id in out
    ]


def _by_law(meeting: Meeting, item: AgendaItem) -> str:
    return f" ({BY_LAW})" if must_leave(meeting, item) else ""


def counted(
    meeting: Meeting, out: Out, members: Sequence[Person], expected: Expected, answers: Sequence[Answer]
) -> list[str]:
    """For each point that somebody stays out of: who, how many must be there, and which pouvoirs don't count."""
    names = {person.id: plain(person.name) for person in members}
    given = {answer.person_id: answer.bearer_id for answer in answers if answer.bearer_id is not None}
    return [
        f"- Point {item.position}, {plain(item.title, 90)} : {_who(out[item.id], names)}. "
        f"{_numbers(expected, out[item.id])}{_fallen(given, out[item.id], names)}"
        for item in meeting.items
        if item.id in out
    ]


def _who(out: Mapping[int, Interest], names: Mapping[int, str]) -> str:
    """The names, each group with what says how it is counted."""
    groups = [
        (enumerate_fr([names[person] for person, interest in out.items() if interest is each]), COUNTED_BY[each])
        for each in Interest
        if each in out.values()
    ]
    return " ; ".join(f"{who} ({law})" for who, law in groups)


def _numbers(expected: Expected, out: Mapping[int, Interest]) -> str:
    strict, lenient = expected.at(out), expected.at(out, lenient=True)
    text = f"Membres en exercice : {strict.members}, il faut **{strict.needed}** présents ; {_outlook(strict)}."
    if lenient.needed != strict.needed:
        text += f" Une lecture plus souple de la loi en demanderait {lenient.needed}."
    return text


def _outlook(forecast: Forecast) -> str:
    return _SHORT[forecast.outlook].format(missing=count(forecast.missing, "présent"))


def _fallen(given: Mapping[int, int], out: Mapping[int, Interest], names: Mapping[int, str]) -> str:
    kept = usable(given, out.keys())
    lost = [names[giver] for giver in given if giver not in kept and giver in names]
    return f" Pouvoirs qui n'y comptent pas : {enumerate_fr(lost)}." if lost else ""
