"""Which projects depend on every installed package, and not only on those of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator.publishing.rendering.shared_inputs import uses_other_packages
from tests.support import make_project

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
