"""A run that would only do once more what the last one did is known before anything is loaded."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from generator.pipeline.docs_state import docs_state
from generator.pipeline.generate import generate
from generator.pipeline.last_run import DATABASE_FILE, result_if_current
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from tests.support import ROOT, make_project

NOT_LOADED = {
    *("generator.pipeline.generate", "generator.pipeline.sources", "generator.reading"),
    *("generator.linking", "generator.corrections", "generator.search", "generator.writing.pages"),
    *("generator.checking.check", "generator.checking.page_proof"),
    *("generator.publishing.checked_build", "generator.text.person_names"),
    *("numpy", "selectolax", "mkdocs", "jinja2", "yaml", "babel"),
}
"""Packages and modules that only a build with something to do needs."""

SEEDS: dict[str, str | bytes] = {"a.txt": "A note\n\nThe old bridge.\n"}


def test_what_is_touched_on_either_side_is_noticed(tmp_path: Path) -> None:
    """A seed, a page, a file more or less."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    assert result_if_current(settings) is None
    report = generate(settings).report
    seen = result_if_current(settings)
    assert seen is not None
    assert seen.report.documents == report.documents == 1
    assert seen.report.written == 0
    page = tmp_path / "docs/documents/undated/a-note/index.md"
    for change in (
        lambda: os.utime(page, (1, 1)),
        page.unlink,
        lambda: os.utime(tmp_path / "seeds/a.txt", (1, 1)),
        lambda: (tmp_path / "seeds/b.txt").write_text("Another\n"),
        lambda: (tmp_path / "docs/data/more.csv").write_text("1"),
        lambda: shutil.rmtree(tmp_path / "docs/documents"),
        (tmp_path / "seeds/b.txt").unlink,
    ):
        change()
        assert result_if_current(settings) is None
        generate(settings)
        assert result_if_current(settings)
        state = docs_state(tmp_path / DATABASE_FILE, settings.docs)
        assert state.left == {}
        assert state.intact == state.snapshot


def test_a_preview_is_no_run_that_is_to_be_published(tmp_path: Path) -> None:
    """It makes no address last; but of what was published it has nothing to make again."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    generate(settings, Options(save_addresses=False))
    assert result_if_current(settings) is None
    assert generate(settings).report.documents == 1
    assert (tmp_path / "addresses.csv").exists()
    assert generate(settings, Options(save_addresses=False)).report.written == 0
    assert result_if_current(settings) is not None


def test_an_unchanged_build_loads_nothing_that_makes_or_checks_pages(tmp_path: Path) -> None:
    """Not to load it is most of what such a build saves; the first build loads all of it."""
    make_project(tmp_path, SEEDS)
    first, second = (_loaded_by_build(tmp_path) for _ in range(2))
    assert first >= NOT_LOADED
    assert not second & NOT_LOADED


def _loaded_by_build(folder: Path) -> set[str]:
    """Build a project in a process of its own, and return the names of the modules it imported."""
    command = [sys.executable, "-X", "importtime", "-m", "generator", "build"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=folder, env=environment
    )
    lines = result.stderr.splitlines()
    return {line.rpartition("|")[2].strip() for line in lines if line.startswith("import time:")}
