"""The desk in a real browser: a person corrects pages with the keyboard alone."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SEEDS = {
    "letters/a.txt": (
        "A letter home\n\nBy Ana Ruiz\n3 May 1891\n\nJohn Storr of Whitby came to see the Harbour"
        " Board on Monday. John Storr is well.\n\nJohn Storr met Isaac Verrill in Whitby."
    ),
    "letters/b.txt": (
        "Another letter\n\n4 June 1892\n\nJohn Storr went to Whitby again and Isaac Verrill was"
        " there. Captain Isaac Verrill spoke to John Storr."
    ),
}
SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.querySelector(".sb-text"), 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    getSelection().setBaseAndExtent(node, start, node, start + words.length);
    return;
  }
}"""


@dataclass(frozen=True)
class Served:
    """A project with a preview."""

    folder: Path
    address: str

    @property
    def corrections(self) -> str:
        """The text of its corrections."""
        return (self.folder / "seeds" / "corrections.yml").read_text("utf-8")


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Yield a project, served with a desk."""
    config = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in SEEDS.items():
        (tmp_path / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "seeds" / name).write_text(text, "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "generator", "serve", "-a", address]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        assert any("Serving on" in line for line in server.stderr)
        yield Served(tmp_path, f"http://{address}/")
        server.kill()


@pytest.fixture
def letter(browser: Browser, served: Served) -> Iterator[Page]:
    """Yield the page of a letter; an error of a script fails the test."""
    errors: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{served.address}documents/1891/a-letter-home/")
    page.get_by_role("button", name="Correct this page").wait_for()
    yield page
    page.close()
    assert errors == []


def press(page: Page, button: str) -> None:
    """Press a button with the keyboard."""
    page.get_by_role("button", name=button).focus()
    page.keyboard.press("Enter")


def test_a_title_and_a_date_are_mended_and_taken_back(letter: Page, served: Served) -> None:
    """The page follows, also to its new address."""
    press(letter, "Correct this page")
    letter.get_by_label("Title").fill("Ana: a letter")
    letter.get_by_label("Date").fill("3 March 1890")
    letter.keyboard.press("Enter")
    problem = letter.get_by_role("alert").filter(has_text="is not a date")
    problem.wait_for()
    assert not (served.folder / "seeds" / "corrections.yml").exists()
    letter.get_by_label("Date").fill("1890-03-03")
    letter.keyboard.press("Enter")
    letter.wait_for_url("**/documents/1890/ana-a-letter/")
    assert letter.locator("h1").inner_text() == "Ana: a letter"
    assert "title: 'Ana: a letter'" in served.corrections
    press(letter, "Undo")
    letter.wait_for_url("**/documents/1891/a-letter-home/")
    assert "Ana" not in served.corrections


def test_words_of_a_text_get_a_kind(letter: Page, served: Served) -> None:
    """The name is offered as it is selected."""
    letter.evaluate(SELECT, ["Harbour Board"])
    press(letter, "Who or what is “Harbour Board”?")
    letter.locator("[name=kind]").select_option("organization")
    letter.get_by_label("Its page has the title").focus()
    letter.keyboard.press("Enter")
    letter.locator("dialog").wait_for(state="detached")
    assert "Harbour Board: organization" in served.corrections


def test_two_names_become_one(letter: Page, served: Served) -> None:
    """The other name is offered while a person types."""
    letter.goto(f"{served.address}people/isaac-verrill/")
    press(letter, "Correct this page")
    letter.get_by_label("The same as").press_sequentially("storr")
    letter.locator("datalist option[value='John Storr']").wait_for(state="attached")
    letter.get_by_label("The same as").fill("John Storr")
    letter.keyboard.press("Enter")
    letter.locator("dialog").wait_for(state="detached")
    assert re.search(r"merge:\s+John Storr: \[Isaac Verrill\]", served.corrections)


def test_the_desk_is_accessible(letter: Page) -> None:
    """Bar and dialog have no fault that axe finds, and Escape gives the focus back."""
    from axe_playwright_python.sync_playwright import Axe

    press(letter, "Correct this page")
    letter.get_by_label("Title").wait_for()
    found = Axe().run(letter).response["violations"]
    assert [violation["id"] for violation in found] == []
    letter.keyboard.press("Escape")
    letter.locator("dialog").wait_for(state="detached")
    focused = letter.evaluate("document.activeElement.textContent")
    assert focused == "Correct this page"
