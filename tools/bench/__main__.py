"""Measure builds: `python -m tools.bench 1000 10000 [--length 2700] [--rivals ...] [--table FILE]`.

All builds run one after the other on this machine, so ratios are valid even on a slow one.
Measured are a process and its children: seconds, CPU seconds, and the peak memory of the largest
process. Results are written after every run, so an interrupted benchmark keeps them. A rival that
fails or is not installed is skipped. `--length` is the number of characters of a document.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import yaml

from tools.bench import corpus, rivals

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
STOCK = "mkdocs, stock with search"
COLD = "seedbed, cold"
STAGE_ALONE = "seedbed, the MkDocs stage alone"
STAGE = """
if __name__ == "__main__":  # a worker runs what stands before, and needs nothing of it
    import gc
    from pathlib import Path
    from generator.cli.entry_point import GC_THRESHOLDS
    from generator.engine.worker_processes import reused_workers
    from generator.publishing import mkdocs_build

    gc.set_threshold(*GC_THRESHOLDS)
    with reused_workers():
        mkdocs_build.build(mkdocs_build.load_project(Path("mkdocs.yml")), Path("stage").resolve())
"""


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
        move_away(project / folder, project)
    (project / "site").rename(project / "hidden")
    try:
        yield
    finally:
        (project / "hidden").rename(project / "site")


def move_away(folder: Path, project: Path) -> None:
    """Move a folder out of a project, if there is one.

    Nothing is removed while anything is measured: on ext4 without a journal, creating files takes
    up to twenty times as long for five minutes after many others were removed.
    """
    if folder.exists():
        folder.rename(tempfile.mkdtemp(dir=project.parent))


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
    program = ROOT / ".venv-hugo/bin/hugo"
    if "hugo" in wanted and program.exists():
        yield from hugo(documents, program, rivals.hugo(project, project.with_name("hugo")))
    zensical = ROOT / ".venv-zensical/bin/zensical"
    if "zensical" in wanted and zensical.exists():
        move_away(project / "site", project)
        build: list[str | Path] = [zensical, "build", "--clean"]
        yield run(documents, "zensical", build, project, "site")


def hugo(documents: int, program: Path, folder: Path) -> Iterator[Row]:
    """Yield a build by Hugo, then with the index that Pagefind makes of the text of its pages."""
    pages = run(documents, "hugo, a plain template", [program, "--quiet"], folder, "public")
    yield pages
    pagefind = ROOT / ".venv-pagefind/bin/python"
    if pagefind.exists():
        command: list[str | Path] = [pagefind, "-m", "pagefind", "--site", "public"]
        command += ["--root-selector", "article"]
        index = run(documents, "pagefind", command, folder, "public")
        yield replace(
            index,
            what="hugo with pagefind",
            seconds=round(pages.seconds + index.seconds, 2),
            cpu=round(pages.cpu + index.cpu, 2),
            memory=max(pages.memory, index.memory),
        )


_COLUMNS = "documents|what|seconds|of cold|of stock|CPU seconds|of cold|of stock|peak MB|output MB"


def table(rows: list[Row]) -> str:
    """Return a Markdown table of rows with their ratios to our cold build and to stock MkDocs."""
    columns = _COLUMNS.split("|")
    lines = [f"| {' | '.join(columns)} |", f"|---:|---|{'---:|' * (len(columns) - 2)}"]
    for row in rows:
        seconds = [ratio(row, base_of(row, rows, what), "seconds") for what in (COLD, STOCK)]
        cpu = [ratio(row, base_of(row, rows, what), "cpu") for what in (COLD, STOCK)]
        cells = [f"{row.documents:,}", row.what, f"{row.seconds:.1f}", *seconds]
        cells += [f"{row.cpu:.1f}", *cpu, f"{row.memory:,}", f"{row.output:,}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def base_of(row: Row, rows: list[Row], what: str) -> Row | None:
    """Return the row of the same size with another measurement."""
    bases = (base for base in rows if (base.documents, base.what) == (row.documents, what))
    return next(bases, None)


def ratio(row: Row, base: Row | None, attribute: str) -> str:
    """Return the ratio of a measurement to that of another row, if there is one."""
    return f"{getattr(row, attribute) / getattr(base, attribute):.2f}" if base else ""


def measure(documents: int, project: Path, wanted: set[str], report: Callable[[Row], None]) -> None:
    """Measure a project with so many documents."""
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
    parser.add_argument("--length", type=int, default=corpus.LENGTH, help="characters of each")
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

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for documents in arguments.sizes:
            project = Path(tempfile.mkdtemp(dir=folder)) / "project"
            run(documents, "new", [PYTHON, "-m", "generator", "new", project], ROOT, "tools")
            corpus.write(project / "seeds", documents, stock, arguments.length)
            measure(documents, project, set(arguments.rivals), report)
    print(f"\n{table(rows)}\n\n{machine()}")


def machine() -> str:
    """Return a sentence about this machine and its load."""
    load = f", load {os.getloadavg()[1]:.1f} in the last five minutes" * hasattr(os, "getloadavg")
    return f"{os.cpu_count()} cores, Python {sys.version.split()[0]}{load}."


if __name__ == "__main__":
    main()
