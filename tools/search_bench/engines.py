"""The two engines: how each builds its index, and how its client is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.search_bench.corpus import ROOT

PAGEFIND = ROOT / ".venv-pagefind" / "bin" / "python"


@dataclass(frozen=True)
class Engine:
    """A search engine, with the script that loads and calls its client in a page."""

    name: str
    folder: str
    script: str
    """Defines `window.find(query)`, which returns addresses, best first, after reading pages."""


OURS = Engine(
    "Seedbed",
    "search",
    """async () => {
      const client = await import(new URL('assets/search-passages.js', document.baseURI));
      window.titles = async (query) => (await client.searchPhrases({ query })).answer.total;
      window.all = async (query) =>
        (await client.searchPhrases({ query, count: 50 })).answer.results.map(
          (result) => result.address);
      window.find = async (query) => {
        const found = await client.searchPhrases({ query });
        return (await client.rankByPassage(found)).slice(0, 10).map(({ result }) => result.address);
      };
    }""",
)
THEIRS = Engine(
    "Pagefind",
    "pagefind",
    """async () => {
      const client = await import(new URL('pagefind/pagefind.js', document.baseURI));
      window.titles = async (query) => (await client.search(query)).results.length;
      const read = async (results) => {
        const pages = await Promise.all(results.map((result) => result.data()));
        return pages.map((page) => page.url.replace(/^\\//, ''));
      };
      window.all = async (query) => read((await client.search(query)).results.slice(0, 50));
      window.find = async (query) => read((await client.search(query)).results.slice(0, 10));
    }""",
)


@dataclass(frozen=True)
class Cost:
    """The cost of an index."""

    seconds: float
    """CPU seconds on all cores."""
    steps: dict[str, float]
    """Seconds of our steps: splitting texts, indexing, and detecting that nothing changed."""
    memory: float
    """Peak memory in megabytes."""
    files: int
    size: float
    """Megabytes of all files."""


def build(engine: Engine, size: int, site: Path) -> Cost:
    """Build the index of an engine in a new process; raises CalledProcessError if that fails."""
    ours: Sequence[str | Path] = (sys.executable, "-m", "tools.search_bench.build", str(size), site)
    theirs: Sequence[str | Path] = (PAGEFIND, "-m", "pagefind", "--site", site)
    command = ours if engine is OURS else theirs
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    files = [path for path in (site / engine.folder).rglob("*") if path.is_file()]
    steps: dict[str, float] = json.loads(printed) if engine is OURS else {}
    own_seconds = sum(duration for step, duration in steps.items() if step != "unchanged")
    return Cost(
        seconds=own_seconds or used.ru_utime + used.ru_stime,
        steps=steps,
        memory=used.ru_maxrss / 1024,
        files=len(files),
        size=sum(path.stat().st_size for path in files) / 1e6,
    )
