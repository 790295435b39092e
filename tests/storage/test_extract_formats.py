"""Each kind of file that a town hall produces is read, page by page, with its title."""

from email.message import EmailMessage

import pytest

from storage.extract import Attachment, Extraction, Extractor, Kind, Problem, Unpacked
from tests.storage.makers import compound, doc, docx, letter, open_document, paragraph, ppt, pptx, xls, xlsx, zipped


async def read(data: bytes) -> Extraction:
    """What is read of a file, by an extractor of its own."""
    return await Extractor().extract(data)


async def test_word_is_read_with_its_tables_and_pages() -> None:
    """Cells stand side by side; pages end where Word last ended them; deleted text and fallbacks are left out."""
    table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Eau</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 €</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    body = (
        paragraph("Procès-verbal du 24 mars 2026")
        + "<w:p><w:r><w:delText>effacé</w:delText></w:r><w:r><w:t>Le </w:t></w:r><w:r><w:t>conseil</w:t></w:r></w:p>"
        + table
        + "<w:p><w:r><w:lastRenderedPageBreak/><w:t>Seconde page</w:t></w:r></w:p>"
    )
    assert await read(docx(body, title="PV de la séance du 24 mars 2026")) == Extraction(
        Kind.DOCX,
        ("Procès-verbal du 24 mars 2026\nLe conseil\nEau | 12 € |", "Seconde page"),
        None,
        "PV de la séance du 24 mars 2026",
    )


async def test_a_long_word_document_without_pages_is_cut() -> None:
    """Where nothing says where pages end, they are of about 3,000 characters, and nothing is lost."""
    found = await read(docx("".join(paragraph(f"Article {n}. " + "mot " * 30) for n in range(100))))
    assert all(len(page) < 3300 for page in found.pages)
    assert "".join(found.pages).count("Article") == 100


async def test_slides_are_read_in_their_order() -> None:
    """The order is the presentation's, not that of the files' names."""
    assert await read(pptx("Budget 2027 de la commune", "", "Les investissements")) == Extraction(
        Kind.PPTX, ("Budget 2027 de la commune", "", "Les investissements"), 3, "Budget 2027 de la commune"
    )


async def test_sheets_are_read_by_row() -> None:
    """Shared and own texts, numbers with a comma, days as days; errors and empty rows are left out."""
    shared = "<si><t>Poste</t></si><si><r><t>Ea</t></r><r><t>u</t></r></si>"
    styles = '<numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/></cellXfs>'
    rows = (
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Montant</t></is></c></row>'
        '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>1234.5</v></c><c r="C2" s="1"><v>46399</v></c></row>'
        '<row r="3"><c r="A3" t="e"><v>#REF!</v></c><c r="B3"/></row>'
    )
    found = await read(
        xlsx({"Budget": rows, "Notes": '<row><c t="str"><v>Rien</v></c></row>'}, shared=shared, styles=styles)
    )
    assert found == Extraction(Kind.XLSX, ("Budget\nPoste | Montant\nEau | 1234,5 | 12/01/2027", "Notes\nRien"))


async def test_a_text_of_libreoffice_is_read() -> None:
    """Paragraphs, spaces, soft page breaks; remarks in the margin and deleted text are left out."""
    body = (
        "<text:tracked-changes><text:p>effacé</text:p></text:tracked-changes>"
        '<text:h>Délibération</text:h><text:p>Le<text:s text:c="2"/>conseil<text:tab/>vote.<office:annotation>'
        "<text:p>remarque</text:p></office:annotation></text:p><text:soft-page-break/><text:p>Suite</text:p>"
    )
    assert await read(open_document("text", body, title="Délibération sur l'eau")) == Extraction(
        Kind.ODT, ("Délibération\nLe conseil vote.", "Suite"), None, "Délibération sur l'eau"
    )


async def test_sheets_and_slides_of_libreoffice_are_read() -> None:
    """A sheet is a page under its name; a slide is a page, without its notes."""
    row = "<table:table-row><table:table-cell><text:p>Eau</text:p></table:table-cell><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row>"
    table = f'<table:table table:name="Budget">{row}</table:table>'
    sheets = await read(open_document("spreadsheet", table + table.replace("Budget", "Annexe")))
    assert sheets == Extraction(Kind.ODS, ("Budget\nEau | 12 |", "Annexe\nEau | 12 |"))
    slide = '<draw:page draw:name="1"><text:p>Bonjour à tous</text:p><presentation:notes><text:p>taire</text:p></presentation:notes></draw:page>'
    slides = await read(open_document("presentation", slide + '<draw:page draw:name="1"></draw:page>'))
    assert slides == Extraction(Kind.ODP, ("Bonjour à tous", ""), 2, "Bonjour à tous")


async def test_a_web_page_is_read_as_it_is_seen() -> None:
    """Its title and its words; scripts and styles are never text."""
    html = (
        "<!DOCTYPE html><html><head><title>Avis d'enquête publique</title><style>p{}</style></head>"
        "<body><p>Du 12 &agrave; 14 h</p><script>alert('<p>non</p>')</script><table><tr><td>Eau</td><td>Été</td></tr></table>"
    )
    found = await read(html.encode("cp1252"))
    assert found == Extraction(Kind.HTML, ("Du 12 à 14 h\n\nEau | Été |",), None, "Avis d'enquête publique")


@pytest.mark.parametrize("codec", ["utf-8-sig", "cp1252"])
async def test_a_table_of_text_is_read_by_row(codec: str) -> None:
    """Whatever its separator and its age, with quotes and lines within cells."""
    found = await read('Nom;Prix\n"Eau; été";"12\n€"\n'.encode(codec))
    assert found.pages == ("Nom | Prix\nEau; été | 12\n€",)


async def test_rich_text_is_read() -> None:
    """Text in the page's code and in Unicode; fonts, pictures and what may be ignored are left out."""
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\info{\title Devis de toiture}}{\*\generator Word;}"
        rb"\f0 D\'e9lib\u233?ration\par {\pict 010203}Prix\tab 12 \'80 \{net\}\par\page Suite}"
    )
    found = await read(rtf)
    assert found == Extraction(Kind.RTF, ("Délibération\nPrix 12 € {net}", "Suite"), None, "Devis de toiture")


async def test_a_letter_is_read_with_its_attachments() -> None:
    """Who wrote what, and the files to be filed with it, under safe names."""
    message = letter("Bonjour,\nvoici le devis.\n", ("../../devis\u202efdp.exe", b"\x00\x01"), ("note.txt", b"Note"))
    message.add_attachment(letter("Avant.", subject="Ancien"), filename="ancien.eml")
    found = await read(message.as_bytes())
    assert found.kind is Kind.EMAIL
    assert found.title == "Convocation du conseil"
    assert found.pages[0] == (
        "De : Hélène Arnaud <mairie@sainte-colombe.fr>\nÀ : conseil@sainte-colombe.fr\n"
        "Date : Tue, 12 Jan 2027 18:30:00 +0100\nObjet : Convocation du conseil\n\nBonjour,\nvoici le devis."
    )
    assert found.attachments[:2] == (Attachment("devisfdp.exe", b"\x00\x01"), Attachment("note.txt", b"Note"))
    assert b"Avant." in found.attachments[2].data


async def test_a_letter_in_html_is_read() -> None:
    """Without a plain part, what a person would see is read."""
    message = letter("")
    message.set_content("<html><body><p>Réunion <b>mardi</b></p></body></html>", subtype="html", charset="iso-8859-1")
    assert (await read(message.as_bytes())).pages[0].endswith("Réunion mardi")


async def test_an_archive_is_listed() -> None:
    """Its names can be found; its files aren't opened, and this is said."""
    found = await read(zipped({"devis/toiture.pdf": b"%PDF-", "plan.dwg": b"x"}))
    assert found == Extraction(Kind.ZIP, ("devis/toiture.pdf\nplan.dwg",), problem=Problem.ARCHIVE)


async def test_an_older_word_document_is_read() -> None:
    """Its pieces in their order, whatever their encoding; fields show their result; pages end where it breaks them."""
    text = "Délibération sur l'eau\rLe conseil \x13 PAGE \x14vote\x15 l'œuvre.\rEau\x0712 \u20ac\x07\x07\r\x0cSeconde page\r"
    assert await read(doc(text)) == Extraction(
        Kind.DOC,
        ("Délibération sur l'eau\nLe conseil vote l'œuvre.\nEau | 12 € | |", "Seconde page"),
        None,
        "Délibération sur l'eau",
    )


@pytest.mark.parametrize("charset", ["iso-8859-2", "koi8-r", "cp1257", "shift_jis"])
async def test_a_letter_is_read_in_whatever_encoding_it_came(charset: str) -> None:
    """A twinned town writes too, by whatever program it has."""
    message = letter("")
    message.set_content("Dobry den, 12 mars", charset=charset)
    assert "Dobry den, 12 mars" in (await read(message.as_bytes())).pages[0]


async def test_a_message_of_outlook_is_read_with_its_attachments() -> None:
    """Who wrote what, in Unicode or not, small or large, and the files."""
    streams = {
        "__substg1.0_0037001F": "Devis de toiture".encode("utf-16-le"),
        "__substg1.0_0C1A001E": "Hélène Arnaud".encode("cp1252"),
        "__substg1.0_1000001F": ("Bonjour, voici le devis. " * 200).encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_3707001F": "..\\devis.pdf".encode("utf-16-le"),
        "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4 devis",
    }
    found = await read(compound(streams))
    assert (found.kind, found.title, found.problem) == (Kind.MSG, "Devis de toiture", None)
    assert found.pages[0].startswith("De : Hélène Arnaud\nObjet : Devis de toiture\n\nBonjour, voici le devis.")
    assert found.attachments == (Attachment("devis.pdf", b"%PDF-1.4 devis"),)


async def test_an_older_workbook_is_read_by_row() -> None:
    """Each sheet under its name: texts, numbers with a comma, days as days."""
    found = await read(xls({"Budget": [["Poste", "Montant"], ["Eau", 1234.5, 46399.0]], "Été": [["Rien"]]}))
    assert found == Extraction(Kind.XLS, ("Budget\nPoste | Montant\nEau | 1234,5 | 12/01/2027", "Été\nRien"))


async def test_older_slides_are_read_in_their_order() -> None:
    """The outline's text, then the other frames', by the presentation's order and not the file's."""
    found = await read(ppt(("Budget 2027\rRecettes", "Source : mairie"), ("Les investissements", "")))
    assert found == Extraction(
        Kind.PPT, ("Budget 2027\nRecettes\nSource : mairie", "Les investissements"), 2, "Budget 2027"
    )


async def test_logos_of_a_letter_are_no_attachments() -> None:
    """A small picture that the letter shows in its own text isn't filed; a photograph, or what is attached, is."""
    message = letter("Bonjour")
    message.add_alternative('<p>Bonjour <img src="cid:logo"></p>', subtype="html")
    *_, html = message.iter_parts()
    assert isinstance(html, EmailMessage)
    html.add_related(b"\x89PNG logo", "image", "png", cid="<logo>", filename="logo.png")
    html.add_related(b"\x89PNG" + bytes(99_000), "image", "png", cid="<photo>", filename="photo.png")
    message.make_mixed()
    message.add_attachment(b"\x89PNG plan", maintype="image", subtype="png", filename="plan.png")
    assert [attached.name for attached in (await read(message.as_bytes())).attachments] == ["photo.png", "plan.png"]


async def test_a_message_within_a_message_of_outlook_is_a_letter() -> None:
    """It is rebuilt in text, so that it is filed with the other."""
    within = "__attach_version1.0_#00000000"
    streams = {
        "__substg1.0_0037001F": "Fwd: Devis".encode("utf-16-le"),
        f"{within}/__substg1.0_3704001F": "ancien".encode("utf-16-le"),
        f"{within}/__substg1.0_3701000D/__substg1.0_0037001F": "Devis de la pompe".encode("utf-16-le"),
        f"{within}/__substg1.0_3701000D/__substg1.0_0C1A001F": "Société Hydra".encode("utf-16-le"),
        f"{within}/__substg1.0_3701000D/__substg1.0_1000001F": "Voici le devis.".encode("utf-16-le"),
    }
    found = await read(compound(streams))
    assert (found.title, [each.name for each in found.attachments]) == ("Devis", ["Devis de la pompe.eml"])
    inner = await read(found.attachments[0].data)
    assert (inner.kind, inner.title, inner.pages) == (
        Kind.EMAIL,
        "Devis de la pompe",
        ('De : "Société Hydra"\nObjet : Devis de la pompe\n\nVoici le devis.',),
    )


async def test_the_files_of_an_archive_come_out_by_their_numbers() -> None:
    """Numbers are those of its list, folders left out; names are safe, sizes bounded, the others untouched."""
    data = zipped(
        {"devis/": b"", "devis/a.txt": b"Un", "../../b.txt": b"Deux", "gros.bin": bytes(5000), "\x07": b"Vide"}
    )
    extractor = Extractor()
    assert (await extractor.extract(data)).pages == ("devis/a.txt\nb.txt\ngros.bin\nfichier",)
    assert await extractor.unpack(data, [2, 3, 99], 1000) == Unpacked(
        (Attachment("b.txt", b"Deux"),), (("gros.bin", Problem.TOO_BIG),)
    )
