"""The figures that every kind of page holds, and tasks done with the keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.browser.serving import Packed, served
from tests.browser.visiting import ask, assert_fits, at_rest, completed, opened, until
from tests.support import make_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PERU = (
    "documents/2021/protests-and-coup-threats-as-peru-enters-fourth-week-without-certification-of/"
)
KINDS = {
    "home": "",
    "document": PERU,
    "person": "people/pedro-castillo/",
    "organization": "organizations/national-electoral-tribunal/",
    "place": "places/peru/",
    "author": "authors/bill-van-auken/",
    "timeline": "timeline/",
    "people": "people/",
    "organizations": "organizations/",
    "places": "places/",
    "authors": "authors/",
    "search": "search/",
    "results": "search/?q=castillo",
    "data": "data/",
    "corpus": "data/corpus/",
    "by hand": "about/",
    "lost": "404.html",
}


GALLERY = {
    "bars": "",
    "network": "people/",
    "months": "timeline/",
    "sparkline": "people/ana-ruiz/",
    "withdrawn": "documents/withdrawn/a-lost-letter/",
    "lost": "404.html",
}
"""Pages with pictures, and what is left of a document; in a site with colours of its own."""

_CALLED = "(e => e.getAttribute('aria-label') || e.title || e.textContent)(document.activeElement)"


def violations(page: Page, within: str = "html") -> list[dict[str, Any]]:
    """Return what axe-core finds on a page or a part of it: WCAG 2.2 AA and best practice."""
    from axe_playwright_python.sync_playwright import Axe

    # The size of targets belongs to WCAG 2.2 AA; axe-core leaves it out unless it is asked for.
    asked = {"rules": {"target-size": {"enabled": True}}}
    response = Axe().run(page, context=within, options=asked).response
    assert "target-size" in {
        rule["id"] for key in ("passes", "violations") for rule in response[key]
    }
    broken = response["violations"]
    return [
        {"id": rule["id"], "nodes": [node["html"] for node in rule["nodes"]]} for rule in broken
    ]


def reports() -> dict[str, str | bytes]:
    """Letters of two years and four people, who are named together more than once."""
    people = "Ana Ruiz, Tom Lee, Eva Kane and Max Orr"
    text = "met President Jane Miller in Lima, and nobody asked why the bridge was closed."
    months = [f"{month} {year}" for year in (1983, 1984) for month in ("March", "May", "July")]
    texts = {
        f"{index}.txt": f"Report of {month}\n\nBy Ana Ruiz\n3 {month}\n\nAt noon {people} {text}"
        for index, month in enumerate(months)
    }
    gone = "documents:\n  gone.txt: {title: A lost letter, withdrawn: {reason: By mistake.}}\n"
    return {**texts, "gone.txt": "A letter\n\nNobody reads it.", "corrections.yml": gone}


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of the site with pictures."""
    config = make_project(tmp_path_factory.mktemp("gallery"), reports())
    own = 'colours: {light: {paper: "#ffffff", link: "#00558c"}, dark: {accent: "#e8a0cf"}}'
    text = config.read_text("utf-8").replace("seeds: seeds", f"seeds: seeds\n    {own}")
    config.write_text(text, "utf-8")
    project = mkdocs_build.load_project(config)
    generate(project.settings)
    publish(project)
    with served(project.site) as where:
        yield where


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_quiet_and_asks_nobody_else(
    browser: Browser, address: str, kind: str, scheme: Any
) -> None:
    """No violation, no message in the console, no request that leaves the site, no overflow."""
    assert_accessible(browser, address + KINDS[kind], scheme)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("kind", GALLERY)
def test_pictures_are_accessible_in_any_colours(
    browser: Browser, gallery: str, kind: str, scheme: Any
) -> None:
    """The same of bars, network and sparkline, of what was withdrawn, and of nothing."""
    assert_accessible(browser, gallery + GALLERY[kind], scheme)


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_open_search_is_accessible(browser: Browser, address: str, scheme: Any) -> None:
    """With its results shown."""
    assert_accessible(browser, address + PERU, scheme, "Castillo")


WIDTHS = (1280, 360)
"""A screen and a telephone, in pixels; a page is opened once, and its window made narrow."""


def assert_accessible(browser: Browser, where: str, scheme: Any, query: str = "") -> None:
    """Open a page, search in its header if there is a query, and check it at every width."""
    view: Any = {"width": WIDTHS[0], "height": 800}
    options = {"color_scheme": scheme, "viewport": view, "reduced_motion": "reduce"}
    with opened(browser, where, **options) as page:
        page.wait_for_load_state("networkidle")
        if "?q=" in where:
            page.locator(".sb-hits a").first.wait_for()
        if query:
            ask(page, query)
            completed(page)
        within = ".md-header" if query else "html"  # the dialog covers what is below it
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            at_rest(page)
            assert (width, violations(page, within)) == (width, [])
        page.set_viewport_size({"width": 320, "height": 700})
        assert_fits(page, 320)


@pytest.mark.parametrize("kind", ["home", "document", "person", "by hand"])
def test_a_first_visit_is_light(browser: Browser, built: mkdocs_build.Project, kind: str) -> None:
    """At most 100 kB over the wire for all that it asks for, the files of the font included."""
    sizes: list[int] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("response", lambda reply: sizes.append(int(reply.headers.get("content-length", 0))))
    with served(built.site, Packed) as where:
        page.goto(where + KINDS[kind])
        page.wait_for_load_state("networkidle")
    context.close()
    assert len(sizes) > 5
    assert sum(sizes) <= 100_000


def test_the_script_of_the_theme_comes_to_a_reader_who_scrolls_far(
    browser: Browser, address: str
) -> None:
    """Not before; then it shows the title above, and the way back to the top."""
    with opened(browser, address + PERU, viewport={"width": 800, "height": 300}) as page:
        page.wait_for_load_state("networkidle")
        scripts = page.locator("script[src*=bundle]")
        assert scripts.count() == 0
        page.mouse.wheel(0, 1500)
        scripts.wait_for(state="attached")
        page.locator(".md-header__title--active").wait_for()
        page.mouse.wheel(0, 300)
        until(page, lambda: page.evaluate("scrollY >= 1700"))
        page.mouse.wheel(0, -200)
        page.locator(".md-top:not([hidden])").wait_for()


def test_no_page_has_a_script_of_its_own(built: mkdocs_build.Project) -> None:
    """So that the policy of every page can forbid inline script altogether."""
    from selectolax.lexbor import LexborHTMLParser

    for path in built.site.rglob("*.html"):
        tree = LexborHTMLParser(path.read_text("utf-8"))
        for script in tree.css("script"):
            data = str(script.attributes.get("type", "")).endswith("json")
            assert data or script.attributes.get("src"), f"{path}: {script.html}"
        policy = tree.css_first("meta[http-equiv=Content-Security-Policy]")
        moved = tree.css_first("meta[http-equiv=refresh]")
        assert moved or "default-src 'self'" in str(policy and policy.attributes["content"])


@pytest.fixture
def reader(browser: Browser, address: str) -> Iterator[Page]:
    """Yield a reader without a mouse, on the front page."""
    with opened(browser, address) as page:
        yield page


def tab_to(page: Page, name: str) -> None:
    """Press the tabulator until what has the focus is called so."""
    for _ in range(200):
        page.keyboard.press("Tab")
        words = page.evaluate(_CALLED)
        if name in " ".join(words.split()):
            return
    pytest.fail(f"the keyboard does not reach {name}")


def test_a_reader_with_a_keyboard_finds_a_person(reader: Page) -> None:
    """The search opens at a key, arrows choose, and the first result is the person's own page."""
    from playwright.sync_api import expect

    ask(reader, "castillo")
    first = reader.locator(".md-search-result__item a").first
    expect(first).to_contain_text("Pedro Castillo")
    completed(reader)
    reader.keyboard.press("ArrowDown")
    expect(first).to_be_focused()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/people/pedro-castillo/")


def test_the_first_key_offers_to_skip_the_navigation(reader: Page, address: str) -> None:
    """And the next tabulator goes on in the content."""
    from playwright.sync_api import expect

    reader.goto(address + PERU)
    reader.keyboard.press("Tab")
    expect(reader.locator(".md-skip")).to_be_focused()
    reader.keyboard.press("Enter")
    expect(reader.locator("article")).to_be_focused()
    reader.keyboard.press("Tab")
    expect(reader.locator("article a").first).to_be_focused()


def test_on_a_narrow_screen_the_keyboard_brings_out_the_navigation(reader: Page) -> None:
    """What has the focus is to be seen, and a drawer is out of sight until somebody is in it."""
    from playwright.sync_api import expect

    reader.set_viewport_size({"width": 360, "height": 800})
    timeline = reader.locator(".md-nav__link", has_text="Timeline")
    expect(timeline).not_to_be_in_viewport()
    tab_to(reader, "Timeline")
    expect(timeline).to_be_focused()
    expect(timeline).to_be_in_viewport()
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/timeline/")


def test_a_reader_with_a_keyboard_opens_a_mention_in_its_paragraph(reader: Page) -> None:
    """From the front page to a person, and from there to the very paragraph."""
    tab_to(reader, "Castillo, Pedro")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/people/pedro-castillo/")
    assert reader.locator("h1").inner_text() == "Pedro Castillo"
    tab_to(reader, "Castillo")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/documents/2021/**#p-*")
    reader.locator("p:target").wait_for()


def test_a_reader_with_a_keyboard_copies_citations(reader: Page, address: str) -> None:
    """Of the document, and of a paragraph with its address and the digest of its source."""
    from playwright.sync_api import expect

    reader.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.goto(address + PERU)
    tab_to(reader, "Cite this paragraph")
    reader.keyboard.press("Enter")
    expect(reader.locator(".sb-quote button").first).to_be_focused()
    reader.keyboard.press("Enter")
    copied = clipboard(reader, "“Lima was the scene again Saturday")
    assert "#p-" in copied
    assert "SHA-256 6f6dccad" in copied
    reader.keyboard.press("Escape")
    expect(reader.locator(".sb-quote")).to_have_count(0)
    tab_to(reader, "Copy")
    reader.keyboard.press("Enter")
    clipboard(reader, "Bill Van Auken. “Protests and coup threats")


def clipboard(page: Page, start: str) -> str:
    """Wait until what was copied begins so; give the whole."""
    read = "navigator.clipboard.readText()"
    until(page, lambda: page.evaluate(read).startswith(start))
    return str(page.evaluate(read))


def test_a_reader_goes_to_the_earlier_document(reader: Page, address: str) -> None:
    """By its date."""
    reader.goto(address + PERU)
    tab_to(reader, "← Earlier")
    reader.keyboard.press("Enter")
    reader.wait_for_url("**/documents/2020/**")


def test_a_reader_with_a_keyboard_changes_to_dark_and_it_stays(reader: Page, address: str) -> None:
    """On the next page, before it is painted."""
    from playwright.sync_api import expect

    for name in ("Switch to light mode", "Switch to dark mode"):
        tab_to(reader, name)
        reader.keyboard.press("Enter")
    expect(reader.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
    expect(reader.locator(".md-header__option label:visible")).to_have_count(1)
    reader.goto(address + "timeline/")
    expect(reader.locator("body[data-md-color-scheme=slate]")).to_have_count(1)


def test_print_has_the_words_and_their_source(reader: Page, address: str) -> None:
    """Headline, byline, text, citation and source; no header, no chips, no buttons."""
    from playwright.sync_api import expect

    reader.goto(address + PERU)
    reader.emulate_media(media="print")
    for shown in ("h1", ".sb-byline", ".sb-text", ".sb-citation", ".sb-source summary"):
        expect(reader.locator(shown).first).to_be_visible()
    for hidden in (".md-header", ".md-footer", ".sb-names", ".sb-actions", ".sb-mark"):
        expect(reader.locator(hidden).first).to_be_hidden()
    assert reader.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("colours", ["ours", "own"])
def test_a_reader_in_the_dark_prints_dark_ink(
    browser: Browser, address: str, gallery: str, colours: str
) -> None:
    """Browsers leave backgrounds out: light ink would be invisible on white paper."""
    from playwright.sync_api import expect

    where = address + PERU if colours == "ours" else gallery + "people/ana-ruiz/"
    with opened(browser, where, color_scheme="dark") as page:
        expect(page.locator("body[data-md-color-scheme=slate]")).to_have_count(1)
        page.emulate_media(media="print", color_scheme="dark")
        expect(page.locator("article")).to_have_css("color", "rgb(29, 27, 24)")
