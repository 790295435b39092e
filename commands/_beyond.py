"""What the bot is asked that isn't its business: said in one line, with whom to ask, instead of a search that finds nothing."""

import re

from council.french import fold

_BEYOND = (
    (
        re.compile(
            r"\bmots? de passe\b|\b(?:me|se) (?:re)?connecter\b|\b(?:supprime|efface|ferme)[rz]? mon compte\b|\bnotifications?\b"
            r"|\bcle de (?:securite|recuperation|secours)\b|\bverifier (?:mon|ma|cet|cette) (?:appareil|session)\b|\bmise a jour d'element\b"
        ),
        "Cela se règle dans Element, l'application, que je ne tiens pas : demandez à la mairie.",
    ),
    (
        re.compile(
            r"\b(?:numero|telephone|tel|portable|adresse|mail|e-mail|courriel|coordonnees) (?:de telephone )?(?:de|du|d'|a)\s?"
            r"(?:m\.?|mr|mme|mlle|monsieur|madame|maire)\b"
        ),
        "Je ne cherche pas les coordonnées des gens : demandez-les à la mairie.",
    ),
    (
        re.compile(
            r"\b(?:serai|aurai|arriverai|vais (?:etre|arriver)) .{0,20}\ben retard\b|\bj'aurai .{0,20}\bde retard\b"
        ),
        "Je ne préviens pas d'un retard : écrivez-le dans le salon de la commission.",
    ),
    (
        re.compile(r"^je (?:demissionne|veux demissionner|quitte le conseil)\b|\bdonne(?:r)? ma demission\b"),
        "Une démission s'écrit au maire (article L. 2121-4 du CGCT) : je ne peux pas la recevoir.",
    ),
    (
        re.compile(r"\b(?:m'|me l'|nous |l')?imprime[rz]?\b.{0,40}$"),
        "Je n'imprime pas : demandez-le à la mairie, avec la référence du document ; **documents** les montre.",
    ),
    (
        re.compile(r"^(?:peux[- ]tu |tu peux |pouvez[- ]vous )?(?:me )?(?:resume[rz]?|traduis|traduire)\b"),
        "Je ne résume pas les documents : je les retrouve et je les envoie, tels quels. Écrivez par exemple « où est le devis ? ».",
    ),
)


def beyond(line: str) -> str | None:
    """The answer to what somebody else must do, or None: the question may be for the bot."""
    said = fold(line).strip(" ?!.")
    return next((answer for shape, answer in _BEYOND if shape.search(said)), None)
