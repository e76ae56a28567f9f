"""The site in a real browser, as sentences; every test ends with an empty console."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.support import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ATTACKS = ROOT.parent / "shared" / "attacks"
LIVE = ", ".join(f"article {tag}" for tag in "script form iframe img svg style input meta".split())


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page; what it prints to the console, or asks of others, fails the test."""
    told: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if outside(request.url) else None)
    page.goto(address)
    yield page
    page.close()
    assert told == []


def outside(url: str) -> bool:
    """Tell whether a request leaves the site."""
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


def search(page: Page, words: str) -> None:
    """Type into the header's search, with the keyboard alone, once its script has started."""
    box = page.locator(".md-search__input")
    for _ in range(50):
        page.keyboard.press("/")
        if box.evaluate("box => box === document.activeElement"):
            break
        page.wait_for_timeout(100)
    page.keyboard.type(words, delay=20)


def test_a_person_named_in_an_article_is_found_by_search(page: Page) -> None:
    """The reader's first wish."""
    search(page, "Sendón")
    results = page.locator(".md-search-result__item a")
    results.filter(has_text="Protests and coup threats").wait_for()
    # His own page comes first, once what was typed last is answered.
    results.first.filter(has_text="Guillermo Sendón").wait_for()
    results.filter(has_text="Protests and coup threats").click()
    page.wait_for_url("**/documents/2021/**")
    assert page.locator("h1").inner_text().startswith("Protests and coup threats")


def test_the_timeline_leads_to_an_article_and_its_author(page: Page) -> None:
    """By links alone."""
    page.get_by_role("link", name="Timeline").first.click()
    page.get_by_role("link", name="Protests and coup threats").click()
    page.get_by_role("link", name="Bill Van Auken").click()
    page.wait_for_url("**/authors/bill-van-auken/")
    titles = page.locator("article").get_by_role("link").all_inner_texts()
    assert sum(title.startswith("Protests and coup threats") for title in titles) == 1


def test_a_hostile_article_shows_its_words_and_does_nothing(page: Page, address: str) -> None:
    """Promise 2, in the article, in lists, and in the results of a search."""
    page.goto(f"{address}timeline/")
    page.get_by_role("link", name="Council & ").click()
    text = page.locator(".sb-text").inner_text()
    assert "<script>window.PWN=1</script> The [council](javascript:window.PWN=1)" in text
    assert "{{ config }}" in text
    search(page, "Council friends")
    page.locator(".md-search-result__item a").first.wait_for()
    assert page.evaluate("window.PWN") is None


def test_an_article_is_readable_without_javascript(browser: Browser, address: str) -> None:
    """Text, byline and links need no script."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    page.get_by_role("link", name="Protests and coup threats").click()
    assert "Lima was the scene" in page.locator(".sb-text").inner_text()
    assert page.locator("h1").count() == 1
    page.close()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_nothing_overflows(page: Page, address: str, width: int) -> None:
    """From the narrowest telephone up."""
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("", "timeline/", "authors/"):
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Bill Van Auken").last.click()
    page.locator("article").get_by_role("link").first.click()
    page.wait_for_url("**/documents/**")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
