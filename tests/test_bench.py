"""The benchmark runs: its figures are for people to read, and no test holds them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT


@pytest.mark.slow
def test_every_case_is_measured(tmp_path: Path) -> None:
    """On a very small corpus, without the others that need environments of their own."""
    rows = tmp_path / "rows.json"
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "tools.bench",
        "30",
        "--rivals",
        "mkdocs",
        "--json",
        rows,
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    two_cores = ["seedbed, the MkDocs stage alone, on two cores"] * ((os.cpu_count() or 1) > 2)
    measured = {row["what"]: row for row in json.loads(rows.read_text())}
    assert list(measured) == [
        "seedbed, cold",
        "seedbed, unchanged",
        "seedbed, one seed edited",
        "seedbed, another seed edited",
        "seedbed, one name merged",
        "seedbed check, from the files alone",
        "seedbed, the MkDocs stage alone",
        *two_cores,
        "mkdocs, stock with search",
    ]
    assert all(row["seconds"] > 0 and row["output"] > 0 for row in measured.values())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("module", "message"),
    [
        (["tools.bench.related", "40"], "40 documents, "),
        (["tools.bench.simulation", "40"], "| index of the search | "),
        (["tools.search_bench.build", "40"], '"indexing words": '),
    ],
)
def test_a_bench_of_one_stage_prints_its_figures(
    module: list[str], message: str, tmp_path: Path
) -> None:
    """How documents are compared, the stages of all documents, and the index of the search."""
    more = [tmp_path] if "build" in module[0] else []
    command: list[str | Path] = [sys.executable, "-m", *module, *more]
    printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    assert message in printed
