"""Material's script comes late where nothing needs it at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config

from generator.publishing.late_script import can_come_late
from tests.support import make_project


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", True),
        ("    - navigation.top\n", "    - content.code.copy\n", True),
        ("    - navigation.top\n", "    - navigation.instant\n", False),
        ("    - navigation.top\n", "    - header.autohide\n", False),
        ("    - navigation.top\n", "    - of.the.future\n", False),
        ("plugins:", "repo_url: https://example.org/a\nplugins:", False),
        ("plugins:", "extra_javascript: [a.js]\nplugins:", False),
        ("extra:", "extra:\n  alternate: [{name: A, link: /, lang: en}]", False),
        ("extra:", "extra:\n  social: [{icon: a, link: /}]", True),
    ],
)
def test_a_setting_that_needs_the_script_has_it_at_once(
    tmp_path: Path, old: str, new: str, expected: bool
) -> None:
    """Features that are not known here need it."""
    config = make_project(tmp_path, {})
    config.write_text(config.read_text("utf-8").replace(old, new, 1), "utf-8")
    assert can_come_late(load_config(str(config))) is expected


def test_a_theme_of_the_project_has_the_script_at_once(tmp_path: Path) -> None:
    """Its templates may call what the script provides."""
    config = make_project(tmp_path, {})
    (tmp_path / "theme").mkdir()
    text = config.read_text("utf-8").replace("theme:\n", "theme:\n  custom_dir: theme\n")
    config.write_text(text, "utf-8")
    assert not can_come_late(load_config(str(config)))
