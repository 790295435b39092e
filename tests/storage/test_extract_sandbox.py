"""The confined process: whatever happens in it, it takes nothing with it, and reaches nothing."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

import storage.extract
from storage.extract import Extraction, Extractor, Kind, Limits, Problem
from tests.storage.makers import bare, paper

WORKER = Path(storage.extract.__file__).with_name("worker.py")
BUDGET = ("Le conseil municipal vote le budget.", "Le second feuillet parle de l'eau.")


def script(tmp_path: Path, body: str) -> Path:
    """A worker of the test's own; it loads the true one, for its ``confine``, only when it uses it."""
    path = tmp_path / "worker.py"
    confine = f"import runpy\nconfine = runpy.run_path({str(WORKER)!r})['confine']\n" if "confine(" in body else ""
    path.write_text(f"import json, os, socket, sys, time\n{confine}{body}\n")
    return path


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
