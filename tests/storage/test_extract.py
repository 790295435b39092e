"""Reading papers: what they are, what they say, and what can't be read of them."""

import pytest

from storage.extract import Extraction, Extractor, Kind, Limits, Problem
from storage.extract.kinds import kind_of
from storage.extract.text import cleaned, legible, paginated
from storage.extract.titles import names_nothing, scanned_title, subject_of, title_of
from tests.storage.makers import bare, paper

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
        ("Le conseil \ue001\ue002\ue003\ue004 vote \ue001\ue002", True),
        ("L\ufffd b\ufffdd\ufffd\ufffdt d\ufffd l\ufffd c\ufffdmm\ufffdn\ufffd", True),
        ("Ñøßã ÞðÅ ÐÕØ ãåñ þýðß", True),
        ("Los señores de São Paulo y la Ærø", False),
        ("Le bu\ufffdget est voté par le conseil munici\ufffdal.", False),
    ],
)
def test_garbage_is_known(text: str, garbage: bool) -> None:
    """A text layer whose letters mean something else isn't text."""
    assert (legible(text) == "") is garbage


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


@pytest.mark.parametrize(
    ("page", "title"),
    [
        ("RÉPUBLIQUE\nPRÉFÈTE\nObjet : Avis sanitaire sur la fontaine\nMadame", "Avis sanitaire sur la fontaine"),
        ("Là E | RECUEIL\nCompte rendu\nSéance du conseil du 11 mars 2021", "Compte rendu du 11 mars 2021"),
        ("3. Mes factures... er rrnronnronnnnen ve 0380080", None),
        ("VU le Plan Départemental de Protection\nEFlaux\nOrdre du jour", None),
        ("Approbation du procès-verbal du 27 janvier 2023", None),
        ("Le lavoir est très ancien", None),
        ("", None),
    ],
)
def test_a_scan_s_title_is_one_that_is_sure(page: str, title: str | None) -> None:
    """Letters that were recognised may be wrong: nothing is better than a strange title. Taken from real scans."""
    assert scanned_title(page) == title


@pytest.mark.parametrize(
    "name",
    [
        *(
            "scan0001",
            "IMG_2034 (1)",
            "IMG-20260302-WA0003",
            "DSC_0012",
            "Numérisation_20260302",
            "SKM_C25820210519",
            "Sans titre",
        ),
        *(
            "20260302_101010",
            "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
            "CamScanner 02-03-2026 10.11",
            "Adobe Scan 12 janv. 2026",
        ),
        *(
            "2020 - 30-20250-10-24-001 ",
            "WhatsApp Image 2026-03-02 at 10.10.10",
            "numérisé le 12 mars 2026",
            "Document 1",
        ),
    ],
)
def test_a_device_s_name_tells_nothing(name: str) -> None:
    """Scanners, telephones, programs, dates."""
    assert names_nothing(name)


@pytest.mark.parametrize(
    "name", ["PV 12", "CR 2021", "ARS 2024", "Facture 2024-12", "Scan lavoir", "arreté secheresse"]
)
def test_a_name_that_somebody_wrote_tells_something(name: str) -> None:
    """However short."""
    assert not names_nothing(name)


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Rappel", "Rappel"), ("RE: TR : Rép: Devis", "Devis"), ("Reçu le 12", "Reçu le 12"), ("12 ?", None), ("", None)],
)
def test_a_letter_is_called_by_its_subject(subject: str, title: str | None) -> None:
    """A person wrote it, however short; what answering and forwarding added goes."""
    assert subject_of(subject) == title


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


async def test_a_paper_that_one_library_refuses_is_read_by_another() -> None:
    """One whose catalogue isn't where it says, and one whose letters have no size, still give their words."""
    lost = paper("Le conseil municipal vote.").replace(b"/Root 4", b"/Root 14")
    assert await Extractor(program="").extract(lost) == Extraction(
        Kind.PDF, ("Le conseil municipal vote.",), 1, "Le conseil municipal vote"
    )
    sizeless = paper("Le conseil municipal vote.", size=0)
    assert (await Extractor(program="").extract(sizeless)).pages == ("Le conseil municipal vote.",)


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
