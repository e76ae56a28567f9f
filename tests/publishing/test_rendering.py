"""Pages rendered in several processes are the pages that MkDocs renders alone."""

from __future__ import annotations

import logging
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
from mkdocs.structure.toc import TableOfContents

from generator.checking.hashes import hash_texts, iterate
from generator.engine.workers import no_count
from generator.files.snapshot import take_snapshot
from generator.model import SeedbedError
from generator.pipeline.generate import generate
from generator.publishing import late_script, mkdocs_build
from generator.publishing.rendering.file_levels import FileLevels
from generator.publishing.rendering.job import NavPage, RenderJob
from generator.publishing.rendering.shared_inputs import config_fingerprint
from generator.publishing.rendering.write_site import Prescan
from tests.conftest import HOSTILE
from tests.support import THE_SEED, make_project, own_theme, tree

LETTERS: dict[str, str | bytes] = {
    # Enough for two processes, if one asks for two.
    f"{number}.txt": f"Letter number {number}\n\nBy Ana Ruiz\n\nThe old bridge.\n"
    for number in range(40)
}

SEEDS: dict[str, str | bytes] = {
    **LETTERS,
    "peru.txt": THE_SEED.read_bytes(),
    "letters/hostile.txt": HOSTILE,
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return a generated docs folder, ready to be built in different ways."""
    folder: Path = tmp_path_factory.mktemp("rendering")
    made = mkdocs_build.load_project(alone(make_project(folder, SEEDS)))
    generate(made.settings)
    return made


def alone(config_file: Path) -> Path:
    """Leave no plugin but ours: others may have a hand in pages."""
    text = config_file.read_text("utf-8")
    config_file.write_text(text.replace("  - search\n", ""), "utf-8")
    return config_file


def built(project: mkdocs_build.Project, target: Path, jobs: int) -> dict[str, bytes]:
    """Build the docs folder with so many processes; 0 means MkDocs as it is, without our hooks."""
    from mkdocs.commands.build import build

    shutil.rmtree(project.settings.root / ".seedbed/pages", ignore_errors=True)
    config = mkdocs_build._config(project.config_file, site_dir=str(target), strict=True)
    plugin: Any = config.plugins["seedbed"]
    for event in ("pre_build", "files", "nav", "env") if jobs == 0 else ():
        config.plugins.events[event].clear()
        late_script.set_flag(config)  # as in `pre_build`
    with plugin.for_build(jobs, None, no_count, Prescan()):
        build(config)
    return {name: data for name, data in tree(target).items() if not name.endswith(".gz")}


def test_every_way_of_rendering_gives_the_same_bytes(
    project: mkdocs_build.Project, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As MkDocs alone does."""
    theirs = built(project, tmp_path / "theirs", 0)
    for jobs, where in ((1, "in this process"), (2, "in 2 processes")):
        caplog.clear()
        with caplog.at_level("INFO", "seedbed"):
            ours = built(project, tmp_path / str(jobs), jobs)
        assert re.search(rf"Rendering \d+ pages {where}", caplog.text)
        assert "another configuration" not in caplog.text
        assert ours.keys() == theirs.keys()
        assert [name for name in ours if ours[name] != theirs[name]] == []


def test_a_configuration_that_is_in_no_file_is_used(
    project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """Workers cannot load it again, so this process renders."""
    from mkdocs.commands.build import build

    config = mkdocs_build._config(
        project.config_file, site_dir=str(tmp_path / "x"), copyright="Nobody"
    )
    plugin: Any = config.plugins["seedbed"]
    plugin.jobs = 2
    build(config)
    page = tmp_path / "x/documents/undated/letter-number-7/index.html"
    assert "Nobody" in page.read_text("utf-8")


def render_job(project: mkdocs_build.Project, folder: Path) -> RenderJob:
    """Return what a worker gets that renders the docs folder into another one."""
    config = mkdocs_build._config(project.config_file)
    config = config.plugins.on_config(config)
    late_script.set_flag(config)
    entries = [item if isinstance(item, dict) else {"": item} for item in config.nav or ()]
    shown = [path for item in entries for path in item.values()]
    return RenderJob(
        config_file=project.config_file,
        overrides={},
        config_fingerprint=config_fingerprint(config),
        inclusion_levels=FileLevels(
            {}, dict.fromkeys(take_snapshot(project.settings.docs).files, 1)
        ),
        nav=tuple(NavPage(path, "A page", {}, TableOfContents([])) for path in shown),
        rendered_folder=folder,
        is_direct=True,
        level=logging.getLogger("mkdocs").level,
    )


def test_our_theme_is_rendered_by_shapes(
    project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Outside of its blocks it asks no page for what differs: else each is rendered as a whole."""
    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", False)  # as a worker leaves it
    order = render_job(project, tmp_path)
    renderer = order.renderer()
    assert renderer.direct
    pages = [path for path in order.inclusion_levels if re.fullmatch(r"\w+/.+/index\.md", path)]
    assert len(list(renderer(sorted(pages)))) > 40
    assert renderer.direct.shapes.is_on


def test_a_worker_releases_rendered_pages(
    project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And of the files that their links lead to: it is to render thousands."""
    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", False)  # as a worker leaves it
    order = render_job(project, tmp_path)
    renderer = order.renderer()
    before = list(renderer.files)
    pages = sorted(
        path for path in order.inclusion_levels if re.fullmatch(r"authors/[^/]+/index\.md", path)
    )
    done = [page.value for page in renderer(pages)]
    known = {*iterate(hash_texts(order.inclusion_levels))}
    assert {link for page in done for link in iterate(page.links)} - known == set()
    assert any(page.links for page in done)
    assert list(renderer.files) == before
    assert [(rendered.digest, rendered.links) for rendered, _ in renderer(pages)] == [
        (rendered.digest, rendered.links) for rendered in done
    ]


def test_two_builds_give_the_same_site(project: mkdocs_build.Project, tmp_path: Path) -> None:
    """The packed sitemap too, which carries a date."""
    for name in "ab":
        mkdocs_build.build(project, tmp_path / name)
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


class Letters(Protocol):
    """Makes a project of letters and a note."""

    def __call__(self, jobs: int, more: str = "", configuration: str = "") -> mkdocs_build.Project:
        """Give it with something added to the note's page and the configuration."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters and a note, generated."""
    note = {"a.txt": "A note\n\nThe old bridge."}
    made = mkdocs_build.load_project(
        alone(make_project(tmp_path_factory.mktemp("letters"), {**LETTERS, **note}))
    )
    generate(made.settings)
    return made.settings.root


@pytest.fixture
def letters(generated: Path, tmp_path: Path) -> Letters:
    """Return the same, for a test to do with it what it wants."""

    def changed(jobs: int, more: str = "", configuration: str = "") -> mkdocs_build.Project:
        folder = shutil.copytree(generated, tmp_path, dirs_exist_ok=True)
        page = folder / "docs/documents/undated/a-note/index.md"
        page.write_text(page.read_text() + more)
        (folder / "mkdocs.yml").write_text((folder / "mkdocs.yml").read_text() + configuration)
        made = mkdocs_build.load_project(folder / "mkdocs.yml")
        return replace(made, settings=replace(made.settings, jobs=jobs))

    return changed


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_workers_warning_stops_a_strict_build(
    letters: Letters, tmp_path: Path, jobs: int
) -> None:
    """It says where."""
    project = letters(jobs, more="\n[a](nowhere.md)\n")
    with pytest.raises(SeedbedError, match=r"undated/a-note/index.md' contains .*nowhere.md"):
        mkdocs_build.build(project, tmp_path / "x")


def test_a_message_is_about_one_page(
    letters: Letters, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And about none of those that are rendered after it."""
    monkeypatch.setattr(logging.getLogger("mkdocs"), "propagate", False)  # as a worker leaves it
    renderer = render_job(letters(1, more="\n[a](nowhere.md)\n"), tmp_path / "x").renderer()
    names = ("a-note", "letter-number-1", "letter-number-2")
    rendered = renderer(f"documents/undated/{name}/index.md" for name in names)
    assert [len(page.messages) for page, _ in rendered] == [1, 0, 0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_workers_error_names_the_page(letters: Letters, tmp_path: Path, jobs: int) -> None:
    """Here in a template."""
    project = letters(jobs)
    own_theme(tmp_path, "partials/document.html")
    (tmp_path / "theme/partials/document.html").write_text("{{ page.meta.none.none }}")
    again = mkdocs_build.load_project(project.config_file)
    project = replace(again, settings=project.settings)
    with pytest.raises(SeedbedError, match="Error rendering page 'documents/undated/"):
        mkdocs_build.build(project, tmp_path / "x")


def test_pages_that_plugins_change_are_left_to_mkdocs(letters: Letters, tmp_path: Path) -> None:
    """A hook of the user's, which counts pages: it must see them all, in one process."""
    (tmp_path / "hook.py").write_text(
        "seen = []\n"
        "def on_page_content(html, page, **_):\n"
        "    seen.append(page)\n"
        "    return f'{html}<!-- {len(seen)} -->'\n"
    )
    project = letters(2, configuration="hooks: [hook.py]\n")
    mkdocs_build.build(project, tmp_path / "x")
    numbers = [
        int(number)
        for page in (tmp_path / "x").rglob("*.html")
        for number in re.findall(r"<!-- (\d+) -->", page.read_text())
    ]
    assert sorted(numbers) == list(range(1, len(numbers) + 1))
    assert len(numbers) > 3


def test_anchors_are_checked_if_the_configuration_says_so(letters: Letters, tmp_path: Path) -> None:
    """MkDocs does that over all pages at its end."""
    project = letters(2, "\n[b](#nowhere)\n", configuration="validation: {anchors: warn}\n")
    with pytest.raises(SeedbedError, match="no such anchor"):
        mkdocs_build.build(project, tmp_path / "x")
