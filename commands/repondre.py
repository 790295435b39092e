"""répondre — answering a question asked ahead of a session: the room sees it, its author is told."""

from commands import Context, Refusal, Reply, Words, command, owe
from commands._questions import LONGEST, AskedOne, heading
from commands._tell import announce
from commands._words import paragraphs, plain
from council.french import tidy
from council.roles import Role


@command(
    "répondre",
    "réponse",
    summary="Répondre à une question posée avant une séance",
    examples={
        "!répondre 1 Oui, la clôture est comprise.": (
            "**Réponse à la question 1 sur le point 1**, par Hugo Roux :\n\nOui, la clôture est comprise."
        ),
    },
)
async def repondre(ctx: Context, question: AskedOne, reponse: Words) -> Reply:
    """La présidence, les agents et le rapporteur du point répondent. Le salon voit la réponse, et l'auteur en est averti ; si la
    question est sans nom, son auteur la lit par son code. Répondre de nouveau remplace la réponse.
    """
    asked, meeting = question.question, question.meeting
    rapporteur = asked.item is not None and asked.item.rapporteur_id == ctx.sender.id
    if not (rapporteur or ctx.role_in(meeting.body) & Role.CHAIR):
        raise Refusal("Seuls la présidence, les agents et le rapporteur du point répondent aux questions.")
    text = tidy(reponse).strip()[:LONGEST]
    ctx.store.questions.answer(asked, text, ctx.sender.id)
    title = heading(asked)
    said = f"**Réponse à la {title[0].lower()}{title[1:]}**, par {plain(ctx.sender.name)} :\n\n{paragraphs(text)}"
    if asked.author is not None and asked.author.matrix_id and asked.author_id != ctx.sender.id:
        told = f"{said}\n\nVotre question était : {plain(asked.text, 300)}"
        await owe(ctx.store, Reply(told, loud=True, mentions=(asked.author.matrix_id,)), person_id=asked.author.id)
    return await announce(ctx, meeting.body, Reply(said))
