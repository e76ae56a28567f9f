"""The docs say all there is: a command, setting or message that they do not name is unfinished."""

from __future__ import annotations

import re

from generator import cli, settings
from tests.support import ROOT

ABOUT = ROOT / "docs" / "about"


def words(name: str) -> str:
    """The text of a page of the docs."""
    return (ABOUT / name).read_text("utf-8")


def test_every_command_is_documented() -> None:
    """With its name, in the table."""
    page = words("commands.md")
    assert [name for name in cli.seedbed.commands if f"`seedbed {name}" not in page] == []


def test_every_setting_is_documented() -> None:
    """With its default and what it means."""
    page = words("settings.md")
    assert [key for key in settings.OPTIONS if f"| `{key}` |" not in page] == []


def test_every_message_is_documented_and_no_other() -> None:
    """Codes in the program and codes in the docs are the same."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "generator").rglob("*.py"))
    used = set(re.findall(r'"([EW]\d{3})"', source))
    assert used == set(re.findall(r"^\| ([EW]\d{3}) \|", words("messages.md"), re.MULTILINE))


def test_the_readmes_commands_are_in_the_makefile() -> None:
    """What a newcomer types exists."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    named = set(re.findall(r"\bmake ([a-z]+)", (ROOT / "README.md").read_text("utf-8")))
    assert {"site", "test", "serve"} <= named
    assert all(re.search(rf"^{target}:", makefile, re.MULTILINE) for target in named)


def test_a_new_project_is_configured_as_this_one() -> None:
    """The starter's mkdocs.yml differs from ours only in names and in the hand-written pages."""
    starter = (ROOT / "generator/starter/mkdocs.yml").read_text("utf-8")
    ours = (ROOT / "mkdocs.yml").read_text("utf-8")
    for part in ("markdown_extensions:", "plugins:", "extra:", "theme:"):
        same = [text[text.index(part) :].split("\n\n")[0] for text in (starter, ours)]
        assert same[0] == same[1].replace("generator/theme", "theme")
