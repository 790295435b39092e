"""Holding a planned session elsewhere: said with its date, or by "lieu" for the next one; everyone is told."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from commands._arguments import Argument, Venue
from commands._context import Context, Reply
from commands._dates import WHEN
from commands._sending import tell_new_place, warned_of_place
from commands._show import when_and_where
from commands._tell import announce
from commands._words import plain
from council.french import long_moment, of_the
from council.meetings import Mode
from council.recurrences import Recurrence
from council.roles import BodyKind
from storage.tables import Meeting

_PLACE = re.compile(
    r"\s*(?:(?:change\w*|modifi\w*)\s+(?:de\s+|le\s+)?|(?:le\s+)?nouveau\s+|le\s+)?lieu\b\s*:?\s*(?=\S)", re.IGNORECASE
)


class Same:
    """Stands for the moment that the next session has already: only its place changes."""


@dataclass(frozen=True)
class _WhenOrSame(Argument[datetime | int | Recurrence | Same]):
    """A date as for any session; or "lieu", before where the next one will be held."""

    label: str = WHEN.label
    wanted: str = WHEN.wanted

    async def take(self, text: str, ctx: Context) -> tuple[datetime | int | Recurrence | Same, str]:
        if found := _PLACE.match(text):
            return Same(), text[found.end() :]
        return await WHEN.take(text, ctx)


WhenOrSame = Annotated[datetime | int | Recurrence | Same, _WhenOrSame()]


def typed(venue: Venue) -> str:
    """A venue as it is typed."""
    mode = "" if venue.mode is Mode.IN_PERSON else f"{venue.mode.value} {venue.link}"
    return f"{venue.place} {mode}".strip()


def moves(meeting: Meeting, venue: Venue) -> bool:
    """Whether this is another place, or another way to take part, than the session has."""
    return bool(venue.place or venue.link) and venue != Venue(meeting.place, meeting.mode, meeting.link)


async def move_place(ctx: Context, meeting: Meeting, venue: Venue, *, accord: bool) -> Reply:
    """Hold a session elsewhere: asked first, then said in the room, and to each person whom a convocation told the former place."""
    name, moment = plain(meeting.body.name), long_moment(meeting.starts_at, ctx.commune.zone)
    before = Venue(meeting.place, meeting.mode, meeting.link)
    if not accord:
        law = ""
        if meeting.body.kind is BodyKind.COUNCIL:
            law = (
                " Le conseil se réunit à la mairie ; un autre lieu est dans la commune, neutre, accessible et sûr (article L. 2121-7 du "
                "CGCT)."
            )
        return Reply(
            f"La séance **{of_the(name)}** du **{moment}** change de lieu : **{plain(typed(venue))}**"
            f"{f', au lieu de « {plain(typed(before))} »' if typed(before) else ''}. Je l'annoncerai dans le salon."
            f"{await warned_of_place(ctx, meeting)}{law} C'est bien cela ?",
            confirm=f"!séance {meeting.body.code} {moment}, {typed(venue)} oui",
        )
    await ctx.store.meetings.relocate(meeting, venue.place, venue.mode, venue.link, ctx.sender.id)
    said = f"**Changement de lieu** : {name}\n\n{when_and_where(meeting, ctx)}."
    if typed(before):
        said += f" Elle était prévue : {plain(typed(before))}."
    await tell_new_place(ctx, meeting, said)
    return await announce(ctx, meeting.body, Reply(said, loud=True, everyone=True))
