"""A page with every kind of block, as readers see it and cite from it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.publishing import mkdocs_build
from generator.text.paragraph_ids import paragraph_ids
from generator.writing.blocks.body import Surroundings, html_body
from tests.browser.serving import served
from tests.browser.test_figures import violations
from tests.browser.visiting import opened, until
from tests.writing.blocks.random_blocks import EVERY_KIND

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SPACES = "getComputedStyle(document.querySelectorAll('.sb-text .line')[%d]).paddingInlineStart"


@pytest.fixture(scope="module")
def place(built: mkdocs_build.Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a page whose text has every kind of block."""
    site = tmp_path_factory.mktemp("structure") / "site"
    shutil.copytree(built.site, site)
    page = next(site.glob("documents/undated/*/index.html"))
    write_text(page)
    with served(site) as where:
        yield where + page.parent.relative_to(site).as_posix() + "/"


def write_text(page: Path) -> None:
    """Replace the text of a built page."""
    names = paragraph_ids(block.text for block in EVERY_KIND)
    tree = LexborHTMLParser(page.read_text("utf-8"))
    text = tree.css_first("div.sb-text")
    assert text
    text.inner_html = html_body(EVERY_KIND, Surroundings(names, {}))
    page.write_text(f"<!doctype html>{tree.html}", "utf-8")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_is_accessible_and_fits(
    browser: Browser, place: str, scheme: Any, width: int
) -> None:
    """No violation that axe-core knows, and nothing is wider than the screen."""
    size = {"width": width, "height": 900}
    with opened(browser, place, color_scheme=scheme, viewport=size) as page:
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_verse_is_indented_and_numbers_are_as_printed(browser: Browser, place: str) -> None:
    """A line stands where it is printed, and a list has no numbers besides its own."""
    with opened(browser, place) as page:
        flush, indented = (page.evaluate(SPACES % number) for number in (0, 1))
        assert float(indented.removesuffix("px")) > float(flush.removesuffix("px"))
        shown = "getComputedStyle(document.querySelector('.sb-text li')).listStyleType"
        assert page.evaluate(shown) == "none"
        assert page.locator(".sb-text .noteref").get_attribute("href") == "#note-1"


def cited(page: Page, part: str) -> str:
    """Return the citation of a part of the text."""
    mark = page.locator(f".sb-text {part} > .sb-mark").first
    mark.focus()
    mark.press("Enter")
    panel = page.locator(".sb-quote .sb-citation")
    return panel.inner_text()


def test_a_citation_names_the_heading_above(browser: Browser, place: str) -> None:
    """And the next dated entry, where one comes after it."""
    with opened(browser, place) as page:
        assert "“Chapter 3 Of the sea”." in cited(page, "p.lines")
        assert "“York, 3 May 1851”." in cited(page, "blockquote p")
        assert "“" not in cited(page, "h2").partition(".” ")[2]


BEGIN_PAGES = """() => {
  const beginPage = (label) => {
    const mark = document.createElement("span");
    mark.className = "page";
    mark.dataset.label = label;
    return mark;
  };
  const [first, second, third] = document.querySelectorAll(".sb-text p:not([class])");
  second.prepend(beginPage("7"));
  third.firstChild.splitText(3).before(beginPage("8"));
}"""

COUNT_LEAVES = """() => document.querySelectorAll(".sb-text .page").forEach((mark) => {
  mark.dataset.label = `fol. ${mark.dataset.label}`;
})"""


def test_a_citation_names_the_pages_of_the_source(browser: Browser, place: str) -> None:
    """Of a part that begins before the first page, and of a note, they are not known."""
    with opened(browser, place) as page:
        page.evaluate(BEGIN_PAGES)
        parts = page.locator(".sb-text p:not([class])")
        ids = [parts.nth(number).get_attribute("id") for number in range(3)]
        first, second, third = (cited(page, f"p[id='{name}']") for name in ids)
        assert "p. " not in first.partition("http")[0]
        assert ", p.\u00a07. http" in second
        assert ", pp.\u00a07–8. http" in third
        assert "p.\u00a0" not in cited(page, ".note p")
        page.evaluate(COUNT_LEAVES)
        assert ", fol. 7–fol. 8. http" in cited(page, f"p[id='{ids[2]}']")


def test_what_is_copied_of_an_item_is_the_item_alone(browser: Browser, place: str) -> None:
    """Not the items inside it, nor the mark."""
    with opened(browser, place) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        cited(page, "li")
        page.locator(".sb-quote button").first.click()
        page.locator(".md-dialog--active").wait_for()
        words = str(page.evaluate("navigator.clipboard.readText()"))
        assert words.startswith("“1. First”\n")


ADD_FACSIMILE = """document.querySelector(".sb-text").insertAdjacentHTML("afterend",
  `<section class="sb-facsimile"><div><a><img width="800" height="6000"></a></div></section>`)
"""


@pytest.mark.parametrize(("width", "is_beside"), [(1280, True), (800, False)])
def test_a_facsimile_is_beside_the_text_where_there_is_room(
    browser: Browser, place: str, width: int, *, is_beside: bool
) -> None:
    """It never lies over the text or over what stands below both."""
    with opened(browser, place, viewport={"width": width, "height": 900}) as page:
        page.evaluate(ADD_FACSIMILE)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        boxes = (page.locator(part).bounding_box() for part in (".sb-text", ".sb-facsimile > div"))
        text, facsimile = (box for box in boxes if box)
        assert (facsimile["x"] >= text["x"] + text["width"]) == is_beside
        assert (facsimile["y"] >= text["y"] + text["height"]) != is_beside
        foot = page.locator(".sb-foot").bounding_box()
        assert foot
        assert facsimile["y"] + facsimile["height"] <= foot["y"]


ADD_LEAVES = """async () => {
  const text = document.querySelector(".sb-text");
  text.innerHTML = `<p>[Page 1]</p><p>Some words.</p><p>[Page 2]</p><p>Other words.</p>`;
  text.insertAdjacentHTML("afterend", `<section class="sb-facsimile"><div>
    <a id="sheet-1" href="1.jpg"><img width="300" height="400" alt="Page 1"></a>
    <a id="sheet-2" href="2.jpg"><img width="300" height="400" alt="Page 2"></a></div></section>`);
  const { placeLeaves } = await import("/assets/leaves.js");
  placeLeaves(document.querySelector("article"));
}"""


def test_each_page_of_a_facsimile_is_beside_its_words(browser: Browser, place: str) -> None:
    """A page of few words makes room for its picture; all that was printed stays as it was."""
    with opened(browser, place, viewport={"width": 1280, "height": 900}) as page:
        page.evaluate(ADD_LEAVES)
        pages, pictures = page.locator(".sb-text p"), page.locator(".sb-facsimile img")
        until(page, lambda: (pages.nth(2).bounding_box() or {"y": 0})["y"] > 400)
        for words, picture in ((pages.nth(0), pictures.nth(0)), (pages.nth(2), pictures.nth(1))):
            beginning, sheet = words.bounding_box(), picture.bounding_box()
            assert beginning
            assert sheet
            assert sheet["x"] > beginning["x"] + beginning["width"]
            assert abs(sheet["y"] - beginning["y"]) < 20
        assert page.locator(".sb-leaf:visible").count() == 0


def test_on_a_narrow_screen_its_pages_are_small_among_the_words(
    browser: Browser, place: str
) -> None:
    """Each before the words of its page; the large ones are behind them."""
    with opened(browser, place, viewport={"width": 390, "height": 800}) as page:
        page.evaluate(ADD_LEAVES)
        order = "[...document.querySelector('.sb-text').children].map((one) => one.localName)"
        assert page.evaluate(order) == ["a", "p", "p", "a", "p", "p"]
        assert page.locator(".sb-leaf:visible").count() == 2
        assert page.locator(".sb-facsimile:visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") == 390
