"""Long texts of every hostile shape: one seed never keeps all others waiting."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import make_project
from tools.bench import hostile

_SIZE = 200_000
_BATCH = 8
"""Shapes in one build, which takes a minute of CPU at most."""
_LIMIT = 300
"""Seconds of CPU after which the system ends a build. A step whose cost grows with the square of
a text's length takes hours."""

SHAPES = [name for name, _ in hostile.shapes(1)]
BATCHES = [tuple(SHAPES[start : start + _BATCH]) for start in range(0, len(SHAPES), _BATCH)]


@pytest.mark.slow
@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: batch[0])
def test_long_texts_of_any_shape_are_built(tmp_path: Path, batch: tuple[str, ...]) -> None:
    """From the seed to the checked site."""
    texts = dict(hostile.shapes(_SIZE))
    seeds: dict[str, str | bytes] = {
        f"{index}.txt": texts[shape] for index, shape in enumerate(batch)
    }
    make_project(tmp_path, {**seeds, "note.txt": "A note\n\nIt rained.\n"})

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_LIMIT, _LIMIT))

    command = [sys.executable, "-m", "generator", "build", "--jobs", "1"]
    done = subprocess.run(
        command, check=False, cwd=tmp_path, preexec_fn=bounded, capture_output=True, text=True
    )
    assert done.returncode in {0, 1}, done.stderr[-1000:]
    assert (tmp_path / "site/documents/undated/a-note/index.html").exists()
