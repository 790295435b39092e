"""aide — what the bot can do, on one phone screen; then one command in detail."""

from typing import Annotated

from commands import Context, Option, Refusal, Reply, Role, command, registry, words
from commands._kit import Command
from commands._router import find_command, nearest, rights
from commands._words import quote
from council.french import fold
from council.roles import WHO_IN_FRENCH

FIRST_STEPS = (
    ("agenda", "les prochaines séances"),
    ("documents", "les derniers documents"),
    ("chercher budget", "retrouver un document"),
    ("rappel demain 9 h …", "vous rappeler quelque chose"),
)
OF_CHAIR = (("séance mardi 20 h", "fixer une séance"), ("point …", "ajouter un point à l'ordre du jour"))
EVERYTHING = ("Tout ce que je sais faire", "!aide tout")
OF_ADMIN = (("état", "ce qui attend, ce qui a échoué"),)


@command(
    "aide",
    "help",
    "?",
    summary="Voir ce que je sais faire",
    examples={
        "!aide": "",
        "!aide agenda": (
            "**!agenda** : voir les prochaines séances\n\n"
            "S'écrit : `!agenda [COMMISSION] [QUAND] [tout]`\n\n"
            "Sans rien d'autre : les séances de ce salon, ou toutes les vôtres en conversation "
            "privée. Ajoutez le nom d'une commission, « tout », ou une période : « cette semaine », "
            "« en mars ».\n\n"
            "Exemples :\n\n"
            "- `!agenda`\n"
            "- `!agenda eau`"
        ),
    },
)
async def aide(ctx: Context, mot: Annotated[str, words("COMMANDE", "la commande")] = "") -> Reply:
    """Seule, elle montre l'essentiel ; suivie du nom d'une commande, elle l'explique avec des exemples ; « aide tout »
    montre la liste entière.
    """
    wanted = mot.strip('!/ ?.«»"')
    if not wanted or fold(wanted) in ("moi", "stp", "svp"):
        return await _essentials(ctx)
    if wanted.lower() in ("tout", "toutes", "liste", "complète"):
        return await _everything(ctx)
    found = find_command(wanted.split()[0])
    if found is not None:
        return _one(found)
    guesses = nearest(wanted, await rights(ctx))
    likely = tuple((f"`!{guess.word}` : {_small(guess.summary)}", f"!aide {guess.word}") for guess in guesses)
    raise Refusal(
        f"Je ne connais pas de commande {quote(wanted, 30)}. Vouliez-vous :",
        choices=(*likely, ("Le chercher dans les documents", f"!chercher {wanted[:60]}"), EVERYTHING),
    )


def _one(found: Command) -> Reply:
    """A command explained."""
    kept = "" if found.who is Role.MEMBER else f" Réservée {WHO_IN_FRENCH[found.who]}."
    alone = " En conversation privée seulement." if found.private else ""
    examples = "\n".join(f"- `{example}`" for example in found.examples)
    return Reply(
        f"**!{found.word}** : {_small(found.summary)}\n\nS'écrit : `{found.usage}`\n\n{found.details}{kept}{alone}"
        + (f"\n\nExemples :\n\n{examples}" if examples else "")
    )


async def _essentials(ctx: Context) -> Reply:
    """A phone's screen: the first steps, those of one's office, and where to read on."""
    mine = await rights(ctx)
    steps = FIRST_STEPS + (OF_CHAIR if Role.CHAIR in mine else ()) + (OF_ADMIN if Role.ADMIN in mine else ())
    mark = "" if ctx.private else "!"
    lines = "\n".join(f"- **{mark}{typed}** : {what}" for typed, what in steps)
    how = (
        "Écrivez-moi comme à une personne : « c'est quand la prochaine réunion ? », « où est le devis ? »."
        if ctx.private
        else "Commencez par « ! », ou écrivez-moi en conversation privée."
    )
    options = (Option(*EVERYTHING), Option("Les prochaines séances", "!agenda"))
    return Reply(f"Je suis l'appariteur. {how}\n\n{lines}\n- un fichier envoyé ici : je le classe", options=options)


async def _everything(ctx: Context) -> Reply:
    allowed = await rights(ctx)
    mine = [each for each in registry().commands if each.who & allowed and (ctx.private or not each.private)]
    lines = [f"- **!{each.word}** : {_small(each.summary)}" for each in mine]
    return Reply(
        "Voici ce que vous pouvez me demander :\n\n" + "\n".join(lines) + "\n\n`!aide agenda` explique `!agenda`."
    )


def _small(summary: str) -> str:
    return summary[0].lower() + summary[1:]
