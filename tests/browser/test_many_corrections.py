"""Thirty corrections in one sitting, with the keyboard alone, on 45 documents of an archive.

How long the sitting took is in the report (`--junit-xml`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.starter import NewSite, create_project
from tests.browser.desk_visits import Desk, Served, serve_with_desk
from tools.quality.archives import archives

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow

DOCUMENTS = 45
DECIDED = "count => parseInt(document.getElementById('sb-progress').textContent) >= count"
"""Whether so many questions are decided; an answer may settle other questions too."""

IS_EMPTY = "document.querySelector('main form input')?.value === ''"
"""Whether the next document is shown."""

IS_NEXT = "shown => document.getElementById('sb-question')?.textContent !== shown"
"""Whether another question is shown, or none."""

SCANS = 5
"""Every so many documents, one has lost its first lines, and with them its title and its date."""


def write_seeds(folder: Path) -> None:
    """Write texts of our archives as the seeds of a project."""
    documents = [document for archive in archives() for document in archive.documents]
    for number, document in enumerate(documents[:DOCUMENTS], start=1):
        blocks = [block.text for block in document.blocks]
        is_scan = number % SCANS == 0
        path = folder / (f"scan_{number:04}.txt" if is_scan else f"{number:02}/letter.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(blocks[1:] if is_scan else blocks) + "\n", "utf-8")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the archive, served with a desk."""
    folder: Path = tmp_path_factory.mktemp("archive") / "project"
    create_project(folder, NewSite("An archive"))
    write_seeds(folder / "seeds")
    with serve_with_desk(folder) as project:
        yield project


def open_view(desk: Desk, view: str) -> None:
    """Open a list of the desk; another part of the same address is no other page."""
    desk.page.goto("about:blank")
    desk.open(f"_desk/#{view}")


def settle_in_a_row(desk: Desk, view: str, count: int, words: str) -> None:
    """Give a date or a title to the next documents of a list; the field has the focus."""
    open_view(desk, view)
    for number in range(1, count + 1):
        desk.page.wait_for_function(IS_EMPTY)
        desk.page.keyboard.insert_text(words.format(number))
        desk.page.keyboard.press("Enter")
        desk.page.wait_for_function(DECIDED, arg=number)


def answer_questions(desk: Desk, count: int) -> None:
    """Take the first answer of each question."""
    open_view(desk, "questions")
    for number in range(1, count + 1):
        question = desk.page.locator("#sb-question").inner_text()
        desk.page.keyboard.press("a")
        desk.page.wait_for_function(DECIDED, arg=number)
        desk.page.wait_for_function(IS_NEXT, arg=question)


def correct_name(desk: Desk, address: str, tabs: int, words: str) -> None:
    """Type words into a field of the form of a page, so many steps from its first one."""
    desk.page.goto("about:blank")  # or the page would load itself again meanwhile
    desk.open(address)
    desk.page.keyboard.press("Shift+F2")
    desk.page.locator("dialog input").first.wait_for()
    for _ in range(tabs):
        desk.page.keyboard.press("Tab")
    desk.page.keyboard.press("Control+A")
    desk.page.keyboard.insert_text(words)
    desk.page.keyboard.press("Control+Enter")
    desk.page.locator("dialog").wait_for(state="detached")


def count_decisions(desk: Desk) -> int:
    """Return how many decisions can be taken back."""
    open_view(desk, "decisions")
    desk.page.locator("main button").wait_for()
    return desk.page.locator("main ol li").count()


def test_thirty_corrections_need_no_editor(
    browser: Browser, served: Served, record_property: Callable[[str, object], None]
) -> None:
    """Dates, titles, questions, names, one mention, a withdrawal: and the last one is undone."""
    page = browser.new_page()
    desk = Desk(page, served)
    desk.open("")
    start = time.monotonic()
    settle_in_a_row(desk, "undated", 8, "189{}-05-03")
    settle_in_a_row(desk, "untitled", 8, "A scan, page {}: by hand")
    answer_questions(desk, 8)
    people = re.findall(r'href="\.?/?(people/[a-z-]+/)"', page.request.get(served.address).text())
    for number, address in enumerate(dict.fromkeys(people[:4])):
        correct_name(desk, address, 0, f"Somebody Else {number // 2}")
    documents = [*(served.folder / "docs/documents").rglob("index.md")]
    addresses = sorted(path.parent.relative_to(served.folder / "docs") for path in documents)
    correct_name(desk, f"{addresses[0].as_posix()}/", 0, "A title from the shelf list")
    correct_name(desk, f"{addresses[-1].as_posix()}/", 0, "The last title")
    decided = count_decisions(desk)
    assert decided == 30
    record_property("seconds", round(time.monotonic() - start))
    desk.press("Undo")
    page.locator("main ol li").nth(decided - 1).wait_for(state="detached")
    assert "The last title" not in served.corrections
    assert served.corrections.count("title:") >= 9
    page.close()
