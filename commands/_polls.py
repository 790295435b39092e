"""Dates proposed to a body: how they are shown, answered by words, reactions or Matrix's own poll, reminded and closed."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice, product

from commands._address import Spoken
from commands._context import Context, Option, Reply
from commands._offers import CROSS, KEYCAPS, sign_of
from commands._tell import owe
from commands._words import plain, quote
from council.french import count, enumerate_fr, fold, long_moment
from council.french.several import read_days, read_numbers
from council.refusals import Refusal
from council.roles import Role
from storage.polls import Poll, Vote
from storage.states import NoticeKind, OutboxKind
from storage.tables import Body, Notice, Person

MOST = 9
LASTS = timedelta(days=3)
AHEAD = timedelta(days=1)
REMIND, END = "rappel", "fin"


def shown_dates(ctx: Context, poll: Poll) -> list[str]:
    """The dates in full, in the order of their numbers."""
    return [long_moment(moment, ctx.commune.zone) for moment in poll.moments]


async def open_poll(ctx: Context, body: Body, moments: Sequence[datetime], ends_at: datetime) -> Poll:
    """Propose dates in a body's room: a numbered message with its reactions, Matrix's poll beside it; and their end.

    Raises:
        Refusal: the room isn't ready.
    """
    room = await ctx.store.rooms.of_body(body.id)
    if room is None:
        raise Refusal(f"Le salon {quote(body.name)} n'est pas encore prêt.", try_this="Réessayez dans une minute.")
    zone = ctx.commune.zone
    dates = [long_moment(moment, zone) for moment in moments]
    lines = "\n".join(f"{n}. {each}" for n, each in enumerate(dates, start=1))
    text = (
        f"**Quelles dates vous conviennent ?** {plain(body.name)}\n\n{lines}\n\nRépondez par vos numéros (« 1 et 3 »), ou **aucune**, "
        f"ici ou en privé ; ou touchez les chiffres. Vous pouvez changer jusqu'au **{long_moment(ends_at, zone)}**. Les réponses sont "
        "visibles de tous."
    )
    key = await owe(ctx.store, Reply(text, loud=True, everyone=True), room_id=room.room_id)
    for sign in KEYCAPS[: len(moments)]:
        await ctx.store.outbox.owe(OutboxKind.REACTION, {"to": key, "emoji": sign}, room_id=room.room_id)
    asked = {"question": f"{body.name} : quelles dates vous conviennent ? (votes visibles de tous)", "answers": dates}
    poll_key = await ctx.store.outbox.owe(OutboxKind.POLL, asked, room_id=room.room_id)
    poll = Poll(
        body_id=body.id,
        dates=[moment.astimezone(UTC).isoformat() for moment in moments],
        made_by=ctx.sender.id,
        made_at=ctx.now,
        ends_at=ends_at,
        message_key=key,
        poll_key=poll_key,
    )
    await ctx.store.polls.make(poll)
    for what, moment in ((REMIND, ends_at - AHEAD), (END, ends_at)):
        if moment > ctx.now:
            await ctx.store.notices.add(
                Notice(
                    kind=NoticeKind.POLL,
                    due_at=moment,
                    text=f"{what} {poll.id}",
                    room_id=room.room_id,
                    created_by=ctx.sender.id,
                )
            )
    return poll


async def close_poll(ctx: Context, poll: Poll) -> None:
    """Take no more answers, in Matrix's poll either."""
    ctx.store.polls.close(poll)
    room = await ctx.store.rooms.of_body(poll.body_id)
    if room is not None:
        said = {"to": poll.poll_key, "text": "Le sondage est clos."}
        await ctx.store.outbox.owe(OutboxKind.POLL, said, room_id=room.room_id)


async def asked(ctx: Context, poll: Poll) -> list[Person]:
    """Those whose answer counts: the members of today, agents apart."""
    return [each for each, _ in await ctx.store.people.members(poll.body_id, ctx.today) if not each.function.staff]


async def silent(ctx: Context, poll: Poll) -> list[Person]:
    """Those who have not answered."""
    known = {vote.person_id for vote in await ctx.store.polls.votes(poll.id)}
    return [each for each in await asked(ctx, poll) if each.id not in known]


async def standing(ctx: Context, poll: Poll, *, above_choices: bool = False) -> str:
    """Each date with how many can come and who, then who didn't answer.

    Args:
        above_choices: other numbers follow: the dates go without theirs, so that "2" means one thing.
    """
    votes, members = await ctx.store.polls.votes(poll.id), {each.id for each in await asked(ctx, poll)}
    votes = [vote for vote in votes if vote.person_id in members]
    dates = enumerate(shown_dates(ctx, poll), start=1)
    lines = [f"{'-' if above_choices else f'{n}.'} {date} : {_said(votes, n)}" for n, date in dates]
    missing = [plain(each.name) for each in await silent(ctx, poll)]
    left = f"\n\nSans réponse : {enumerate_fr(missing)}." if missing else "\n\nTout le monde a répondu."
    return "\n".join(lines) + left


def _said(votes: Sequence[Vote], number: int) -> str:
    able = [plain(vote.person.name) for vote in votes if number in vote.numbers]
    if not able:
        return "personne" if votes else "pas de réponse"
    return f"**{count(len(able), 'disponible')}** ({enumerate_fr(able)})"


async def ways(ctx: Context, poll: Poll) -> tuple[Option, ...]:
    """The dates still to come that somebody can make, as choices that fix the session.

    In their order, so that "2" and `séance 2` mean the same; where a date is left out, the next ones say their own number.
    """
    votes = await ctx.store.polls.votes(poll.id)
    able = {n: sum(n in vote.numbers for vote in votes) for n in range(1, len(poll.dates) + 1)}
    moments, shown = poll.moments, shown_dates(ctx, poll)
    kept = [n for n, many in able.items() if (many or not votes) and moments[n - 1] > ctx.now]
    return tuple(
        Option(
            f"{shown[n - 1]}{'' if place == n else f' (date {n})'} : {count(able[n], 'disponible')}",
            f"!séance {poll.body.code} {n}",
        )
        for place, n in enumerate(kept, start=1)
    )


async def chosen_date(ctx: Context, body: Body, number: int) -> datetime:
    """The date of a number in the body's last poll, in the town's zone.

    Raises:
        Refusal: there is no such date, it is gone, or everybody refused it.
    """
    poll = await ctx.store.polls.latest(body.id)
    if poll is None:
        raise Refusal(
            f"Aucune date n'est proposée pour {quote(body.name)}.",
            try_this="`!dates 12 mars ; 14 mars à 20 h` en propose ; ou donnez la date : `!séance 12 mars à 20 h`.",
        )
    dates = shown_dates(ctx, poll)
    if number > len(dates):
        raise Refusal(f"Il n'y a que {count(len(dates), 'date')} proposées.", try_this="`!dates` les montre.")
    moment = poll.moments[number - 1].astimezone(ctx.commune.zone)
    if moment <= ctx.now:
        raise Refusal(f"Cette date est déjà passée : {dates[number - 1]}.", try_this="`!dates` en propose d'autres.")
    votes = await ctx.store.polls.votes(poll.id)
    if votes and not any(number in vote.numbers for vote in votes):
        raise Refusal(
            f"Personne n'est disponible le {dates[number - 1]}.",
            try_this=f"Pour la fixer quand même : `!séance {body.code} {dates[number - 1]}`.",
        )
    return moment


async def settle(ctx: Context, body: Body, moment: datetime) -> None:
    """A session was fixed: the poll that proposed its date is over."""
    for poll in await ctx.store.polls.open_in([body.id]):
        if moment in poll.moments:
            await close_poll(ctx, poll)


async def answer_poll(ctx: Context, poll: Poll, numbers: Sequence[int], somebody: Person | None = None) -> Reply:
    """Keep the answer of a member, or of somebody for whom the chair or an agent enters it, and say it back.

    Raises:
        Refusal: they don't sit there, it isn't the sender's to enter, or it is too late.
    """
    person, members = somebody or ctx.sender, {each.id for each in await asked(ctx, poll)}
    own = person.id == ctx.sender.id
    if not own and Role.CHAIR not in ctx.role_in(poll.body):
        raise Refusal("Seuls la présidence, le maire et les agents répondent à la place d'un autre.")
    if person.id not in members or Role.MEMBER not in ctx.role_in(poll.body):
        who = "Seuls les membres de la commission répondent à ces dates."
        raise Refusal(
            who if own else f"{plain(person.name)} n'a pas de siège aujourd'hui dans {quote(poll.body.name)}."
        )
    if poll.closed_at is not None or poll.ends_at <= ctx.now:
        raise Refusal("Ce sondage est clos.", try_this="`!agenda` montre la date retenue, quand elle l'est.")
    await ctx.store.polls.vote(poll, person.id, numbers)
    dates = [f"le **{each}**" for n, each in enumerate(shown_dates(ctx, poll), start=1) if n in numbers]
    until = long_moment(poll.ends_at, ctx.commune.zone)
    if not own:
        said = f"qui peut venir {enumerate_fr(dates, 'ou')}" if dates else "à qui aucune de ces dates ne convient"
        return Reply(f"C'est noté pour {plain(person.name)}, {said}. La réponse peut changer jusqu'au {until}.")
    said = f"vous pouvez venir {enumerate_fr(dates, 'ou')}" if dates else "aucune de ces dates ne vous convient"
    return Reply(f"C'est noté : {said}. Vous pouvez changer jusqu'au {until}.")


async def hear_numbers(ctx: Context, spoken: Spoken) -> Reply | None:
    """The reply to "1 et 3" said where dates are proposed; None when it isn't an answer to them."""
    if read_numbers(spoken.line, MOST) is None:
        return await _hear_days(ctx, spoken)
    polls = await _open_here(ctx)
    if len(polls) > 1 and len({each.body_id for each in polls}) > 1:
        return _which_body(polls, spoken.line)
    numbers = read_numbers(spoken.line, len(polls[0].dates)) if polls else None
    if numbers is None:
        return await _hear_days(ctx, spoken)
    days = read_days(spoken.line, _days(ctx, polls[0])) if fold(spoken.line).startswith("le ") else None
    if days and (other := tuple(each[0] for each in days if len(each) == 1)) != numbers:
        return _which_dates(ctx, polls[0], [numbers, other])  # "le 3": the third, or that of the 3rd
    return await answer_poll(ctx, polls[0], numbers)


async def _hear_days(ctx: Context, spoken: Spoken) -> Reply | None:
    """The reply to "mardi et jeudi": in private or answering the dates, since in a room people name days to each other."""
    if not (ctx.private or ctx.message.reply_to):
        return None
    polls = await _open_here(ctx)
    if not ctx.private:
        key = await ctx.store.outbox.key_of(ctx.message.reply_to or "")
        polls = [each for each in polls if key in (each.message_key, each.poll_key)]
    read = [(poll, days) for poll in polls if (days := read_days(spoken.line, _days(ctx, poll)))]
    if len({poll.body_id for poll, _ in read}) > 1:
        return _which_body([poll for poll, _ in read], spoken.line)
    if not read:
        return None
    poll, days = read[0]
    ways = [tuple(sorted(set(way))) for way in islice(product(*days), MOST)]
    return await answer_poll(ctx, poll, ways[0]) if len(ways) == 1 else _which_dates(ctx, poll, ways)


def _days(ctx: Context, poll: Poll) -> list[date]:
    return [moment.astimezone(ctx.commune.zone).date() for moment in poll.moments]


def _which_body(polls: Sequence[Poll], line: str) -> Reply:
    options = tuple(Option(plain(each.body.name), f"!dates {each.body.code} {line}") for each in polls[:MOST])
    return Reply("Pour les dates de quelle commission ?", options=options)


def _which_dates(ctx: Context, poll: Poll, ways: Sequence[Sequence[int]]) -> Reply:
    shown = shown_dates(ctx, poll)
    options = tuple(
        Option(enumerate_fr([shown[n - 1] for n in way]), f"!dates {poll.body.code} {' et '.join(map(str, way))}")
        for way in ways
    )
    return Reply("De quelle date parlez-vous ?", options=options)


async def _open_here(ctx: Context) -> list[Poll]:
    """The polls that words said here may answer; the one that is replied to, alone."""
    bodies = [ctx.room.body_id] if ctx.room.body_id else [seat.body.id for seat in ctx.seats]
    polls = [each for each in await ctx.store.polls.open_in(bodies) if each.ends_at > ctx.now]
    if ctx.message.reply_to and (key := await ctx.store.outbox.key_of(ctx.message.reply_to)):
        polls = [each for each in polls if key in (each.message_key, each.poll_key)]
    return polls


async def tap_date(ctx: Context, key: str, emoji: str) -> None:
    """A digit touched under the dates adds that date to a member's answer; ❌ refuses all. Nothing is said: all see it."""
    poll = await ctx.store.polls.by_key(key)
    sign = sign_of(emoji)
    signs = [sign_of(each) for each in KEYCAPS[: len(poll.dates)]] if poll else []
    if poll is None or not (sign in signs or sign == CROSS):
        return
    vote = await ctx.store.polls.vote_of(poll, ctx.sender.id)
    before = set(vote.numbers) if vote else set()
    await vote_quietly(ctx, poll, sorted(before | {signs.index(sign) + 1}) if sign in signs else [])


async def hear_vote(ctx: Context, key: str, numbers: Sequence[int]) -> None:
    """A vote in Matrix's own poll counts as an answer."""
    poll = await ctx.store.polls.by_key(key)
    if poll is not None:
        await vote_quietly(ctx, poll, [n for n in numbers if 1 <= n <= len(poll.dates)])


async def vote_quietly(ctx: Context, poll: Poll, numbers: Sequence[int]) -> None:
    """Keep what was touched; what comes too late or from somebody else is left, since everybody sees it there."""
    try:
        await answer_poll(ctx, poll, numbers)
    except Refusal:
        return
