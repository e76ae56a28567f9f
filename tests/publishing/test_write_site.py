"""The files of a site are the same whoever writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.publishing.rendering import write_site
from generator.publishing.rendering.write_site import SiteFiles, copy_into
from tests.support import tree


@pytest.mark.parametrize("jobs", [1, 2])
def test_files_are_written_with_their_folders(
    tmp_path: Path, jobs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Existing files are replaced, in one process or in several."""
    monkeypatch.setattr(write_site, "_FILES_PER_WORKER", 1)
    monkeypatch.setattr(write_site, "_BATCH_SIZE", 2)
    sources = {f"{number % 3}/{number}/index.html": str(number) for number in range(9)}
    for text in sources.values():
        (tmp_path / text).write_text(text)
    files = {path: str(tmp_path / text) for path, text in sources.items()}
    site = tmp_path / "site"
    (site / "0/0").mkdir(parents=True)
    (site / "0/0/index.html").write_text("old")
    copy_into(
        site, SiteFiles(files, {f"copies/{path}": file for path, file in files.items()}), jobs
    )
    expected = {path: text.encode() for path, text in sources.items()}
    assert tree(site) == expected | {f"copies/{path}": text for path, text in expected.items()}
