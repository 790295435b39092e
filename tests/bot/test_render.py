"""What clients are given: few tags, everything else escaped, and a plain body that says as much."""

import re

import pytest

from bot.render import LIMIT, message, to_html, to_plain
from commands import plain
from commands._words import paragraphs, pill, quote

TAGS = {"p", "br", "strong", "em", "u", "code", "ul", "ol", "li", "pre", "blockquote", "a"}
MARKDOWN = """# Titre

**gras** *penché* `code` [lien](https://matrix.to/#/!a:b/$c) ![image](https://mal.example/i.png) ~~barré~~
deuxième ligne

1. un
   - dedans
2. deux

   suite

> cité

---

```
bloc
```

<b>brut</b> &amp; <script>alert(1)</script>

| a | b |
|---|---|
"""


def test_only_a_few_tags_are_made() -> None:
    """What Element X keeps: no heading, image, table, rule nor raw HTML."""
    html = to_html(MARKDOWN)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= TAGS
    assert "<script" not in html
    assert "&lt;b&gt;brut&lt;/b&gt; &amp; &lt;script&gt;" in html
    assert "<br />\ndeuxième ligne" in html
    assert '<a href="https://matrix.to/#/!a:b/$c">lien</a>' in html


def test_a_link_that_runs_is_no_link() -> None:
    """javascript: and data: stay text."""
    assert (
        to_html("[x](javascript:alert(1)) [y](data:text/html,x)")
        == "<p>[x](javascript:alert(1)) [y](data:text/html,x)</p>"
    )


def test_the_plain_body_is_complete() -> None:
    """Numbers, nested lists, lines: notifications show nothing else."""
    assert (
        to_plain(
            "**Ordre du jour**\n\n1. Devis (rapporteur : X)\n   - [EAU-1](https://matrix.to/#/a) Plan\n2. Budget\n\n`!aide`"
        )
        == "Ordre du jour\n\n1. Devis (rapporteur : X)\n  - EAU-1 Plan\n2. Budget\n\n!aide"
    )
    assert to_plain("a\nb\n\n> c\n\n```\nd\n```") == "a\nb\n\nc\n\nd"


@pytest.mark.parametrize(
    "text",
    [
        "12. liste",
        "- tiret",
        "+ plus",
        "# dièse",
        "a_b_c *d*",
        "&amp; &#8238;",
        "<b>",
        "[a](b)",
        "---",
        "===",
        "1) un",
        "> x",
        "~~a~~",
        "a\\*b",
        "https://x.example/a_b_c?d=*e*",
    ],
)
def test_what_people_write_is_shown_to_the_letter(text: str) -> None:
    """At the start of a line, within one, alone: in HTML and in plain text."""
    for markdown in (plain(text), f"Titre : {plain(text)}.", f"**{plain(text)}**", f"1. {plain(text)}\n2. x"):
        assert text in to_plain(markdown)
        assert set(re.findall(r"<([a-z]+)", to_html(markdown))) <= {"p", "strong", "ol", "li"}


def test_lines_are_joined_or_kept() -> None:
    """A title is one line; an announcement keeps its own, and none of them becomes a list or a heading."""
    assert plain("a\n\n2. b\u202ec\u200b") == "a 2. bc"
    text = "Bonjour\n---\n1. un\n- deux\n\n# trois"
    assert to_html(paragraphs(text)) == "<p>Bonjour<br />\n---<br />\n1. un<br />\n- deux</p>\n<p># trois</p>"
    assert to_plain(paragraphs(text)) == text


def test_long_texts_are_cut() -> None:
    """With an ellipsis, never within an escape."""
    assert plain("*" * 10, 4) == r"\*\*\*…"
    assert quote("a" * 100, 5) == "« aaaa… »"
    body = message("mot " * 10_000)
    assert len(str(body["body"])) <= LIMIT + 10


def test_pills_and_links_survive_odd_names() -> None:
    """A name with brackets is a name; an id with a parenthesis doesn't end the link."""
    assert to_html(pill("J. [x](y)", "@a)b:c.fr")) == '<p><a href="https://matrix.to/#/@a%29b:c.fr">J. [x](y)</a></p>'
    assert pill("Jean", None) == "Jean"


def test_an_answer_is_quiet_and_an_announcement_rings() -> None:
    """m.notice without mentions; m.text with them. Specification: m.mentions."""
    assert message("a") == {
        "msgtype": "m.notice",
        "body": "a",
        "format": "org.matrix.custom.html",
        "formatted_body": "<p>a</p>",
        "m.mentions": {},
    }
    assert message("a", loud=True, everyone=True)["m.mentions"] == {"room": True}
    assert message("@room", loud=True, mentions=("@a:b",))["m.mentions"] == {"user_ids": ["@a:b"]}
