"""Which projects depend on every installed package, and not only on those of the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator.publishing.rendering.shared_inputs import uses_other_packages
from tests.engine.test_installed_packages import install
from tests.support import ROOT, make_project

PARTS = {
    "nothing else": ("", False),
    "a hook": ("hooks: [hook.py]\n", True),
    "a plugin with extras": ("plugins: [seedbed, social]\n", True),
    "a plugin without extras": ("plugins: [seedbed, search]\n", False),
    "functions of Material": (
        """markdown_extensions:
  - pymdownx.emoji: {emoji_index: !!python/name:material.extensions.emoji.twemoji }
""",
        False,
    ),
    "a function of another package": (
        "markdown_extensions:\n  - toc:\n      slugify: !!python/name:slugify.slugify\n",
        True,
    ),
    "a function in a list": (
        """markdown_extensions:
  - pymdownx.superfences:
      custom_fences: [{name: x, class: x, format: !!python/name:slugify.slugify }]
""",
        True,
    ),
}


@pytest.mark.parametrize("part", PARTS)
def test_code_of_others_can_import_any_package(tmp_path: Path, part: str) -> None:
    """Hooks, plugins and functions that come with neither MkDocs nor Material."""
    text, expected = PARTS[part]
    parent = make_project(tmp_path, {})
    (tmp_path / "hook.py").write_text("")
    (tmp_path / "child.yml").write_text(f"INHERIT: {parent.name}\n{text}")
    assert uses_other_packages(load_config(str(tmp_path / "child.yml"))) is expected


def outdated_tasks(folder: Path, packages: Path) -> list[str]:
    """Build in a new process that has more packages; return the tasks that had work."""
    path = os.pathsep.join(map(str, (packages, ROOT)))
    command = [sys.executable, "-m", "generator", "build", "--explain"]
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    lines = done.stderr.splitlines()
    return [line.split(":")[0] for line in lines if " up to date, " in line]


@pytest.mark.slow
def test_an_unrelated_package_makes_nothing_outdated(tmp_path: Path) -> None:
    """Unless a hook could import it; then the site is built again, but no seed is read again."""
    packages = tmp_path / "packages"
    config = make_project(tmp_path / "project", {"a.txt": "A note\n\nA bridge."})
    assert "seeds" in outdated_tasks(config.parent, packages)
    install(packages, "kettle", "1", [])
    assert outdated_tasks(config.parent, packages) == []
    (config.parent / "hook.py").write_text("")
    config.write_text(config.read_text() + "hooks: [hook.py]\n")
    assert "rendered pages" in outdated_tasks(config.parent, packages)
    install(packages, "teapot", "1", [])
    tasks = outdated_tasks(config.parent, packages)
    assert "rendered pages" in tasks
    assert "seeds" not in tasks
