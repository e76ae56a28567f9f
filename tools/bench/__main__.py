"""Measure builds: `python -m tools.bench 1000 10000 [--rivals ...] [--json FILE] [--table FILE]`.

All builds run one after the other on this machine, so ratios are valid even on a slow one.
Measured are a process and its children: seconds, CPU seconds, and the peak memory of the largest
process. Results are written after every run, so an interrupted benchmark keeps them. A rival that
fails or is not installed is skipped.
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
STAGE = "from generator.publishing import mkdocs_build; from pathlib import Path\n"
STAGE += "if __name__ == '__main__':\n project = mkdocs_build.load_project(Path('mkdocs.yml'))\n"
STAGE += " mkdocs_build.build(project, Path('stage').resolve())\n"


@dataclass(frozen=True)
class Row:
    """The measurements of one run."""

    documents: int
    what: str
    seconds: float
    cpu: float
    memory: int
    """Megabytes of the largest process."""
    output: int
    """Megabytes of the folder that it built."""


class FailedError(Exception):
    """A command failed; the message has the end of its output."""


def run(documents: int, what: str, command: list[str | Path], folder: Path, output: str) -> Row:
    """Run a command and return its measurements; raises FailedError if it fails."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output_file:
        process = subprocess.Popen(  # noqa: S603  (commands of our own)
            command, cwd=folder, stdout=output_file, stderr=subprocess.STDOUT
        )
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output_file.seek(0)
            last = output_file.read()[-2000:].decode("utf-8", "replace")
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
    """Return the size of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) // 2**20


def ours(documents: int, project: Path) -> Iterator[Row]:
    """Yield builds from scratch, unchanged, with one seed edited, another one, and a name merged.

    The first edit also creates the staging folder; later edits find it there. Then the check and
    the MkDocs stage are measured alone.
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
    """Hide everything that the MkDocs stage could reuse from earlier builds."""
    for folder in (".seedbed/pages", "stage"):
        shutil.rmtree(project / folder, ignore_errors=True)
    (project / "site").rename(project / "hidden")
    try:
        yield
    finally:
        (project / "hidden").rename(project / "site")


def merge_two_names(project: Path) -> None:
    """Merge the two people that are mentioned most."""
    lines = (project / "docs/data/entities.csv").read_text("utf-8").splitlines()
    people = [line.split(",")[2] for line in lines[1:] if ",person," in line]
    if len(people) > 1:
        entry = yaml.safe_dump({"names": {"merge": {people[0]: [people[1]]}}})
        (project / "seeds/corrections.yml").write_text(entry, "utf-8")


def others(documents: int, project: Path, wanted: set[str]) -> Iterator[Row]:
    """Yield builds of the same pages by other generators, as far as they are installed."""
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
    """Return a Markdown table of rows with their ratios to our cold build and to stock MkDocs."""
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
    """Return the ratio of a row's seconds to those of another row of its size, if there is one."""
    bases = [base for base in rows if (base.documents, base.what) == (row.documents, what)]
    return f"{row.seconds / bases[0].seconds:.3f}" if bases else ""


def measure(
    documents: int, stock: list[str], wanted: set[str], report: Callable[[Row], None]
) -> None:
    """Measure one size in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder) / "project"
        run(documents, "new", [PYTHON, "-m", "generator", "new", project], ROOT, "tools")
        corpus.write(project / "seeds", documents, stock)
        for part in (ours(documents, project), others(documents, project, wanted)):
            try:
                for row in part:
                    report(row)
            except FailedError as error:
                print(error, file=sys.stderr)


def main() -> None:
    """Measure every size in the arguments."""
    parser = argparse.ArgumentParser(prog="tools.bench")
    parser.add_argument("sizes", type=int, nargs="*", default=[1000], help="documents")
    parser.add_argument("--rivals", nargs="*", default=["mkdocs", "hugo", "zensical"])
    parser.add_argument("--json", type=Path, help="write the rows there too")
    parser.add_argument("--table", type=Path, help="write the table there too")
    arguments = parser.parse_args()
    shared = Path(os.environ.get("SEEDBED_SHARED", ROOT.parent / "shared"))
    stock = corpus.paragraphs(shared / "corpora")
    rows: list[Row] = []

    def report(row: Row) -> None:
        print(row, flush=True)
        rows.append(row)
        if arguments.json:
            arguments.json.write_text(
                json.dumps([asdict(each) for each in rows], indent=1), "utf-8"
            )
        if arguments.table:
            arguments.table.write_text(f"{table(rows)}\n\n{machine()}\n", "utf-8")

    for documents in arguments.sizes:
        measure(documents, stock, set(arguments.rivals), report)
    print(f"\n{table(rows)}\n\n{machine()}")


def machine() -> str:
    """Return a sentence about this machine and its load."""
    load = f", load {os.getloadavg()[1]:.1f} in the last five minutes" * hasattr(os, "getloadavg")
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}{load}."


if __name__ == "__main__":
    main()
