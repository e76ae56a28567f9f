"""Instant navigation: whoever walks by clicks meets on every page what a fresh visitor meets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.browser.serving import served
from tests.browser.visiting import ask, opened, until
from tests.support import make_project

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FEATURES = ("navigation.instant", "navigation.instant.prefetch", "content.code.copy")

FIRST = "Ana Tom Eva Max Ivo Mia Leo Zoe Kai Uma Jon Amy".split()
LAST = "Ruiz Lee Kane".split()
PEOPLE = [f"{first} {last}" for last in LAST for first in FIRST]

ABOUT = """# About

A drawing with links, as people draw them by hand:

<svg width="90" height="30" viewBox="0 0 90 30">
<defs><circle id="dot" r="9" cx="15" cy="15"/></defs>
<a id="drawn" href="../people/"><use href="#dot"/>
<text x="40" y="20" text-anchor="middle">People</text></a>
</svg>

    a piece of code
"""


def letters() -> dict[str, str | bytes]:
    """Letters of two years, in which three dozen people are named together; one is withdrawn."""
    text = "met President Jane Miller in Lima, and the National Electoral Tribunal asked why."
    months = [f"{month} {year}" for year in (1983, 1984) for month in ("March", "May", "July")]
    seeds: dict[str, str | bytes] = {}
    for index, month in enumerate(months):
        here = [PEOPLE[(index * 6 + step) % len(PEOPLE)] for step in range(18)]
        named = f"{', '.join(here[:-1])} and {here[-1]}"
        seeds[f"letters/{index}.txt"] = (
            f"Report of {month}\n\nBy Hal Byrne\n3 {month}\n\nAt noon {named} {text}"
        )
    gone = "documents:\n  gone.txt: {title: A lost letter, withdrawn: {reason: By mistake.}}\n"
    return {**seeds, "gone.txt": "A letter\n\nNobody reads it.", "corrections.yml": gone}


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a site with instant navigation."""
    config = make_project(tmp_path_factory.mktemp("instant"), letters())
    folder: Path = config.parent
    (folder / "site").mkdir()
    with served(folder / "site") as where:
        features = "".join(f"    - {feature}\n" for feature in FEATURES)
        text = config.read_text("utf-8").replace("  features:\n", f"  features:\n{features}")
        config.write_text(text.replace("https://example.org/", where), "utf-8")
        (folder / "docs" / "about.md").write_text(ABOUT, "utf-8")
        project = mkdocs_build.load_project(config)
        generate(project.settings)
        publish(project)
        yield where


PLACES = {
    "home": "",
    "people": "people/",
    "person": "people/ana-lee/",
    "document": "documents/1983/report-of-march-1983/",
    "organizations": "organizations/",
    "organization": "organizations/national-electoral-tribunal/",
    "places": "places/",
    "place": "places/lima/",
    "authors": "authors/",
    "author": "authors/hal-byrne/",
    "index of names": "names/",
    "timeline": "timeline/",
    "calendar": "calendar/",
    "collections": "collections/",
    "collection": "collections/letters/",
    "search": "search/",
    "withdrawn": "documents/withdrawn/a-lost-letter/",
    "data": "data/",
    "corpus": "data/corpus/",
    "by hand": "about/",
}
"""Every kind of page that a walk can lead to."""

FACTS = """async () => {
  const answer = await fetch(location.href);
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const words = (page, selector) => page.querySelector(selector)?.textContent.trim() ?? "";
  const count = (selector, page = document) => page.querySelectorAll(selector).length;
  const lists = [...fresh.querySelectorAll("[data-filter]")];
  const long = lists.filter((list) => count("li", list) > 20);
  return {
    words: ["title", "article h1"].map((name) => [words(document, name), words(fresh, name)]),
    comforts: [
      [count(".sb-source .sb-actions button"), count(".sb-source .sb-actions", fresh)],
      [count(".sb-mark"), count(".sb-text :is(p, li, h2, h3, h4, h5, h6)[id]", fresh)],
      [count(".sb-filter"), long.length],
      [count(".sb-align"), count(".sb-mentions", fresh)],
      [count(".sb-search-page .sb-form"), count(".sb-search-page", fresh)],
      [count("article :is(.md-code__button, .md-clipboard)"), count("article pre > code", fresh)],
    ],
  };
}"""
"""Pairs of what the page shows and what a fresh visitor would be shown."""


def assert_furnished(page: Page) -> None:
    """Check that the page shows what is at its address, and each control exactly once."""

    def settled() -> bool:
        facts = page.evaluate(FACTS)
        return all(here == fresh for pairs in facts.values() for here, fresh in pairs)

    try:
        until(page, settled, 10_000)
    except AssertionError:
        assert page.evaluate(FACTS) == f"pairs that are equal, at {page.url}"


LEAD = """(address) => {
  document.getElementById("walk")?.removeAttribute("id");
  const links = [...document.querySelectorAll("article a, .md-tabs a")];
  let link = links.find((one) => String(one.href) === address && one.checkVisibility());
  if (!link) {
    link = document.createElement("a");
    link.href = link.textContent = address;
    document.querySelector("article").append(link);
  }
  link.id = "walk";
}"""


def go(page: Page, address: str) -> None:
    """Click a link of the page that leads there; where it has none, give it one."""
    page.evaluate(LEAD, address)
    page.locator("#walk").click()
    page.wait_for_url(address)


ALWAYS = ("by hand", "lost")


@pytest.mark.parametrize(
    "first",
    [
        *ALWAYS,
        *(pytest.param(place, marks=pytest.mark.slow) for place in PLACES if place not in ALWAYS),
    ],
)
def test_every_kind_of_page_is_whole_whatever_page_came_first(
    browser: Browser, instant: str, first: str
) -> None:
    """Title, words and comforts, without a page load; and once more on the way back and forth."""
    with opened(browser, instant + PLACES.get(first, "404.html")) as page:
        page.wait_for_load_state("networkidle")  # the list of pages has come
        page.evaluate("window.kept = true")
        for path in PLACES.values():
            go(page, instant + path)
            assert_furnished(page)
        for _ in range(4):
            page.go_back()
            assert_furnished(page)
        page.go_forward()
        assert_furnished(page)
        assert page.evaluate("window.kept")


@pytest.mark.parametrize(
    ("start", "link"),
    [("people/", ".sb-network a"), ("about/", "#drawn"), ("timeline/", ".sb-ticks a")],
)
def test_a_link_in_a_picture_is_a_link_like_others(
    browser: Browser, instant: str, start: str, link: str
) -> None:
    """Pointed at, reached with the keyboard and followed; the walk goes on after it."""
    with opened(browser, f"{instant}data/") as page:
        page.wait_for_load_state("networkidle")
        go(page, instant + start)
        assert_furnished(page)
        drawn = page.locator(link).first
        drawn.hover()
        drawn.focus()
        before = page.url
        page.keyboard.press("Enter")
        until(page, lambda: page.url != before)
        assert_furnished(page)
        go(page, f"{instant}data/corpus/")
        assert_furnished(page)


def test_the_comforts_work_after_a_walk(browser: Browser, instant: str) -> None:
    """A copy, a citation of a paragraph, a filtered list, and a search from the header."""
    from playwright.sync_api import expect

    with opened(browser, f"{instant}about/") as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.wait_for_load_state("networkidle")
        go(page, instant + PLACES["people"])
        page.locator(".sb-filter").fill("kane")
        expect(page.locator("[data-filter] li:visible")).to_have_count(12)
        go(page, instant + PLACES["document"])
        page.locator(".sb-source button").click()
        read = "navigator.clipboard.readText()"
        until(page, lambda: "Hal Byrne" in page.evaluate(read))
        page.locator(".sb-mark").first.click()
        expect(page.locator(".sb-quote")).to_contain_text(f"{PLACES['document']}#p-")
        assert page.url.startswith(f"{instant}{PLACES['document']}#p-")
        page.wait_for_timeout(300)  # a jump to the paragraph would take the focus by then
        expect(page.locator(".sb-quote button").first).to_be_focused()
        form = page.locator(".md-search__form")
        assert form.evaluate("form => form.action") == f"{instant}search/"
        ask(page, "tribunal").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{instant}{PLACES['organization']}")
        assert_furnished(page)


def test_the_search_page_is_searched_from_the_header(browser: Browser, instant: str) -> None:
    """All results of one query, then of another; a filter and the way back keep the page whole."""
    with opened(browser, f"{instant}data/") as page:
        page.wait_for_load_state("networkidle")
        for query, many in (("lima", "7 results."), ("tribunal", "7 results.")):
            ask(page, query).first.wait_for()
            page.locator(f".sb-all[href$='q={query}']").click()
            page.wait_for_url(f"{instant}search/?q={query}")
            expect_status(page, many)
            assert_furnished(page)
        page.locator(".sb-values input").first.check()
        expect_status(page, "6 results.")
        page.go_back()
        expect_status(page, "7 results.")
        page.go_back()
        page.wait_for_url(f"{instant}search/?q=lima")
        assert page.locator("#sb-query").input_value() == "lima"
        page.go_back()
        page.wait_for_url(f"{instant}data/")
        assert_furnished(page)


def expect_status(page: Page, words: str) -> None:
    """Wait until the search page announces this."""
    page.locator(".sb-status").get_by_text(words).wait_for()
