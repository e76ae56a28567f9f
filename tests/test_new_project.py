"""A new project: its settings, its example, and its own files of the theme."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from generator.cli import projects
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.starter import LANGUAGES, NewSite, create_project, eject_theme, theme_files
from generator.writing import labels
from tests.support import ROOT, own_theme


def settings_of(folder: Path) -> dict[str, object]:
    """Return the mkdocs.yml of a project."""
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    assert isinstance(settings, dict)
    return settings


def test_questions_without_an_answer_are_not_in_the_settings(tmp_path: Path) -> None:
    """No address, no rights, no publisher."""
    create_project(tmp_path, NewSite("Letters"))
    settings = settings_of(tmp_path)
    assert settings["site_name"] == "Letters"
    assert not {"site_url", "copyright"} & settings.keys()
    assert settings["extra"]["seedbed"].keys() == {"seeds", "site_id"}  # type: ignore[index]


def test_every_answer_is_in_the_settings(tmp_path: Path) -> None:
    """With tabs and a page about the site in its language."""
    site = NewSite("Briefe", "de", "https://briefe.museum/", "CC BY 4.0", "Hafen: Verein")
    create_project(tmp_path, site)
    settings = mkdocs_build.load_project(tmp_path / "mkdocs.yml").settings
    assert settings.site.url == "https://briefe.museum/"
    assert settings.site.language == "de"
    assert (settings.rights, settings.publisher) == ("CC BY 4.0", "Hafen: Verein")
    assert settings_of(tmp_path)["nav"][0] == {"Start": "index.md"}  # type: ignore[index]
    assert (tmp_path / "docs/about.md").read_text("utf-8").startswith("# Über uns\n")
    palette = settings_of(tmp_path)["theme"]["palette"]  # type: ignore[index]
    assert palette[0]["toggle"]["name"] == "Zum hellen Modus wechseln"


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))))
def test_any_name_is_written_as_text(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    """Quotes, colons and expressions stay what they are."""
    folder = tmp_path_factory.mktemp("any")
    create_project(folder, NewSite(name, rights=name))
    assert settings_of(folder)["site_name"] == " ".join(name.split())


@pytest.mark.parametrize(
    ("answers", "site"),
    [
        ({}, NewSite("My archive")),
        ({"language": "de"}, NewSite("Mein Archiv", "de")),
        ({"name": " ", "url": "", "rights": " "}, NewSite("My archive")),
        ({"name": "Briefe ", "language": "de"}, NewSite("Briefe", "de")),
        (
            {"url": "https://a.org/", "rights": "CC0", "publisher": "Ana"},
            NewSite("My archive", url="https://a.org/", rights="CC0", publisher="Ana"),
        ),
    ],
)
def test_answers_become_what_is_said_of_a_site(answers: dict[str, str], site: NewSite) -> None:
    """Without an answer, nothing is said; only name and language have a default."""
    assert projects.described_site(answers) == site


def test_a_terminal_asks_what_no_option_says(tmp_path: Path) -> None:
    """An answer that cannot be used is asked again; an address needs no `https://`."""
    terminal, end = pty.openpty()
    command = [sys.executable, "-m", "generator", "new", "p", "--publisher", "Ana Ruiz"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    os.write(terminal, b"Letters\nlatin\nde\nftp://a.org\nletters.museum/w/\n\n")
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdin=end, stdout=end, stderr=end
    )
    process.wait()
    shown = os.read(terminal, 10_000).decode()
    os.close(terminal)
    os.close(end)
    assert process.returncode == 0, shown
    assert shown.count("Web address") == shown.count("Language of its labels") == 2
    assert "Who publishes" not in shown
    settings = mkdocs_build.load_project(tmp_path / "p/mkdocs.yml").settings
    assert (settings.site.name, settings.site.language) == ("Letters", "de")
    assert settings.site.url == "https://letters.museum/w/"
    assert (settings.rights, settings.publisher) == (None, "Ana Ruiz")


def test_languages_are_those_of_the_interface() -> None:
    """Of the command too."""
    assert set(LANGUAGES) == set(labels.LANGUAGES) == set(projects.LANGUAGES)


def pages_outside_navigation(folder: Path) -> list[str]:
    """Return the pages that MkDocs would name at every build of the preview."""
    settings: dict[str, Any] = settings_of(folder)
    tabs = {tab if isinstance(tab, str) else next(iter(tab.values())) for tab in settings["nav"]}
    left_out = GitIgnoreSpec.from_lines(settings["not_in_nav"].splitlines())
    pages = {path.relative_to(folder / "docs").as_posix() for path in folder.glob("docs/**/*.md")}
    return sorted(path for path in pages - tabs if not left_out.match_file(path))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_example_is_published_without_a_message(tmp_path: Path, language: str) -> None:
    """In the language of the site, with each kind that it promises, and rights of three origins."""
    site = NewSite("Example", language, rights="In Copyright")
    create_project(tmp_path, site, has_example=True)
    project = mkdocs_build.load_project(tmp_path / "mkdocs.yml")
    report = generate(project.settings).report
    assert report.problems == ()
    publication = publish(project)
    assert publication.proof.broken == ()
    assert pages_outside_navigation(tmp_path) == []
    pages = [path.read_text("utf-8") for path in project.settings.docs.rglob("documents/*/*/*.md")]
    for kind in ("letter", "minutes", "poem", "interview", "table"):
        assert any(f"\ndocument_kind: {kind}\n" in page for page in pages), kind
    for rights in ("In Copyright", "CC0 1.0", "CC BY 4.0"):
        assert any(f"\nrights: {rights}\n" in page for page in pages), rights


def test_files_of_the_theme_are_copied_one_by_one(tmp_path: Path) -> None:
    """What the project has already stays."""
    (tmp_path / "theme/partials").mkdir(parents=True)
    (tmp_path / "theme/partials/tabs.html").write_text("mine")
    assert eject_theme(tmp_path, ["main.html"]) == ("main.html",)
    assert eject_theme(tmp_path, ["main.html"]) == ()
    assert "partials/tabs.html" not in eject_theme(tmp_path, ["partials/"])
    assert (tmp_path / "theme/partials/tabs.html").read_text() == "mine"
    copied = eject_theme(tmp_path)
    assert all((tmp_path / "theme" / path).is_file() for path in theme_files())
    assert all(path.startswith("assets/") or "/" not in path for path in copied)


@pytest.mark.parametrize("name", ["main.htm", "../mkdocs.yml", "partials", ""])
def test_no_other_file_is_copied(tmp_path: Path, name: str) -> None:
    """The message names the one that was probably meant."""
    with pytest.raises(SeedbedError, match="the theme has no file"):
        eject_theme(tmp_path, [name])
    assert not (tmp_path / "theme").exists()


def test_a_project_file_of_the_theme_wins(tmp_path: Path) -> None:
    """All others are those of the program."""
    create_project(tmp_path, NewSite("Letters"))
    own_theme(tmp_path, "partials/not-found.html")
    (tmp_path / "theme/partials/not-found.html").write_text("<p>My own words.</p>")
    (tmp_path / "seeds/a.txt").write_text("A letter\n\nThe lamp is out.\n")
    project = mkdocs_build.load_project(tmp_path / "mkdocs.yml")
    assert project.theme_folders == ("theme",)
    generate(project.settings)
    publish(project)
    assert "My own words." in (project.site / "404.html").read_text("utf-8")
    page = (project.site / "documents/undated/a-letter/index.html").read_text("utf-8")
    assert "sb-text" in page
