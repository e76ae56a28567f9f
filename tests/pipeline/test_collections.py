"""Collections: folders of seeds with pages of their own, and the editor's notes."""

from __future__ import annotations

from pathlib import Path

import frontmatter
import pytest

from generator.linking.collections import folders_above
from generator.pipeline.generate import generate
from generator.settings import Settings
from tests.pipeline.test_generate import corpus
from tests.support import tree

SEEDS: dict[str, str | bytes] = {
    "letters/1890s/b.txt": "B letter\n\n3 May 1891\n\nThe ship lay at Iquique.",
    "letters/1890s/a.txt": "A letter\n\n4 June 1892\n\nThe ship came home.",
    "minutes/c.txt": "Minutes\n\n5 June 1893\n\nThe council met at nine.",
    "d.txt": "Harbour\n\n6 June 1891\n\nThe harbour is deep.",
    "letters/_about.md": "---\ntitle: Sea letters\norder: file\n---\nFrom [a tin](1890s/a.txt).",
    "_about.md": "Welcome to the archive.",
    "_notes/letters/1890s/b.txt.md": "Written in pencil.",
}


@pytest.fixture
def archive(tmp_path: Path) -> Settings:
    """Return a corpus with folders and notes."""
    return corpus(tmp_path, SEEDS)


def page(settings: Settings, name: str) -> str:
    """Return a page of the docs folder."""
    return (settings.docs / name / "index.md").read_text("utf-8")


def test_each_folder_is_a_collection(archive: Settings) -> None:
    """With the documents of the folders in it, in the order that the editor gave."""
    generate(archive)
    letters = page(archive, "collections/letters")
    assert "title: Sea letters" in letters
    assert letters.index("[A letter]") < letters.index("[B letter]")
    assert "Minutes" not in letters
    assert "documents/1892/a-letter/" in letters
    assert "    - [1890s](letters/1890s/index.md)" in page(archive, "collections")
    assert (archive.docs / "collections/minutes/feed.xml").is_file()


def test_documents_know_their_collection_and_their_neighbours_in_it(archive: Settings) -> None:
    """A document in no folder has none."""
    generate(archive)
    letter = page(archive, "documents/1891/b-letter")
    assert "collection: 1890s" in letter
    assert "later:\n  title: A letter" in letter
    assert "note: <p>Written in pencil.</p>" in letter
    assert "collection" not in page(archive, "documents/1891/harbour")
    assert "Welcome to the archive." in (archive.docs / "index.md").read_text("utf-8")


def test_notes_are_no_seeds_and_one_for_nothing_is_reported(archive: Settings) -> None:
    """The other notes are shown."""
    (archive.seeds / "_notes" / "nobody.md").write_text("Text.")
    report = generate(archive).report
    assert [(p.code, p.source) for p in report.problems if p.code in {"E001", "W074"}] == [
        ("W074", "seeds/_notes/nobody.md")
    ]
    assert report.documents == 4


def test_notes_about_what_is_withdrawn_are_no_mistakes(archive: Settings) -> None:
    """Their folder exists, and so does the document that is to lead the front page."""
    (archive.seeds / "minutes/_about.md").write_text("About the minutes.")
    (archive.seeds / "_about.md").write_text("---\nlead: minutes/c.txt\n---\nWelcome.")
    (archive.seeds / "corrections.yml").write_text(
        "documents: {minutes/c.txt: {withdrawn: {reason: By request}}}\n"
    )
    problems = generate(archive).report.problems
    assert [problem.message for problem in problems if problem.code in {"W074", "W120"}] == [
        '"minutes/c.txt" is withdrawn; the front page cannot begin with it'
    ]


def test_an_edited_note_changes_its_pages_alone(archive: Settings) -> None:
    """An incremental build equals one from scratch."""
    generate(archive)
    before = tree(archive.docs)
    (archive.seeds / "_notes/letters/1890s/b.txt.md").write_text("Written in ink.")
    generate(archive)
    after = tree(archive.docs)
    changed = {name for name, data in after.items() if before.get(name) != data}
    assert "documents/1891/b-letter/index.md" in changed
    assert "documents/1893/minutes/index.md" not in changed
    (archive.root / ".seedbed" / "cache.sqlite").unlink()
    generate(archive)
    assert tree(archive.docs) == after


def test_a_corpus_without_folders_has_no_collections(tmp_path: Path) -> None:
    """The page to which the navigation leads says so, and has no tab."""
    archive = corpus(tmp_path, {"d.txt": SEEDS["d.txt"]})
    generate(archive)
    assert list(tree(archive.docs / "collections")) == ["index.md"]
    page = frontmatter.load(str(archive.docs / "collections/index.md"))
    assert page["hide"] == ["navigation", "toc", "tab"]
    assert page.content == "The documents of this archive are in no collections."


def test_folders_are_listed_from_the_deepest() -> None:
    """The own folder of a document comes first."""
    assert list(folders_above("a/b/c.txt")) == ["a/b", "a"]
    assert list(folders_above("c.txt")) == []
