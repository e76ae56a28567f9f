"""The site in a real browser, as sentences; every test ends with an empty console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.visiting import ask, assert_fits, completed, opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yield the front page."""
    with opened(browser, address) as fresh:
        yield fresh


def test_a_person_named_in_an_article_is_found_by_search(page: Page) -> None:
    """The reader's first wish."""
    titles = ask(page, "Sendón")
    completed(page)
    assert titles.first.inner_text() == "Guillermo Sendón"  # his own page comes first
    titles.get_by_text("Protests and coup threats").click()
    page.wait_for_url("**/documents/2021/**")
    assert page.locator("h1").inner_text().startswith("Protests and coup threats")


def test_mentions_are_aligned_on_the_name(page: Page, address: str) -> None:
    """As in a concordance, with the same words; once more, and they are sentences again."""
    page.goto(f"{address}people/pedro-castillo/")
    mentions, button = page.locator(".sb-mentions"), page.locator(".sb-align")
    words, starts = mentions.text_content(), set(mentions.evaluate(STARTS))
    assert len(starts) > 1
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert len(set(mentions.evaluate(MIDDLES))) == 1
    assert mentions.text_content() == words
    button.click()
    assert set(mentions.evaluate(STARTS)) == starts


STARTS = """(list) => [...list.querySelectorAll("li a")].map(
  (link) => Math.round(link.getBoundingClientRect().left),
)"""
MIDDLES = """(list) => [...list.querySelectorAll("li a")].map((link) => {
  const { left, right } = link.getBoundingClientRect();
  return Math.round((left + right) / 20);
})"""
"""Where the names begin, and where their middles are, in steps of ten pixels."""


def test_the_timeline_leads_to_an_article_and_its_author(page: Page) -> None:
    """By links alone."""
    page.get_by_role("link", name="Timeline").first.click()
    page.wait_for_url("**/timeline/")
    page.get_by_role("link", name="Protests and coup threats").click()
    page.wait_for_url("**/documents/2021/**")
    page.get_by_role("link", name="Bill Van Auken").click()
    page.wait_for_url("**/authors/bill-van-auken/")
    titles = page.locator("article").get_by_role("link").all_inner_texts()
    assert sum(title.startswith("Protests and coup threats") for title in titles) == 1


def test_a_hostile_article_shows_its_words_and_does_nothing(page: Page, address: str) -> None:
    """Promise 2, in the article, in lists, and in the results of a search."""
    page.goto(f"{address}timeline/")
    page.get_by_role("link", name="Council & ").click()
    page.wait_for_url("**/documents/2020/**")
    text = page.locator(".sb-text").inner_text()
    assert "<script>window.PWN=1</script> The [council](javascript:window.PWN=1)" in text
    assert "{{ config }}" in text
    ask(page, "Council friends").first.wait_for()
    completed(page)
    assert page.evaluate("window.PWN") is None


def test_an_article_is_readable_without_javascript(browser: Browser, address: str) -> None:
    """Text, byline and links need no script."""
    with opened(browser, address, java_script_enabled=False) as page:
        page.get_by_role("link", name="Protests and coup threats").click()
        page.wait_for_url("**/documents/2021/**")
        assert "Lima was the scene" in page.locator(".sb-text").inner_text()
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_overflows(page: Page, address: str, width: int) -> None:
    """From the narrowest telephone up."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("", "timeline/", "authors/"):
        page.goto(address + path)
        assert_fits(page, width)
    page.get_by_role("link", name="Van Auken, Bill").last.click()
    page.wait_for_url("**/authors/bill-van-auken/")
    page.locator("article").get_by_role("link").first.click()
    page.wait_for_url("**/documents/**")
    assert_fits(page, width)


def test_the_mark_of_a_paragraph_takes_no_room(browser: Browser, address: str) -> None:
    """No mark begins a line of its own, and none makes the page wider."""
    view: Any = {"width": 390, "height": 800}
    with opened(browser, address, viewport=view) as page:
        page.get_by_role("link", name="Protests and coup threats").first.click()
        page.locator(".sb-mark").first.wait_for(state="attached")
        assert_fits(page, 390)
        height, without = page.evaluate(HEIGHTS)
        assert height == without


HEIGHTS = """() => {
  const text = document.querySelector(".sb-text");
  const height = text.offsetHeight;
  for (const mark of text.querySelectorAll(".sb-mark")) mark.remove();
  return [height, text.offsetHeight];
}"""
