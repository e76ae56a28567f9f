"""Queries put to an engine's own client in a real browser, over a server that counts."""

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
    """What a server has sent so far."""

    files: int = 0
    size: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def since(self, files: int, size: int) -> tuple[int, float]:
        """Files and kilobytes since then."""
        return self.files - files, (self.size - size) / 1000


@dataclass(frozen=True)
class First:
    """What a first query fetches: files, kilobytes and milliseconds."""

    files: int
    kilobytes: float
    milliseconds: float


class _Counting(http.server.SimpleHTTPRequestHandler):
    """Serves files, texts compressed as hosts do, and counts the bytes of the bodies."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or a body waits 40 ms for the receipt of its headers

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
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Counter]]:
    """Serve a folder on this machine; give its address, and what was sent."""
    counter = Counter()
    handler = functools.partial(_Counting, counter=counter, folder=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", counter
        server.shutdown()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=program, args=flags)
        yield running
        running.close()


@contextmanager
def client(browser: Browser, engine: Engine, where: str) -> Iterator[Page]:
    """A fresh page that holds an engine's client."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{where}bare.html")
    page.evaluate(engine.script)
    yield page
    context.close()


def ranks(page: Page, queries: Sequence[Query]) -> list[int]:
    """For each query the place of the document that is meant, from 1; 0 where it is not in ten."""
    answers = page.evaluate(_BATCH, [query.typed for query in queries])
    return [
        found.index(query.address) + 1 if query.address in found[:10] else 0
        for query, (found, _) in zip(queries, answers, strict=True)
    ]


def reciprocal(places: Sequence[int]) -> float:
    """The mean reciprocal rank among ten."""
    return statistics.mean(1 / place if place else 0 for place in places)


def first(
    browser: Browser, engine: Engine, where: str, counter: Counter, words: Sequence[str]
) -> tuple[First, First]:
    """The medians of what a first query of one word fetches, without and with ten excerpts."""
    rows: dict[str, list[tuple[int, float, float]]] = {"titles": [], "find": []}
    for ask, found in rows.items():
        for word in words:
            files, size = counter.files, counter.size
            with client(browser, engine, where) as page:
                spent = page.evaluate(_TIMED, [ask, word])
            found.append((*counter.since(files, size), spent))
    titles, whole = (
        First(*map(statistics.median, zip(*found, strict=True))) for found in rows.values()
    )
    return titles, whole


def keystroke(page: Page, words: Sequence[str]) -> float:
    """Milliseconds of a keystroke when the files are there: nine in ten take less."""
    page.evaluate(_WARM, list(words))
    times: list[float] = page.evaluate(_WARM, list(words))
    return statistics.quantiles(times, n=10)[-1]
