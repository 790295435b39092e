"""The pages of an export that people read: an index of the sessions and papers, a page for each session."""

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from council.french import count, long_moment
from storage.inventory import Held
from storage.tables import Body, Paper

_STYLE = (
    "body{font:1.05rem/1.5 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "pre{white-space:pre-wrap;font:inherit;border-left:.2rem solid #999;padding-left:1rem}"
)
Places = dict[str, list[tuple[str, str]]]
"""Where the versions of a paper are, the one in force first, each with what it is called; by its reference."""
Listed = tuple[Body, str, str]
"""A session of the index: its body, what it is called, its page."""


def page(title: str, body: str) -> bytes:
    """A whole page: it loads nothing from elsewhere."""
    return (
        f'<!DOCTYPE html>\n<html lang="fr">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n{body}</body>\n</html>\n"
    ).encode()


def index(
    town: str,
    made: str,
    *,
    bodies: Sequence[Body],
    sessions: Sequence[Listed],
    papers: Sequence[Paper],
    places: Places,
) -> bytes:
    """The first page: body by body, the sessions and the papers.

    Args:
        made: when it was made, in French.
    """
    intro = (
        f"<p>Fait le {escape(made)}. Les tableaux <a href='documents.csv'>documents.csv</a>, <a href='personnes.csv'>personnes.csv</a> "
        "et <a href='instances.csv'>instances.csv</a> s'ouvrent dans un tableur ; <a href='seances.json'>seances.json</a> et "
        "<a href='journal.jsonl'>journal.jsonl</a> se lisent par un programme. SHA256SUMS donne l'empreinte de chaque fichier.</p>\n"
    )
    parts = [intro]
    for body in bodies:
        own = [
            f"<li><a href='{_link(where)}'>{escape(said)}</a></li>" for of, said, where in sessions if of.id == body.id
        ]
        filed = [f"<li>{paper_line(each, places)}</li>" for each in papers if each.body_id == body.id]
        if own or filed:
            parts.append(f"<h2>{escape(body.name)}</h2>\n")
            parts += [f"<h3>Séances</h3>\n<ul>\n{_lines(own)}</ul>\n"] if own else []
            parts += [f"<h3>Documents</h3>\n<ul>\n{_lines(filed)}</ul>\n"] if filed else []
    return page(f"{town} : ce que l'appariteur garde", "".join(parts))


def paper_line(paper: Paper, places: Places, up: str = "") -> str:
    """A paper with links to its versions.

    Args:
        up: the way from the page to the top of the export.
    """
    found = places.get(paper.reference, [])
    links = ", ".join(f"<a href='{up}{_link(where)}'>{escape(said)}</a>" for said, where in found)
    return f"{escape(paper.reference)} {escape(paper.title)}" + (f" : {links}" if links else " : contenu effacé")


def session(held: Held, data: dict[str, Any], places: Places, zone: ZoneInfo) -> bytes:
    """A session's page: its agenda with the papers, its convocations, the answers, the questions."""
    meeting = held.meeting
    where = ", ".join(filter(None, (meeting.place, meeting.mode.value, meeting.link)))
    papers = {each.reference: each for each in held.papers}
    parts = [f"<p>{escape(where)} ({data['état']})</p>\n<h2>Ordre du jour</h2>\n<ol>\n"]
    for item in data["points"]:
        details = ", ".join(filter(None, (item["nature"] and f"pour {item['nature']}", item["rapporteur"])))
        own = _papers(papers, item["documents"], places)
        parts.append(f"<li>{escape(item['titre'])}{f' ({escape(details)})' if details else ''}{own}</li>\n")
    parts.append(f"</ol>\n{_papers(papers, data['autres documents'], places)}")
    for sent in data["convocations"]:
        reached = count(len(sent["copies"]), "copie")
        parts.append(
            f"<h2>Convocation {escape(sent['référence'])}</h2>\n<p>{reached}</p>\n<pre>{escape(sent['texte'])}</pre>\n"
        )
    if data["errata"]:
        said = [f"<li>{escape(_erratum(each))}</li>" for each in data["errata"]]
        parts.append(f"<h2>Errata</h2>\n<ul>\n{_lines(said)}</ul>\n")
    if data["réponses"]:
        said = [
            f"<li>{escape(each['personne'])} : {escape(each['réponse'])}{_proxy(each)}</li>"
            for each in data["réponses"]
        ]
        parts.append(f"<h2>Réponses</h2>\n<ul>\n{_lines(said)}</ul>\n")
    if data["déports"]:
        said = [f"<li>{escape(_recusal(each))}</li>" for each in data["déports"]]
        parts.append(f"<h2>Déports</h2>\n<ul>\n{_lines(said)}</ul>\n")
    if data["questions"]:
        parts.append("<h2>Questions et réponses</h2>\n")
    for asked in data["questions"]:
        who = asked["par"] or "posée sans nom"
        parts.append(f"<h3>Question {asked['numéro']}, {escape(who)}</h3>\n<pre>{escape(asked['texte'])}</pre>\n")
        parts.append(f"<pre>{escape(asked['réponse'])}</pre>\n" if asked["réponse"] else "<p>Sans réponse.</p>\n")
    return page(f"{meeting.body.name}, {long_moment(meeting.starts_at, zone)}", "".join(parts))


def _erratum(made: dict[str, Any]) -> str:
    return f"{made['référence']} : {made['document']}, version {made['version']}, {count(len(made['copies']), 'copie')}"


def _recusal(said: dict[str, Any]) -> str:
    point = f"point {said['point']}" if said["point"] else "point retiré de l'ordre du jour"
    return f"{said['personne']}, {point} ({said['règle']})"


def _proxy(answer: dict[str, Any]) -> str:
    if not answer["pouvoir à"]:
        return ""
    return f", pouvoir à {escape(answer['pouvoir à'])}{'' if answer['accepté'] else ' (pas accepté)'}"


def _papers(papers: dict[str, Paper], references: Sequence[str], places: Places) -> str:
    lines = [f"<li>{paper_line(papers[each], places, '../')}</li>" for each in references]
    return f"\n<ul>\n{_lines(lines)}</ul>\n" if lines else ""


def _link(where: str) -> str:
    return quote(where, safe="/")


def _lines(lines: Sequence[str]) -> str:
    return "".join(f"{line}\n" for line in lines)
