"""How a site is visited: what its pages tell, how one searches it, when one may look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

PATIENCE = 120_000
"""Milliseconds. Only a test that fails waits so long; a slow machine may need some of them."""

_STILL = "document.getAnimations().every((one) => one.playState !== 'running')"


def outside(url: str) -> bool:
    """Tell whether a request leaves the site."""
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@contextmanager
def opened(browser: Browser, where: str, **options: Any) -> Iterator[Page]:
    """Yield a fresh page; what it prints to the console, or asks of others, fails the test."""
    messages: list[str] = []
    page = browser.new_page(**options)
    page.set_default_timeout(PATIENCE)
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.on(
        "request", lambda request: messages.append(request.url) if outside(request.url) else None
    )
    page.goto(where)
    yield page
    page.close()
    assert messages == []


def ask(page: Page, query: str) -> Locator:
    """Put a query into the header's search, with the keyboard alone; give the titles that come.

    It comes in one piece, as from a clipboard: of one that is typed, a slow machine would answer
    the beginning first. What was there before is gone before, and its answer with it.
    """
    box = enter(page)
    if box.input_value():
        box.fill("")
        wait_for_status(page, "Type to start searching")
    page.keyboard.insert_text(query)
    return page.locator(".md-search-result__list .sb-hit__title")


def enter(page: Page) -> Locator:
    """Open the header's search by its key, once the script has come that knows it; give its box."""
    box = page.locator(".md-search__input")

    def entered() -> bool:
        there = bool(box.evaluate("box => box === document.activeElement"))
        if not there:
            page.keyboard.press("/")
        return there

    until(page, entered)
    return box


def until(page: Page, happened: Callable[[], object], patience: int = PATIENCE) -> None:
    """Wait until something has happened; playwright's own way is an eval, which pages forbid."""
    for _ in range(patience // 20):
        if happened():
            return
        page.wait_for_timeout(20)
    raise AssertionError("it never happened")


def wait_for_status(page: Page, words: str) -> None:
    """Wait until the dialog announces something with these words."""
    page.locator(".md-search-result__meta").get_by_text(words).wait_for()


def completed(page: Page) -> None:
    """Wait until the results show their texts: from then on they keep their order."""
    page.locator(".sb-hit__excerpt mark").first.wait_for()


def at_rest(page: Page) -> None:
    """Wait until nothing moves or fades any more."""
    until(page, lambda: page.evaluate(_STILL))


def assert_fits(page: Page, width: int) -> None:
    """In a window of this width, nothing is to be scrolled sideways."""
    until(page, lambda: page.evaluate("innerWidth") == width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
