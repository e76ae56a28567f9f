"""The copy of a site that `seedbed export zip` writes, opened from disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from generator.cli.exports import site_of
from generator.exporting.local_copy import LocalCopy
from generator.files.archives import write_zip
from generator.publishing import mkdocs_build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def folder(built: mkdocs_build.Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a copy that was unpacked."""
    where = tmp_path_factory.mktemp("a copy, 100% local")
    write_zip(where / "copy.zip", LocalCopy(site_of(built)).entries("copy"))
    with ZipFile(where / "copy.zip") as archive:
        archive.extractall(where)
    return where / "copy"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page that fails the test if a script fails on it."""
    failures: list[str] = []
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.on("pageerror", lambda error: failures.append(str(error)))
    opened.on("console", lambda note: failures.append(note.text) if note.type == "error" else None)
    yield opened
    opened.close()
    assert failures == []


def test_the_header_finds_a_document_and_shows_its_words(page: Page, folder: Path) -> None:
    """A result leads to the page itself, and the page has the style of the site."""
    page.goto((folder / "about" / "index.html").as_uri())
    page.locator(".md-search__input").click()
    page.keyboard.type("bridge")
    first = page.locator(".md-search-result__list .sb-hit").first
    first.locator(".sb-hit__excerpt", has_text="its tower cracked").wait_for()
    first.locator("a").click()
    page.wait_for_url("**/a-note-on-bridges/index.html*")
    assert page.locator("h1").inner_text() == "A note on bridges"
    assert page.evaluate("document.fonts.ready.then(fonts => fonts.size)") > 0


def test_the_search_page_has_filters_and_phrases(page: Page, folder: Path) -> None:
    """As on a server."""
    page.goto((folder / "search" / "index.html").as_uri() + '?q="old bridge"')
    page.locator(".sb-hit", has_text="A note on bridges").wait_for()
    page.locator(".sb-facets details:not([hidden])").first.wait_for()
    page.locator("#sb-query").fill("zzzz")
    page.locator(".sb-hit").wait_for(state="detached")
    assert page.locator(".sb-status").inner_text()


def test_links_lead_from_page_to_page(page: Page, folder: Path) -> None:
    """From the front page to a list, to a document, and back."""
    page.goto((folder / "index.html").as_uri())
    page.locator("a", has_text="Timeline").first.click()
    page.wait_for_url("**/timeline/index.html")
    page.locator("article a[href*='documents/']").first.click()
    page.locator(".sb-text").wait_for()
    page.locator(".md-logo").first.click()
    page.wait_for_url("**/copy/index.html")


def test_an_old_address_leads_on(page: Page, folder: Path) -> None:
    """A document that moved is found at its old address."""
    page.goto((folder / "documents" / "notes" / "bridges" / "index.html").as_uri())
    page.wait_for_url("**/undated/a-note-on-bridges/index.html")
