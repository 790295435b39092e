"""Extraction beside bare PDFium: how many of a folder's papers are read, and how fast, each in a process of its own.

The rate is measured on the papers as they are, then on the same pages bound by ten, as in a thousand papers of ten
thousand pages: what a process of its own costs is paid once a paper, whatever its length.

Run: ``python -m tests.bench.extraction FOLDER [PAGES]``: as many scanned pages are then recognised too.
"""

import asyncio
import io
import resource
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pypdfium2

from storage.extract import Extraction, Extractor, Kind

ROUNDS = 3
BOUND = 10
"""Pages of a paper that is bound."""


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


def bound(papers: Sequence[bytes]) -> list[bytes]:
    """The pages of all the papers, in their order, in papers of ten; the last few are left out."""
    made: list[bytes] = []
    binding = pypdfium2.PdfDocument.new()
    for data in papers:
        document = pypdfium2.PdfDocument(data)
        for number in range(len(document)):
            binding.import_pages(document, [number])
            if len(binding) == BOUND:
                out = io.BytesIO()
                binding.save(out)
                made.append(out.getvalue())
                binding = pypdfium2.PdfDocument.new()
    return made


async def rate(papers: Sequence[bytes], name: str) -> None:
    """Print the seconds of both ways of reading, each at its best of a few, and their ratio."""
    best_bare = min(bare(papers) for _ in range(ROUNDS))
    best = min([await careful(papers) for _ in range(ROUNDS)])
    sys.stdout.write(
        f"{len(papers)} PDF {name}: bare {best_bare:.2f} s, careful {best:.2f} s, rate {best_bare / best:.2f}\n"
    )


async def careful(papers: Sequence[bytes]) -> float:
    """Seconds to read the same ones as the bot does, two at a time."""
    async with Extractor(program="") as extractor:
        await extractor.extract(papers[0])
        start = time.perf_counter()
        await asyncio.gather(*map(extractor.extract, papers))
        return time.perf_counter() - start


async def read_all(papers: Sequence[bytes]) -> list[Extraction]:
    """What is read of each paper."""
    async with Extractor(program="") as extractor:
        return list(await asyncio.gather(*map(extractor.extract, papers)))


async def recognise(papers: Sequence[bytes], read: Sequence[Extraction], most: int) -> None:
    """Recognise the pictures, as many pages at most, taken from all the papers in turn; print the rate and what is found."""
    extractor = Extractor()
    depth = max((len(each.pictures) for each in read), default=0)
    pages = [
        (data, each.pictures[n])
        for n in range(depth)
        for data, each in zip(papers, read, strict=True)
        if n < len(each.pictures)
    ][:most]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [len((await extractor.recognise(data, place)).split()) for data, place in pages]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    said = sum(1 for count in words if count)
    sys.stdout.write(
        f"pictures: {len(pages)} pages in {seconds:.0f} s of processor, {len(pages) * 60 / max(seconds, 1):.1f} a minute "
        f"a core; text in {said}, {sum(words)} words\n"
    )


async def main(folder: Path, *, pictures: int) -> None:
    """Print the count of each kind and problem, then the rates."""
    papers = await asyncio.to_thread(
        lambda: [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
    )
    start = time.perf_counter()
    read = await read_all(papers)
    seconds = time.perf_counter() - start
    told = Counter((each.kind.value, each.problem.value if each.problem else "read") for each in read)
    for (kind, end), count in sorted(told.items()):
        sys.stdout.write(f"{kind:8} {end:12} {count}\n")
    sys.stdout.write(f"all: {len(read)} files, {sum(len(each.pages) for each in read)} pages in {seconds:.1f} s\n")
    pdfs = [data for data, each in zip(papers, read, strict=True) if each.kind is Kind.PDF and each.page_count]
    if pdfs:
        await rate(pdfs, "as they are")
        await rate(bound(pdfs), "by ten pages")
    if pictures:
        await recognise(papers, read, pictures)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), pictures=int(sys.argv[2]) if len(sys.argv) > 2 else 0))
