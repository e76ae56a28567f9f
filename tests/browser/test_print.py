"""On paper: no sheet is printed for nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from pypdfium2 import PdfDocument

from tests.browser.serving import served
from tests.browser.visiting import opened
from tests.support import published

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TEXT = "At noon Ana Ruiz met President Jane Miller in Lima, and nobody asked why."
GONE = "documents:\n  gone.txt: {title: A lost letter, withdrawn: {reason: By mistake.}}\n"

PAGES = {
    "home": "",
    "document": "documents/1983/report-of-the-bridge/",
    "person": "people/jane-miller/",
    "people": "people/",
    "place": "places/lima/",
    "author": "authors/hal-byrne/",
    "timeline": "timeline/",
    "search": "search/",
    "withdrawn": "documents/withdrawn/a-lost-letter/",
    "by hand": "about/",
    "lost": "404.html",
}


@pytest.fixture(scope="module")
def letters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site in which every page is short."""
    seeds: dict[str, str | bytes] = {
        f"{name}.txt": f"Report of the {name}\n\nBy Hal Byrne\n3 May 1983\n\n{TEXT}"
        for name in ("bridge", "quay")
    }
    seeds |= {"gone.txt": "A letter\n\nNobody reads it.", "corrections.yml": GONE}
    with served(published(tmp_path_factory.mktemp("printed"), seeds).site) as where:
        yield where


def sheets(pdf: bytes) -> int:
    """How many pages a PDF has, by its pages and by what their tree says."""
    count = len(re.findall(rb"/Type\s*/Page\b", pdf))
    assert count == max(int(count) for count in re.findall(rb"/Count\s+(\d+)", pdf))
    return count


ALWAYS = ("document", "person", "people")


@pytest.mark.parametrize(
    "kind",
    [
        *ALWAYS,
        *(pytest.param(path, marks=pytest.mark.slow) for path in PAGES if path not in ALWAYS),
    ],
)
def test_a_short_page_is_one_sheet(browser: Browser, letters: str, kind: str) -> None:
    """On A4 and on Letter, whatever the reader's window and colours are."""
    for width, scheme in ((1280, "light"), (390, "dark")):
        view: Any = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
        with opened(browser, letters + PAGES[kind], **view) as page:
            assert [sheets(page.pdf(format=paper)) for paper in ("A4", "Letter")] == [1, 1]


def test_a_long_page_has_as_many_sheets_as_it_fills(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Nothing is cut off."""
    text = "\n\n".join(TEXT * 5 for _ in range(40))
    project = published(tmp_path_factory.mktemp("long"), {"long.txt": f"A long letter\n\n{text}"})
    with (
        served(project.site) as where,
        opened(browser, f"{where}documents/undated/a-long-letter/") as page,
    ):
        assert sheets(page.pdf(format="A4")) > 2


def test_the_night_of_a_screen_is_not_printed(browser: Browser, letters: str) -> None:
    """Where backgrounds are printed, sheet and margins are white."""
    with opened(browser, letters + PAGES["document"], color_scheme="dark") as page:
        (sheet,) = PdfDocument(page.pdf(format="A4", print_background=True))
        assert sheet.render(scale=0.1).to_numpy()[0, 0].min() == 255


def test_source_and_fidelity_is_one_line_on_paper(browser: Browser, letters: str) -> None:
    """Folded or not: the address in the citation leads to the rest, which would fill a sheet."""
    with opened(browser, letters + PAGES["document"]) as page:
        page.locator(".sb-colophon > summary").click()
        page.locator("#digest").wait_for()
        page.emulate_media(media="print")
        assert page.locator(".sb-colophon > summary").is_visible()
        assert page.locator("#digest").is_hidden()
        assert page.locator("#citation").is_visible()
        assert sheets(page.pdf(format="A4")) == 1
