"""An early page is the page that the next run makes."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import frontmatter
import pytest

from generator.model import SeedPath
from generator.pipeline.early_page import early_page
from generator.pipeline.generate import generate
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from tests.support import make_project

SEEDS: dict[str, str | bytes] = {
    "a.txt": (
        "The ferry\n\nBy Ana Ruiz\n4 May 1911\n\n"
        "Mr. John Storr met Mary Miller in Lima. John Storr said that the old ferry was lost.\n"
    ),
    "b.txt": (
        "The bridge\n\nBy John Storr\n5 May 1912\n\n"
        "Mary Miller thanked Captain Jack Verrill. John Storr and Mary Miller left for Lima.\n"
    ),
    "c.txt": (
        "The school\n\n6 May 1913\n\nCaptain Jack Verrill told Mary Miller about the new school.\n"
    ),
}

DECISIONS = {
    "a title": ("a.txt", 'documents: {a.txt: {title: "A boat"}}'),
    "a subtitle and a genre": ("a.txt", 'documents: {a.txt: {subtitle: "Lost", genre: letter}}'),
    "an author": ("a.txt", "documents: {a.txt: {authors: [Mary Miller]}}"),
    "a new author": ("a.txt", "documents: {a.txt: {authors: [Somebody Else]}}"),
    "a date": ("a.txt", "documents: {a.txt: {date: 1911-05-05}}"),
    "a withdrawal": ("b.txt", "documents: {b.txt: {withdrawn: {reason: a mistake}}}"),
    "a mention": (
        "a.txt",
        "names: {mentions: {a.txt: {p-29bf71c7: {old ferry: Ada Ferry}}}}",
    ),
    "a mention, on the page of a name": (
        "people/mary-miller",
        "names: {mentions: {a.txt: {p-29bf71c7: {old ferry: Mary Miller}}}}",
    ),
    "a mention that is nobody, on the page of a name": (
        "people/john-storr",
        "names: {mentions: {a.txt: {p-29bf71c7: {John Storr: nobody}}}}",
    ),
    "lines as printed": ("a.txt", "structure: {a.txt: {lines: all}}"),
    "lines as verse": ("a.txt", "structure: {a.txt: {verse: all}}"),
    "nobody": ("people/mary-miller", "names: {suppress: [Mary Miller]}"),
    "two names of one": ("people/john-storr", "names: {merge: {John Storr: [Jack Verrill]}}"),
    "the other of the two": ("people/jack-verrill", "names: {merge: {John Storr: [Jack Verrill]}}"),
    "a kind": ("people/mary-miller", "names: {kind: {Mary Miller: organization}}"),
    "another name": ("people/john-storr", "names: {rename: {John Storr: John H. Storr}}"),
    "namesakes": ("people/john-storr", "names: {split: {John Storr: {Jo Storr: [b.txt]}}}"),
}


LASTING = Options(release=True, with_state=True)
"""So that an address does not follow a title."""


@pytest.mark.parametrize("decision", DECISIONS)
def test_an_early_page_is_the_page_of_the_next_run(tmp_path: Path, decision: str) -> None:
    """Also when the decision is taken back."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    state = generate(settings, LASTING).state
    assert state
    subject, text = DECISIONS[decision]
    address = state.corpus.addresses.get(subject, f"{subject}/")  # type: ignore[call-overload]
    before = (settings.docs / address / "index.md").read_bytes()
    file = settings.seeds / "corrections.yml"

    for content in (text, ""):
        file.write_text(content)
        has_page = subject in {*state.corpus.by_source, *state.corpus.entities.entities}
        early = early_page(state, address)
        changed = generate(settings, LASTING).state
        assert changed
        if early is None:
            assert not has_page  # where no page is, no decision is made
            continue
        page = settings.docs / (early.page.path if early.page else f"{address}index.md")
        assert (page.read_bytes() if page.exists() else None) == (early.page and early.page.data)
        assert (early.page is None or early.page.data != before) == bool(content)
        state = changed


NOTES = {
    "_notes/a.txt.md": ("a.txt", "It was the ferry of the town."),
    "_notes/people/mary-miller.md": ("people/mary-miller", "A teacher from Lima."),
}


@pytest.mark.parametrize("file", NOTES)
def test_a_note_is_shown_and_taken_away_at_once(tmp_path: Path, file: str) -> None:
    """On the page of a document, and of a name."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    state = generate(settings, LASTING).state
    subject, text = NOTES[file]
    note = settings.seeds / file
    note.parent.mkdir(parents=True)
    for is_shown in (True, False):
        note.write_text(text) if is_shown else note.unlink()
        assert state
        address = state.corpus.addresses.get(SeedPath(subject), f"{subject}/")
        early = early_page(state, address)
        assert early
        assert early.page
        assert (text.encode() in early.page.data) == is_shown
        state = generate(settings, LASTING).state
        assert (settings.docs / early.page.path).read_bytes() == early.page.data


def test_a_saved_seed_is_shown_at_once(tmp_path: Path) -> None:
    """With new names, and with a name that is gone; only a run can tell why others are related."""

    def lines(page: bytes) -> list[bytes]:
        return [line for line in page.splitlines() if not line.startswith(b"- both mention")]

    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    state = generate(settings, LASTING).state
    before = str(SEEDS["c.txt"])
    for text in (
        before.replace("new school", "old school"),
        before.replace("told Mary Miller", "told John Storr"),
        before.replace("about the", "and Dr. Ada Finch and the Zymurgists about the"),
    ):
        (settings.seeds / "c.txt").write_text(text)
        assert state
        early = early_page(state, state.corpus.addresses[SeedPath("c.txt")])
        assert early
        assert early.page
        state = generate(settings, LASTING).state
        assert lines((settings.docs / early.page.path).read_bytes()) == lines(early.page.data)


def test_a_renamed_name_that_becomes_another_leads_to_it(tmp_path: Path) -> None:
    """Its name is in no text; those that it had decide."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    file = settings.seeds / "corrections.yml"
    file.write_text("names: {rename: {John Storr: The Captain}}")
    state = generate(settings, LASTING).state
    assert state
    file.write_text(
        "names: {rename: {John Storr: The Captain}, merge: {Mary Miller: [The Captain]}}"
    )
    early = early_page(state, "people/the-captain/")
    assert early
    assert early.page
    assert early.page.path == "people/mary-miller/index.md"
    generate(settings, LASTING)
    assert (settings.docs / early.page.path).read_bytes() == early.page.data


def test_pages_that_are_of_no_name_and_no_document_wait_for_the_run(tmp_path: Path) -> None:
    """Lists, pages by hand, and what there never was."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    state = generate(settings, LASTING).state
    assert state
    assert not any(map(partial(early_page, state), ("", "people/", "people/nobody/")))


def test_the_author_of_a_split_document_is_at_once_the_namesake(tmp_path: Path) -> None:
    """Also when the split is taken back; which documents are related only a run can tell."""
    settings = mkdocs_build.load_project(make_project(tmp_path, SEEDS)).settings
    state = generate(settings, LASTING).state
    for text, person in (
        ("names: {split: {John Storr: {John Storr (son): [b.txt]}}}", "john-storr-son"),
        ("", "john-storr"),
    ):
        (settings.seeds / "corrections.yml").write_text(text)
        assert state
        early = early_page(state, state.corpus.addresses[SeedPath("b.txt")])
        assert early
        assert early.page
        metadata = frontmatter.loads(early.page.data.decode()).metadata
        assert metadata["author_pages"] == [f"people/{person}/"]
        state = generate(settings, LASTING).state
