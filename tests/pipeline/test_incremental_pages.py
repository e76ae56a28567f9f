"""However the docs folder came to be what it is, it is what a first run would make."""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine import derived_values, entry_rows, outdated_items
from generator.files import remove_generated
from generator.pipeline.generate import generate
from generator.pipeline.large_loss import ACCEPT, PREVIEW
from generator.pipeline.options import Options
from generator.publishing import mkdocs_build
from generator.settings import Settings
from generator.writing.pages import authors, calendar, collections, timeline
from tests.support import RELEASED, make_project, tree

Edit = Callable[[Path, random.Random], None]

PEOPLE = ("Pedro Castillo", "Mary Miller", "Ana Ruiz", "Luis Arce")
VERBS = ("met", "thanked", "left", "followed")
SURNAMES = tuple(name.split()[-1] for name in PEOPLE)

PREVIEWED = Options(save_addresses=False, loss_policy=PREVIEW, with_search=False)
"""What a preview makes before somebody opens the search."""


HURRIED = replace(PREVIEWED, with_lists=False)
"""What it makes after an edit, before somebody opens a list."""

ACCEPTED = replace(RELEASED, loss_policy=ACCEPT)
"""Random texts are so alike that the copies of a withdrawn one can be most of the corpus."""

ALWAYS_CURRENT = ("documents/", "people/", "organizations/", "places/")
"""The folders of pages that are shown before the lists are made again."""


def seeds(folder: Path) -> list[Path]:
    """Return the seeds that are there, in a stable order."""
    return sorted((folder / "seeds").glob("*.txt"))


def some(folder: Path, chance: random.Random) -> list[Path]:
    """One of the seeds, if there is any."""
    return chance.sample(seeds(folder), min(1, len(seeds(folder))))


def sentence(chance: random.Random) -> str:
    """Two people who meet in Lima, or somebody with a surname only."""
    person, other = chance.sample(PEOPLE, 2)
    short = f" {chance.choice(SURNAMES)} told reporters that it was * good <b>."
    return (
        f"{person} {chance.choice(VERBS)} {other} in Lima on Monday.{short * chance.randint(0, 1)}"
    )


def add(folder: Path, chance: random.Random) -> None:
    """Add a seed, sometimes in place of another."""
    body = "\n\n".join(sentence(chance) for _ in range(chance.randint(1, 5)))
    head = f"The {chance.choice(VERBS)} {chance.randint(0, 9)}\n\nBy {chance.choice(PEOPLE)}"
    date = f"{chance.randint(1, 28)} May {chance.randint(1990, 1992)}\n\n" * chance.randint(0, 1)
    path = folder / f"seeds/{chance.randint(0, 30)}.txt"
    path.write_text(f"{head}\n{date}\n{body}\n", "utf-8")


def change(folder: Path, chance: random.Random) -> None:
    """Somebody else in a seed, wherever the name stands."""
    for path in some(folder, chance):
        old, new = chance.sample(PEOPLE, 2)
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def delete(folder: Path, chance: random.Random) -> None:
    """Remove a seed."""
    for path in some(folder, chance):
        path.unlink()


def rename(folder: Path, chance: random.Random) -> None:
    """Rename a seed."""
    for path in some(folder, chance):
        path.rename(path.with_stem(str(chance.randint(100, 130))))


def file_away(folder: Path, chance: random.Random) -> None:
    """Put a seed into a folder, which is a collection."""
    for path in some(folder, chance):
        target = path.parent / chance.choice(("letters", "notes")) / path.name
        target.parent.mkdir(exist_ok=True)
        path.rename(target)


def touch(folder: Path, chance: random.Random) -> None:
    """Save a seed again unchanged."""
    for path in some(folder, chance):
        os.utime(path)


def decide(folder: Path, chance: random.Random) -> None:
    """Other decisions of people, in the place of those they had made."""
    person, other = chance.sample(PEOPLE, 2)
    documents = {
        path.name: {"title": f"Title {chance.randint(0, 9)}", "authors": other}
        for path in some(folder, chance)
    }
    parts = {f"{person} (senator)": [path.name for path in some(folder, chance)]}
    entries = [
        {"documents": documents},
        {"names": {"merge": {person: [other]}}},
        {"names": {"split": {person: parts}}} if parts[f"{person} (senator)"] else {},
        {"names": {"suppress": [person]}},
        {"names": {"mentions": {key: {"p-00000000": {person: other}} for key in documents}}},
        {"names": {"rename": {person: "A Name"}}, "documents": documents},
        {},
    ]
    (folder / "seeds/corrections.yml").write_text(json.dumps(chance.choice(entries)), "utf-8")


def teach(folder: Path, chance: random.Random) -> None:
    """Another list of names, in the place of the one before."""
    rows = [
        f"{name},{kind},{name.split()[-1] * chance.randint(0, 1)},{1970 + chance.randint(0, 30)}"
        for name in (*PEOPLE, "Lima", "Mary", "The")
        if (kind := chance.choice(("person", "place", "ship", "")))
    ]
    text = "\n".join(["name,kind,also,from", *rows])
    (folder / "seeds/names.csv").write_text(text * chance.randint(0, 1), "utf-8")


def withdraw(folder: Path, chance: random.Random) -> None:
    """Withdraw a document; all other corrections are removed."""
    entries = {path.name: {"withdrawn": {"reason": "A reason"}} for path in some(folder, chance)}
    (folder / "seeds/corrections.yml").write_text(json.dumps({"documents": entries}), "utf-8")


def tamper(folder: Path, chance: random.Random) -> None:
    """Edit, empty, touch or remove a generated page; replace, touch or remove another file."""
    made = [path for path in sorted((folder / "docs").rglob("*/*")) if path.is_file()]
    for path in chance.sample(made, min(3, len(made))):
        what, size = chance.randint(0, 3), path.stat().st_size
        if what == 3:
            os.utime(path)
        elif what == 0 or path.suffix != ".md":
            path.unlink()
        if what in {1, 2}:
            path.write_bytes(b"x" * size * (2 - what))


EDITS: tuple[Edit, ...] = (
    *(add, add, add, change, change, delete, rename, touch),
    *(decide, decide, teach, teach, withdraw, tamper, tamper),
)


def configured(settings: Settings, chance: random.Random) -> Settings:
    """Now and then other settings, as mkdocs.yml may have them."""
    return replace(
        settings,
        raw_seeds=chance.random() < 0.8,
        genre="news" if chance.random() < 0.2 else "document",
        review=chance.random() < 0.2,
        jobs=chance.choice((0, 0, 0, 0, 0, 0, 0, 1)),
        data_file_limit=chance.choice((None, 2_000, 5_000)),
    )


def walk(
    folder: Path,
    chance: random.Random,
    steps: int,
    edits: Sequence[Edit] = EDITS,
    data_file_limit: int | None = None,
) -> None:
    """Edit a project step by step, and hold what is made of it against a first run."""
    grown, fresh = folder / "grown", folder / "fresh"
    settings = mkdocs_build.load_project(make_project(grown, {})).settings
    settings = replace(settings, data_file_limit=data_file_limit)
    for _ in range(5):
        add(grown, chance)
    generate(settings, RELEASED)
    hurry = random.Random(steps)
    for _ in range(steps):
        chance.choice(edits)(grown, chance)
        chosen = configured(settings, chance) if chance.random() < 0.2 else settings
        if chance.random() < 0.2:
            generate(chosen, PREVIEWED)
        hurried: dict[str, bytes] = {}
        left: frozenset[str] = frozenset()
        if hurry.random() < 0.3:
            left = generate(chosen, HURRIED).outdated
            hurried = tree(grown / "docs")
        generate(chosen, ACCEPTED)
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.copytree(grown, fresh)
        remove_generated(fresh / "docs")
        shutil.rmtree(fresh / ".seedbed")
        generate(replace(chosen, root=fresh, docs=fresh / "docs", seeds=fresh / "seeds"), ACCEPTED)
        incremental, from_scratch = tree(grown / "docs"), tree(fresh / "docs")
        assert incremental.keys() == from_scratch.keys()
        assert [name for name in from_scratch if from_scratch[name] != incremental[name]] == []
        if hurried:
            wrong = {name for name in hurried if hurried[name] != from_scratch.get(name)}
            assert wrong - left <= {".seedbed"}
            missing = from_scratch.keys() - hurried.keys()
            assert [name for name in missing if name.startswith(ALWAYS_CURRENT)] == []


def test_incremental_equals_from_scratch(tmp_path: Path) -> None:
    """Promise 8, for the docs folder."""
    walk(tmp_path, random.Random(0), steps=12)


def test_numbered_data_files_equal_those_from_scratch(tmp_path: Path) -> None:
    """Which documents are in which file follows from the documents alone."""
    edits = (add, add, change, change, delete, rename, decide, tamper)
    walk(tmp_path, random.Random(3), steps=8, edits=edits, data_file_limit=3_000)
    assert (tmp_path / "grown/docs/data/documents-002.jsonl").is_file()


def test_lists_of_a_large_corpus_equal_those_from_scratch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each year has a page of its own, and further ones; only what changed in a list is made."""
    for module in (timeline, collections, calendar, authors):
        name = "_DOCUMENTS_PER_PAGE" if module is authors else "_PER_PAGE"
        monkeypatch.setattr(module, name, 2)
    walk(tmp_path, random.Random(7), steps=8, edits=(add, add, decide, delete, file_away, tamper))


def test_of_few_documents_too_unchanged_rows_and_blocks_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As those of a large corpus are: what a stage leaves out of its columns would be missed."""
    monkeypatch.setattr(entry_rows, "_MOST_IN_ROW", 3)
    monkeypatch.setattr(outdated_items, "FEWEST_IN_ROW", 1)
    monkeypatch.setattr(derived_values, "_BLOCK_SIZE", 3)
    walk(tmp_path, random.Random(11), steps=10, edits=(add, change, change, change, teach))


@pytest.mark.slow
@pytest.mark.parametrize("start", range(10))
def test_incremental_equals_from_scratch_after_many_edits(tmp_path: Path, start: int) -> None:
    """Fifty edits each, 500 together."""
    walk(tmp_path, random.Random(2000 + start), steps=50)


def test_what_was_touched_in_the_docs_folder_is_made_right_again(tmp_path: Path) -> None:
    """Whatever somebody did to it, and to nothing else is anything done."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"a.txt": "A vote\n\nAna Ruiz left Lima.\n"})
    )
    generate(project.settings)
    before = tree(project.settings.docs)
    page = project.settings.docs / "documents/undated/a-vote/index.md"
    for hurt in (page.unlink, lambda: page.write_bytes(b"x" * len(before["robots.txt"]))):
        hurt()
        report = generate(project.settings).report
        assert report.written == 1
        assert tree(project.settings.docs) == before


def test_a_preview_without_a_search_has_no_words_that_are_hidden_now(tmp_path: Path) -> None:
    """An index that is outdated goes, one that is current stays, and a build makes it again."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"a.txt": "A vote\n\nAna Ruiz left Lima.\n", "b.txt": "B\n\nIt.\n"})
    )
    generate(project.settings)
    before = tree(project.settings.docs)
    generate(project.settings, PREVIEWED)
    assert tree(project.settings.docs) == before
    (tmp_path / "seeds/corrections.yml").write_text(
        "documents: {a.txt: {withdrawn: true}}", "utf-8"
    )
    generate(project.settings, PREVIEWED)
    assert [name for name in tree(project.settings.docs) if name.endswith(".bin")] == []
    generate(project.settings, replace(PREVIEWED, with_search=True))
    assert "search/manifest.bin" in tree(project.settings.docs)
    generate(project.settings, PREVIEWED)
    assert "search/manifest.bin" in tree(project.settings.docs)


def test_an_edit_in_a_preview_leaves_the_lists_for_later(tmp_path: Path) -> None:
    """The pages of the document and of its names are current, and the lists are named."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"a.txt": "A vote\n\nAna Ruiz left Lima.\n", "b.txt": "B\n\nIt.\n"})
    )
    docs = project.settings.docs
    generate(project.settings, RELEASED)
    before = tree(docs)
    decisions = tmp_path / "seeds/corrections.yml"
    decisions.write_text("documents: {a.txt: {title: Another title, authors: Ana Ruiz}}", "utf-8")
    result = generate(project.settings, HURRIED)
    page = tree(docs)["documents/undated/a-vote/index.md"]
    assert b"title: Another title" in page
    assert {"index.md", "timeline/index.md", "names/index.md"} <= result.outdated
    assert all(before[name] == tree(docs)[name] for name in result.outdated)
    assert generate(project.settings, HURRIED).outdated == result.outdated
    assert generate(project.settings, RELEASED).outdated == frozenset()
    assert b"Another title" in tree(docs)["index.md"]


def test_a_withdrawn_document_is_in_no_list_of_a_preview(tmp_path: Path) -> None:
    """Not even until somebody opens the list."""
    project = mkdocs_build.load_project(
        make_project(tmp_path, {"a.txt": "A vote\n\nAna Ruiz left Lima.\n", "b.txt": "B\n\nIt.\n"})
    )
    generate(project.settings)
    (tmp_path / "seeds/corrections.yml").write_text(
        "documents: {a.txt: {withdrawn: true}}", "utf-8"
    )
    assert generate(project.settings, HURRIED).outdated == frozenset()
    assert not any(b"A vote" in content for content in tree(project.settings.docs).values())
