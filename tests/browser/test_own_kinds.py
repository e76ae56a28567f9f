"""Kinds of names that people named, in a browser: pages, lists, a filter of the search."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.serving import served
from tests.browser.test_figures import violations
from tests.browser.visiting import opened
from tests.support import published

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = """name,kind,also,born,latitude,longitude,note
Good Intent,ship,,,,,A <b>barque</b>.
Hob's Nook,place,,,54.5,-0.61,
Ray's Ball,village feast,,,,,
Tom Ray,person,,c. 1830,,,
"""
TEXT = (
    "The gale\n\n12 March 1891\n\nThe Good Intent left Hob's Nook with Tom Ray after Ray's Ball.\n"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield a small archive with authority names, served on this machine."""
    seeds = {f"{number}.txt": f"{number} {TEXT}" for number in range(3)}
    folder = tmp_path_factory.mktemp("names-file")
    project = published(folder, {**seeds, "plain.txt": "Rain\n\nIt rained.\n", "names.csv": NAMES})
    with served(project.site) as where:
        yield where


@pytest.mark.parametrize(
    "page",
    ["names/", "names/ship/", "names/ship/good-intent/", "places/hobs-nook/", "people/tom-ray/"],
)
def test_pages_of_authority_names_are_accessible(browser: Browser, address: str, page: str) -> None:
    """And nothing in a note becomes markup."""
    with opened(browser, f"{address}{page}") as shown:
        assert violations(shown) == []
        assert shown.locator("article b").count() == 0


def test_the_search_filters_by_a_kind_of_ones_own(browser: Browser, address: str) -> None:
    """The filter has the kind's heading, its address leads back, and the ship itself is found."""
    with opened(browser, f"{address}search/") as page:
        box = page.locator(".sb-facet", has=page.get_by_text("Ships", exact=True))
        box.evaluate("one => (one.open = true)")
        assert page.locator(".sb-facet", has=page.get_by_text("Village feast", exact=True)).count()
        box.get_by_text("Good Intent").click()
        page.wait_for_url("**names-ship=Good+Intent*")
        page.get_by_text("3 results.").first.wait_for()
        where = page.url
    with opened(browser, where) as page:
        page.get_by_text("3 results.").first.wait_for()
    with opened(browser, f"{address}search/?q=good+intent") as page:
        page.get_by_text("Ship", exact=True).first.wait_for()
