"""`LazyFiles` lists the files that MkDocs would list."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.structure.files import Files, InclusionLevel, get_files, set_exclusions

from generator.files.snapshot import take_snapshot
from generator.publishing import mkdocs_build
from generator.publishing.rendering.lazy_files import FilePaths, LazyFiles, hide_docs
from tests.support import make_project

ODD = {
    "data beside pages": "docs/people/ana/cite.bib docs/people/ana/index.md docs/people/zoe.md",
    "hidden files": "docs/.git/x.txt docs/p/.draft.md docs/templates/a.html docs/a/templates/b",
    "two files for one place": "docs/a/README.md docs/a/index.md docs/b/index.html docs/b/index.md",
    "a page at the place of a folder's": "docs/x.md docs/x/index.md docs/x/a.txt docs/y/a.txt",
    "folders of templates": "docs/templates/index.md docs/templates/b/c.txt docs/templates2/a.txt",
    "hidden folders": "docs/a/.b/index.md docs/a/b/.c docs/a/b/d.txt docs/.d/index.md docs/a/e.x",
    "files of the theme's names": "docs/assets/seedbed.css docs/assets/images/favicon.png",
    "files left out": "docs/out/a.txt docs/out/a.md docs/later/b.txt docs/later/b.md docs/in.txt",
    "a folder that lies elsewhere": "elsewhere/x.txt elsewhere/y.md",
}


def listed(files: Files) -> list[tuple[str, str, bool]]:
    """Give each file in its order, pages first, and whether it belongs to the site."""
    named = files.pages() if isinstance(files, LazyFiles) else ()
    pages = named or [file.src_uri for file in files.documentation_pages()]
    rest = sorted({file.src_uri for file in files} - set(pages))
    listed_files = [file for path in (*pages, *rest) if (file := files.get_file_from_path(path))]
    return [
        (file.abs_src_path or "", file.dest_uri, file.inclusion.value > InclusionLevel.DRAFT.value)
        for file in listed_files
    ]


@pytest.mark.parametrize("files", ODD.values(), ids=ODD.keys())
def test_the_same_files_in_the_same_order(tmp_path: Path, files: str) -> None:
    """Whatever lies there."""
    config_file = make_project(tmp_path, {})
    for path in map(tmp_path.joinpath, files.split()):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    if "out/" in files:
        with config_file.open("a") as text:
            text.write("exclude_docs: out\ndraft_docs: later\n")
    if "elsewhere" in files:
        (tmp_path / "docs/here").symlink_to(tmp_path / "elsewhere")
    config = mkdocs_build._config(config_file)
    theirs = get_files(config)
    theirs.add_files_from_theme(config.theme.get_env(), config)
    hidden = hide_docs(config, take_snapshot(tmp_path / "docs"), tmp_path / "empty")
    empty = get_files(config)
    empty.add_files_from_theme(config.theme.get_env(), config)
    assert all(file.src_dir != str(tmp_path / "docs") for file in empty)
    revealed = hidden.reveal(empty, config)
    names = revealed.levels
    ours = LazyFiles(revealed.files, names, FilePaths.from_config(config))
    for collection in (theirs, ours):
        set_exclusions(collection, config)
    for name in names:
        assert name in ours
        assert ours.get_file_from_path(name)
    assert listed(ours) == listed(theirs)
