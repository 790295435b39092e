"""The shapes of plain questions, in folded French: no capitals, no accents, straight quotes."""

import re

_BODY = r"(?:seance|reunion|commission|conseil|cm|rendez-vous|assemblee)s?"
_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_THE = r"(?:(?:le|la|les|un|une|des|du|de la|de|mon|ma|mes|notre|nos|ce|cet|cette|ces|au|aux)\s+|(?:de )?l'|d')"

QUESTION = re.compile(
    r"\?\s*$|\b(?:quand|c'est (?:qui|ou|quoi)|est[- ]ce que|qui c'est|quelle? (?:heure|jour|date"
    r"|salle))\b|^\w+[- ](?:moi|nous)\s|^qui (?:vient|viendra|sera|seront|n'a|ne vient|a repondu|manque)\b"
)
HELP = re.compile(
    r"^(?:a l'aide|aidez?[- ]moi|help|au secours|que sais[- ]tu faire|que savez[- ]vous faire"
    r"|tu sais faire quoi|comment (?:ca marche|faire|on fait)"
    r"|que peux[- ]tu faire|qu'est[- ]ce que tu (?:sais|peux) faire|mode d'emploi|menu"
    r"|je (?:ne )?comprends (?:rien|pas)"
    r"|je suis perdue?|comment (?:je|on|puis[- ]je|peut[- ]on|fait[- ]on)(?!.*\bmot de passe))\b"
)
REMIND = re.compile(
    r"^(?:rappelle[- ]moi|rappelez[- ]moi|(?:tu peux|peux[- ]tu|pouvez[- ]vous|vous pouvez) me rappeler"
    r"|fais[- ]moi penser"
    r"|faites[- ]moi penser|previens[- ]moi|prevenez[- ]moi)\s+(?P<what>.+)"
)
PLAN = re.compile(
    r"^(?:je (?:veux|voudrais|souhaite|souhaiterais) |il faut(?:drait)? |on peut |tu peux |peux[- ]tu "
    r"|pouvez[- ]vous )?"
    r"(?:fixe|planifie|programme|organise|prevoi[st]?)[rz]?(?:[- ]nous)? (?:une |la |le |un )?(?:prochaine? )?"
    r"(?:(?:seance|reunion|commission)|(?=conseil\b))(?P<what>.*)"
)
REMINDERS = re.compile(
    r"\b(?:annule|supprime|retire|enleve|efface)[rz]? (?:mon|mes|un|le|ce) rappels?\b|\b(?:mes"
    r"|quels) rappels\b|^(?:les |des )?rappels? (?:a venir|prevus?)"
)
POINT = re.compile(
    r"^(?:(?:mets|mettez|passe|passez|deplace[zr]?) )?(?:le )?point (?P<what>\d{1,2} (?:(?:passe|passera|va|est) )?"
    r"(?:en|au|a la|avant|apres|pour|a? ?retire) ?.*)$"
)
OFF = re.compile(r"^(?:retire|enleve|supprime)[rz]? (?:le )?point (?P<what>\d{1,2})(?: de l'ordre du jour| de l'odj)?$")
RECEIPT = re.compile(
    r"^(?:(?:c'est|je (?:l'|vous l')?ai|j'ai) )?(?:bien recue?(?: (?:la|ma|votre|cette) convocation)?"
    r"|recue? (?:la|ma|votre|cette) convocation)[\s.!]*$"
)
DEFINE = re.compile(
    rf"^(?:c'est quoi|(?:qu')?est[- ]ce que c'est(?: que)?|qu'est[- ]ce (?:que c'est )?(?:que |qu')|kesako"
    rf"|definition)\s*"
    rf"{_THE}?(?P<what>.+)"
)
EXPLAIN = re.compile(
    r"(?:(?:que|qu'est[- ]ce que) (?:veut|signifie)(?: dire)?|(?:ca|cela) (?:veut dire|signifie) quoi,?"
    r"|qu'est[- ]ce que (?:ca|cela) veut dire,?|explique(?:z)?[- ]moi(?: ce qu'est)?|definition (?:de|du|d'))"
    rf"\s*{_THE}?(?P<what>.+)|^(?P<before>.{{2,40}}?),? (?:ca|cela) (?:veut dire|signifie) quoi$"
)
WHO = re.compile(
    r"\bqui (?:est-ce qui |c'est qui )?preside|\bqui (?:c'est|est) (?:le |la |l'|notre )?(?:vice[- ])?president"
    r"|\bpresident.* c'est qui|\bc'est qui (?:le |la |notre )?(?:vice[- ])?president"
    r"|\bqui (?:fait partie|siege|sont les membres|est (?:dans|membre))|\bquels? (?:sont les )?membres?\b"
    r"|\b(?:les membres|liste des membres|composition) (?:de|du|d')|\bqui (?:y a|est)[- ](?:t-)?il dans"
    r"|\bqui il y a dans|\b(?:on est|nous sommes) combien (?:dans|a)"
)
_TO = rf"(?=$|,| (?:a|au|aux|en|le|la|pour|demain|aujourd'?hui|ce soir|{_DAYS})\b)"
COME = re.compile(
    r"^(?:oui,? )?(?:je (?:serai|suis) (?:bien )?(?:la|presente?|des votres)\b"
    rf"|je (?:viendrai|viens|participerai|assisterai|serai|peux venir|pourrai venir)(?: bien)?{_TO}"
    r"|(?:vous pouvez |tu peux )?compte[rz]? sur moi\b|je confirme ma (?:presence|venue|participation)\b)"
)
STAY = re.compile(
    r"^je (?:ne )?(?:(?:pourrai|peux|vais|pense|compte)(?: malheureusement)? pas (?:pouvoir )?"
    r"(?:venir|etre|assister|participer|y (?:aller|etre))\b"
    rf"|(?:peux|pourrai) pas (?=(?:{_DAYS}|demain|ce soir|aujourd'hui|le \d|(?:a|au|pour)(?: la| le)? {_BODY}\b))"
    r"|(?:viendrai|viens|participerai|assisterai) pas\b|(?:serai|suis) pas (?:la|presente?|disponible|des votres)\b"
    r"|(?:serai|suis) (?:absente?|excusee?|empechee?|retenue?)\b)"
    rf"|^j'ai un empechement\b|^excuse[rz]?(?:[- ]moi| mon absence) (?:pour|a|au|de) (?:{_THE})?{_BODY}\b"
)
AFAR = re.compile(r"^je (?:serai|participerai|viendrai|suivrai|assisterai)\b.{0,20}\b(?:visio|distance|distanciel)\b")
ENTRUST = re.compile(
    r"^(?:je (?:ne )?(?:peux|pourrai|viens|viendrai|serai) pas?[^,]{0,25}(?:,| et| donc)+ )?"
    r"(?:donc )?je (?:donne|confie|laisse|veux donner|voudrais donner) (?:ma |mon |un |une )?(?:pouvoir|procuration|voix) a (?P<who>.+)"
)
RECUSE = re.compile(
    r"^je (?:me |vais me |dois me |souhaite me |voudrais me )?(?:deporte|deporter)(?:ai|rai)? (?:pour |sur |du |au |de )?(?:le )?point (?P<what>\d{1,2}\b.*)$"
)
UNRECUSE = re.compile(
    r"^je ne me deporte (?:plus|pas)(?: finalement)? (?:pour |sur |du |au |de )?(?:le )?point (?P<what>\d{1,2}\b.*)$"
)
NO_QUORUM = re.compile(
    r"^(?:(?:le )?quorum (?:n'est|n'etait|n'a) pas (?:ete )?(?:atteint|reuni)|(?:il )?(?:n'y a|y a) pas (?:le |de )?quorum|pas (?:le |de )quorum)$"
)
ASK = re.compile(
    r"^(?:j'ai une (?:petite )?question|je (?:voudrais|veux|souhaite|souhaiterais) poser une (?:petite )?question)"
    r"(?:(?: (?:sur|pour) le point (?P<point>\d{1,3}))?\s*:|(?: (?:sur|pour) le point (?P<number>\d{1,3}))[\s,]+)\s*(?P<what>\S.*)"
)
OF_A_POINT = re.compile(
    r"(?:(?:sur|pour|à propos du|concernant) )?(?:le )?point (?P<point>\d{1,3})(?:\s*[:,–-]\s*|\s+)"
    r"(?P<what>(?:pourquoi|comment|combien|est[- ]ce qu|quel(?:le)?s?\b|qui\b|quand\b|où\b|qu['’]).+|(?<=[:,–-] ).+\?\s*)$",
    re.IGNORECASE,
)
"""A question after a point's number; of the sentence as it was typed."""
TO_ASK = re.compile(
    r"^(?:j'ai|j'aurais|je (?:voudrais|veux|souhaite|souhaiterais|peux|pourrais) poser) une (?:petite )?question(?! pour toi)\b"
)
"""Wanting to ask, before it is asked."""
ASKED = re.compile(r"^(?:mes|les) questions(?: posees)?$|^quelles (?:sont les )?questions\b")
PERSONAL = re.compile(
    r"\b(?:je (?:serai|viendrai|pourrai|suis|peux|vais|viens|ne (?:serai|viendrai|pourrai|suis|peux|viens))"
    r"|absente?|excuse[rz]?|empeche|en retard)\b(?!.*\b(?:trouver|voir|avoir)\b)"
)
COUNT = re.compile(
    r"^(?:qui (?:vient|viendra|sera (?:la|presente?|absente?)|seront? (?:la|presents?|absents?)|ne vient pas|manque)"
    r"|qui (?:n')?a (?:pas |deja )?(?:pas )?repondu|combien (?:de presents|d'absents|(?:on|nous) (?:sera|serons)"
    r"|seront (?:la|presents)|viennent)|(?:la )?liste des (?:presents|absents)|(?:est[- ]ce qu')?(?:on|nous) (?:aura|aurons|a|avons)(?:[- ]t[- ]on)? le quorum"
    r"|(?:aura|a)[- ]t[- ]on le quorum|le quorum (?:est|sera)(?:[- ]t[- ]il)? (?:atteint|bon))\b"
)
"""Who answered, and whether they will be enough."""
_NAME = r"[\w'-]+(?: (?!ne\b|n'|s'|ser(?:a|ont)\b|vien|est\b|sont\b|et\b|peu(?:t|vent)\b|pourr(?:a|ont)\b)[\w'-]+)?"
_TITLED = rf"(?:m\.?|mr|mme|mlle|monsieur|madame) {_NAME}"
OF_ANOTHER = re.compile(
    rf"^(?P<who>{_TITLED}(?:(?:,| et) (?:{_TITLED}|{_NAME}))*) "
    r"(?:(?:n'est pas la|(?:ne )?ser(?:a|ont) pas (?:la|presente?s?)|(?:ne )?(?:viendra|viendront|vient|viennent|peut|peuvent|pourra|pourront) pas"
    r"|(?:est|sont|sera|seront) (?:absente?s?|excusee?s?)|s'excusent?)"
    r"|(?P<here>(?:sera|seront|est|sont) (?:bien )?(?:la|presente?s?)|viendra|viendront|vient|viennent))\b(?! \?)"
)
"""Somebody told an agent, or the chair, whether they come."""
MAYOR = re.compile(r"\bqui (?:est|c'est) (?:le |la |notre )?maire\b|\bc'est qui (?:le |la |notre )?maire\b")
ORDER = re.compile(
    r"\bordre du jour\b|\bodj\b|\bde quoi (?:on parle|on va parler|va[- ]t[- ]on parler|parle[- ]t[- ]on"
    r"|il sera question)"
    r"|\bon (?:parle|parlera|va parler) de quoi|\bquels (?:sont les )?(?:points?|sujets?)\b"
    r"|\bau programme (?:de|du) |^(?:c'est quoi |(?:r?envoie|envoyer|montre)(?:[- ]moi)? )?(?:le |les documents? du |le document du )?point \d{1,2}$"
)
PERIOD = re.compile(
    rf"\b(?:aujourd'?hui|demain|ce soir|cette semaine|la semaine prochaine|semaine prochaine"
    rf"|ce mois(?:-ci)?|le mois prochain"
    rf"|mois prochain|ce week-end|cette annee|(?:{_DAYS})(?: prochain)?(?: \d{{1,2}}(?: (?:{_MONTHS}))?)?"
    rf"|en (?:{_MONTHS})|\d{{1,2}} (?:{_MONTHS})|le \d{{1,2}}(?: (?:{_MONTHS}))?(?! ?(?:h|e|eme|:|%|/)))\b"
)
VAGUE = re.compile(r"semaine|mois|week-end|annee|^en ")
"""A period that is no day."""
MEETING = re.compile(rf"\b(?:{_BODY}|reuni[st]?|se (?:voit|reunit))\b")
HOUR = re.compile(r"\bquelle heure\b")
WHEN = re.compile(
    r"\b(?:quand|quelle heure|quel jour|quelle date|la date|le combien|prochaine?s?|(?:il )?y a(?:[- ]t[- ]il)?"
    r"|ou (?:a lieu|se tient|se passe|ca se passe)|c'est ou|est prevue?s?)\b"
)
WHERE = re.compile(
    rf"\b(?:ou (?:est|a lieu|se tient|se passe|sera)|c'est ou|dans quelle salle"
    rf"|ou c'est)\s+(?:qu'a lieu\s+)?{_THE}?"
    rf"(?:prochaine?\s+)?{_BODY}\b|\bdans quelle salle\b"
)
AGENDA = re.compile(
    r"\bqu'?est[- ]ce que j'ai\b(?! a lire)|\bqu'ai[- ]je\b(?! a lire)|\bj'ai quoi\b(?! a lire)"
    r"|\bquoi de prevu|\bque se passe|\bprogramme\b|\bmon agenda"
    r"|\bmes (?:prochaines? )?(?:seances?|reunions?)|\bqu'est[- ]ce qu'il y a (?:de prevu|cette|ce|la|demain|en)"
    r"|\bil y a quoi (?:cette|ce|la|demain|en)|\b(?:ai[- ]je|j'ai"
    r"|est[- ]ce que j'ai)(?: une?)? (?:reunion|seance|commission|conseil)"
)
COMING = re.compile(
    r"^(?:et )?(?:c'est|ce sera|elle est|c'etait) quand(?: (?:la|notre) prochaine)?(?: deja)?$"
    r"|^(?:et )?quand (?:est[- ]ce|c'est)(?: la prochaine)?(?: deja)?$|^(?:la |les |le |ma |mes )?prochaines? (?:seance|reunion|commission|date|rendez-vous)s?\b|^prochain conseil\b"
)
PAPERS = re.compile(
    r"\b(?:quels|les|mes|liste des|derniers?) (?:derniers? |nouveaux )?(?:documents?|papiers?|pieces?"
    r"|dossiers?)(?! (?:du|de l|de la|des|sur|d'))\b"
    r"|\b(?:quoi|rien|que dois[- ]je|qu'est[- ]ce (?:que j'ai|qu'il y a)|qu'ai[- ]je|j'ai quoi) a lire"
    r"|\b(?:que dois[- ]je|quoi|que faut[- ]il) lire"
)
OF_BODY = re.compile(
    r"\b(?:documents|papiers|pieces) (?:de la |du |de l'|de notre |de )(?:commission|conseil)\b(?!.*\b(?:sur|pour|concernant|de \d|du \d)\b)"
)
"""The papers of a commission, named after."""
LIKE = re.compile(
    r"\b(?:autres?|semblables?|ressemblent|similaires?|proches?|memes? (?:sujets?|themes?))\b.*?"
    r"\b(?:que|qu'|comme|a|au|de)\s*(?:la |le |l')?(?P<what>[a-z][a-z0-9]*[-. ]?\d{4}[-. ]\d{1,4})$"
)
"""The other papers on the subject of one."""
TAKE_BACK = re.compile(
    r"^(?:je me suis trompee? de (?:fichier|document|papier|piece)|c'est pas le bon (?:fichier|document)"
    r"|(?:supprime|efface|retire|enleve)[rz]? (?:(?:ca|cela)|(?:le|mon) (?:dernier )?(?:fichier|document|papier)))$"
)
"""Who filed the wrong paper."""
DOSSIER = re.compile(
    r"\b(?:le|un|mon|tout le) (?:grand )?dossier (?:complet )?(?:de|du|pour) (?:la |le |l'|notre |ma )?(?:prochaine? )?"
    r"(?:seance|reunion|conseil|commission|cm)\b"
)
"""All of a session in one file."""
NEWS = re.compile(
    r"^(?:quoi de (?:neuf|nouveau)|(?:il y a |y a |y a[- ]t[- ]il )?du nouveau|des nouveautes|qu'est[- ]ce qu'il y a de (?:neuf|nouveau)"
    r"|qu'est[- ]ce qui (?:est arrive|s'est passe|a change|a ete (?:depose|ajoute|classe))|il s'est passe quoi)\b(?! (?:sur|pour|dans|au|a)\b)"
)
_CAN = (
    r"(?:est[- ]ce que )?(?:tu (?:peux|pourrais)|peux[- ]tu|pourrais[- ]tu|vous (?:pouvez|pourriez)"
    r"|pouvez[- ]vous|pourriez[- ]vous|je (?:peux|pourrais)|puis[- ]je)"
)
_SEEKING = (
    (
        r"ou (?:est|sont|se trouve(?:nt)?|trouver|puis[- ]je trouver|a(?:s[- ]tu|vez[- ]vous) (?:mis|range)"
        r"|est passee?|c'est que j'ai mis)"
    ),
    r"(?:il|elle|ils|elles) (?:est|sont) (?:passees? )?ou,?",
    r"c'est ou,?",
    r"je (?:re)?cherche",
    r"je (?:ne |n')?(?:re)?(?:trouve|vois) (?:pas|plus)",
    r"(?:je |j')?(?:n')?arrive (?:pas|plus) a (?:re)?(?:trouver|voir|ouvrir|lire)",
    r"j'ai (?:perdu|egare|efface|supprime|plus)",
    r"(?:re)?trouve(?:r|z)?(?:[- ]moi)?",
    r"(?:tu|vous) (?:n')?(?:as|avez|aurais|auriez)(?: pas)?",
    r"t'(?:as|aurais)(?: pas)?",
    (
        r"(?:as[- ]tu|avez[- ]vous|aurais[- ]tu|auriez[- ]vous|a[- ]t[- ]on|on a|est[- ]ce qu'on a"
        r"|qu'est[- ]ce qu'on a)"
    ),
    (
        rf"{_CAN} (?:me |m'|nous )?(?:re|r)?(?:trouver|envoyer|donner|montrer|passer|sortir|voir|lire|avoir"
        rf"|transmettre)"
    ),
    r"(?:re)?(?:montre|envoie|envoye|donne|passe|sors|transmet|transmettez|montrez|envoyez|donnez)[- ](?:moi|nous)",
    r"fais(?:[- ]moi)? voir",
    r"il (?:me|nous) (?:faut|faudrait)(?: voir| relire)?",
    r"j(?:'ai|'aurais) besoin (?:de voir |de relire |de lire )?",
    (
        rf"je (?:veux|voudrais|souhaite|souhaiterais|aimerais) (?:(?:re)?(?:voir|lire|avoir|recevoir|trouver)"
        rf"|(?={_THE}))"
    ),
    r"(?:il y a|y a[- ]t[- ]il|y a) (?:un|une|des) (?=document|papier|dossier|fichier|texte|devis|rapport|compte)",
    r"qu'est[- ]ce qui a ete (?:decide|vote|dit) (?:sur|pour)",
    r"(?:il )?y ?a quoi (?:sur|pour|concernant)",
    r"(?:tout )?ce qui (?:parle|traite) (?:du|des|d'|de la|de l'|de)|(?:tout )?ce qui concerne",
    r"(?:le|les|un|des) (?:documents?|papiers?|textes?) (?:sur|concernant|qui parlent? (?:du|des|de la|de))",
    r"(?:c'est quoi|quels? (?:est|sont)) les? (?:prix|montants?|couts?) (?:du|des|de la|de l'|de)",
    r"(?:c'est )?combien (?:coute(?:nt|ra|ront)?|vaut|valent)|c'est combien",
)
FIND = re.compile(rf"(?:^|\b)(?:{'|'.join(_SEEKING)})(?:(?<=\s)|(?!\w))\s*(?P<what>.+)")
ARTICLES = re.compile(
    r"^(?:(?:le|la|les|un|une|des|du|de la|de|mon|ma|mes|notre|nos|ce|cet|cette|ces|sur|pour|à|au"
    r"|concernant|moi|nous|voir"
    r"|dernier|dernière|derniers|dernières|derniere|dernieres)\s+|(?:l'|d'|de l')\s*)+",
    re.IGNORECASE,
)
KINDS = re.compile(
    r"^(?:documents?|papiers?|fichiers?|dossiers?|pi[eè]ces?|textes?)\s+"
    r"(?=(?:du|de|des|sur|pour|concernant|qui)\s|d'|de\s?l')(?:qui parlent? (?:de|du|des)\s+)?",
    re.IGNORECASE,
)
HINTS = (
    (
        re.compile(
            r"\b(?:malade|grippe|covid|hopital|hospitalisee?|vacances|deplacement|indisponible|empechee?"
            r"|(?:je |j)(?:ne )?(?:peux|peu|pourrai|pourrais|viens|viendrai) pas)\b"
        ),
        ("Noter votre absence à la prochaine séance", "!absent"),
    ),
    (
        re.compile(r"\b(?:peux voter|droit de voter|pouvoir voter|conflit d'interets?|interessee?)\b"),
        ("Savoir ce qu'est un déport", "!définir déport"),
    ),
    (re.compile(r"\b(?:pas|jamais|rien) recue?\b"), ("Voir les prochaines séances", "!agenda")),
)
"""What a word lets guess when the sentence isn't understood: only offered, never done."""
