"""convoquer — the official sending that convokes a session: shown first, sent on "oui", counted by the law's clear days."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from commands import NO, Commune, Context, InBody, MaybeDay, Option, Refusal, Reply, Role, Yes, after, command
from commands._arguments import Absent, Argument
from commands._authority import refuse_author
from commands._chasing import schedule_receipts
from commands._convocation import Draft, agenda_said, draft_of, gets_mail, second_said, typed
from commands._reading import to_read
from commands._sending import send
from commands._sessions import one_session
from commands._show import when_and_where
from commands._words import plain
from council.convocations import Verdict
from council.french import count, enumerate_fr, long_date, long_moment
from council.roles import Channel
from council.rules import HOUSE_RULES


@dataclass(frozen=True)
class _Reason(Argument[str]):
    """A keyword, then the reason that must follow it."""

    keyword: str
    label: str
    wanted: str

    async def take(self, text: str, ctx: Context) -> tuple[str, str]:
        found = re.match(rf"(?:{self.keyword})\s*(?::|\s|$)\s*", text, re.IGNORECASE)
        if not found:
            raise Absent
        reason = text[found.end() :].strip()
        if not reason:
            raise Refusal(f"Il manque {self.wanted}.", try_this=f"Écrivez `!convoquer {text.strip(' :')} : …`")
        return reason, ""


URGENT = _Reason(r"(?:en\s+|pour\s+|d')?urgence", "urgence MOTIF", "le motif de l'urgence")
ALL_THE_SAME = _Reason(r"hors[\s-]d[ée]lais?", "hors délai RAISON", "la raison de passer outre")


@command(
    "convoquer",
    "convocation",
    summary="Envoyer la convocation d'une séance",
    who=Role.CHAIR,
    examples={
        "!convoquer": (
            "**Convocation** : Commission de l'eau, **jeudi 26 mars 2026 à 18 h 30**, mairie\n\n"
            "**Délai** : aucun texte n'en fixe pour cet organe ; 3 jours francs sont conseillés, soit un envoi avant le "
            "**dimanche 22 mars 2026** au soir. Envoyée aujourd'hui, elle en laisse 23.\n\n"
            "**À qui** : 4 personnes\n\n"
            "- Sur Element, en conversation privée : Blanche Arnaud, Odile Blanc, Hugo Roux et Lucie Vidal\n\n"
            "**Ordre du jour**\n\n"
            "1. Réservoir des Buttes (rapporteur : Hugo Roux)\n   - "
            "[EAU-2026-001](https://matrix.to/#/!eau:sainte-colombe.fr/$devis) Devis du réservoir\n\n"
            "Chacun devra accuser réception ; je relancerai ceux qui ne l'ont pas fait. Un envoi ne se reprend pas. Je "
            "l'envoie ?\n\n"
            "Répondez **oui** ou **non**."
        ),
    },
)
async def convoquer(  # noqa: PLR0917 - a command's signature is its usage
    ctx: Context,
    commission: InBody,
    jour: Annotated[date | None, after(r"(?:pour\s+)?(?:la\s+s[ée]ance\s+)?du", "du DATE", MaybeDay)] = None,
    urgence: Annotated[str | None, URGENT] = None,
    malgre: Annotated[str | None, ALL_THE_SAME] = None,
    accord: Yes = NO,
) -> Reply:
    """Sans date, c'est la prochaine séance. Il montre d'abord à qui la convocation sera envoyée, par quel moyen, avec quels
    documents, et le dernier jour légal. Sur « oui », chacun reçoit la sienne, numérotée, en conversation privée, et en accuse
    réception. Hors délai, il propose la première date possible ; le maire peut invoquer l'urgence, ou passer outre, en
    donnant sa raison, qui est conservée.
    """
    await refuse_author(ctx, commission)
    meeting = await one_session(ctx, commission, jour)
    draft = await draft_of(ctx, meeting, urgent=urgence is not None, reason=urgence or malgre or "")
    _refuse_incomplete(draft)
    if draft.assessment.verdict is Verdict.LATE and draft.assessment.rule.binding and malgre is None:
        return _too_late(ctx, draft)
    if not accord:
        reading = await to_read(ctx, meeting, draft.papers, explained=True)
        return _preview(ctx, draft, _line(ctx, draft, urgence, malgre), reading)
    convocation = await send(ctx, draft)
    await schedule_receipts(ctx, meeting, convocation.last_day)
    on_paper = draft.by(Channel.PAPER)
    left = f" Il reste à remettre sur papier : {enumerate_fr(on_paper)}." if on_paper else ""
    return Reply(
        f"La convocation **{convocation.reference}** part : {_people(draft)}.{left} `!accusés {commission.code}` montre qui l'a reçue."
    )


def _refuse_incomplete(draft: Draft) -> None:
    """What the law wants in a convocation: the questions of the agenda, and the place (CGCT, art. L2121-10)."""
    if not draft.assessment.rule.binding:
        return
    if not draft.meeting.items:
        raise Refusal(
            "L'ordre du jour est vide : la convocation doit indiquer les questions qui y sont portées (article L. 2121-10 du CGCT).",
            try_this=f"Ajoutez chaque point : `!point {draft.meeting.body.code} Titre du point`.",
        )
    if not draft.meeting.place:
        raise Refusal(
            "Le lieu de la séance n'est pas dit : la convocation doit l'indiquer.",
            try_this=f"`!séance {draft.meeting.body.code} lieu : à la mairie` le dit.",
        )


def _line(ctx: Context, draft: Draft, urgent: str | None, all_the_same: str | None) -> str:
    """What "oui" stands for."""
    why = f" urgence {urgent}" if urgent else f" hors délai {all_the_same}" if all_the_same else ""
    return f"!convoquer {typed(draft.meeting, ctx)}{why} oui"


def _preview(ctx: Context, draft: Draft, line: str, reading: str) -> Reply:
    meeting, found = draft.meeting, draft.assessment
    kind = "Convocation rectificative" if draft.earlier else "Seconde convocation" if draft.first else "Convocation"
    parts = [
        f"**{kind}** : {plain(meeting.body.name)}, {when_and_where(meeting, ctx)}",
        f"**Délai** : {_delay(draft)}",
        *([second_said(draft.first, draft.assessment.rule.article, ctx)] if draft.first else []),
        f"**À qui** : {_people(draft)}\n\n{_channels(draft, ctx.commune)}",
        f"**Ordre du jour**\n\n{agenda_said(draft)}",
        *([reading] if reading else []),
    ]
    bare = [str(item.position) for item in draft.added if not any(p.item_id == item.id for p in draft.papers)]
    if found.rule.note and bare:
        numbers = f"Les points {enumerate_fr(bare)} n'ont" if len(bare) > 1 else f"Le point {bare[0]} n'a"
        parts.append(
            f"**Note de synthèse** : elle est jointe à la convocation pour chaque décision ({found.rule.article}). {numbers} aucun document."
        )
    parts.append(
        "Chacun devra accuser réception ; je relancerai ceux qui ne l'ont pas fait. Un envoi ne se reprend pas. Je l'envoie ?"
    )
    return Reply("\n\n".join(parts), confirm=line)


def _delay(draft: Draft) -> str:
    """What the rule asks, the last day, and what is left of it today."""
    found, rule = draft.assessment, draft.assessment.rule
    left = count(found.clear, "jour franc", "jours francs") if found.clear > 0 else "aucun jour franc"
    if not rule.binding:
        kept = f"elle en laisse {found.clear}" if found.verdict is Verdict.LAWFUL else f"elle laisse {left}"
        asked = f"aucun texte n'en fixe pour cet organe ; {rule.usual} sont conseillés"
        if rule.house:
            asked = (
                f"le règlement intérieur demande {rule.usual}, et le conseil est tenu de le respecter ({HOUSE_RULES})"
            )
        return f"{asked}, soit un envoi avant le **{long_date(found.last_day)}** au soir. Envoyée aujourd'hui, {kept}."
    if found.verdict is Verdict.LAWFUL:
        prudent = "" if found.advised == found.last_day else f" ; dernier jour d'ouverture : {long_date(found.advised)}"
        return (
            f"envoyée aujourd'hui, elle laisse {left} ; il en faut {rule.usual.days} ({rule.article}). Dernier jour légal : "
            f"**{long_date(found.last_day)}**{prudent}."
        )
    if found.verdict is Verdict.URGENT:
        return (
            f"abrégé pour **urgence** ({rule.article}) : {left} au lieu de {rule.usual.days}. Motif : {plain(draft.reason, 500)}. "
            "Vous en rendrez compte à l'ouverture ; le conseil se prononcera et peut renvoyer les points à une autre séance."
        )
    return (
        f"**hors délai** : {left} au lieu de {rule.usual.days} ({rule.article}) ; le dernier jour légal était le "
        f"{long_date(found.last_day)}. Les décisions prises pourront être annulées. Votre raison sera conservée : {plain(draft.reason, 500)}."
    )


def _people(draft: Draft) -> str:
    return count(len(draft.people), "personne")


def _channels(draft: Draft, commune: Commune) -> str:
    """Who is reached how; what someone's own channel becomes here when it can't be."""
    lines = [
        f"- {how} : {enumerate_fr(names)}"
        for how, names in (
            ("Sur Element, en conversation privée", draft.by(Channel.ELEMENT)),
            ("Par courriel", draft.by(Channel.MAIL)),
            ("Sur papier, à remettre par la mairie", draft.by(Channel.PAPER)),
        )
        if names
    ]
    doubled = [own is Channel.ELEMENT and gets_mail(person, commune) for person, own in draft.people].count(True)
    if doubled:
        lines.append(f"- Avec une copie par courriel : {count(doubled, 'personne')}")
    otherwise = [
        plain(person.name) for person, own in draft.people if person.channel is Channel.MAIL and own is not Channel.MAIL
    ]
    if otherwise and commune.mail:
        lines.append(f"- Le courriel était demandé, mais l'adresse manque : {enumerate_fr(otherwise)}")
    elif otherwise:
        lines.append(
            f"- L'envoi par courriel n'est pas configuré ici ; il était demandé pour {enumerate_fr(otherwise)}"
        )
    return "\n".join(lines)


def _too_late(ctx: Context, draft: Draft) -> Reply:
    """Never called regular: what is missing, the first lawful date, then what the law leaves to the mayor."""
    meeting, found, rule = draft.meeting, draft.assessment, draft.assessment.rule
    left = count(found.clear, "jour franc", "jours francs") if found.clear > 0 else "aucun jour franc"
    zone, code = ctx.commune.zone, meeting.body.code
    moment = datetime.combine(found.next_open, meeting.starts_at.astimezone(zone).time(), zone)
    what, it = ("Les points ajoutés sont", "la convocation") if draft.earlier else ("La convocation est", "elle")
    text = (
        f"**Trop tard** : {plain(meeting.body.name)}, {when_and_where(meeting, ctx)}\n\n{what} hors délai : envoyée "
        f"aujourd'hui, {it} laisserait {left} ; il en faut {rule.usual.days} ({rule.article}). Le dernier jour légal était le "
        f"**{long_date(found.last_day)}**. Les décisions prises pourraient être annulées."
    )
    ways = []
    if found.last_urgent is not None and ctx.today <= found.last_urgent:
        ways.append(
            f"En cas d'urgence, écrivez `!convoquer {code} urgence` suivi du motif : le délai descend à {rule.urgent}, et le conseil se "
            "prononce à l'ouverture."
        )
    if draft.first:
        ways.append(f"Sans ce délai, le quorum serait de nouveau exigé ({rule.article}).")
    ways.append(
        f"Pour l'envoyer quand même : `!convoquer {code} hors délai` suivi de votre raison, qui sera conservée."
    )
    offered = Option(
        f"Reporter la séance au {long_moment(moment, zone)}, première date possible",
        f"!reporter {code} {long_moment(moment, zone)}",
    )
    return Reply(text, options=(offered,), after="Répondez **1**.\n\n" + "\n\n".join(ways))
