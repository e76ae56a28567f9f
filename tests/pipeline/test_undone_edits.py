"""An edit that a later run undoes leaves nothing behind that would decide addresses."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from tests.support import RELEASED, make_project, tree

SEEDS: dict[str, str | bytes] = {
    f"{number}.txt": f"The harbour of Lima {number}\n\n1{number} May 1990\n\nIt was rebuilt.\n"
    for number in range(5)
}

TITLE = "documents:\n  2.txt:\n    title: Another title\n"


def rewrite(folder: Path) -> None:
    """Another title and other words in a seed."""
    (folder / "seeds/2.txt").write_text("Another title\n\n12 May 1990\n\nIt burned.\n", "utf-8")


def redate(folder: Path) -> None:
    """Another year in a seed."""
    seed = folder / "seeds/2.txt"
    seed.write_text(seed.read_text("utf-8").replace("1990", "1991"), "utf-8")


def correct(folder: Path) -> None:
    """Another title by a person, with the same words in the seed."""
    (folder / "seeds/corrections.yml").write_text(TITLE, "utf-8")


def undo(folder: Path) -> None:
    """Make the project as it was."""
    (folder / "seeds/2.txt").write_text(str(SEEDS["2.txt"]), "utf-8")
    (folder / "seeds/corrections.yml").unlink(missing_ok=True)


def run(folder: Path, options: Options) -> list[tuple[str, ...]]:
    """Write the docs folder, and return what the table of addresses has, but for days."""
    generate(mkdocs_build.load_project(folder / "mkdocs.yml").settings, options)
    with (folder / "addresses.csv").open(encoding="utf-8", newline="") as file:
        columns = ("seed", "address", "sha256", "words")
        return [tuple(row[name] for name in columns) for row in csv.DictReader(file)]


@pytest.mark.parametrize("edit", [rewrite, redate, correct])
def test_a_draft_has_the_address_that_it_had(tmp_path: Path, edit: Callable[[Path], None]) -> None:
    """Nobody has seen the other one."""
    make_project(tmp_path, SEEDS)
    before, files = run(tmp_path, Options()), tree(tmp_path / "docs").keys()
    edit(tmp_path)
    assert run(tmp_path, Options()) != before
    undo(tmp_path)
    assert run(tmp_path, Options()) == before
    assert tree(tmp_path / "docs").keys() == files


def test_the_table_has_the_words_that_a_document_has_now(tmp_path: Path) -> None:
    """By them a seed that was renamed is found again, and what copies a withdrawn one."""
    make_project(tmp_path, SEEDS)
    before = run(tmp_path, RELEASED)
    rewrite(tmp_path)
    assert run(tmp_path, Options()) != before
    undo(tmp_path)
    assert run(tmp_path, Options()) == before
