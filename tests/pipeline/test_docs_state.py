"""A run compares each page of the docs folder; of other files it compares the folders only."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from generator.engine.database import Database
from generator.engine.database_file import open_database
from generator.engine.saved_folders import SavedTree
from generator.files.known_folders import SCANS_PER_CYCLE
from generator.files.snapshot import take_snapshot
from generator.pipeline.docs_state import DocsState, docs_state, peek_docs, save_docs
from generator.pipeline.generate import generate
from generator.pipeline.large_loss import ACCEPT
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from tests.support import age_folders, make_project, tree

PAGE, TEXT = "documents/a/index.md", "documents/a/text.txt"

FILES = (
    *("index.md", "about/note.txt", "data/names.csv", PAGE, TEXT, "documents/b/index.md"),
    *("documents/b/text.txt", "documents/b/mine.txt", "search/words.bin"),
)


def run(database: Database, docs: Path, *changed: str) -> DocsState:
    """Look at the docs folder as a run does that changes these files, and save it."""
    before = docs_state(database.path, docs)
    for path in changed:
        (docs / path).write_text("changed")
    save_docs(database, before, changed, ["documents/b/mine.txt"], 1)
    database.commit()
    return before


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """Return a docs folder after two runs, in a project with a database."""
    for path in FILES:
        (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / path).write_text(path)
    age_folders(tmp_path / "docs")
    with open_database(database_of(tmp_path / "docs")) as database:
        run(database, tmp_path / "docs", PAGE)
        age_folders(tmp_path / "docs")
        assert run(database, tmp_path / "docs").left == {}
    return tmp_path / "docs"


def database_of(docs: Path) -> Path:
    """Return the path of the database."""
    return docs.parent / ".seedbed/cache.sqlite"


def edit_in_place(path: str, docs: Path) -> None:
    """Write into a file."""
    (docs / path).write_text("more")


def replace_by_link(path: Path) -> None:
    """Put a link in the place of a file."""
    path.unlink()
    path.symlink_to(path.parents[2] / "index.md")


def replace_text(path: Path) -> None:
    """Write a file as most editors do."""
    path.unlink()
    path.write_text("more")


_NOTICED: dict[str, Callable[[Path], object]] = {
    **{path: partial(edit_in_place, path) for path in FILES if path != TEXT},
    "touched page": lambda docs: os.utime(docs / PAGE, (1, 1)),
    "replaced text": lambda docs: replace_text(docs / TEXT),
    "removed text": lambda docs: (docs / TEXT).unlink(),
    "removed page": lambda docs: (docs / PAGE).unlink(),
    "another file": lambda docs: (docs / "documents/a/more.txt").write_text("more"),
    "removed folder": lambda docs: shutil.rmtree(docs / "documents/a"),
    "folder of others": lambda docs: (docs / "documents/a/more").mkdir(),
    "link": lambda docs: replace_by_link(docs / PAGE),
}


@pytest.mark.parametrize("change", _NOTICED.values(), ids=_NOTICED)
def test_a_change_is_noticed_by_the_next_run(docs: Path, change: Callable[[Path], object]) -> None:
    """Of any page, of any file that is not Seedbed's, and of any folder."""
    before = peek_docs(database_of(docs), docs)
    assert before.left == {}
    assert before.snapshot == before.intact == take_snapshot(docs)
    change(docs)
    after = peek_docs(database_of(docs), docs)
    assert after.snapshot == take_snapshot(docs)
    assert after.version != before.version
    same = before.snapshot.files.items() & after.snapshot.files.items()
    assert dict(after.intact.files.items()).items() == same
    with open_database(database_of(docs)) as database:
        assert run(database, docs).snapshot == after.snapshot
    left = peek_docs(database_of(docs), docs)
    assert left.left == {}
    assert left.version == after.version


def test_a_run_says_which_folders_it_changed(docs: Path) -> None:
    """And those that others changed before it, since the version that the run before left."""
    before = peek_docs(database_of(docs), docs)
    (docs / "about/note.txt").write_text("edited")
    with open_database(database_of(docs)) as database:
        found = docs_state(database.path, docs)
        assert found.last_version == before.version
        assert found.changed == {"about"}
        (docs / PAGE).write_text("changed")
        shutil.rmtree(docs / "documents/b")
        removed = ["documents/b/index.md", "documents/b/text.txt", "documents/b/mine.txt"]
        state = save_docs(database, found, [PAGE, *removed], [], 1)
    assert state.last_version == before.version
    assert state.changed == {"about", "documents/a", "documents/b"}
    assert peek_docs(database_of(docs), docs).changed == set()


def test_a_file_beside_a_page_that_was_edited_in_place_is_noticed_in_its_turn(docs: Path) -> None:
    """And no other run lists it, because nobody edits it."""
    (docs / TEXT).write_text("edited")
    states = []
    with open_database(database_of(docs)) as database:
        for _ in range(SCANS_PER_CYCLE):
            states.append(run(database, docs))
            age_folders(docs)
    assert states[0].snapshot != take_snapshot(docs), "it is not listed"
    assert [state.left.keys() for state in states if state.left] == [{"documents/a"}]
    assert not states[0].states.keys() & {"documents", "documents/a"}, "they are known"
    assert states[-1].snapshot == take_snapshot(docs)


def test_where_nothing_is_known_all_files_are_looked_at(docs: Path) -> None:
    """Without a database, and with one of another project."""
    (docs / TEXT).write_text("edited")
    state = peek_docs(docs / "missing", docs)
    assert state.snapshot == take_snapshot(docs)
    assert len(state.intact.files) == 0
    moved = shutil.copytree(docs, docs.with_name("moved"))
    assert peek_docs(database_of(docs), moved).snapshot == take_snapshot(moved)


def test_edited_and_removed_files_are_restored(tmp_path: Path) -> None:
    """Pages by the next run, other files edited in place once their folder is due."""
    seeds: dict[str, str | bytes] = {"a.txt": "A note\n\nThe old bridge.\n", "b.txt": "B\n\nC.\n"}
    settings = mkdocs_build.load_project(make_project(tmp_path, seeds)).settings
    for text in ("One.", "Two.", "Three."):
        (tmp_path / "seeds/b.txt").write_text(f"B\n\n{text}\n")
        generate(settings)
        age_folders(settings.docs)
    right = tree(settings.docs)
    folder = settings.docs / "documents/undated/a-note"
    (folder / "index.md").write_text("edited")
    generate(settings)
    assert tree(settings.docs) == right
    age_folders(settings.docs)
    (tmp_path / "seeds/b.txt").write_text("B\n\nFour.\n")
    generate(settings)
    age_folders(settings.docs)
    (folder / "text.txt").write_text("edited")
    for number in range(SCANS_PER_CYCLE):
        (tmp_path / "seeds/b.txt").write_text(f"B\n\nAgain {number}.\n")
        generate(settings)
        age_folders(settings.docs)
    assert (folder / "text.txt").read_bytes() == right["documents/undated/a-note/text.txt"]
    (tmp_path / "seeds/a.txt").unlink()
    generate(settings, Options(loss_policy=ACCEPT))
    known = SavedTree.peek(database_of(settings.docs), "left").folders
    assert known.keys() == take_snapshot(settings.docs).listings.keys()
    assert "documents/undated/a-note" not in known, "its name may be that of a withdrawn document"
