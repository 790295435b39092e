"""Reading papers: what they are, what they say, and how little a hostile one can do."""

import asyncio
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

import storage.extract
from storage.extract import Extraction, Extractor, Kind, Limits, Problem
from storage.extract.kinds import kind_of
from storage.extract.text import cleaned, is_garbage, paginated
from storage.extract.titles import title_of

WORKER = Path(storage.extract.__file__).with_name("worker.py")


def paper(*pages: str, title: str = "", password: str = "") -> bytes:
    """A PDF with one text a page, in lines."""
    out = io.BytesIO()
    encryption = StandardEncryption(password, ownerPassword="mairie") if password else None
    canvas = Canvas(out, encrypt=encryption)
    canvas.setTitle(title)
    for page in pages:
        text = canvas.beginText(50, 800)
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


def script(tmp_path: Path, body: str) -> Path:
    """A worker of the test's own; it loads the true one, for its ``confine``, only when it uses it."""
    path = tmp_path / "worker.py"
    confine = f"import runpy\nconfine = runpy.run_path({str(WORKER)!r})['confine']\n" if "confine(" in body else ""
    path.write_text(f"import json, os, socket, sys, time\n{confine}{body}\n")
    return path


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BUDGET = ("Le conseil municipal vote le budget.", "Le second feuillet parle de l'eau.")


async def test_a_paper_is_read_page_by_page() -> None:
    """Each page has its text, and the title comes from the paper itself."""
    assert await Extractor().extract(paper(*BUDGET, title="Budget primitif 2027")) == Extraction(
        Kind.PDF, BUDGET, 2, "Budget primitif 2027"
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Kind.EMPTY),
        (b" \r\n\x00\x00", Kind.EMPTY),
        (b"\x89PNG\r\n\x1a\n....", Kind.IMAGE),
        (b"\x00\x00\x00\x18ftypheic", Kind.IMAGE),
        (b"PK\x03\x04" + bytes(26) + b"photos/1.jpg", Kind.ZIP),
        (OLE, Kind.OLE),
        (OLE + "WordDocument".encode("utf-16-le"), Kind.DOC),
        (OLE + "Workbook".encode("utf-16-le"), Kind.XLS),
        (OLE + "PowerPoint Document".encode("utf-16-le"), Kind.PPT),
        (OLE + "__substg1.0_0037001F".encode("utf-16-le"), Kind.MSG),
        (b"{\\rtf1 Bonjour}", Kind.RTF),
        ("<!-- page -->\n<!DOCTYPE html><p>Été".encode("cp1252"), Kind.HTML),
        (b"Nom;Prix\nEau;12\n", Kind.CSV),
        (b"De : moi, \xe0 vous\nEt voil\xe0.\n", Kind.TEXT),
        (b"From: a@b.fr\r\nTo: c@d.fr\r\nSubject: x\r\n\r\n\x00", Kind.EMAIL),
        (b"\x01\x02\x03\xff", Kind.UNKNOWN),
        (b"\xff\xfe\x00", Kind.UNKNOWN),
        (b"abc \x81 def", Kind.UNKNOWN),
        (b"noise\n%PDF-1.4", Kind.PDF),
        (b"BM est le code de la BM de la ville.", Kind.TEXT),
    ],
)
def test_a_kind_is_told_by_the_content(data: bytes, kind: Kind) -> None:
    """Whatever a person named the file, its first bytes say what it is."""
    assert kind_of(data) is kind


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
async def test_plain_text_is_read_in_its_encoding(codec: str) -> None:
    """Text from any age of Windows keeps its accents."""
    read = await Extractor().extract("Délibération : l'été à 12 €\r\nSuite".encode(codec))
    assert read == Extraction(Kind.TEXT, ("Délibération : l'été à 12 €\nSuite",), None, "Délibération : l'été à 12 €")


def test_long_text_is_cut_where_it_pauses() -> None:
    """Pages end with a paragraph when they can, and nothing is lost."""
    paragraphs = [f"{number} " + "mot " * 180 for number in range(20)]
    text = cleaned("\n\n".join(paragraphs))
    pages = list(paginated(text))
    assert all(len(page) <= 3000 and page.endswith("mot") and page[0].isdigit() for page in pages)
    assert " ".join(pages).split() == text.split()
    assert "".join(paginated("x" * 7000)) == "x" * 7000


def test_what_machines_added_is_taken_away() -> None:
    """Cut words are joined; glyphs without meaning, stamps and NUL go."""
    raw = (
        "Envoyé en préfecture le 12/02/2024\r\nReçu en préfecture le 12/02/2024\r\nPublié le \r\n"
        "ID : 030-213001100-20240202-PV-DE\r\n\uf0d7 La délibé\ufffe\r\nration  du\x00 maire \ud800"
    )
    assert cleaned(raw) == "La délibération du maire"


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        ("Le conseil municipal a délibéré.", False),
        ("FRQVHLO PXQLFLSDO GX GLPDQFKH", True),
        ("(((¶¶¶ ##### §§§§§§§§§ mot ~~~~~~ ^^^^^^", True),
        ("1 234,50 € 2027", False),
    ],
)
def test_garbage_is_known(text: str, garbage: bool) -> None:
    """A text layer whose letters mean something else isn't text."""
    assert is_garbage(text) is garbage


@pytest.mark.parametrize(
    ("metadata", "page", "title"),
    [
        ("Budget primitif 2027", "Autre chose", "Budget primitif 2027"),
        ("Microsoft Word - x.doc", "République Française\nCommune de Sauge\nProcès-verbal", "Procès-verbal"),
        ("KM_C250i_S23032410220", "", None),
        ("Sans titre", "12/03/2027\nExtinction de l'éclairage\nNous avons un projet", "Extinction de l'éclairage"),
        ("", "des territoires et de la mer\nArrêté n° 12", "Arrêté n° 12"),
        ("", "Procès-verbal\nde la séance du\nMARDI 24 mars  2026", "Procès-verbal du mardi 24 mars 2026"),
        (
            "",
            "Procès-verbal\nVu la loi du 2 mars 1982\nSéance extraordinaire du 24 mars 2026",
            "Procès-verbal du 24 mars 2026",
        ),
        ("Compte rendu de la séance", "Réunion du 1er avril 2027", "Compte rendu de la séance du 1er avril 2027"),
        ("", "Devis\nToiture de l'école du 24 mars 2026", "Devis"),
        ("", "mot " * 100, None),
        ("", "Mot " * 100, "Mot" + " Mot" * 29 + "…"),
    ],
)
def test_a_title_is_plain_or_nothing(metadata: str, page: str, title: str | None) -> None:
    """What machines call a file is never its title, nor is a letterhead or the rest of a sentence."""
    assert title_of(metadata, page) == title


async def test_an_unsupported_file_says_so() -> None:
    """A drawing of an architect is filed all the same, and why it isn't read is said in French."""
    read = await Extractor().extract(b"AC1032\x00\x00\xff\x81")
    assert read == Extraction(Kind.UNKNOWN, problem=Problem.UNSUPPORTED)
    assert all(problem.in_french and not problem.in_french.endswith(".") for problem in Problem)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (paper("", ""), Problem.NO_TEXT),
        (paper("FRQVHLO PXQLFLSDO GX GLPDQFKH"), Problem.NO_TEXT),
        (paper("Secret de la mairie.", password="ouvre"), Problem.ENCRYPTED),
        (paper(*BUDGET)[:400], Problem.BROKEN),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, Problem.BROKEN),
        (b"%PDF-", Problem.BROKEN),
    ],
)
async def test_what_cant_be_read_is_said(data: bytes, problem: Problem) -> None:
    """Scans, garbage, passwords and broken files each have their answer."""
    assert (await Extractor(program="").extract(data)).problem is problem


async def test_a_form_that_draws_itself_ends() -> None:
    """A page whose form XObject calls itself has killed readers; here it's only a page."""
    looping = (
        b"6 0 obj << /Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length 5\n"
        b"/Resources << /XObject << /X 6 0 R >> >> >> stream\n/X Do\nendstream endobj\n"
    )
    data = bare(b"/X Do", resources=b"/XObject << /X 6 0 R >>", more=looping)
    assert (await Extractor(Limits(seconds=10), program="").extract(data)).problem in (Problem.NO_TEXT, Problem.BROKEN)


async def test_an_endless_text_is_cut() -> None:
    """Past the characters' cap what was read is kept, and said to be a part."""
    data = bare(b"BT /F 12 Tf 9 800 Td " + b"(Les finances de la commune. ) Tj " * 5000 + b"ET")
    read = await Extractor(Limits(characters=10_000)).extract(data)
    assert read.problem is Problem.TOO_BIG
    assert 9_000 < len(read.pages[0]) <= 10_000


async def test_too_many_pages_are_cut() -> None:
    """Past the pages' cap the first ones are kept, and the true count is known."""
    read = await Extractor(Limits(pages=2)).extract(paper(*["Une page de plus."] * 5))
    assert (read.problem, len(read.pages), read.page_count) == (Problem.TOO_BIG, 2, 5)


async def test_too_much_plain_text_is_cut() -> None:
    """The same caps hold for plain text."""
    text = ("Une ligne de plus.\n" * 1000).encode()
    assert (await Extractor(Limits(pages=2)).extract(text)).problem is Problem.TOO_BIG
    read = await Extractor(Limits(characters=100)).extract(text)
    assert (read.problem, sum(map(len, read.pages)) <= 100) == (Problem.TOO_BIG, True)


ONE_PAGE = 'print(json.dumps({"pages": 9}), json.dumps("Une page lue déjà."), sep=chr(10), flush=True)\n'


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (ONE_PAGE + "time.sleep(60)", Problem.TOO_LONG),
        (ONE_PAGE + "confine(1, 2**31)\nwhile True: pass", Problem.TOO_LONG),
        (ONE_PAGE + "os.abort()", Problem.BROKEN),
        (ONE_PAGE + "os._exit(0)", Problem.BROKEN),
        (ONE_PAGE + "confine(9, 2**28)\nx = [bytearray(2**24) for _ in range(99)]", Problem.BROKEN),
        (ONE_PAGE + "if os.fork() == 0: time.sleep(60)", Problem.TOO_LONG),
        (ONE_PAGE + "print('nonsense', flush=True)", Problem.BROKEN),
    ],
)
async def test_a_worker_that_fails_takes_nothing_with_it(tmp_path: Path, body: str, problem: Problem) -> None:
    """Hung, dead, greedy or lying, the worker is ended, and the page that it had read is kept."""
    extractor = Extractor(Limits(seconds=3), worker=script(tmp_path, body))
    read = await extractor.extract(b"%PDF-1.4")
    assert read == Extraction(Kind.PDF, ("Une page lue déjà.",), 9, "Une page lue déjà", problem)


async def test_a_flood_is_stopped(tmp_path: Path) -> None:
    """A worker that never stops talking is cut off by its length, before its time."""
    extractor = Extractor(Limits(characters=1000, pages=1), worker=script(tmp_path, "while True: print('1' * 9999)"))
    assert (await extractor.extract(b"%PDF-1.4")).problem is Problem.BROKEN


async def test_what_a_worker_started_dies_with_it(tmp_path: Path) -> None:
    """A child that the worker left behind is killed with its group."""
    body = "child = os.fork()\nif child == 0: time.sleep(60)\nprint(json.dumps(str(child)), flush=True)"
    read = await Extractor(Limits(seconds=3), worker=script(tmp_path, body)).extract(b"%PDF-1.4")
    status = Path("/proc") / read.pages[0] / "stat"
    async with asyncio.timeout(5):
        while status.exists() and ") Z " not in status.read_text():  # noqa: ASYNC110 - a process tells no event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda _: "open('/etc/hostname')",
        lambda _: "socket.socket()",
        lambda path: f"os.unlink({str(path)!r})",
        lambda path: f"os.rename({str(path)!r}, '/tmp/elsewhere')",
        lambda path: f"open({str(path)!r}, 'a')",
    ],
)
async def test_the_worker_reaches_nothing(tmp_path: Path, attempt: Callable[[Path], str]) -> None:
    """Once confined, the process can't open a file or a socket, nor touch what is on the disk."""
    treasure = tmp_path / "trésor"
    treasure.write_text("intact")
    tried = f"confine(9, 2**31)\ntry: {attempt(treasure)}\nexcept OSError: print(json.dumps('refused'), flush=True)"
    read = await Extractor(worker=script(tmp_path, tried)).extract(b"%PDF-1.4")
    assert read.pages == ("refused",)
    assert treasure.read_text() == "intact"


async def test_one_process_that_is_ready_splits_for_each_file() -> None:
    """Within its context the extractor reads many kinds at once, and says the same of each."""
    hung = bare(b"BT /F 12 Tf 9 800 Td " + b"(Les finances. ) Tj " * 200_000 + b"ET")
    async with Extractor(Limits(characters=10_000), program="") as extractor:
        asked = [paper(*BUDGET), b"Nom;Prix\nEau;12\n", b"%PDF-", paper("Secret.", password="ouvre"), hung]
        read = await asyncio.gather(*map(extractor.extract, asked))
    problems = [None, None, Problem.BROKEN, Problem.ENCRYPTED, Problem.TOO_BIG]
    assert [each.problem for each in read] == problems
    assert read[0].pages == BUDGET
    assert read[1].pages == ("Nom | Prix\nEau | 12",)


SPLITTING = """import importlib, json, os, socket, sys, time
sys.path.append({folder!r})
def work():
    sys.stdin.buffer.read()
    print(json.dumps("Une page lue déjà."), flush=True)
    {body}
    os._exit(0)
importlib.import_module("split").serve(socket.socket(fileno=0), work)
"""


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("while True: time.sleep(1)", Problem.TOO_LONG),
        ("os.abort()", Problem.BROKEN),
        ("raise ValueError", Problem.BROKEN),
        ("import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 2))\n    while True: pass", Problem.TOO_LONG),
        ("while True: print('1' * 9999)", Problem.BROKEN),
        ("os.kill(os.getppid(), 9)\n    time.sleep(60)", Problem.TOO_LONG),
    ],
)
async def test_a_split_process_that_fails_takes_nothing_with_it(tmp_path: Path, body: str, problem: Problem) -> None:
    """Hung, dead, greedy or murderous, it is ended, what it said is kept, and the next file is read."""
    path = tmp_path / "worker.py"
    path.write_text(SPLITTING.format(folder=str(WORKER.parent), body=body))
    async with Extractor(Limits(seconds=4, characters=1000, pages=1), worker=path) as extractor:
        for _ in range(2):
            read = await extractor.extract(b"%PDF-1.4")
            assert (read.pages[0], read.problem) == ("Une page lue déjà.", problem)


async def test_the_worker_knows_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of the bot's environment, nor its directory, is told to the worker."""
    monkeypatch.setenv("APPARITEUR_DATABASE_URL", "postgresql://secret")
    body = "print(json.dumps(' '.join(k for k in os.environ if 'APP' in k) + os.getcwd()), flush=True)"
    read = await Extractor(worker=script(tmp_path, body)).extract(b"%PDF-1.4")
    assert read.pages == ("/",)
