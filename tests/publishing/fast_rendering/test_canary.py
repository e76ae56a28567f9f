"""Some pages of each build are rendered both ways, and a difference makes MkDocs render all."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from generator.engine.database_file import open_database
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.fast_rendering import page_renderer as renderer
from generator.publishing.fast_rendering.canary import Canary, sample
from generator.publishing.fast_rendering.markdown_blocks import TranslatedPage, translate
from generator.publishing.fast_rendering.markdown_inline import Resolve
from tests.support import make_project, tree

_SEEDS: dict[str, str | bytes] = {
    f"{number}.txt": f"Letter {number}\n\nBy Ana Ruiz\n\nThe bridge.\n" for number in range(4)
}


@pytest.fixture
def project(tmp_path: Path) -> mkdocs_build.Project:
    """Return a project with a generated docs folder."""
    made = mkdocs_build.load_project(make_project(tmp_path / "project", _SEEDS))
    generate(made.settings)
    return made


def wrong(markdown: str, resolve: Resolve) -> TranslatedPage:
    """Translate a page with a fault."""
    page = translate(markdown, resolve)
    return TranslatedPage(f"{page.html} ", page.contents)


def test_a_difference_makes_mkdocs_render_all_pages(
    project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a warning, in this build and in those that follow."""
    before = mkdocs_build.build(project, tmp_path / "site")
    assert before.problems == ()
    right = tree(tmp_path / "site")
    (project.settings.root / ".seedbed/cache.sqlite").unlink()
    monkeypatch.setattr(renderer, "translate", wrong)
    for rendered in (before.pages.rendered, 0):
        built = mkdocs_build.build(project, tmp_path / "site")
        assert [problem.code for problem in built.problems] == ["W145"]
        assert (project.settings.docs / built.problems[0].source).is_file()
        assert built.pages.rendered == rendered
        assert tree(tmp_path / "site") == right


def test_a_difference_in_the_navigation_makes_mkdocs_render_all_pages(
    project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page of the navigation is compared too, although MkDocs prints it."""
    mkdocs_build.build(project, tmp_path / "site")
    right = tree(tmp_path / "site")
    (project.settings.root / ".seedbed/cache.sqlite").unlink()

    def wrong_in_menu(markdown: str, resolve: Resolve) -> TranslatedPage:
        return (wrong if "sb-search-page" in markdown else translate)(markdown, resolve)

    monkeypatch.setattr(renderer, "translate", wrong_in_menu)
    for _ in range(2):
        built = mkdocs_build.build(project, tmp_path / "site")
        assert [problem.source for problem in built.problems] == ["search/index.md"]
        assert tree(tmp_path / "site") == right


def test_pages_are_rendered_without_python_markdown(
    project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but the front page and what people write; and with an option of an extension, none."""
    translated: list[str] = []

    def counting(markdown: str, resolve: Resolve) -> TranslatedPage:
        page = translate(markdown, resolve)
        translated.append(markdown)
        return page

    monkeypatch.setattr(renderer, "translate", counting)
    built = mkdocs_build.build(project, tmp_path / "site")
    assert len(translated) >= built.pages.rendered > 4
    assert any("sb-search-page" in markdown for markdown in translated)  # a page of the menu
    translated.clear()
    text = project.config_file.read_text("utf-8")
    project.config_file.write_text(text.replace("  - toc\n", "  - toc: {toc_depth: 3}\n"), "utf-8")
    mkdocs_build.build(mkdocs_build.load_project(project.config_file), tmp_path / "site")
    assert translated == []


def test_the_sample_has_pages_of_each_kind() -> None:
    """Few of each, at least one, and the same for the same pages."""
    assert list(sample([])) == []
    assert list(sample(["documents/a/index.md"])) == ["documents/a/index.md"]
    pages = [
        f"{kind}/{number}/index.md" for kind in ("documents", "people") for number in range(90)
    ]
    chosen = list(sample(pages))
    assert sorted(path.split("/")[0] for path in chosen) == 3 * ["documents"] + 3 * ["people"]
    assert chosen == list(sample(pages[::-1]))


def test_it_is_known_with_which_settings_pages_agreed(tmp_path: Path) -> None:
    """A preview then compares no more; other settings may make other pages."""
    with open_database(tmp_path / "cache.sqlite") as database:
        canary, other = Canary(database, "settings"), Canary(database, "other settings")
        assert not canary.has_agreed
        assert not canary.compare_and_record(["a.md"], lambda page: page, lambda page: page.upper())
        assert canary.compare_and_record([], lambda page: page, lambda page: page)
        assert not canary.has_agreed
        assert canary.compare_and_record(["a.md"], lambda page: page, lambda page: page)
        assert canary.has_agreed
        assert not other.has_agreed
        assert not Canary(database, "").has_agreed


def test_nothing_is_logged_twice(
    project: mkdocs_build.Project, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A message of MkDocs about a page that is compared appears once."""
    page = project.settings.docs / "notes.md"
    page.write_text("[Nothing](nowhere.txt)\n", "utf-8")
    text = project.config_file.read_text("utf-8")
    project.config_file.write_text(
        text.replace("not_in_nav: |\n", "not_in_nav: |\n  /notes.md\n") + "\nstrict: false\n",
        "utf-8",
    )
    with caplog.at_level(logging.WARNING, "mkdocs"):
        mkdocs_build.build(mkdocs_build.load_project(project.config_file), tmp_path / "site")
    assert len([record for record in caplog.records if "nowhere.txt" in record.getMessage()]) == 1
