"""Our scripts are published without their comments."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.publishing.short_scripts import without_comment_lines
from tests.support import ROOT, published

SCRIPTS = sorted((ROOT / "generator" / "theme" / "assets").glob("*.js"))


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("/* Ours. */\na();\n", "a();\n"),
        ("/**\n * Add.\n * @param {number} a * b\n */\na();\n", "a();\n"),
        ("  // Why.\n  a();\n", "  a();\n"),
        ("a(); // why\n", "a(); // why\n"),
        ("/** @type {A} */ (a).b();\n", "/** @type {A} */ (a).b();\n"),
        ('a("/* words */");\n', 'a("/* words */");\n'),
        ("a(b /* c */);\n", "a(b /* c */);\n"),
    ],
)
def test_comments_with_lines_of_their_own_are_left_out(script: str, expected: str) -> None:
    """Others stay: what stands beside code is not read."""
    assert without_comment_lines(script) == expected


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_has_words_that_look_like_a_comment(path: Path) -> None:
    """A template in backticks, which may have several lines, contains no line of that form."""
    script = path.read_text("utf-8")
    for template in re.findall(r"`[^`]*`", without_comment_lines(script)):
        assert template in script
    assert script.count("`") % 2 == 0


def test_a_site_has_our_scripts_without_comments_and_yours_as_they_are(tmp_path: Path) -> None:
    """A script of the same name in the docs folder stands for ours."""
    own = "// Mine.\na();\n"
    (tmp_path / "docs" / "assets").mkdir(parents=True)
    (tmp_path / "docs" / "assets" / "today.js").write_text(own, "utf-8")
    site = published(tmp_path, {"a.txt": "A\n\nThe bridge was closed."}).site
    assert (site / "assets" / "today.js").read_text("utf-8") == own
    assert "/**" not in (site / "assets" / "search-help.js").read_text("utf-8")
