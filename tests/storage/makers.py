"""Files of every kind, made by hand for the tests: small, and as hostile as wanted."""

import io
import itertools
import struct
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

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


def compound(streams: dict[str, bytes]) -> bytes:
    """An older Office file from its streams; folders may stand before a name. Small ones go to the mini stream."""
    mini = b"".join(data.ljust(-(-len(data) // 64) * 64, b"\0") for data in streams.values() if len(data) < 4096)
    sectors: list[bytes] = []
    table: list[int] = []

    def keep(data: bytes) -> int:
        first, count = len(sectors), max(-(-len(data) // 512), 1)
        sectors.extend(data[at * 512 : at * 512 + 512].ljust(512, b"\0") for at in range(count))
        table.extend([*range(first + 1, first + count), 0xFFFFFFFE])
        return first

    links = [n + 1 if n + 1 < len(mini) // 64 else 0xFFFFFFFE for n in range(len(mini) // 64)]
    place, at = 0, []
    for data in streams.values():
        if len(data) < 4096:
            links[place + -(-len(data) // 64) - 1 : place + -(-len(data) // 64)] = [0xFFFFFFFE] if data else []
            at.append(place)
            place += -(-len(data) // 64)
        else:
            at.append(keep(data))
    root = keep(mini)
    mini_table = keep(struct.pack(f"<{len(links)}I", *links))
    directory = keep(_directory(streams, at, root, len(mini)))
    table_at = len(sectors)
    fat = struct.pack(f"<{len(table) + 1}I", *table, 0xFFFFFFFD).ljust(512, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    head = head.ljust(48, b"\0") + struct.pack("<IIIIIII", directory, 0, 4096, mini_table, 1, 0xFFFFFFFE, 0)
    return (head + struct.pack("<I", table_at)).ljust(512, b"\xff") + b"".join(sectors) + fat


def _directory(streams: dict[str, bytes], at: list[int], root: int, size: int) -> bytes:
    """The rows of a compound file's directory: siblings are chained to the right."""
    nothing = 0xFFFFFFFF
    folders = sorted({path[:at] for path in streams for at, sign in enumerate(path) if sign == "/"})
    names = ["Root Entry", *folders, *streams]
    rows = [[nothing, nothing, nothing, 0, 0] for _ in names]
    rows[0][3:] = [root, size]
    for holder in ("", *folders):
        inside = [n for n, name in enumerate(names) if n and name.rpartition("/")[0] == holder]
        rows[names.index(holder) if holder else 0][2] = inside[0]
        for one, following in itertools.pairwise(inside):
            rows[one][1] = following
    for number, (place, data) in enumerate(zip(at, streams.values(), strict=True), start=1 + len(folders)):
        rows[number][3:] = [place, len(data)]
    out = b""
    for name, (left, right, child, start, length) in zip(names, rows, strict=True):
        told = name.rpartition("/")[2].encode("utf-16-le")
        row = told.ljust(64, b"\0") + struct.pack("<HBBIII", len(told) + 2, 1, 1, left, right, child)
        out += row.ljust(116, b"\0") + struct.pack("<IQ", start, length)
    return out


def doc(text: str, *, flags: int = 0x0200) -> bytes:
    """A Word 97 document of two pieces: one of a byte a character, one of two."""
    half = len(text) // 2
    first, second = text[:half].encode("cp1252"), text[half:].encode("utf-16-le")
    head = bytearray(5000)
    struct.pack_into("<H8xH", head, 0, 0xA5EC, flags)
    struct.pack_into("<I", head, 76, len(text))
    bounds = struct.pack("<III", 0, half, len(text))
    places = struct.pack("<HIH", 0, 0x40000000 | 5000 * 2, 0) + struct.pack("<HIH", 0, 5000 + len(first), 0)
    clx = b"\x01\x02\x00ab\x02" + struct.pack("<I", len(bounds + places)) + bounds + places
    struct.pack_into("<II", head, 418, 0, len(clx))
    return compound({"WordDocument": bytes(head) + first + second, "1Table": clx})


def paper(*pages: str, title: str = "", password: str = "", size: float = 12) -> bytes:
    """A PDF with one text a page, in lines."""
    out = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="mairie") if password else None
    canvas = Canvas(out, encrypt=encryption)
    canvas.setTitle(title)
    for page in pages:
        text = canvas.beginText(50, 800)
        text.setFont("Helvetica", size)
        text.textLines(page)
        canvas.drawText(text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def bare(content: bytes, *, resources: bytes = b"", more: bytes = b"") -> bytes:
    """A PDF written by hand, without a table of its objects: readers rebuild it."""
    stream = b"<< /Length %d >> stream\n%s\nendstream" % (len(content), content)
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
        b"2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
        b"3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R\n"
        b"/Resources << /Font << /F 5 0 R >> " + resources + b" >> >> endobj\n"
        b"4 0 obj " + stream + b" endobj\n"
        b"5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj\n"
        + more
        + b"trailer << /Root 1 0 R >>\n%%EOF\n"
    )


def biff(kind: int, content: bytes) -> bytes:
    """A record of a workbook before 2007."""
    return struct.pack("<HH", kind, len(content)) + content


def xls(sheets: dict[str, list[list[str | float]]], *, locked: bool = False) -> bytes:
    """An Excel 97 workbook; a cell whose number is above 40,000 is shown as a day."""
    styles = b"".join(biff(0xE0, struct.pack("<HHHBBBBIIH", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)) for form in (0, 14))
    start = biff(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 1997, 0, 0))
    start += biff(0x2F, bytes(54)) if locked else b""
    parts = []
    for rows in sheets.values():
        cells = biff(0x809, struct.pack("<HHHHII", 0x600, 16, 0, 1997, 0, 0))
        for row, values in enumerate(rows):
            for column, value in enumerate(values):
                if isinstance(value, str):
                    text = struct.pack("<HHHHB", row, column, 0, len(value), 1) + value.encode("utf-16-le")
                    cells += biff(0x204, text)
                else:
                    cells += biff(0x203, struct.pack("<HHHd", row, column, int(value > 40_000), value))
        parts.append(cells + biff(0x0A, b""))
    names = [name.encode("utf-16-le") for name in sheets]
    place = len(start) + len(styles) + sum(4 + 8 + len(name) for name in names) + 4
    for name, part in zip(names, parts, strict=True):
        start += biff(0x85, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(part)
    book = start + styles + biff(0x0A, b"") + b"".join(parts)
    return compound({"Workbook": book.ljust(4096, b"\0")})


def atom(kind: int, content: bytes, *, holds: bool = False, instance: int = 0) -> bytes:
    """A record of a presentation before 2007."""
    return struct.pack("<HHI", instance << 4 | (0xF if holds else 0), kind, len(content)) + content


def ppt(*slides: tuple[str, str], token: int = 0xE391C05F) -> bytes:
    """A PowerPoint 97 presentation: the outline and another frame of each slide, their objects stored backwards."""
    body, places = b"", {}
    for number, (_, frame) in reversed(list(enumerate(slides, start=2))):
        places[number] = len(body)
        drawn = atom(0xF00D, atom(0xFA8, frame.encode("cp1252")), holds=True)
        body += atom(0x3EE, atom(0x40C, drawn, holds=True), holds=True)
    outline = b"".join(
        atom(0x3F3, struct.pack("<I", number) + bytes(16)) + atom(0xFA0, text.encode("utf-16-le"))
        for number, (text, _) in enumerate(slides, start=2)
    )
    places[1] = len(body)
    body += atom(0x3E8, atom(0xFF0, outline, holds=True) + atom(0xFF0, b"", holds=True, instance=1), holds=True)
    table, ordered = len(body), [places[number] for number in sorted(places)]
    body += atom(0x1772, struct.pack(f"<I{len(ordered)}I", len(ordered) << 20 | 1, *ordered))
    edit = len(body)
    body += atom(0xFF5, struct.pack("<IIIIIII", 0, 0, 0, table, 1, 0, 0))
    current = atom(0xFF6, struct.pack("<III", 20, token, edit) + bytes(20))
    return compound({"PowerPoint Document": body.ljust(4096, b"\0"), "Current User": current})
