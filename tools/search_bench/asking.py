"""Queries to the client of an engine in a real browser, with a server that counts bytes."""

from __future__ import annotations

import functools
import gzip
import http.server
import shutil
import statistics
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tools.search_bench.engines import Engine
from tools.search_bench.queries import Query

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_TEXTS = (".html", ".js", ".css", ".json", "/")
_BATCH = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const before = performance.now();
    const found = await window.find(query);
    answers.push([found, performance.now() - before]);
  }
  return answers;
}"""
_TIMED = """async ([ask, word]) => {
  const before = performance.now();
  await window[ask](word);
  return performance.now() - before;
}"""
_WARM = """async (words) => {
  const times = [];
  for (const word of words) {
    for (let end = 4; end <= word.length; end += 1) {
      const before = performance.now();
      await window.titles(word.slice(0, end));
      times.push(performance.now() - before);
    }
  }
  return times;
}"""


@dataclass
class Counter:
    """The files and bytes that a server has sent so far."""

    files: int = 0
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def since(self, files: int, size: int) -> tuple[int, float]:
        """Return the number of files and kilobytes since an earlier state."""
        return self.files - files, (self.size - size) / 1000


@dataclass(frozen=True)
class First:
    """The cost of a first query: files, kilobytes and milliseconds."""

    files: int
    kilobytes: float
    milliseconds: float


class _Counting(http.server.SimpleHTTPRequestHandler):
    """Serves files, compresses texts as hosts do, and counts the bytes of the bodies."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # otherwise a body waits 40 ms for the receipt of headers

    def __init__(self, *arguments: object, counter: Counter, folder: str) -> None:
        self.counter = counter
        super().__init__(*arguments, directory=folder)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        data = path.read_bytes()
        self.send_response(200)
        if path.suffix in _TEXTS:
            data = gzip.compress(data, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)
        with self.counter.lock:
            self.counter.files += 1
            self.counter.size += len(data)

    def log_message(self, format: str, *_: object) -> None:  # noqa: A002
        """Log nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Counter]]:
    """Serve a folder on this machine; yield its address and the counter."""
    counter = Counter()
    handler = functools.partial(_Counting, counter=counter, folder=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", counter
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Yield a headless browser."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=flags)
        yield running
        running.close()


@contextmanager
def client(browser: Browser, engine: Engine, where: str) -> Iterator[Page]:
    """Yield a new page with the client of an engine."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{where}bare.html")
    page.evaluate(engine.script)
    yield page
    context.close()


def ranks(page: Page, queries: Sequence[Query]) -> list[int]:
    """Return the rank of each query's document, from 1; 0 if it is not among ten."""
    answers = page.evaluate(_BATCH, [query.typed for query in queries])
    return [
        results.index(query.address) + 1 if query.address in results[:10] else 0
        for query, (results, _) in zip(queries, answers, strict=True)
    ]


def reciprocal(ranks: Sequence[int]) -> float:
    """Return the mean reciprocal rank among ten."""
    return statistics.mean(1 / rank if rank else 0 for rank in ranks)


def first(
    browser: Browser, engine: Engine, where: str, counter: Counter, words: Sequence[str]
) -> tuple[First, First]:
    """Return the median cost of a first query of one word, without and with ten excerpts."""
    rows: dict[str, list[tuple[int, float, float]]] = {"titles": [], "find": []}
    for ask, measured in rows.items():
        for word in words:
            files, size = counter.files, counter.size
            with client(browser, engine, where) as page:
                milliseconds = page.evaluate(_TIMED, [ask, word])
            measured.append((*counter.since(files, size), milliseconds))
    titles, whole = (
        First(*map(statistics.median, zip(*measured, strict=True))) for measured in rows.values()
    )
    return titles, whole


def keystroke(page: Page, words: Sequence[str]) -> float:
    """Return the time of a keystroke with loaded files, in ms: nine in ten take less."""
    page.evaluate(_WARM, list(words))
    times: list[float] = page.evaluate(_WARM, list(words))
    return statistics.quantiles(times, n=10)[-1]
