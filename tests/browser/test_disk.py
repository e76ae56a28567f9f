"""A site opened from disk, as an archive on a stick: what cannot work is said."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

import pytest

from generator.publishing import mkdocs_build
from tests.support import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

ENGLISH = json.loads((ROOT / "generator/writing/tables/en.json").read_text("utf-8"))["theme"]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_header_says_that_there_is_no_search(
    browser: Browser, built: mkdocs_build.Project, width: int
) -> None:
    """Before anything is typed and after; Escape closes it, and Enter leads to the search page."""
    from playwright.sync_api import expect

    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto((built.site / "about" / "index.html").as_uri())
    if width < 960:
        page.locator("label[for=__search]").first.click()
    box = page.locator(".md-search__input")
    box.click()
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.type("bridge")
    expect(page.locator(".md-search-result__meta")).to_have_text(ENGLISH["from_disk"])
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    box.evaluate("box => box.form.requestSubmit()")
    page.wait_for_url("**/search/index.html?q=bridge")
    page.close()


def test_the_search_page_says_so_and_leads_on(
    browser: Browser, built: mkdocs_build.Project
) -> None:
    """It does not blame JavaScript, which is there."""
    from playwright.sync_api import expect

    page = browser.new_page()
    page.goto((built.site / "search" / "index.html").as_uri())
    expect(page.locator(".sb-search-page")).to_contain_text(ENGLISH["from_disk"])
    assert "JavaScript" not in page.locator(".sb-search-page").inner_text()
    assert page.locator(".sb-search-page a").count() == 4
    page.close()


def test_in_another_language_it_is_said_in_that_language(
    browser: Browser, built: mkdocs_build.Project, tmp_path: Path
) -> None:
    """In the words that the page hands over."""
    from playwright.sync_api import expect

    html = (built.site / "search" / "index.html").read_text("utf-8")
    html = html.replace(escape(ENGLISH["from_disk"]), "Solo en la red")
    html = re.sub(r"\.\./assets/", f"{built.site.as_uri()}/assets/", html)
    html = re.sub(r"<meta http-equiv[^>]*>", "", html)
    (tmp_path / "search.html").write_text(html, "utf-8")
    page = browser.new_page()
    page.goto((tmp_path / "search.html").as_uri())
    expect(page.locator(".sb-search-page")).to_contain_text("Solo en la red")
    page.close()


def test_without_javascript_that_is_what_is_said(
    browser: Browser, built: mkdocs_build.Project
) -> None:
    """From disk as from a server."""
    page = browser.new_page(java_script_enabled=False)
    page.goto((built.site / "search" / "index.html").as_uri())
    assert "Searching needs JavaScript." in page.locator(".sb-search-page").inner_text()
    page.close()


def test_the_comforts_are_there(browser: Browser, built: mkdocs_build.Project) -> None:
    """They need no server."""
    page = browser.new_page()
    document = next((built.site / "documents" / "undated").glob("a-note-*/index.html"))
    page.goto(document.as_uri())
    page.locator(".sb-source button").wait_for()
    parts = page.locator(".sb-text :is(p, li, h2, h3, h4, h5, h6)[id]")
    assert page.locator(".sb-mark").count() == parts.count() > 0
    page.close()
