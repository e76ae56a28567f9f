"""How soon a decision is seen: `python -m tools.bench.desk PROJECT [--rounds 3]`.

A preview with a desk is started for a project that was built. Each kind of decision is made as the
desk's script makes it, and the page on which it was made is asked for, as a browser does, until it
shows the decision. Then the decision is taken back. Printed are the seconds and the CPU seconds of
the preview and its workers until the page showed it, and the CPU seconds until the preview was at
rest; of several rounds the medians. On a busy machine only CPU seconds can be compared.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

_PAUSE = 0.02
"""Seconds between two looks at a page."""

_REST = 0.3
"""Seconds without CPU time after which a preview is at rest."""

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Preview:
    """A project that is served with a desk."""

    process: int
    address: str

    def page(self, path: str) -> str:
        """Return a page, or the page that says there is none."""
        return self._answer(urllib.request.Request(self.address + quote(path)))  # noqa: S310

    def post(self, name: str, body: Mapping[str, Any]) -> Any:
        """Send the desk a request, as a page of the preview does."""
        head = {
            "Content-Type": "application/json",
            "Origin": self.address.rstrip("/"),
            "X-Seedbed-Token": self.token(),
        }
        url = f"{self.address}_desk/{name}"
        data = json.dumps(body).encode() if body else None
        with urllib.request.urlopen(urllib.request.Request(url, data, head)) as answer:  # noqa: S310
            return json.load(answer)

    def token(self) -> str:
        """Return the token that the pages of the preview have."""
        (token,) = re.findall(r'data-token="([^"]+)"', self.page("_desk/"))
        return str(token)

    def cpu(self) -> float:
        """Return the CPU seconds of the preview and its workers so far."""
        return sum(_cpu(process) for process in (self.process, *_children(self.process)))

    def rest(self) -> None:
        """Wait until nothing is done any more."""
        before = -1.0
        while (now := self.cpu()) > before:
            before = now
            time.sleep(_REST)
            self.page("")  # which waits for a rebuild

    @staticmethod
    def _answer(request: urllib.request.Request) -> str:
        try:
            with urllib.request.urlopen(request) as answer:  # noqa: S310  (of this machine)
                return str(answer.read().decode())
        except urllib.error.HTTPError as error:
            return f"{error.code} {error.read().decode()}"


def _cpu(process: int) -> float:
    """Return the CPU seconds of a process and of its children that ended."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS


def _children(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, children.read_text().split())


@contextmanager
def serve(project: Path) -> Iterator[Preview]:
    """Serve a project with a desk until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "generator", "serve", "-a", f"127.0.0.1:{port}"]
    log = project / ".seedbed" / "serve.log"
    with log.open("w") as output:
        process = subprocess.Popen(command, cwd=project, stderr=output, stdout=output)  # noqa: S603
    try:
        while "Serving on" not in log.read_text():
            if process.poll() is not None:
                raise SystemExit(log.read_text())
            time.sleep(0.1)
        yield Preview(process.pid, f"http://127.0.0.1:{port}/")
    finally:
        process.terminate()
        process.wait()


@dataclass(frozen=True)
class Decision:
    """A decision, the page on which it is made, and how that page shows it."""

    kind: str
    page: str
    body: Mapping[str, Any]
    is_shown: Callable[[str], bool]


def decisions(project: Path, number: int, preview: Preview) -> Iterator[Decision]:
    """Yield a decision of each kind, about other documents for each number."""
    document = _rows(project / "docs/data/documents.csv")[10 + number]
    seed, page = document["path"], f"{document['address']}"
    title = f"Bridge number {number}"
    yield Decision("title", page, _field(seed, "title", title), lambda it: f">{title}" in it)
    day = f"19{60 + number}-11-23"
    yield Decision("date", page, _field(seed, "date", day), lambda it: f'"{day}"' in it)
    paragraph, words = _plain_words(preview.page(page))
    here = {"seed": seed, "paragraph": paragraph}
    mention = {"words": words, "name": f"Ada {words}", "kind": "person", "here": here}
    yield Decision("mention", page, mention, lambda it: f">{words}</a>" in it)
    first, second = _people(project)[2 * number : 2 * number + 2]
    merge = {"name": first["name"], "map": "merge", "value": [second["name"]]}
    yield Decision("merge", first["id"] + "/", merge, lambda it: second["name"] in _main(it))
    suppress = {"name": first["name"], "map": "suppress", "value": None}
    yield Decision("suppress", first["id"] + "/", suppress, lambda it: it.startswith("404"))
    withdrawn = _field(seed, "withdrawn", {"reason": "a mistake"})
    yield Decision("withdraw", page, withdrawn, lambda it: f'id="{paragraph}"' not in it)


def _field(seed: str, field: str, value: object) -> Mapping[str, Any]:
    return {"seed": seed, "field": field, "value": value}


def _rows(table: Path) -> list[dict[str, str]]:
    csv.field_size_limit(2**30)
    return [*csv.DictReader(table.read_text("utf-8-sig").splitlines())]


def _people(project: Path) -> list[dict[str, str]]:
    rows = _rows(project / "docs/data/entities.csv")
    return [row for row in rows if row["kind"] == "person" and row["address"]]


def _main(page: str) -> str:
    return page.partition("<main")[2]


def _plain_words(page: str) -> tuple[str, str]:
    """Return a paragraph's id and a word of it that no rule takes for a name."""
    for paragraph, text in re.findall(r'<p id="(p-[0-9a-f]+)"[^>]*>([^<]{40,})', page):
        for word in re.findall(r"\b[a-z]{9,}\b", text):
            return str(paragraph), str(word)
    raise SystemExit("a page has no paragraph without names")


class Cost(NamedTuple):
    """What a decision costs."""

    seconds: float
    """Until its page shows it."""
    cpu: float
    """CPU seconds until then."""
    cpu_in_all: float
    """CPU seconds until everything is made again."""


def measure(preview: Preview, decision: Decision) -> Cost:
    """Return what a decision costs; it is taken back."""
    state = preview.post(f"state?page={quote(decision.page)}", {})
    preview.rest()
    cpu, start = preview.cpu(), time.monotonic()
    body = {"decisions": [decision.body], "version": state["version"], "page": decision.page}
    preview.post("decide", body)
    shown = _wait(preview, decision, shown=True) - start
    used = preview.cpu() - cpu
    preview.rest()
    in_all = preview.cpu() - cpu
    state = preview.post(f"state?page={quote(decision.page)}", {})
    preview.post("undo", {"version": state["version"], "page": decision.page})
    _wait(preview, decision, shown=False)
    preview.rest()
    return Cost(shown, used, in_all)


def _wait(preview: Preview, decision: Decision, *, shown: bool) -> float:
    """Wait until a page shows a decision, or does so no longer; return the time."""
    end = time.monotonic() + 120
    while decision.is_shown(preview.page(decision.page)) is not shown:
        if time.monotonic() > end:
            raise SystemExit(f"{decision.kind} is not seen on {decision.page}")
        time.sleep(_PAUSE)
    return time.monotonic()


def main() -> None:
    """Print a table of all kinds of decisions."""
    parser = argparse.ArgumentParser(prog="tools.bench.desk")
    parser.add_argument("project", type=Path, help="a project that was built")
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    seconds: dict[str, list[Cost]] = {}
    with serve(arguments.project) as preview:
        for number in range(arguments.rounds):
            for decision in decisions(arguments.project, number, preview):
                measured = measure(preview, decision)
                seconds.setdefault(decision.kind, []).append(measured)
                print(decision.kind, *(f"{value:.2f}" for value in measured), flush=True)
    print("kind      seconds    CPU  in all")
    for kind, rows in seconds.items():
        middle = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"{kind:10}", *(f"{value:6.2f}" for value in middle))


if __name__ == "__main__":
    main()
