"""A project is read again from mkdocs.yml unless the result is certainly the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from generator.engine.database_file import open_database
from generator.pipeline.last_run import DATABASE_FILE
from generator.publishing.mkdocs_build import load_project, read_project
from generator.publishing.publish import publish
from generator.publishing.saved_project import load_saved
from tests.support import make_project, own_theme, published

SEEDS: dict[str, str | bytes] = {"a.txt": "A note\n\nThe old bridge.\n"}


def test_a_saved_project_is_the_one_that_mkdocs_reads(tmp_path: Path) -> None:
    """Also with options of the command line, which are not saved."""
    project = published(tmp_path, SEEDS)
    publish(replace(project, settings=replace(project.settings, jobs=1, cluster="local:2")))
    assert load_saved(project.config_file)
    assert load_project(project.config_file) == replace(project, encoded=None)


def _append(text: str) -> Callable[[Path], object]:
    def change(config: Path) -> None:
        config.write_text(config.read_text("utf-8") + text, "utf-8")

    return change


def _link_site(config: Path) -> None:
    (config.parent / "site").rename(config.parent / "elsewhere")
    (config.parent / "site").symlink_to("elsewhere")


@pytest.mark.parametrize(
    "change", [_append("# a comment\n"), _append("copyright: M\n"), _link_site]
)
def test_what_changed_is_read_again(tmp_path: Path, change: Callable[[Path], object]) -> None:
    """Whatever it is in mkdocs.yml, and where the folders are."""
    config = published(tmp_path, SEEDS).config_file
    change(config)
    assert load_saved(config) is None
    assert load_project(config) == read_project(config)


def test_a_project_in_another_folder_is_read_again(tmp_path: Path) -> None:
    """Its settings have the paths of its folders."""
    published(tmp_path / "a", SEEDS)
    (tmp_path / "a").rename(tmp_path / "b")
    config = tmp_path / "b/mkdocs.yml"
    assert load_saved(config) is None
    assert load_project(config).settings.root == tmp_path / "b"


def test_a_project_of_another_version_is_read_again(tmp_path: Path) -> None:
    """Its value means something else, or nothing."""
    project = published(tmp_path, SEEDS)
    with open_database(tmp_path / DATABASE_FILE) as database:
        database.put("run", [("project", b"\x90")])
    assert load_project(project.config_file) == project


def _hook(config: Path) -> None:
    (config.parent / "hook.py").write_text("")
    _append("hooks: [hook.py]\n")(config)


def _inherited(config: Path) -> None:
    config.rename(config.with_name("base.yml"))
    config.write_text("INHERIT: base.yml\n")


@pytest.mark.parametrize(
    "change",
    [
        _hook,
        _inherited,
        lambda config: own_theme(config.parent, "main.html"),
        _append("copyright: !ENV [SEEDBED_TEST, none]\n"),
        _append("watch: [names.csv]\n"),
    ],
)
def test_what_follows_from_more_than_one_file_is_not_saved(
    tmp_path: Path, change: Callable[[Path], object]
) -> None:
    """Hooks, inherited settings, a theme of its own, variables, watched files."""
    config = make_project(tmp_path, SEEDS)
    (tmp_path / "names.csv").touch()
    assert read_project(config).encoded
    change(config)
    assert "SEEDBED_TEST" not in os.environ
    assert read_project(config).encoded is None
