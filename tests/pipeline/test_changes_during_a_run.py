"""A seed that changes while a run reads it, and is then as it was: nothing of the change stays."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.settings import Settings
from tests.picture_files import drawing
from tests.reading.formats.making import zipped
from tests.support import make_project, tree

SEEDS: dict[str, str | bytes] = {
    "a.txt": "The ferry\n\nIt sails at noon.\n",
    "b.md": "# The mill\n\nIt stands at the river.\n\n![The mill](mill.png)\n",
    "mill.png": drawing(),
    "c.zip": zipped({"m.txt": "The orchard\n\nIt has apples.\n"}),
}


class ChangeAtOpening:
    """Replaces a file right before it is opened for the n-th time; Python tells of each opening."""

    def __init__(self, path: Path, data: bytes) -> None:
        self.path, self.data = path, data
        self.left = -1
        sys.addaudithook(self.watch)

    def watch(self, event: str, arguments: tuple[object, ...]) -> None:
        """Count the openings, and replace the file when it is time."""
        if self.left > 0 and event == "open" and str(arguments[0]) == str(self.path):
            self.left -= 1
            if self.left == 0:
                self.path.write_bytes(self.data)

    def arm(self, number: int) -> None:
        """Replace the file at this opening."""
        self.left = number

    def disarm(self) -> bool:
        """Replace it no more, and return whether it was replaced."""
        was_replaced, self.left = self.left == 0, -1
        return was_replaced


def project_settings(folder: Path) -> Settings:
    """Return the settings of a project, whose run uses one process."""
    return replace(mkdocs_build.load_project(folder / "mkdocs.yml").settings, jobs=1)


Change = Callable[[], bytes]


@pytest.mark.parametrize(
    ("name", "before", "during"),
    [
        ("a.txt", lambda: b"The ferry\n\nAt one.\n", lambda: b"The ferry\n\nAt two.\n"),
        ("a.txt", lambda: b"The ferry\n\nAt one.\n", lambda: b""),
        pytest.param("mill.png", lambda: drawing(70), lambda: drawing(80), marks=pytest.mark.slow),
        pytest.param(
            "mill.png", lambda: drawing(70), lambda: b"no picture", marks=pytest.mark.slow
        ),
        (
            "c.zip",
            lambda: zipped({"m.txt": "The orchard\n\nIt has pears.\n"}),
            lambda: zipped({"m.txt": "The orchard\n\nIt has plums.\n"}),
        ),
        pytest.param(
            "c.zip",
            lambda: zipped({"m.txt": "The orchard\n\nIt has pears.\n"}),
            lambda: zipped({"n.txt": "The tower\n\nIt has bells.\n"}),
            marks=pytest.mark.slow,
        ),
    ],
    ids=["text", "emptied text", "picture", "damaged picture", "part", "other parts"],
)
def test_a_change_during_a_run_that_is_undone_leaves_nothing(
    tmp_path: Path, name: str, before: Change, during: Change
) -> None:
    """Whichever opening of the file it comes before: the next run equals a first one."""
    project, fresh = tmp_path / "project", tmp_path / "fresh"
    make_project(project, SEEDS)
    shutil.copytree(project, fresh)
    (fresh / "seeds" / name).write_bytes(before())
    generate(project_settings(fresh))
    expected = tree(fresh / "docs")
    settings = project_settings(project)
    generate(settings)
    seed, start = settings.seeds / name, tmp_path / "start"
    seed.write_bytes(before())
    shutil.copytree(project, start)
    change, number = ChangeAtOpening(seed, during()), 0
    while True:
        number += 1
        shutil.rmtree(project)
        shutil.copytree(start, project)
        change.arm(number)
        generate(settings)
        if not change.disarm():
            break
        seed.write_bytes(before())
        generate(settings)
        after = tree(settings.docs)
        assert after.keys() == expected.keys(), f"opening {number}"
        different = {path for path in expected if after[path] != expected[path]}
        assert different <= {".seedbed"}, f"opening {number}"
    assert number > 2
