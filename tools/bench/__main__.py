"""Measure builds: `python -m tools.bench 1000 10000 [--rivals ...] [--json FILE] [--table FILE]`.

Everything runs one after the other on this machine, so that ratios hold even where it is slow.
The figures of a process are its own and its children's: seconds, seconds of CPU, and the peak of
the largest one's memory. What was measured is written after every run, so that an interrupted
night leaves what it has; a rival that fails, or is not installed, is told of and left out.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from tools.bench import corpus, rivals

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
STOCK = "mkdocs, stock with search"
COLD = "seedbed, cold"
STAGE_ALONE = "seedbed, the MkDocs stage alone"
STAGE = "from generator.publishing import site; from pathlib import Path; import sys, dataclasses\n"
STAGE += "if __name__ == '__main__':\n project = site.load(Path('mkdocs.yml'))\n"
STAGE += " site.build(project, Path('stage').resolve())\n"


@dataclass(frozen=True)
class Row:
    """One run."""

    documents: int
    what: str
    seconds: float
    cpu: float
    memory: int
    """Megabytes, of the largest process."""
    output: int
    """Megabytes that lie in the folder it built."""


class FailedError(Exception):
    """A command that did not come to its end, with its last words."""


def run(documents: int, what: str, command: list[str | Path], folder: Path, output: str) -> Row:
    """Run a command to its end and weigh it; raises FailedError when it fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(  # noqa: S603  (commands of our own)
            command, cwd=folder, stdout=told, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            told.seek(0)
            last = told.read()[-2000:].decode("utf-8", "replace")
            raise FailedError(f"{what}: {' '.join(map(str, command))} failed\n{last}")
    unit = 1 if sys.platform == "darwin" else 1024
    return Row(
        documents,
        what,
        round(seconds, 2),
        round(used.ru_utime + used.ru_stime, 2),
        used.ru_maxrss * unit // 2**20,
        megabytes(folder / output),
    )


def megabytes(folder: Path) -> int:
    """Give the size of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 2**20


def ours(documents: int, project: Path) -> Iterator[Row]:
    """Build cold, unchanged, with one seed edited and another, with one name merged; then parts.

    The first edit makes the folder aside, and pays for it; every later one finds it there.
    """
    seedbed: list[str | Path] = [PYTHON, "-m", "generator", "build"]
    check: list[str | Path] = [PYTHON, "-m", "generator", "check"]

    def build(what: str) -> Row:
        return run(documents, f"seedbed, {what}", seedbed, project, "site")

    yield build("cold")
    yield build("unchanged")
    seeds = sorted((project / "seeds").rglob("*.txt"))
    for seed, what in (
        (documents // 2, "one seed edited"),
        (documents // 3, "another seed edited"),
    ):
        edit(seeds[seed])
        yield build(what)
    merge_two_names(project)
    yield build("one name merged")
    yield run(documents, "seedbed check, from the files alone", check, project, "site")
    stage: list[str | Path] = [PYTHON, "stage.py"]
    (project / "stage.py").write_text(STAGE, "utf-8")
    with nothing_rendered(project):
        yield run(documents, STAGE_ALONE, stage, project, "stage")
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 2:
        all_cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, sorted(all_cores)[:2])
        with nothing_rendered(project):
            yield run(documents, f"{STAGE_ALONE}, on two cores", stage, project, "stage")
        os.sched_setaffinity(0, all_cores)


def edit(seed: Path) -> None:
    """Add a sentence to a document."""
    seed.write_text(seed.read_text("utf-8") + "\nOne more sentence about the bridge.\n", "utf-8")


@contextmanager
def nothing_rendered(project: Path) -> Iterator[None]:
    """Hide all that the MkDocs stage could take over from earlier builds."""
    for folder in (".seedbed/pages", "stage"):
        shutil.rmtree(project / folder, ignore_errors=True)
    (project / "site").rename(project / "hidden")
    try:
        yield
    finally:
        (project / "hidden").rename(project / "site")


def merge_two_names(project: Path) -> None:
    """Decide that the two people named most are one."""
    lines = (project / "docs/data/entities.csv").read_text("utf-8").splitlines()
    people = [line.split(",")[2] for line in lines[1:] if ",person," in line]
    if len(people) > 1:
        entry = yaml.safe_dump({"names": {"merge": {people[0]: [people[1]]}}})
        (project / "seeds/corrections.yml").write_text(entry, "utf-8")


def others(documents: int, project: Path, wanted: set[str]) -> Iterator[Row]:
    """Build the same pages with others, each from an environment of its own where it needs one."""
    if "mkdocs" in wanted:
        config = rivals.stock_mkdocs(project)
        stock: list[str | Path] = [PYTHON, "-m", "mkdocs", "build", "-q", "-f", config]
        yield run(documents, STOCK, [*stock, "-d", "stock"], project, "stock")
        shutil.rmtree(project / "stock")
    program = ROOT / ".venv-hugo/bin/hugo"
    if "hugo" in wanted and program.exists():
        folder = rivals.hugo(project, project.with_name("hugo"))
        yield run(documents, "hugo, a plain template", [program, "--quiet"], folder, "public")
        shutil.rmtree(folder)
    zensical = ROOT / ".venv-zensical/bin/zensical"
    if "zensical" in wanted and zensical.exists():
        shutil.rmtree(project / "site")
        build: list[str | Path] = [zensical, "build", "--clean"]
        yield run(documents, "zensical", build, project, "site")


def table(rows: list[Row]) -> str:
    """Write rows as a table in Markdown, each with its ratios to our cold build and to stock."""
    lines = [
        "| documents | what | seconds | of cold | of stock | CPU seconds | peak MB | output MB |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
    ]
    for row in rows:
        ratios = (ratio(row, rows, COLD), ratio(row, rows, STOCK))
        lines.append(
            f"| {row.documents:,} | {row.what} | {row.seconds:.1f} | {' | '.join(ratios)}"
            f" | {row.cpu:.1f} | {row.memory} | {row.output} |"
        )
    return "\n".join(lines)


def ratio(row: Row, rows: list[Row], what: str) -> str:
    """Give a row's seconds as a part of those of another of its size, if it was measured."""
    others = [one for one in rows if (one.documents, one.what) == (row.documents, what)]
    return f"{row.seconds / others[0].seconds:.3f}" if others else ""


def measure(
    documents: int, stock: list[str], wanted: set[str], tell: Callable[[Row], None]
) -> None:
    """Measure one size in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder) / "project"
        run(documents, "new", [PYTHON, "-m", "generator", "new", project], ROOT, "tools")
        corpus.write(project / "seeds", documents, stock)
        for part in (ours(documents, project), others(documents, project, wanted)):
            try:
                for row in part:
                    tell(row)
            except FailedError as error:
                print(error, file=sys.stderr)


def main() -> None:
    """Measure every size that is asked for."""
    parser = argparse.ArgumentParser(prog="tools.bench")
    parser.add_argument("sizes", type=int, nargs="*", default=[1000], help="documents")
    parser.add_argument("--rivals", nargs="*", default=["mkdocs", "hugo", "zensical"])
    parser.add_argument("--json", type=Path, help="write the rows there too")
    parser.add_argument("--table", type=Path, help="write the table there too")
    asked = parser.parse_args()
    shared = Path(os.environ.get("SEEDBED_SHARED", ROOT.parent / "shared"))
    stock = corpus.paragraphs(shared / "corpora")
    rows: list[Row] = []

    def tell(row: Row) -> None:
        print(row, flush=True)
        rows.append(row)
        if asked.json:
            asked.json.write_text(json.dumps([asdict(one) for one in rows], indent=1), "utf-8")
        if asked.table:
            asked.table.write_text(f"{table(rows)}\n\n{machine()}\n", "utf-8")

    for documents in asked.sizes:
        measure(documents, stock, set(asked.rivals), tell)
    print(f"\n{table(rows)}\n\n{machine()}")


def machine() -> str:
    """Say in a sentence what the figures were taken on, and how busy it is."""
    busy = f", load {os.getloadavg()[1]:.1f} in the last five minutes" * hasattr(os, "getloadavg")
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}{busy}."


if __name__ == "__main__":
    main()
