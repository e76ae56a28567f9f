"""Projects with a theme of an earlier version get a warning."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator.publishing.theme_version import RENAMED, incompatible_theme_files
from generator.search.index import SCHEMA
from tests.support import make_project, own_theme


def engine(folder: Path) -> Path:
    """Return the script of a project's theme that says which index it reads."""
    return folder / "theme/assets/search-format.js"


def themed(folder: Path) -> None:
    """Create a project with a copy of the whole theme."""
    make_project(folder, {})
    own_theme(folder)


def aged(folder: Path) -> None:
    """Give a project the script of the version before."""
    now, before = f"const SCHEMA = {SCHEMA};", f"const SCHEMA = {SCHEMA - 1};"
    text = engine(folder).read_text("utf-8")
    assert now in text
    engine(folder).write_text(text.replace(now, before), "utf-8")


def codes(folder: Path) -> list[str]:
    """Give the codes of what is said of a project's theme."""
    return [problem.code for problem in incompatible_theme_files([folder / "theme"], folder)]


def test_a_copy_is_the_current_theme(tmp_path: Path) -> None:
    """And one whose scripts are other ones in other ways is left alone."""
    themed(tmp_path)
    assert codes(tmp_path) == []
    with engine(tmp_path).open("a", encoding="utf-8") as text:
        text.write("// mine")
    assert codes(tmp_path) == []


def test_an_older_search_is_reported(tmp_path: Path) -> None:
    """So is one that does not say what it reads, as the first ones did not."""
    themed(tmp_path)
    aged(tmp_path)
    assert codes(tmp_path) == ["W061"]
    engine(tmp_path).unlink()
    assert codes(tmp_path) == ["W061"]
    engine(tmp_path).with_name("search.js").unlink()
    assert codes(tmp_path) == [], "this theme has a search of its own, or none"


def test_a_copy_of_an_earlier_version_is_reported(tmp_path: Path) -> None:
    """Its scripts say what they read in the engine, and its templates have other names."""
    themed(tmp_path)
    before = f"/* The reader of the search index. */\n\nconst SCHEMA = {SCHEMA};\n"
    engine(tmp_path).unlink()
    engine(tmp_path).with_name("search-engine.js").write_text(before, "utf-8")
    (problem,) = incompatible_theme_files([tmp_path / "theme"], tmp_path)
    assert problem.code == "W061"
    assert problem.source == "theme/assets/search-engine.js"


def used_template(folder: Path, name: str) -> Path:
    """Return the file that a project has for a template."""
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.run_event("config", config)
    env = config.theme.get_env()
    assert env.loader
    return Path(str(env.loader.get_source(env, name)[1]))


def test_of_a_copy_of_another_version_the_files_of_the_program_are_used(tmp_path: Path) -> None:
    """Or documents whose pages it does not show whole would be lost; a template of one's own is."""
    themed(tmp_path)
    own = tmp_path / "theme/partials/mine.html"
    own.write_text("mine", "utf-8")
    document = tmp_path / "theme/partials/document.html"
    assert used_template(tmp_path, "partials/document.html") == document
    aged(tmp_path)
    assert used_template(tmp_path, "partials/document.html") != document
    assert used_template(tmp_path, "partials/mine.html") == own


def test_templates_with_old_names_are_reported(tmp_path: Path) -> None:
    """After a copy was renewed: what people changed in these shows nowhere."""
    themed(tmp_path)
    partials = tmp_path / "theme" / "partials"
    for old, new in RENAMED.items():
        assert (partials / new).is_file()
        (partials / old).write_text("mine", "utf-8")
    assert codes(tmp_path) == ["W061"] * len(RENAMED)


@pytest.mark.slow
def test_every_build_reports_it(tmp_path: Path) -> None:
    """Also one that finds nothing changed; the site is built."""
    themed(tmp_path)
    config = tmp_path / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("example.org", "letters.museum"), "utf-8")
    (tmp_path / "seeds/a.txt").write_text("A letter\n\nThe bridge.\n")
    aged(tmp_path)
    for number in range(2):
        command = [sys.executable, "-m", "generator", "build", "--json", "--strict"]
        done = subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, env=dict(os.environ), check=False
        )
        assert done.returncode == 1, number
        assert done.stderr.startswith("theme/assets/search-format.js: W061 ")
        assert [problem["code"] for problem in json.loads(done.stdout)["problems"]] == ["W061"]
