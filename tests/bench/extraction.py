"""Extraction beside bare PDFium: how many of a folder's papers are read, and how fast, each in a process of its own.

Run: ``python -m tests.bench.extraction FOLDER``. Letters in pictures are recognised only with ``--pictures``.
"""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from storage.extract import Extraction, Extractor, Kind

ROUNDS = 3


def bare(papers: Sequence[bytes]) -> float:
    """Seconds to read PDFs one after the other in this process, without any care."""
    start = time.perf_counter()
    for data in papers:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            text_page.get_text_range(0, text_page.count_chars())
            page.close()
        document.close()
    return time.perf_counter() - start


async def careful(papers: Sequence[bytes]) -> float:
    """Seconds to read the same ones as the bot does, two at a time."""
    async with Extractor(program="") as extractor:
        await extractor.extract(papers[0])
        start = time.perf_counter()
        await asyncio.gather(*map(extractor.extract, papers))
        return time.perf_counter() - start


async def read_all(papers: Sequence[bytes], program: str | None) -> list[Extraction]:
    """What is read of each paper."""
    async with Extractor(program=program) as extractor:
        return list(await asyncio.gather(*map(extractor.extract, papers)))


async def main(folder: Path, *, pictures: bool) -> None:
    """Print the count of each kind and problem, then the two rates."""
    papers = await asyncio.to_thread(
        lambda: [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    )
    start = time.perf_counter()
    read = await read_all(papers, None if pictures else "")
    seconds = time.perf_counter() - start
    told = Counter((each.kind.value, each.problem.value if each.problem else "read") for each in read)
    for (kind, end), count in sorted(told.items()):
        sys.stdout.write(f"{kind:8} {end:12} {count}\n")
    sys.stdout.write(f"all: {len(read)} files, {sum(len(each.pages) for each in read)} pages in {seconds:.1f} s\n")
    pdfs = [data for data, each in zip(papers, read, strict=True) if each.kind is Kind.PDF and each.page_count]
    if pdfs:
        best_bare = min(bare(pdfs) for _ in range(ROUNDS))
        best = min([await careful(pdfs) for _ in range(ROUNDS)])
        sys.stdout.write(
            f"{len(pdfs)} PDF: bare {best_bare:.2f} s, careful {best:.2f} s, rate {best_bare / best:.2f}\n"
        )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), pictures="--pictures" in sys.argv))
