"""Wall 2: the same docs folder and mkdocs.yml, built by three builders, is the same site."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.checking.check import check
from generator.publishing import mkdocs_build
from tests.support import ROOT, own_theme, require, tree

pytestmark = pytest.mark.portable

BUILDERS = {
    "properdocs": ROOT / ".venv-properdocs" / "bin" / "properdocs",
    "zensical": ROOT / ".venv-zensical" / "bin" / "zensical",
}


def built_by(builder: str, project: mkdocs_build.Project, folder: Path) -> mkdocs_build.Project:
    """Return the project once more, its site made by another builder."""
    program = BUILDERS[builder]
    require(program.exists(), f"{builder} (make portable)")
    shutil.copytree(project.settings.root, folder, ignore=shutil.ignore_patterns("site"))
    own_theme(folder)  # for a builder that runs no plugin
    subprocess.run([program, "build", "--strict"], cwd=folder, check=True, capture_output=True)
    return mkdocs_build.load_project(folder / "mkdocs.yml")


@pytest.fixture(params=BUILDERS, scope="module")
def other(
    request: pytest.FixtureRequest,
    built: mkdocs_build.Project,
    tmp_path_factory: pytest.TempPathFactory,
) -> mkdocs_build.Project:
    """Return the built project, its site made by another builder."""
    project = built_by(request.param, built, tmp_path_factory.mktemp(request.param) / "project")
    assert not (project.site / "zensical.toml").exists()
    return project


def pages(project: mkdocs_build.Project) -> dict[str, LexborHTMLParser]:
    """Every page of a site, by its path."""
    paths = sorted(project.site.rglob("*.html"))
    return {
        path.relative_to(project.site).as_posix(): LexborHTMLParser(path.read_text("utf-8"))
        for path in paths
    }


def words(page: LexborHTMLParser, selector: str) -> list[str]:
    """Return the visible words of the first element that fits."""
    node = page.css_first(selector)
    return node.text().split() if node else []


def test_the_same_pages_with_the_same_titles_and_words(
    built: mkdocs_build.Project, other: mkdocs_build.Project
) -> None:
    """Page by page: address, title, heading, visible text of the article."""
    ours, theirs = pages(built), pages(other)
    assert ours.keys() == theirs.keys()
    for name in ours.keys() - {"404.html"}:
        for part in ("title", "h1", "article"):
            assert words(ours[name], part) == words(theirs[name], part), f"{part} of {name}"


def test_the_same_search(built: mkdocs_build.Project, other: mkdocs_build.Project) -> None:
    """Every file of the index, to the byte, and the dialog with its scripts on every page."""
    ours, theirs = tree(built.site / "search"), tree(other.site / "search")
    index = {name for name in ours if name.endswith(".bin")}
    assert len(index) > 5
    assert {name: theirs.get(name) for name in index} == {name: ours[name] for name in index}
    whole = {name: page for name, page in pages(other).items() if page.css_first("header")}
    assert "index.html" in whole  # a redirect has no header
    for name, page in whole.items():
        assert page.css_first(".md-search__input"), name
        assert page.css_first('script[type="module"][src$="assets/search.js"]'), name
    scripts = {f"search{part}.js" for part in ("", "-engine", "-query", "-page", "-ranking")}
    assert scripts <= set(tree(other.site / "assets"))


def test_every_promise_holds_there_too(other: mkdocs_build.Project) -> None:
    """The proof knows nothing of the builder."""
    assert check(other.settings, other.site).broken == ()


@pytest.mark.parametrize("builder", BUILDERS)
def test_hostile_seeds_stay_text_there_too(
    attacked: mkdocs_build.Project, builder: str, tmp_path: Path
) -> None:
    """Every word of theirs is shown, and nothing but words stands in any article."""
    project = built_by(builder, attacked, tmp_path / "project")
    assert check(project.settings, project.site).broken == ()
    for name, page in pages(project).items():
        written = "".join(node.html or "" for node in page.css("article"))
        assert not LexborHTMLParser(written).css("script, [onerror], [onload], [onclick]"), name
