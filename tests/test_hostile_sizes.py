"""Long texts of every hostile shape: one seed never keeps all others waiting."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import make_project
from tools.bench import hostile

_SIZE = 400_000
_LIMIT = 120
"""Seconds of CPU after which the system ends a build. It takes some 10 of them; what reads a text
once for each of its characters takes hours."""


@pytest.mark.slow
@pytest.mark.parametrize("shape", [name for name, _ in hostile.shapes(1)])
def test_a_long_text_of_any_shape_is_built(tmp_path: Path, shape: str) -> None:
    """From the seed to the proved site."""
    text = dict(hostile.shapes(_SIZE))[shape]
    make_project(tmp_path, {"a.txt": text, "b.txt": "A note\n\nIt rained.\n"})

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (_LIMIT, _LIMIT))

    command = [sys.executable, "-m", "generator", "build", "--jobs", "1"]
    done = subprocess.run(
        command, check=False, cwd=tmp_path, preexec_fn=bounded, capture_output=True, text=True
    )
    assert done.returncode in {0, 1}, done.stderr[-1000:]
    assert (tmp_path / "site/documents/undated/a-note/index.html").exists()
