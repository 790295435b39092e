"""The written pouvoir, to date and sign: who gives it, to whom, for which session, under which article."""

from typing import Any

from commands._context import Commune
from council import proxies
from council.french import long_moment
from council.roles import BodyKind, Function
from storage.store import Store
from storage.tables import Person


async def mandate(store: Store, answer_id: int, commune: Commune) -> dict[str, Any]:
    """Give what the template shows of an answer as it is now; taken back since, its bearer is left to fill in."""
    answer = await store.answers.get(answer_id)
    meeting = await store.meetings.get(answer.meeting_id)
    bearer = await store.people.get(answer.bearer_id) if answer.bearer_id else None
    giver = await store.people.get(answer.person_id)
    municipal = meeting.body.kind is BodyKind.COUNCIL
    return {
        "town": commune.name,
        "giver": giver.name,
        "giver_office": _office(giver, municipal=municipal),
        "bearer": bearer.name if bearer else "",
        "bearer_office": _office(bearer, municipal=municipal) if bearer else "",
        "body": meeting.body.name,
        "session": long_moment(meeting.starts_at, commune.zone),
        "place": meeting.place,
        "article": proxies.ARTICLE,
        "longest": str(proxies.LONGEST_RUN),
    }


def _office(person: Person, *, municipal: bool) -> str:
    match person.function:
        case Function.MAYOR:
            return "maire"
        case Function.DEPUTY:
            return "adjoint(e) au maire"
        case _:
            return "conseiller(ère) municipal(e)" if municipal else "membre du conseil"
