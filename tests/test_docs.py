"""The docs say all there is: a command, setting or message that they do not name is unfinished."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import settings
from generator.cli.entry_point import seedbed
from generator.reading import front_matter
from generator.starter.words import WORDS
from tests.support import CASES, ROOT
from tests.test_architecture import ALLOWED
from tools.make_options import options_page

DOCS = ROOT / "docs-site" / "docs"
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text("utf-8")


def words(name: str) -> str:
    """Return the text of a page of the docs."""
    return (DOCS / name).read_text("utf-8")


def test_every_command_is_documented() -> None:
    """With its name, in the table."""
    page = words("commands.md")
    assert [name for name in seedbed.commands if f"`seedbed {name}" not in page] == []


def test_every_setting_is_documented() -> None:
    """With its default and what it means."""
    page = words("settings.md")
    assert [key for key in settings.OPTIONS if f"| `{key}` |" not in page] == []


def test_every_key_of_a_seeds_front_matter_is_documented() -> None:
    """In the table of what is heard."""
    page = words("how-it-works.md").partition("## Front matter of a seed")[2]
    heard = [key for keys in front_matter.FIELDS.values() for key in keys]
    assert [key for key in heard if f"`{key}`" not in page.partition("\n## ")[0]] == []


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
    english = WORDS["en"]
    for word, value in (
        ("SITE_LANGUAGE", "en"),
        ("TO_LIGHT", english.to_light),
        ("TO_DARK", english.to_dark),
        ("TO_SYSTEM", english.to_system),
    ):
        starter = starter.replace(word, value)
    ours = (ROOT / "mkdocs.yml").read_text("utf-8")
    for part in ("markdown_extensions:", "plugins:", "extra:", "theme:"):
        same = [text[text.index(part) :].split("\n\n")[0] for text in (starter, ours)]
        own_values = r"(?<=site_id: )\S+|    (?:rights|publisher): .*\n|(?<=        name: ).*"
        same = [re.sub(own_values, "", text) for text in same]
        assert same[0] == same[1]


def test_every_package_is_described() -> None:
    """CONTRIBUTING has a row for each package."""
    table = CONTRIBUTING.partition("## Packages")[2].partition("\n## ")[0]
    packages = sorted(package for package in ALLOWED if not package.startswith("__"))
    assert [package for package in packages if f"| `{package}` |" not in table] == []


def test_what_contributing_names_exists() -> None:
    """Every file is there, and every table of rules is in one of the files of its line."""
    section = CONTRIBUTING.partition("Where to start reading")[2].partition("\n## Conventions")[0]
    for line in section.splitlines():
        names = re.findall(r"`([^`]+)`", line)
        files = [name for name in names if re.search(r"/|\.\w+$", name)]
        candidates = [(ROOT / name, ROOT / "generator" / name, CASES / name) for name in files]
        existing = [path for paths in candidates for path in paths if path.exists()]
        assert len(existing) == len(files), line
        texts = " ".join(path.read_text("utf-8") for path in existing if path.is_file())
        tables = [name for name in names if name.isupper()]
        assert [name for name in tables if not re.search(rf"\b{name}\b", texts)] == []


def test_the_page_of_options_is_that_of_the_commands() -> None:
    """It is made by a tool, and has every option."""
    assert words("options.md") == options_page(), "run `python -m tools.make_options`"


def test_every_page_is_in_the_navigation() -> None:
    """A page that no menu names is found by nobody."""
    navigation = (ROOT / "docs-site/mkdocs.yml").read_text("utf-8").partition("\nnav:")[2]
    pages = [path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md")]
    assert [page for page in pages if f": {page}\n" not in navigation] == []


@pytest.mark.slow
def test_the_docs_are_a_site_without_a_warning(tmp_path: Path) -> None:
    """Every link and anchor has a target."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-d", str(tmp_path)]
    result = subprocess.run(
        command, cwd=ROOT / "docs-site", capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.slow
def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    """Its commands, in their order, make a site of ten documents and a copy of it."""
    texts = tmp_path / "texts"
    texts.mkdir()
    for number in range(10):
        text = f"Letter {number}\n\nDear Ana, this is letter number {number} from the harbour.\n"
        (texts / f"letter-{number}.txt").write_text(text, "utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", words("tutorial.md"), re.DOTALL)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "HOME": str(tmp_path), "PATH": path, "PYTHONPATH": str(ROOT)}
    for block in blocks:
        command = ["bash", "-euc", block]
        subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
    pages = list((tmp_path / "archive/site/documents").rglob("index.html"))
    assert len(pages) == 10
    assert any("my-first-document" in str(page) for page in pages)
    assert (tmp_path / "archive/my-archive.zip").is_file()
