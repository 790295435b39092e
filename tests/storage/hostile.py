"""Files made to harm whoever reads them, one of each kind, with what an honest answer may say of each."""

import io
import struct
import zipfile
from collections.abc import Callable

from storage.extract import Problem
from tests.storage.makers import (
    bare,
    compound,
    doc,
    docx,
    letter,
    open_document,
    open_xml,
    paragraph,
    ppt,
    relationships,
    xls,
    zipped,
)

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><w>&i;</w>"
)
OUTSIDE = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>'


SPACE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def part(document: str) -> bytes:
    """A Word document from its whole main part."""
    return open_xml("word/document.xml", {"word/document.xml": document})


def overlapping() -> bytes:
    """A zip whose thousand entries are all the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0", b"0" * 10_000_000)
        first = archive.infolist()[0]
        for number in range(1, 1000):
            entry = zipfile.ZipInfo(f"{number}")
            for name in ("CRC", "compress_size", "file_size", "header_offset", "compress_type"):
                setattr(entry, name, getattr(first, name))
            archive.filelist.append(entry)
    return out.getvalue()


def nested() -> bytes:
    """A zip in a zip, ten times, around ten million zeros."""
    data = b"0" * 10_000_000
    for depth in range(10):
        data = zipped({f"{depth}.zip": data})
    return data


def looping() -> bytes:
    """An older document whose every chain of sectors comes back to its start."""
    data = bytearray(doc("Le conseil vote le budget." * 100))
    data[-512:] = struct.pack("<128I", *range(1, 128), 0)
    return bytes(data)


def locked(data: bytes) -> bytes:
    """The same zip, whose entries say that they have a password."""
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        pieces = data.split(signature)
        data = signature.join([pieces[0], *(p[: place - 4] + b"\x01" + p[place - 3 :] for p in pieces[1:])])
    return data


def many_names(count: int) -> bytes:
    """A workbook of as many sheets as wanted, all in one file of names."""
    book = (
        "<workbook "
        + SPACE
        + "><sheets>"
        + '<sheet name="Budget" sheetId="1" r:id="rId1"/>' * count
        + "</sheets></workbook>"
    )
    related = relationships(("worksheet", "sheet.xml"))
    sheet = '<worksheet><sheetData><row><c t="str"><v>Eau</v></c></row></sheetData></worksheet>'
    return open_xml(
        "xl/workbook.xml", {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": related, "xl/sheet.xml": sheet}
    )


def many_slides(count: int) -> bytes:
    """A presentation that shows the same slide again and again."""
    show = f"<presentation {SPACE}>" + '<sldId id="256" r:id="rId1"/>' * count + "</presentation>"
    return open_xml(
        "ppt/presentation.xml",
        {
            "ppt/presentation.xml": show,
            "ppt/_rels/presentation.xml.rels": relationships(("slide", "slide.xml")),
            "ppt/slide.xml": "<sld><p><t>Encore elle</t></p></sld>",
        },
    )


def nested_letters(depth: int) -> bytes:
    """A letter of parts within parts."""
    head = b"From: a@b.fr\nTo: c@d.fr\nSubject: x\nMIME-Version: 1.0\n"
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth))
    return head + b"".join(parts) + b"\nfin\n"


BOMBS: dict[str, tuple[Callable[[], bytes], set[Problem | None]]] = {
    "billion laughs": (lambda: part(LAUGHS), {Problem.BROKEN}),
    "an entity outside": (lambda: part(OUTSIDE), {Problem.BROKEN}),
    "an entity outside, in OpenDocument": (
        lambda: zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": OUTSIDE}),
        {Problem.BROKEN},
    ),
    "two hundred million bytes of spaces": (
        lambda: part("<document>" + " " * 210_000_000 + "</document>"),
        {Problem.TOO_BIG},
    ),
    "two hundred million bytes of one word": (
        lambda: part("<document><t>" + "a" * 210_000_000 + "</t></document>"),
        {Problem.TOO_BIG},
    ),
    "an endless title": (lambda: docx(paragraph("Eau"), title="a" * 210_000_000), {None}),
    "an endless type": (lambda: zipped({"mimetype": b"a" * 210_000_000}), {Problem.ARCHIVE}),
    "deep elements": (
        lambda: open_document("text", "<text:span>" * 1_000_000 + "</text:span>" * 1_000_000),
        {Problem.TOO_BIG},
    ),
    "a million sheets": (lambda: many_names(1_000_000), {Problem.TOO_BIG, Problem.TOO_LONG}),
    "a million slides": (lambda: many_slides(1_000_000), {Problem.TOO_BIG, Problem.TOO_LONG}),
    "deep groups": (lambda: b"{\\rtf1 " + b"{" * 1_000_000, {Problem.TOO_BIG}),
    "deep letters": (lambda: nested_letters(5000), {Problem.BROKEN, Problem.TOO_LONG, Problem.TOO_BIG}),
    "a locked zip": (lambda: locked(docx(paragraph("Eau"))), {Problem.ENCRYPTED}),
    "a locked text": (lambda: open_document("text", "", manifest="<encryption-data/>"), {Problem.ENCRYPTED}),
    "a locked workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        {Problem.ENCRYPTED},
    ),
    "a locked older document": (lambda: doc("Secret", flags=0x0300), {Problem.ENCRYPTED}),
    "a chain of sectors that loops": (looping, {Problem.BROKEN}),
    "overlapping entries": (overlapping, {Problem.ARCHIVE}),
    "zips within zips": (nested, {Problem.ARCHIVE}),
    "a part that isn't there": (
        lambda: zipped({"_rels/.rels": relationships(("officeDocument", "../../etc/passwd"))}),
        {Problem.ARCHIVE},
    ),
}


def drawing_itself() -> bytes:
    """A page whose form draws itself: 634 bytes that have taken eleven thousand million in readers."""
    form = (
        b"6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 5\n"
        b"/Resources << /XObject << /X 6 0 R >> >> >> stream\n/X Do\nendstream endobj\n"
    )
    return bare(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=form)


def looping_outline() -> bytes:
    """A paper whose table of contents is its own child and its own neighbour."""
    more = (
        b"6 0 obj << /First 7 0 R /Last 7 0 R /Count 9 >> endobj\n"
        b"7 0 obj << /Title (Eau) /Parent 7 0 R /Next 7 0 R /First 7 0 R >> endobj\n"
    )
    data = bare(b"BT /F 12 Tf 9 800 Td (Le conseil municipal vote.) Tj ET", more=more)
    return data.replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /Outlines 6 0 R >>", 1)


def looping_pages() -> bytes:
    """A paper whose list of pages holds itself."""
    return bare(b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R 3 0 R]").replace(b"/Count 1", b"/Count 99999999")


def acting() -> bytes:
    """A paper that asks to run a script and a program when it opens."""
    more = b"6 0 obj << /S /JavaScript /JS (app.alert(1)) /Next << /S /Launch /F (/bin/sh) >> >> endobj\n"
    data = bare(b"BT /F 12 Tf 9 800 Td (Le conseil municipal vote.) Tj ET", more=more)
    return data.replace(b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction 6 0 R >>", 1)


def macros() -> bytes:
    """A Word document that carries macros, under a name of its own."""
    parts = {"word/document.xml": "<document><p><t>Le conseil vote</t></p></document>", "word/vbaProject.bin": "Shell"}
    return open_xml("word/document.xml", dict(parts))


def huge_page() -> bytes:
    """A page that says that it is ten million points wide, in which a picture is a dot."""
    return bare(b"q 9999999 0 0 9999999 0 0 cm Q").replace(b"[0 0 600 800]", b"[0 0 9999999 9999999]")


def attachment_bomb() -> bytes:
    """A letter with a thousand attachments, one of which is a zip of zips."""
    files = [(f"{n}.bin", b"x" * 1000) for n in range(1000)]
    return letter("Bonjour", ("a.zip", nested()), *files).as_bytes()


def looping_slides() -> bytes:
    """An older presentation whose edits follow one another for ever, and whose slide holds itself."""
    data = ppt(("Budget", "Eau"))
    edit = data.index(struct.pack("<HHI", 0, 0xFF5, 28))
    stream = data.index(struct.pack("<HHI", 0xF, 0x3EE, 0)[:4])
    return data[: edit + 16] + struct.pack("<I", edit - stream) + data[edit + 20 :]


FILED: dict[str, tuple[Callable[[], bytes], set[Problem | None]]] = {
    "a form that draws itself": (drawing_itself, {Problem.NO_TEXT, Problem.BROKEN}),
    "an outline that loops": (looping_outline, {None}),
    "pages that hold themselves": (looping_pages, {Problem.NO_TEXT, Problem.BROKEN, Problem.TOO_BIG}),
    "scripts and programs": (acting, {None}),
    "macros": (macros, {None}),
    "a page as large as a town": (huge_page, {Problem.NO_TEXT}),
    "a text bomb": (
        lambda: bare(b"BT /F 1 Tf " + b"(eau) Tj " * 3_000_000 + b"ET"),
        {Problem.TOO_BIG, Problem.TOO_LONG, Problem.BROKEN},
    ),
    "a bomb of plain text": (lambda: b"eau " * 10_000_000, {Problem.TOO_BIG}),
    "a workbook under a name of text": (lambda: xls({"F": [["Eau"]]}), {None}),
    "a locked older workbook": (lambda: xls({"F": [["Eau"]]}, locked=True), {Problem.ENCRYPTED}),
    "a workbook of noise": (lambda: compound({"Workbook": bytes(range(256)) * 40}), {Problem.BROKEN}),
    "locked older slides": (lambda: ppt(("Eau", ""), token=0xF3D1C4DF), {Problem.ENCRYPTED}),
    "edits that loop": (looping_slides, {Problem.BROKEN, None}),
    "slides without their table": (lambda: compound({"PowerPoint Document": bytes(5000)}), {Problem.BROKEN}),
    "a letter of a thousand attachments": (attachment_bomb, {None}),
    "names that turn around": (
        lambda: zipped({"\u202efdp.exe": "x", "../" * 99 + "etc/shadow": "x"}),
        {Problem.ARCHIVE},
    ),
    "a cut workbook": (lambda: xls({"F": [["Eau"] * 50] * 50})[:3000], {Problem.BROKEN, Problem.UNSUPPORTED}),
}


ARCHIVES: dict[str, Callable[[], bytes]] = {
    "a thousand entries of the same ten million bytes": overlapping,
    "zips within zips": nested,
    "a password": lambda: locked(zipped({"a": "b"})),
    "nothing but an end": lambda: b"PK\x05\x06",
    "a cut one": lambda: zipped({"a": "b"})[:30],
}
