"""Real files of every format: each is restored, or refused with a remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.reading.formats.omissions import withheld
from generator.reading.formats.open_reading import open_reading
from generator.reading.read import read_document
from tests.reading.formats.test_text_formats import assert_restores
from tests.support import ROOT, seed, skip_unless

FOLDER = Path(os.environ.get("SEEDBED_SHARED") or ROOT.parent / "shared") / "formats"


def files() -> list[Path]:
    """Return the files that may be read in this process."""
    found = sorted(path for path in FOLDER.rglob("*") if path.is_file() and path.suffix != ".md")
    return [path for path in found if "bomb" not in path.name and "doubling" not in path.name]


@pytest.mark.parametrize("path", files() or [None], ids=lambda path: path and path.name)
def test_a_file_is_restored_or_refused(path: Path | None) -> None:
    """And words that are withheld are in none of its blocks and values."""
    skip_unless(path, "the files of all formats")
    assert path is not None
    source = seed(path.read_bytes(), path.name)
    document, problems = read_document(source)
    if document is not None:
        assert_restores(document, source.data, path.name)
        hidden = withheld(document.origin.omissions) if document.origin else []
        assert bool(hidden) == any(problem.code == "W090" for problem in problems)
    elif not (reading := open_reading(path.name, source.data).reading):
        assert all(problem.hint for problem in problems)
        assert problems
    else:
        assert reading.parts
