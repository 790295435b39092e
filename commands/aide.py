"""aide — what the bot can do, on one phone screen; then one command in detail."""

from commands import Context, Option, Refusal, Reply, Role, Words, command, registry
from commands._router import find_command, nearest
from council.roles import WHO_IN_FRENCH

FIRST_STEPS = (
    ("agenda", "les prochaines séances"),
    ("documents", "les derniers documents"),
    ("chercher", "retrouver un document par ses mots"),
    ("rappel", "vous rappeler quelque chose"),
)


@command(
    "aide",
    "help",
    "?",
    summary="Voir ce que je sais faire",
    examples={
        "!aide agenda": "**!agenda** : voir les prochaines séances\n\n"
        "S'écrit : `!agenda [COMMISSION] [QUAND]`\n\n"
        "Sans rien d'autre : les séances de ce salon, ou toutes les vôtres en conversation privée. Ajoutez le nom d'une "
        "commission, « tout », ou une période : « cette semaine », « en mars ».\n\n"
        "Exemples :\n\n- `!agenda`\n- `!agenda eau`"
    },
)
async def aide(ctx: Context, mot: Words = "") -> Reply:
    """Seule, elle montre l'essentiel ; suivie du nom d'une commande, elle l'explique avec des exemples ; « aide tout »
    montre la liste entière.
    """
    if not mot:
        return await _essentials(ctx)
    if mot.lower() in ("tout", "toutes", "liste"):
        return await _everything(ctx)
    found = find_command(mot.lstrip("!/").split()[0] if mot.strip("!/ ") else mot)
    if found is None:
        guesses = nearest(mot)
        raise Refusal(
            f"Je ne connais pas de commande « {mot[:30]} ». Vouliez-vous :",
            choices=tuple((f"!{guess.word} : {guess.summary}", f"!aide {guess.word}") for guess in guesses),
        )
    kept = "" if found.who is Role.MEMBER else f"\n\nRéservée {WHO_IN_FRENCH[found.who]}."
    examples = "\n".join(f"- `{example}`" for example in found.examples)
    summary = found.summary[0].lower() + found.summary[1:]
    return Reply(
        f"**!{found.word}** : {summary}\n\nS'écrit : `{found.usage}`\n\n{found.details}{kept}"
        + (f"\n\nExemples :\n\n{examples}" if examples else "")
    )


async def _essentials(ctx: Context) -> Reply:
    lines = [f"- **!{word}** : {what}" for word, what in FIRST_STEPS]
    plain = (
        "Ici, écrivez-moi simplement : « c'est quand la prochaine commission finances ? », « où est le devis ? »."
        if ctx.private
        else "Pour m'appeler dans un salon, commencez par « ! » ou par mon nom. En conversation privée, parlez-moi simplement."
    )
    drop = "Un fichier déposé dans le salon d'une commission y est classé aussitôt."
    options = (Option("Tout ce que je sais faire", "!aide tout"), Option("Les prochaines séances", "!agenda"))
    return Reply("Je suis l'appariteur.\n\n" + "\n".join(lines) + f"\n\n{plain} {drop}", options=options)


async def _everything(ctx: Context) -> Reply:
    role = Role.ADMIN if ctx.is_admin else Role.NOBODY
    for body in await ctx.bodies():
        role |= await ctx.role_in(body)
    mine = [each for each in registry().commands if each.who & role]
    lines = [f"- **!{each.word}** : {each.summary[0].lower()}{each.summary[1:]}" for each in mine]
    return Reply(
        "Voici ce que vous pouvez me demander :\n\n" + "\n".join(lines) + "\n\n`!aide agenda` explique `!agenda`."
    )
