"""quorum — what the answers allow to expect: how many must come, who is sure, whom to call."""

from commands import NO, Context, Reply, Role, Yes, command
from commands._ahead import titled
from commands._attendance import sitting
from commands._recusals import counted, recused
from commands._second import Again, Counted, hold_again
from commands._sessions import second_rule
from commands._words import plain
from council.french import count
from council.quorum import ARTICLE, Outlook, Presence
from council.recusals import Expected
from council.roles import BodyKind
from storage.answers import Answer
from storage.tables import Person

SAYS = {
    Outlook.SURE: "Le quorum est acquis si chacun vient comme annoncé.",
    Outlook.OPEN: "Le quorum n'est pas encore acquis : il manque {missing}.",
    Outlook.OUT_OF_REACH: (
        "**Le quorum ne sera pas atteint**, même si tous ceux qui n'ont pas répondu viennent. À défaut de quorum, une seconde "
        "convocation, à trois jours francs au moins, permet de délibérer sans quorum des mêmes points."
    ),
}


@command(
    "quorum",
    "présences",
    summary="Voir qui vient, et si le quorum sera atteint",
    who=Role.CHAIR,
    examples={
        "!quorum": (
            "**Quorum** : Conseil municipal, **jeudi 12 mars 2026 à 20 h**, à la mairie\n\n"
            "Membres en exercice : 4. Il faut **3** présents, plus de la moitié (article L. 2121-17 du CGCT). "
            "Le quorum n'est pas encore acquis : il manque 3 présents.\n\n"
            "- Sans réponse : Blanche Arnaud, Jean Petit, Hugo Roux, Lucie Vidal\n\n"
            "Les pouvoirs ne comptent pas dans le quorum."
        ),
    },
)
async def quorum(ctx: Context, seance: Counted, seconde: Again = None, accord: Yes = NO) -> Reply:
    """Les pouvoirs ne comptent jamais dans le quorum (article L. 2121-17) : seuls comptent ceux qui viennent, et pour chaque point
    ceux qui ne s'y déportent pas. En privé, les numéros de téléphone de ceux qui n'ont pas répondu sont montrés à la
    présidence et aux agents. À l'heure de la séance, `!quorum non atteint` prépare la seconde convocation : mêmes points,
    trois jours francs au moins, plus de quorum.
    """
    if seance.starts_at <= ctx.now:
        return await hold_again(ctx, seance, seconde, accord=accord)
    members = await sitting(ctx, seance)
    answers = {answer.person_id: answer for answer in await ctx.store.answers.of(seance.id)}
    names = {person.id: plain(person.name) for person in members}
    silent = [person for person in members if person.id not in answers]
    lines = [
        _line(presence, [person for person in members if _says(answers.get(person.id)) is presence], answers, names)
        for presence in Presence
    ]
    lines.append(f"- Sans réponse : {_names([each.id for each in silent], names)}" if silent else "")
    shown = "\n".join(filter(None, lines))
    if seance.body.kind is not BodyKind.COUNCIL:
        law = "La loi ne fixe pas de quorum à une commission : seul le règlement intérieur peut le faire."
        return Reply(f"**Présences** : {titled(seance, ctx)}\n\n{shown}\n\n{law}")
    expected = Expected(
        members=set(names),
        coming={each for each in names if _says(answers.get(each)) is Presence.PRESENT},
        silent={person.id for person in silent},
    )
    forecast = expected.at({})
    points = counted(seance, await recused(ctx, seance, members), members, expected, list(answers.values()))
    shown += "\n\n**Déports**\n\n" + "\n".join(points) if points else ""
    if await ctx.store.seconds.first_of(seance.id):
        law = f"Sur seconde convocation, aucun quorum n'est exigé ({second_rule(ctx.today, seance.body, ctx.commune).article})."
        return Reply(f"**Quorum** : {titled(seance, ctx)}\n\n{law}\n\n{shown}")
    law = f"Membres en exercice : {forecast.members}. Il faut **{forecast.needed}** présents, plus de la moitié ({ARTICLE})."
    outlook = SAYS[forecast.outlook].format(missing=count(forecast.missing, "présent"))
    text = f"**Quorum** : {titled(seance, ctx)}\n\n{law} {outlook}\n\n{shown}\n\nLes pouvoirs ne comptent pas dans le quorum."
    return Reply(text + (_to_call(ctx, silent) if forecast.outlook is not Outlook.SURE else ""))


def _says(answer: Answer | None) -> Presence | None:
    return answer.presence if answer else None


def _line(presence: Presence, who: list[Person], answers: dict[int, Answer], names: dict[int, str]) -> str:
    """Those who gave one answer; an absent one with who votes in their name."""
    if not who:
        return ""
    title = {Presence.PRESENT: "Présents", Presence.ABSENT: "Absents", Presence.REMOTE: "À distance"}[presence]
    shown = []
    for person in who:
        answer = answers[person.id]
        bearer = names.get(answer.bearer_id or 0)
        state = "" if answer.accepted else ", à accepter"
        shown.append(names[person.id] + (f" (pouvoir à {bearer}{state})" if bearer else ""))
    return f"- {title} ({len(who)}) : {', '.join(shown)}"


def _names(ids: list[int], names: dict[int, str]) -> str:
    return ", ".join(names[each] for each in ids)


def _to_call(ctx: Context, silent: list[Person]) -> str:
    """Whom to call: numbers only where nobody else reads them."""
    if not silent or not ctx.private:
        return ""
    lines = [f"- {plain(each.name)}" + (f", {plain(each.phone)}" if each.phone else "") for each in silent]
    return "\n\nÀ appeler :\n\n" + "\n".join(lines)
