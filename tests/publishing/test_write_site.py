"""The files of a site are the same whoever writes them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Set
from dataclasses import replace
from pathlib import Path

import pytest

from generator.files.file_list import write_list
from generator.files.listings import changed_listings
from generator.files.names_by_folder import names_of
from generator.files.snapshot import Snapshot, take_snapshot
from generator.publishing.rendering import write_site
from generator.publishing.rendering.write_site import (
    SiteFiles,
    copy_into,
    own_and_other_files,
    sync,
)
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


_DOCS = ("index.md", "a/index.md", "a/text.txt", "a/b/index.md", "a/b/x.xml", "data/t.csv", "c.css")
_OWN = ("a/index.md", "a/text.txt", "a/b/index.md", "a/b/x.xml", "data/t.csv")


def _site_files(docs: Path) -> SiteFiles:
    """Return the files of a site of these docs, whose pages are rendered elsewhere."""
    snapshot = take_snapshot(docs)
    pages = {path for path in snapshot.files if path.endswith(".md")}
    rendered = take_snapshot(docs.with_name("pages"))
    sources = {path.replace(".md", ".html"): path for path in pages}
    names, folders = snapshot.files.keys() - {"index.md"}, snapshot.folders
    files = own_and_other_files(snapshot, names, folders, {}, docs.with_name("list"))
    return replace(files, pages=sources, scanned=(snapshot, rendered), rendered=rendered)


def _write(folder: Path, paths: Iterable[str], text: str) -> None:
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(f"{text} {path}")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a docs folder with files of ours and of others, and a rendered page for each page."""
    docs = tmp_path / "docs"
    _write(docs, _DOCS, "docs")
    _write(tmp_path / "pages", (path for path in _DOCS if path.endswith(".md")), "page")
    write_list(tmp_path / "list", docs, names_of(_OWN))
    return docs


def test_whole_folders_of_ours_are_linked(docs: Path) -> None:
    """Neither tables, nor a folder with a file of others or with one that the site leaves out."""
    files = _site_files(docs)
    assert set(files.own.listings) == {"a", "a/b"}
    assert files.copied.keys() == {"data/t.csv", "c.css"}
    (docs / "a/mine.txt").write_text("mine")
    files = _site_files(docs)
    assert set(files.own.listings) == {"a/b"}
    assert files.linked["a/text.txt"] == str(docs / "a/text.txt")
    assert files.copied.keys() == {"data/t.csv", "c.css", "a/mine.txt"}
    shown = own_and_other_files(take_snapshot(docs), {"c.css"}, (), {}, docs.with_name("list"))
    assert shown.sources() == {"c.css": str(docs / "c.css")}


_EDITS: dict[str, Callable[[Path], object]] = {
    "none": lambda _: None,
    "a file of ours": lambda site: (site / "a/b/x.xml").write_text("another"),
    "a removed file": lambda site: (site / "a/text.txt").unlink(),
    "a page": lambda site: (site / "a/b/index.html").write_text("another"),
    "another file": lambda site: (site / "a/b/y.xml").write_text("more"),
    "another folder": lambda site: _write(site, ["a/b/d/e.txt", "f/g.txt"], "more"),
    "a removed folder": lambda site: shutil.rmtree(site / "a/b"),
}


def _of_folders(files: SiteFiles, folders: Set[str]) -> SiteFiles:
    """Return the files of a site without those of other folders that are not named each."""
    own = {path: files.own.listings[path] for path in folders & files.own.listings.keys()}
    pages = {path: page for path, page in files.pages.items() if path.rpartition("/")[0] in folders}
    return replace(files, own=Snapshot(own, files.own.root), pages=pages)


@pytest.mark.parametrize("only_changed", [False, True])
@pytest.mark.parametrize("edit", _EDITS.values(), ids=_EDITS)
def test_a_site_is_made_equal_to_its_files(
    docs: Path, tmp_path: Path, edit: Callable[[Path], object], only_changed: bool
) -> None:
    """Whatever was edited, removed or added in its folder; nothing else is written.

    So it is if only the files of those folders are given in which anything may have changed.
    """
    site = tmp_path / "site"
    site.mkdir()
    first = sync(take_snapshot(site), _site_files(docs), tmp_path / "published", 1)
    shutil.copytree(site, tmp_path / "expected")
    assert first.changed == set(first.scan.snapshot.files) == tree(site).keys()
    site.rename(tmp_path / "old")
    shutil.copytree(tmp_path / "old", site)  # no links to the docs, which would be edited too
    before = tree(site)
    edit(site)
    edited = {path for path, _ in before.items() ^ tree(site).items()}
    files, changed = _site_files(docs), None
    if only_changed:
        now = take_snapshot(site)
        changed = {*changed_listings(first.scan.snapshot.listings, now.listings)}
        files = _of_folders(files, changed | files.named_folders)
    again = sync(take_snapshot(site), files, tmp_path / "published", 1, changed)
    assert tree(site) == tree(tmp_path / "expected")
    assert again.changed == edited
    assert again.scan.snapshot == take_snapshot(site)
    assert not (site / "f").exists()
