"""Files of every kind, made by hand for the tests: small, and as hostile as wanted."""

import io
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

OOXML = "http://schemas.openxmlformats.org"
W = f'xmlns:w="{OOXML}/wordprocessingml/2006/main"'
A = f'xmlns:a="{OOXML}/drawingml/2006/main"'
R = f'xmlns:r="{OOXML}/officeDocument/2006/relationships"'
S = f'xmlns="{OOXML}/spreadsheetml/2006/main"'
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
ODF = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "text", "table", "presentation"))
ODF += f' xmlns:draw="{OASIS}:drawing:1.0"'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip of parts, compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def relationships(*targets: tuple[str, str]) -> str:
    """A part of relationships: the last word of each type, and its target; identifiers are rId1, rId2 and so on."""
    each = "".join(
        f'<Relationship Id="rId{number}" Type="{OOXML}/officeDocument/2006/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{OOXML}/package/2006/relationships">{each}</Relationships>'


def titled(title: str) -> str:
    """The properties of an Open XML document."""
    return f'<p xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></p>'


def open_xml(main: str, parts: dict[str, str | bytes], title: str = "") -> bytes:
    """An Open XML package around its main part."""
    root = relationships(("officeDocument", main), ("core-properties", "docProps/core.xml"))
    return zipped({"_rels/.rels": root, "docProps/core.xml": titled(title), **parts})


def docx(body: str, title: str = "", **parts: str) -> bytes:
    """A Word document from the inside of its body."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return open_xml("word/document.xml", {"word/document.xml": document, **parts}, title)


def paragraph(text: str) -> str:
    """A paragraph of Word."""
    return f"<w:p><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def pptx(*slides: str) -> bytes:
    """A presentation with one text a slide, their files numbered backwards."""
    count = len(slides)
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    space = f'xmlns:p="{OOXML}/presentationml/2006/main" {R} {A}'
    parts: dict[str, str | bytes] = {
        "ppt/presentation.xml": f"<p:presentation {space}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>",
        "ppt/_rels/presentation.xml.rels": relationships(
            *(("slide", f"slides/slide{count - n}.xml") for n in range(count))
        ),
    }
    for n, text in enumerate(slides):
        shape = f"<a:p><a:r><a:t>{escape(text)}</a:t></a:r></a:p>"
        parts[f"ppt/slides/slide{count - n}.xml"] = f"<p:sld {space}>{shape}</p:sld>"
    return open_xml("ppt/presentation.xml", parts)


def xlsx(sheets: dict[str, str], *, shared: str = "", styles: str = "") -> bytes:
    """A workbook from the rows of its sheets."""
    names = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1)
    )
    related = [("worksheet", f"worksheets/sheet{n}.xml") for n in range(1, len(sheets) + 1)]
    related += [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    parts: dict[str, str | bytes] = {
        "xl/workbook.xml": f"<workbook {S} {R}><sheets>{names}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": relationships(*related),
        "xl/sharedStrings.xml": f"<sst {S}>{shared}</sst>",
        "xl/styles.xml": f"<styleSheet {S}>{styles}</styleSheet>",
    }
    for n, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{n}.xml"] = f"<worksheet {S}><sheetData>{rows}</sheetData></worksheet>"
    return open_xml("xl/workbook.xml", parts)


def open_document(kind: str, body: str, *, title: str = "", manifest: str = "") -> bytes:
    """An OpenDocument file: kind is text, spreadsheet or presentation."""
    return zipped(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {ODF}><office:body><office:{kind}>{body}</office:{kind}>"
            "</office:body></office:document-content>",
            "meta.xml": titled(title),
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


def letter(text: str, *attached: tuple[str, bytes], subject: str = "Convocation du conseil") -> EmailMessage:
    """An e-mail with its attachments."""
    message = EmailMessage()
    message["From"] = "Hélène Arnaud <mairie@sainte-colombe.fr>"
    message["To"] = "conseil@sainte-colombe.fr"
    message["Date"] = "Tue, 12 Jan 2027 18:30:00 +0100"
    message["Subject"] = subject
    message.set_content(text)
    for name, data in attached:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message
