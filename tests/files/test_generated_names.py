"""Files in generated folders: which are Seedbed's if no list tells it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.files import remove_generated
from generator.files.generated_names import NAME_RULES, Recognition, has_generated_name
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing.mkdocs_build import load_project
from generator.settings import Settings
from tests.support import Case, cases, load_cases, make_project, tree

LETTER = "A letter\n\nBy Ana Ruiz\n\n3 May 1894\n\nDear Sir,\n\nThe old bridge fell at Porto.\n"
SEEDS: dict[str, str | bytes] = {
    "letters/a.txt": LETTER,
    "letters/b.txt": LETTER.replace("A letter", "Another letter").replace("old", "new"),
    "notes/c.txt": "A note\n\nBy Ana Ruiz\n\nAna Ruiz saw the bridge at Porto.\n",
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a project whose docs folder was written."""
    made = load_project(make_project(tmp_path / "project", SEEDS)).settings
    generate(made)
    return made


def paths(docs: Path) -> set[str]:
    """Return all files in generated folders."""
    return {path for path in tree(docs) if "/" in path}


def codes(settings: Settings) -> list[tuple[str, str]]:
    """Build, and return the files of others that are reported."""
    problems = generate(settings).report.problems
    return [(problem.code, problem.source) for problem in problems if problem.code == "W072"]


def lose_lists(settings: Settings) -> None:
    """Remove the state of the project, as a fresh clone has none."""
    shutil.rmtree(settings.root / ".seedbed")


@cases("generated_names")
def test_names_are_known_by_rules(case: Case) -> None:
    """What others may have called so has none of these names."""
    assert has_generated_name(case.given) == case.expect


@pytest.mark.parametrize("rule", NAME_RULES)
def test_every_rule_is_needed(rule: str) -> None:
    """By a case that no other rule knows."""
    given = [case["given"] for case in load_cases("generated_names") if case["expect"]]
    others = [each for name, each in NAME_RULES.items() if name != rule]
    assert any(
        NAME_RULES[rule].folder_of(path) and not any(each.folder_of(path) for each in others)
        for path in given
    )


def test_every_generated_file_is_recognized(settings: Settings) -> None:
    """So nothing of a withdrawn text stays when the list is lost."""
    recognition = Recognition(settings.docs, by_name=False)
    every = paths(settings.docs)
    assert {"calendar/05.json", "data/corpus.bib", "search/manifest.bin"} <= every
    assert {path for path in every if not recognition.is_ours(path)} == set()
    assert all(map(has_generated_name, every))


def test_without_lists_files_of_others_stay_and_removed_documents_go(settings: Settings) -> None:
    """Also in the folder of the removed document."""
    docs = settings.docs
    (page,) = docs.glob("documents/*/a-letter/index.md")
    theirs = [docs / "documents/mine.txt", docs / "people/notes.md", page.with_name("photo.jpg")]
    for path in theirs:
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", "utf-8")
    (settings.seeds / "letters/a.txt").unlink()
    lose_lists(settings)
    assert codes(settings) == [
        ("W072", f"docs/{path.relative_to(docs).as_posix()}") for path in sorted(theirs)
    ]
    assert {path.read_text("utf-8") for path in theirs} == {"mine"}
    assert [path.name for path in page.parent.iterdir()] == ["photo.jpg"]
    lose_lists(settings)
    remove_generated(docs)
    assert paths(docs) == {path.relative_to(docs).as_posix() for path in theirs}


def test_pages_of_another_copy_of_the_docs_folder_are_taken_over(
    settings: Settings, tmp_path: Path
) -> None:
    """No list has them, and the search has no part of an older index."""
    shutil.copytree(settings.docs, tmp_path / "copy")
    (settings.seeds / "letters/a.txt").unlink()
    generate(settings)
    expected = tree(settings.docs)
    shutil.rmtree(settings.docs)
    (tmp_path / "copy").rename(settings.docs)
    assert codes(settings) == []
    assert tree(settings.docs) == expected


@pytest.mark.parametrize(
    "name", ["people/notes/index.md", "documents/x/source.txt", "data/places-001.geojson"]
)
@pytest.mark.parametrize("is_first", [True, False], ids=["first build", "later build"])
def test_a_file_of_others_that_could_be_overwritten_stops_the_build(
    settings: Settings, tmp_path: Path, name: str, *, is_first: bool
) -> None:
    """Before anything is written, and however often one tries."""
    if is_first:
        settings = load_project(make_project(tmp_path / "first", SEEDS)).settings
    path = settings.docs / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\ntitle: mine\n---\n\nkind: mine\n", "utf-8")
    before = tree(settings.docs)
    for _ in range(2):
        with pytest.raises(SeedbedError, match=r"E041 Seedbed did not write this"):
            generate(settings)
        assert tree(settings.docs) == before
    path.rename(path.with_name("mine.txt"))
    assert codes(settings) == [("W072", f"docs/{path.parent.relative_to(settings.docs)}/mine.txt")]


def test_a_page_of_others_stops_also_a_folder_that_is_generated_late(tmp_path: Path) -> None:
    """It is not overwritten by the second attempt, which follows a run that did not end."""
    settings = load_project(make_project(tmp_path, SEEDS)).settings
    page = settings.docs / "search/index.md"
    page.parent.mkdir(parents=True)
    page.write_text("mine", "utf-8")
    for _ in range(2):
        with pytest.raises(SeedbedError, match=r"search/index\.md: E041"):
            generate(settings)
        assert page.read_text("utf-8") == "mine"


def test_a_lost_marker_stops_the_build(settings: Settings) -> None:
    """A feed or a home page with a withdrawn title would count as handwritten."""
    (settings.docs / ".seedbed").unlink()
    lose_lists(settings)
    for _ in range(2):
        with pytest.raises(SeedbedError, match=r"\.seedbed is missing.*\bMove .* documents/"):
            generate(settings)
    shutil.rmtree(settings.docs)
    assert codes(settings) == []
