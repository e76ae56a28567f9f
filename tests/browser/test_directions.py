"""Words that run the other way than the page: each line runs as its own words do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.browser.serving import served
from tests.browser.visiting import ask, assert_fits, completed, opened, wait_for_status
from tests.support import make_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BY = "By Ana Ruiz\n"
NEWS = "أغلق العمال الجسر القديم أمس وعبروا بالقارب إلى المدينة. قال الرئيس إن القرية بخير."
ENGLISH = "At noon Jane Miller met Tom Lee in Lima. They were tired, and the bridge was closed."
SEEDS: dict[str, str | bytes] = {
    "letter.txt": f"رسالة من القرية!\n\n{BY}3 May 1983\n\nكتب المعلم رسالة طويلة. {NEWS}\r\n",
    "news.txt": f"خبر من المدينة\n\n{BY}4 May 1984\n\n{NEWS}",
    "bridge.txt": f"The bridge\n\n{BY}5 May 1985\n\n{ENGLISH}",
}
LETTER = "documents/1983/rsl-mn-lqry/"

ORDER = """([selector, first, last]) => {
  const left = (words) => {
    for (const element of document.querySelectorAll(selector)) {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const start = texts.currentNode.textContent.indexOf(words);
        if (start < 0) continue;
        const range = document.createRange();
        range.setStart(texts.currentNode, start);
        range.setEnd(texts.currentNode, start + words.length);
        return range.getBoundingClientRect().left;
      }
    }
    throw new Error(`${words} is not in ${selector}`);
  };
  return left(first) < left(last);
}"""
"""Tells whether one piece of an element's words stands left of another."""

LANGUAGE = "(element) => element.closest('[lang]').lang"


@pytest.fixture(scope="module", params=["ar", "en"])
def letters(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """Yield the address of a site in Arabic, which has no labels, and of one in English."""
    config = make_project(tmp_path_factory.mktemp("directions"), SEEDS)
    text = config.read_text("utf-8").replace('language: "en"', f"language: {request.param}")
    config.write_text(f"copyright: The letters belong to the town.\n{text}", "utf-8")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    publish(project)
    with served(project.site) as where:
        yield where


def runs_right(page: Page, selector: str, first: str, last: str) -> None:
    """Check that the words of an element run from left to right."""
    page.locator(selector).first.wait_for()
    assert page.evaluate(ORDER, [selector, first, last]), f"{selector}: {first} {last}"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_document_has_its_labels_in_their_own_direction(
    browser: Browser, letters: str, width: int
) -> None:
    """Byline, date, source box, citation and its panel; the arrow of a fold beside its words."""
    view: Any = {"width": width, "height": 800}
    with opened(browser, letters + LETTER, viewport=view) as page:
        runs_right(page, ".sb-byline time", "3", "1983")
        runs_right(page, ".sb-citation", "Ana", "Test")
        runs_right(page, "#citation > bdi", "3", "May")
        page.locator(".sb-colophon > summary").click()
        runs_right(page, ".sb-source dd", "letter.txt", "original")
        changes = page.locator(".sb-source dd summary").inner_text()
        runs_right(page, ".sb-source dd summary", changes.split()[0], "change")
        runs_right(page, ".md-copyright__highlight", "The", ".")
        assert page.locator(".sb-byline").evaluate(LANGUAGE) == "en"
        assert page.locator(".sb-foot h2").first.evaluate(LANGUAGE) == "en"
        assert page.locator(".sb-text").evaluate(LANGUAGE) == "ar"
        assert page.evaluate(ORDER, ["h1", "!", "رسالة"])
        assert page.evaluate(ARROW) >= 0
        page.locator(".sb-mark").first.click()
        runs_right(page, ".sb-quote .sb-citation", "Ana", "Test")
        assert page.locator(".sb-quote").evaluate(LANGUAGE) == "en"
        assert_fits(page, width)


BOX = """(selector) => {
  const { left, right } = document.querySelector(selector).getBoundingClientRect();
  return [Math.round(left), Math.round(document.documentElement.clientWidth - right)];
}"""
"""Gives the pixels between an element and both sides of the window."""


@pytest.mark.parametrize("document", [LETTER, "documents/1985/the-bridge/"])
def test_foot_and_head_stand_with_the_text(browser: Browser, letters: str, document: str) -> None:
    """The foot has equal margins; what is outside of them on the right cannot be scrolled to."""
    view: Any = {"width": 1280, "height": 800}
    with opened(browser, letters + document, viewport=view) as page:
        left, right = page.evaluate(BOX, ".sb-foot")
        assert left == right > 0
        side = 1 if document == LETTER else 0
        head, title, text = (page.evaluate(BOX, name) for name in (".sb-head", "h1", ".sb-text"))
        assert head[side] == title[side] == text[side]
        assert page.locator(".sb-kicker, .sb-byline").first.evaluate(ALIGNED) == side


ALIGNED = """(element) => {
  const range = document.createRange();
  range.selectNodeContents(element);
  const [line, words] = [element.getBoundingClientRect(), range.getBoundingClientRect()];
  return Number(line.right - words.right < words.left - line.left);
}"""
"""Gives 1 if the words of an element stand at its right side."""

ARROW = """() => {
  const summary = document.querySelector(".sb-source summary");
  const words = document.createRange();
  words.selectNodeContents(summary);
  const [box, inside] = [summary.getBoundingClientRect(), words.getBoundingClientRect()];
  const arrow = parseFloat(getComputedStyle(summary, "::after").width);
  const room = document.body.dir === "rtl" ? inside.left - box.left : box.right - inside.right;
  return room - arrow;
}"""
"""Gives the pixels between a fold's words and its arrow."""


def test_other_pages_too(browser: Browser, letters: str) -> None:
    """Home, timeline, data, a person, and what search says."""
    with opened(browser, letters) as page:
        runs_right(page, ".sb-masthead .sb-meta", "3", "words")
        runs_right(page, ".sb-lead .sb-byline time", "3", "1983")
        runs_right(page, ".sb-titles time", "5", "1985")
        runs_right(page, ".sb-chart figcaption", "Documents", ".")
        page.goto(f"{letters}timeline/")
        runs_right(page, "li .sb-day", "3", "May")
        assert page.evaluate(ORDER, ["li a", "!", "رسالة"])
        page.goto(f"{letters}data/")
        runs_right(page, ".sb-summary", "Everything", ".")
        assert page.locator(".sb-summary").evaluate(LANGUAGE) == "en"
        ask(page, "رسالة").first.wait_for()
        wait_for_status(page, "1 result.")
        completed(page)
        runs_right(page, ".md-search-result__meta", "1", "result")
        runs_right(page, ".sb-hit__facts", "3", "1983")
        assert page.locator(".md-search-result__meta").evaluate(LANGUAGE) == "en"
        page.goto(f"{letters}search/?q=رسالة")
        runs_right(page, ".sb-status", "1", "result")
        assert page.locator(".sb-status").evaluate(LANGUAGE) == "en"
