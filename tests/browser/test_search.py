"""Search in a real browser, as sentences; every test ends with an empty console."""

from __future__ import annotations

import csv
import itertools
import json
import os
import shutil
import time
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from generator.files import write_file
from generator.model import Address
from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from generator.search import split_postings
from generator.search.index import SCHEMA, build_index
from generator.search.search_entries import SearchEntry
from generator.text import split_words
from generator.text.formulas import escape_formula
from tests.browser.serving import Quiet, served
from tests.browser.test_figures import violations
from tests.browser.visiting import (
    ask,
    assert_fits,
    at_rest,
    completed,
    enter,
    opened,
    wait_for_status,
)
from tests.support import ROOT, THE_SEED, make_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

LANGUAGES = ROOT / "tools" / "quality" / "languages.yml"

SEEDS: dict[str, str | bytes] = {
    "peru.txt": THE_SEED.read_bytes(),
    "letters/bridge.txt": "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\n"
    "The mayor of the quay cut a ribbon. The old bridge had been closed for a year.",
    "letters/flood.txt": "The flood\n\nBy Tom Lee\n1 February 1999\n\n"
    "The river rose in the night and took the old mill. Nobody on the quay was hurt.",
    "letters/formula.txt": '=HYPERLINK("http://x.example","quay")\n\nBy Ana Ruiz\n4 May 2020\n\n'
    "A title that a spreadsheet would like to work out, sent from the quay.",
    "hostile.txt": '<img src=x onerror="window.PWN=1"> Council\n\n'
    "<script>window.PWN=1</script> The council met in <b>the quay</b> on Tuesday.",
    "tokyo.txt": "東京の朝\n\n東京都は朝から雨だった。駅には誰もいなかった。",
    "thai.txt": "จดหมายจากแม่น้ำ\n\nแม่น้ำสายเก่าไหลผ่านหมู่บ้านของเรา",
    "arabic.txt": "رسالة من القرية\n\nكَتَبَ المعلّم رسالة طويلة إلى المدينة.",
}
for _number in range(14):
    SEEDS[f"diary/{_number}.txt"] = (
        f"Diary, day {_number}\n\nBy Ivo Kern\n{_number + 1} July 1931\n\n"
        f"Nothing happened on day {_number}. The ferryman slept."
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return a small archive with something of everything."""
    made = mkdocs_build.load_project(make_project(tmp_path_factory.mktemp("searched"), SEEDS))
    generate(made.settings)
    publish(made)
    return made


@pytest.fixture(scope="module")
def address(project: mkdocs_build.Project) -> Iterator[str]:
    """Yield the archive, served on this machine."""
    with served(project.site) as where:
        yield where


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Yield the front page."""
    with opened(browser, address) as fresh:
        yield fresh


def hits(page: Page, status: str) -> list[str]:
    """Wait for what the search page announces; give the titles that it shows."""
    page.locator(".sb-status").get_by_text(status).wait_for()
    return page.locator(".sb-hits .sb-hit__title").all_inner_texts()


# In the header.


def test_accents_and_case_do_not_matter(page: Page) -> None:
    """Neither in the text nor in the query."""
    for query in ("sendon", "SENDÓN", "Sendón"):
        ask(page, query).get_by_text("Protests and coup threats").wait_for()


def test_a_result_says_what_when_who_and_shows_its_words(page: Page) -> None:
    """Kind, date, author, collection, and the words where they stand, marked."""
    result = ask(page, "ribbon").get_by_text("Bridge reopens").locator("xpath=..")
    assert result.locator(".sb-hit__kind").text_content() == "Article"
    assert result.locator(".sb-hit__facts").inner_text() == "3 May 2020 · Ana Ruiz · Letters"
    result.locator("mark").wait_for()
    assert result.locator("mark").inner_text() == "ribbon"
    assert "The mayor of the quay cut a ribbon." in result.locator(".sb-hit__excerpt").inner_text()


def test_an_exact_name_comes_first(page: Page) -> None:
    """The page of the author, before what she wrote."""
    titles = ask(page, "ana ruiz")
    # Nowhere in their texts are these words, so none is marked.
    page.locator(".sb-hit__excerpt:not(:empty)").first.wait_for()
    wait_for_status(page, "3 results.")
    assert titles.all_inner_texts()[0] == "Ana Ruiz"


def test_a_phrase_in_quotes_is_taken_at_its_word(page: Page) -> None:
    """Not the same words in another order."""
    titles = ask(page, '"the old bridge"')
    wait_for_status(page, "1 result.")
    assert titles.all_inner_texts() == ["Bridge reopens"]
    ask(page, '"old the bridge"')
    wait_for_status(page, "Nothing found.")


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("ribbon", 1),
        ("ribbon OR mill ", 2),
        ("quay ribbon OR mill", 2),
        ("ribbon OR zzzyx", 1),
        ("quay author:ruiz", 2),
        ('quay author:"Ana Ruiz"', 2),
        ("quay author:nobody", 0),
        ("author:kern date:1931-07-03..1931-07-05", 3),
        ("quay date:2020", 2),
        ("quay date:1999..2019", 1),
    ],
)
def test_one_of_two_words_an_author_and_a_date_can_be_asked_for(
    page: Page, query: str, count: int
) -> None:
    """With OR, `author:` and `date:`."""
    ask(page, query)
    words = {0: "Nothing found.", 1: "1 result."}.get(count, f"{count} results.")
    wait_for_status(page, words)


@pytest.mark.parametrize(
    ("query", "count"),
    [("「東京都は」", 1), ('"都東京"', 0), ('"สายเก่า"', 1), ('"เก่าสาย"', 0)],
)
def test_phrases_of_scripts_without_spaces_are_taken_at_their_word(
    page: Page, query: str, count: int
) -> None:
    """The characters must be there in this order, whatever marks quote them."""
    ask(page, query)
    wait_for_status(page, "1 result." if count else "Nothing found.")


def test_a_word_with_a_minus_is_left_out(page: Page) -> None:
    """And a minus inside a word is none."""
    titles = ask(page, "quay -ribbon -title -council ")
    wait_for_status(page, "1 result.")
    assert titles.all_inner_texts() == ["The flood"]


def test_a_phrase_with_a_minus_is_left_out(page: Page) -> None:
    """Whose words may stand there in another order; one word in quotes is a word."""
    titles = ask(page, 'quay -"cut a ribbon" -"title"')
    wait_for_status(page, "2 results.")
    assert set(titles.all_inner_texts()) == {
        "The flood",
        '<img src=x onerror="window.PWN=1"> Council',
    }
    ask(page, 'quay -"ribbon a cut"')
    wait_for_status(page, "4 results.")


def test_of_a_frequent_word_the_best_are_shown_first(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dialog says that there are more; with a second word, and on the page, all are counted."""
    monkeypatch.setattr(split_postings, "_MAX_WHOLE", 30)
    monkeypatch.setattr(split_postings, "_TOP", 15)
    shutil.copytree(project.site, tmp_path / "site")
    entries = [
        SearchEntry(Address(""), "document", f"Day {day}", texts=("sand " * day + "tide",))
        for day in range(60)
    ]
    about = SearchEntry(Address("about/"), "page", "Tide", texts=("tide",))
    for file in build_index([*entries, about]):
        write_file(tmp_path / "site" / file.path, file.data)
    with served(tmp_path / "site") as where, opened(browser, where) as page:
        titles = ask(page, "tide ")
        wait_for_status(page, "At least 61 results.")
        assert titles.all_inner_texts()[:3] == ["Tide", "Day 0", "Day 1"]
        ask(page, "tide sand ")
        wait_for_status(page, "59 results.")
        page.locator(".sb-all").click()
        hits(page, "59 results.")
        page.goto(f"{where}search/?q=tide")
        hits(page, "61 results.")


def test_a_word_that_is_everywhere_marks_itself_alone(page: Page) -> None:
    """And leads to documents before it leads to the pages about the site."""
    ask(page, "the").first.wait_for()
    completed(page)
    marked = {mark.lower() for mark in page.locator(".sb-hit mark").all_inner_texts()}
    assert marked == {"the"}
    assert "Page" not in page.locator(".sb-hit__facts").first.inner_text()


def test_the_beginning_of_a_word_is_enough(page: Page) -> None:
    """While one types, every letter of which is seen."""
    enter(page)
    page.keyboard.type("ferrym", delay=5)
    titles = page.locator(".md-search-result__list .sb-hit__title")
    titles.first.get_by_text("Diary").wait_for()


def test_other_forms_of_a_word_are_found(page: Page) -> None:
    """The text has "ribbon", "closed" and "bridge"."""
    ask(page, "ribbons closing bridges")
    wait_for_status(page, "1 result.")


def test_a_slip_of_the_keyboard_is_forgiven_and_said(page: Page) -> None:
    """In the first half of a word as in the second; a letter more, less, other, swapped."""
    for slip in ("ferrymen", "ferrman", "feryrman", "fwrryman", "ferrymman"):
        ask(page, f"{slip} slept")
        wait_for_status(page, f"No match for “{slip}”; showing results for ferryman. 14 results.")


def test_a_short_word_is_never_cut_down_to_another(page: Page) -> None:
    """Rather nothing than "old" for "olds"; with another letter it is still guessed at."""
    for query in ("oldx ", "oldx"):
        ask(page, query)
        wait_for_status(page, "Nothing found. Try fewer words, or look at the spelling.")
    ask(page, "mull ")
    wait_for_status(page, "No match for “mull”; showing results for mill. 1 result.")


SCRIPTS = {
    "東京都": "東京の朝",
    "雨": "東京の朝",
    "แม่น้ำ": "จดหมายจากแม่น้ำ",
    "كتب": "رسالة من القرية",
}


def test_scripts_without_spaces_and_from_right_to_left_are_found(page: Page) -> None:
    """A single sign too; with or without vowel signs."""
    for query, title in SCRIPTS.items():
        ask(page, query).get_by_text(title).wait_for()
        wait_for_status(page, "1 result.")


def test_when_no_page_has_all_words_those_with_most_are_shown(page: Page) -> None:
    """And it is said."""
    titles = ask(page, "mayor ribbon zeppelin ")
    wait_for_status(page, "No result has all 3 words; these have 2 of them.")
    assert titles.all_inner_texts() == ["Bridge reopens"]


def test_the_keyboard_is_enough(page: Page, address: str) -> None:
    """Slash opens, arrows walk, Escape closes, Enter goes."""
    from playwright.sync_api import expect

    box = enter(page)
    page.keyboard.press("Escape")
    for key in ("s", "f", "/"):
        page.keyboard.press(key)
        expect(box).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("#__search")).not_to_be_checked()
    ask(page, "quay").nth(3).wait_for()
    completed(page)
    links = page.locator(".md-search-result__list a")
    for key, index in [("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)]:
        page.keyboard.press(key)
        expect(links.nth(index)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(links.get_by_text("All results, with filters")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}search/?q=quay")
    ask(page, "ribbon").first.wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bridge-reopens/")


HASTE = """() => new Promise((give) => {
  for (const key of ["/", "Escape"])
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  setTimeout(() => give(document.getElementById("__search").checked), 50);
})"""


def test_escape_in_the_moment_of_opening_closes_it(page: Page) -> None:
    """What the opening put off for a moment does not open it again."""
    enter(page)
    page.keyboard.press("Escape")
    assert page.evaluate(HASTE) is False


def test_who_was_there_before_the_script_is_answered(browser: Browser, address: str) -> None:
    """On a slow line a reader has touched the field and typed before anything listens."""
    with opened(browser, "about:blank") as page:
        late: list[Route] = []
        page.route("**/search.js", lambda route: late.extend([route]))
        with page.expect_request("**/search.js"):
            page.goto(address, wait_until="commit")
        page.locator(".md-search__input").fill("ribbon")
        late[0].continue_()
        page.locator(".md-search-result__list").get_by_text("Bridge reopens").wait_for()


def test_who_closes_it_is_where_they_were(page: Page) -> None:
    """The focus comes back to the link that had it; who walks on with Tab stays there."""
    from playwright.sync_api import expect

    link = page.locator("article a").first
    link.focus()
    ask(page, "ribbon").first.wait_for()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(link).to_be_focused()


def test_a_telephone_in_the_dark_has_it_too(browser: Browser, address: str) -> None:
    """The button opens the dialog over the whole screen."""
    from playwright.sync_api import expect

    options = {"viewport": {"width": 360, "height": 700}, "has_touch": True, "is_mobile": True}
    with opened(browser, address, color_scheme="dark", **options) as page:
        page.locator("label[for=__search]").first.tap()
        page.locator(".md-search__input").fill("ribbon")
        completed(page)
        assert_fits(page, 360)
        expect(page.locator(".md-container")).to_have_js_property("inert", True)
        page.locator(".md-search__form label[for=__search]").tap()
        expect(page.locator(".md-container")).to_have_js_property("inert", False)
        page.locator("label[for=__search]").first.tap()
        page.locator(".sb-hit a").tap()
        page.wait_for_url("**/bridge-reopens/")


def test_nothing_of_a_title_or_text_is_markup(page: Page) -> None:
    """Promise 2, in results."""
    titles = ask(page, "council tuesday")
    wait_for_status(page, "1 result.")
    assert titles.first.inner_text() == '<img src=x onerror="window.PWN=1"> Council'
    completed(page)
    assert "<script>window.PWN=1</script>" in page.locator(".sb-hit__excerpt").inner_text()
    assert page.evaluate("window.PWN") is None
    assert page.locator(".md-search :is(img, script)").count() == 0


ODD = {
    "*+?[(\\": "Type at least one word",
    '"': "Type at least one word",
    "🙂🙂": "Type at least one word",
    "-quay": "Type at least one word",
    "the and of": "result",
    "zzzzqqq": "Nothing found.",
    "x " * 900: "Only the beginning",
    "a" * 2000: "Nothing found.",
    "\u202eafف\u202c": "Nothing found.",
    "__proto__ constructor": "Nothing found.",
}


def test_odd_queries_get_an_answer(page: Page) -> None:
    """Never a dead dialog."""
    for query, status in ODD.items():
        ask(page, query)
        wait_for_status(page, status)


def test_a_pasted_book_gets_an_answer(page: Page, address: str) -> None:
    """Ten thousand characters in the address of the search page."""
    page.goto(f"{address}search/?q={'bridge%20' * 1111}")
    assert hits(page, "Only the beginning of this long query was used.") == ["Bridge reopens"]


# Where it must work.


def test_it_works_below_a_sub_path(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """As on many free hosts."""
    shutil.copytree(project.site, tmp_path / "some" / "where")
    with served(tmp_path) as where, opened(browser, f"{where}some/where/about/") as page:
        ask(page, "ribbon").first.wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{where}some/where/documents/2020/bridge-reopens/")


def test_it_works_with_instant_navigation(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """The window stays, the dialog closes, and the next search works; so does the page."""
    from playwright.sync_api import expect

    folder = tmp_path / "instant"
    shutil.copytree(project.settings.root, folder, ignore=shutil.ignore_patterns("site"))
    config = (folder / "mkdocs.yml").read_text("utf-8")
    with_instant = config.replace("  features:\n", "  features:\n    - navigation.instant\n")
    (folder / "site").mkdir()
    with served(folder / "site") as where:
        (folder / "mkdocs.yml").write_text(with_instant.replace("https://example.org/", where))
        publish(mkdocs_build.load_project(folder / "mkdocs.yml"))
        with opened(browser, where) as page:
            page.wait_for_load_state("networkidle")  # the list of pages has come
            page.evaluate("window.kept = true")
            ask(page, "ribbon").first.wait_for()
            page.keyboard.press("Enter")
            page.wait_for_url("**/bridge-reopens/")
            expect(page.locator("#__search")).not_to_be_checked()
            page.locator("article h1").get_by_text("Bridge reopens").wait_for()
            assert page.evaluate("window.kept")
            ask(page, "flood").first.wait_for()
            page.locator(".sb-all").click()
            assert hits(page, "1 result.") == ["The flood"]


POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'"


def test_it_works_under_a_strict_content_policy(
    browser: Browser, project: mkdocs_build.Project
) -> None:
    """No inline script of ours, no WASM, no worker from elsewhere."""

    class Strict(Quiet):
        """Sends the policy with every answer."""

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

    refused: list[str] = []
    with served(project.site, Strict) as where:
        page = browser.new_page()
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"{where}search/?q=ribbon")
        assert hits(page, "1 result.") == ["Bridge reopens"]
        page.close()
    assert [text for text in refused if "search" in text] == []


def test_without_a_worker_it_works_all_the_same(browser: Browser, address: str) -> None:
    """In the page itself."""
    page = browser.new_page()
    page.add_init_script("window.Worker = class { constructor() { throw new Error('none') } }")
    page.goto(address)
    ask(page, "ribbon").first.wait_for()
    assert page.workers == []
    page.close()


def test_an_index_that_does_not_load_is_said_and_tried_again(
    browser: Browser, address: str
) -> None:
    """Offline first, then online again, without loading the page again."""
    page = browser.new_page()
    page.goto(address)
    page.route("**/search/**", lambda route: route.abort())
    ask(page, "ribbon")
    wait_for_status(page, "Look at the connection")
    page.unroute("**/search/**")
    page.keyboard.type("s")
    wait_for_status(page, "1 result.")
    page.close()


def test_who_finds_nothing_is_led_on(browser: Browser, address: str) -> None:
    """To the lists of all documents; where the index does not come, one can try again."""
    with opened(browser, f"{address}search/?q=zzzyxq") as page:
        page.locator(".sb-state a").first.wait_for()
        assert page.locator(".sb-state a").first.get_attribute("href") == "../timeline/"
        page.locator("#sb-query").fill("ribbon")
        page.locator(".sb-hits .sb-hit").wait_for()
        assert not page.locator(".sb-state").is_visible()
    page = browser.new_page()
    page.route("**/search/*.bin*", lambda route: route.abort())
    page.goto(f"{address}search/?q=ribbon")
    again = page.get_by_role("button", name="Try again")
    again.wait_for()
    page.unroute("**/search/*.bin*")
    again.click()
    page.locator(".sb-hits .sb-hit").wait_for()
    page.close()


@pytest.mark.parametrize("instead", [None, b"<!doctype html><title>Welcome</title>"])
def test_an_index_with_a_hole_is_said_and_tried_again(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path, instead: bytes | None
) -> None:
    """Where files of words are not there, or are pages: some hosts answer everything with one."""
    shutil.copytree(project.site, tmp_path / "site")
    files = {path: path.read_bytes() for path in (tmp_path / "site/search/words").iterdir()}
    with served(tmp_path / "site") as where:
        page = browser.new_page()
        page.goto(where)
        for path in files:
            path.write_bytes(instead) if instead else path.unlink()
        ask(page, "ribbon")
        wait_for_status(page, "cannot be found. Reload the page")
        for path, data in files.items():
            path.write_bytes(data)
            # The server takes a file of the same second for the one that the browser has.
            os.utime(path, (time.time() + 2,) * 2)
        page.keyboard.type("s")
        wait_for_status(page, "1 result.")
        page.close()


@pytest.mark.parametrize(
    ("script", "ours", "theirs"),
    [
        ("search-format.js", f"SCHEMA = {SCHEMA};", "SCHEMA = 1;"),
        ("search-query.js", "schema: SCHEMA", "schema: 1"),
        ("search-files.js", "head.schema !== SCHEMA", "head.schema !== 1"),
        ("search-codec.js", "export const readHeader", "export const header"),
    ],
)
def test_a_page_that_meets_another_version_says_so(
    browser: Browser, address: str, script: str, ours: str, theirs: str
) -> None:
    """Of a script that it loads with the first search, or where such a script is missing."""
    text = (ROOT / "generator/theme/assets" / script).read_text("utf-8")
    assert ours in text
    for status, body in ((200, text.replace(ours, theirs)), (404, "")):
        page = browser.new_page()
        page.route(f"**/{script}*", answering(status, body))
        page.goto(address)
        ask(page, "ribbon")
        wait_for_status(page, "This site was updated after this page was opened. Reload")
        page.close()


def answering(status: int, body: str) -> Callable[[Route], None]:
    """Answers with this in the place of what lies there."""
    return lambda route: route.fulfill(
        status=status, body=body, content_type="text/javascript; charset=utf-8"
    )


def test_a_page_whose_words_do_not_load_says_what_it_can(browser: Browser, address: str) -> None:
    """In English; once they come, it answers."""
    page = browser.new_page()
    page.route("**/search/labels.js*", lambda route: route.abort())
    page.goto(address)
    ask(page, "ribbon")
    wait_for_status(page, "Search could not be loaded.")
    page.unroute("**/search/labels.js*")
    page.keyboard.type("s")
    wait_for_status(page, "1 result.")
    page.close()


def test_a_page_that_was_open_during_a_new_build_searches_the_new_site(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """The old index is gone; the new one answers."""
    copy = tmp_path / "site"
    shutil.copytree(project.site, copy)
    page = browser.new_page()
    with served(copy) as where:
        page.goto(where)
        ask(page, "ribbon").first.wait_for()
        other = make_project(
            tmp_path / "other", {"new.txt": "Ribbon lost\n\nThe zeppelin took it."}
        )
        renewed = mkdocs_build.load_project(other)
        generate(renewed.settings)
        publish(renewed)
        shutil.rmtree(copy / "search")
        shutil.copytree(renewed.site / "search", copy / "search")
        ask(page, "zeppelin").get_by_text("Ribbon lost").wait_for()
        (copy / "search/manifest.bin").unlink()
        page.reload()
        ask(page, "zeppelin")
        wait_for_status(page, "cannot be found. Reload the page")
    page.close()


def test_without_javascript_the_search_page_leads_on(browser: Browser, address: str) -> None:
    """A note and the hubs; the header's form leads there."""
    page = browser.new_page(java_script_enabled=False)
    page.goto(address)
    page.locator(".md-search__form").evaluate("form => form.submit()")
    page.wait_for_url("**/search/?q=")
    assert "needs JavaScript" in page.locator("article").inner_text()
    page.locator("article").get_by_role("link", name="Timeline").click()
    page.close()


# The search page.


def test_filters_narrow_and_count_and_stand_in_the_address(page: Page, address: str) -> None:
    """What a click gives is said before it; the back button takes it back."""
    page.goto(f"{address}search/?q=quay")
    assert len(hits(page, "4 results.")) == 4
    page.get_by_label("Ana Ruiz 2").check()
    assert len(hits(page, "2 results.")) == 2
    assert page.url == f"{address}search/?q=quay&author=Ana+Ruiz"
    page.get_by_label("Tom Lee 1").check()
    hits(page, "3 results.")
    page.go_back()
    page.go_back()
    assert len(hits(page, "4 results.")) == 4
    assert not page.get_by_label("Ana Ruiz 2").is_checked()


def test_a_linked_answer_is_the_same_answer(page: Page, address: str) -> None:
    """Query, filter, dates and order, all from the address."""
    page.goto(f"{address}search/?q=quay&collection=Letters&from=1999&to=2020-05-03&sort=oldest")
    assert hits(page, "2 results.") == ["The flood", "Bridge reopens"]
    page.goto(f"{address}search/?q=quay&collection=Letters&from=1999&to=2020-05-03&sort=newest")
    assert hits(page, "2 results.") == ["Bridge reopens", "The flood"]
    assert page.get_by_label("From date").input_value() == "1999"


def test_a_filter_without_words_lists_all_that_fits(page: Page, address: str) -> None:
    """Page by page; no text is fetched for an excerpt, since there is none."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}search/?author=Ivo+Kern&sort=oldest")
    assert len(hits(page, "14 results.")) == 10
    page.get_by_role("button", name="Next").click()
    page.get_by_text("Page 2 of 2").wait_for()
    page.locator(".sb-hit__title").get_by_text("Diary, day 13").wait_for()
    assert page.locator(".sb-hit").count() == 4
    assert page.url.endswith("&page=2")
    assert not [url for url in asked if "/documents/" in url]


def test_order_and_dates_are_chosen_on_the_page(page: Page, address: str) -> None:
    """And a date that is none is not taken."""
    page.goto(f"{address}search/?q=quay")
    hits(page, "4 results.")
    page.get_by_label("Order").select_option("Oldest first")
    page.wait_for_url("**/search/?q=quay&sort=oldest")
    page.locator(".sb-hit__title").first.get_by_text("The flood").wait_for()
    page.get_by_label("From date").fill("2020-05-04")
    page.keyboard.press("Enter")
    hits(page, "1 result.")
    page.get_by_label("To date").fill("soon")
    page.keyboard.press("Tab")
    page.wait_for_url("**/search/?q=quay&from=2020-05-04&sort=oldest")
    assert hits(page, "1 result.") == ['=HYPERLINK("http://x.example","quay")']
    page.go_back()  # Enter in a field is one step, not two
    hits(page, "4 results.")


def test_of_many_values_the_first_twenty_are_shown_and_the_others_typed(
    browser: Browser, project: mkdocs_build.Project, tmp_path: Path
) -> None:
    """Without accents too; what was chosen stays in sight."""
    from playwright.sync_api import expect

    shutil.copytree(project.site, tmp_path / "site")
    authors = [(f"Ána{number} Ruiz",) for number in range(30)]
    values = [
        SearchEntry(Address(""), "document", f"Day {index}", authors=name, facets={"author": name})
        for index, name in enumerate((*authors, *authors[:10]))
    ]
    for file in build_index(values):
        write_file(tmp_path / "site" / file.path, file.data)
    with served(tmp_path / "site") as where, opened(browser, f"{where}search/?q=ruiz") as page:
        hits(page, "40 results.")
        authors_ = page.locator(".sb-facet", has=page.get_by_text("Authors", exact=True))
        expect(authors_.locator("li")).to_have_count(20)
        authors_.get_by_text("10 more").wait_for()
        authors_.get_by_role("searchbox").fill("ANA29")
        expect(authors_.locator("li")).to_have_count(1)
        page.get_by_label("Ána29 Ruiz 1").check()
        assert hits(page, "1 result.") == ["Day 29"]


def test_a_year_is_chosen_with_one_click(page: Page, address: str) -> None:
    """And named with its count."""
    page.goto(f"{address}search/")
    page.get_by_role("button", name="1931 14").click()
    hits(page, "14 results.")
    page.get_by_role("button", name="Clear filters").click()
    page.locator(".sb-collections").get_by_role("link", name="Letters").wait_for()


def test_the_years_are_there_on_a_telephone(browser: Browser, address: str) -> None:
    """Folded, as all filters are; they come when they are unfolded."""
    view: Any = {"viewport": {"width": 390, "height": 800}}
    with opened(browser, f"{address}search/", **view) as page:
        page.get_by_text("Years").click()
        page.get_by_role("button", name="1931 14").wait_for()


def test_on_a_telephone_a_result_stands_on_the_first_screen(browser: Browser, address: str) -> None:
    """The filters stand two in a row, and one that is unfolded has the row."""
    view: Any = {"viewport": {"width": 390, "height": 800}}
    with opened(browser, f"{address}search/?q=bridge", **view) as page:
        hit = page.locator(".sb-hits > li").first.bounding_box()
        assert hit
        assert hit["y"] < 540
        page.get_by_text("Years").click()
        box = page.locator(".sb-facet[open]").bounding_box()
        assert box
        assert box["width"] > 300


def test_where_nothing_is_found_there_are_doors_and_no_empty_filters(
    page: Page, address: str
) -> None:
    """Nor a table of nothing; the next answer has its filters again."""
    page.goto(f"{address}search/?q=zzqqzz")
    page.get_by_text("Nothing found.").wait_for()
    assert page.locator("fieldset:visible").count() == 0
    assert page.get_by_role("button", name="Download as CSV").is_hidden()
    doors = page.locator(".sb-state li").all_inner_texts()
    assert doors == ["Timeline", "Index of names", "Authors", "Home"]
    page.locator("#sb-query").fill("quay")
    page.get_by_role("group", name="Authors", exact=True).wait_for()


def test_hits_are_downloaded_as_a_table_that_works_nothing_out(
    page: Page, address: str, tmp_path: Path
) -> None:
    """A title that begins as a formula is text."""
    page.goto(f"{address}search/?q=quay&author=Ana+Ruiz")
    hits(page, "2 results.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as CSV").click()
    path = tmp_path / "results.csv"
    download.value.save_as(path)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert {row["title"] for row in rows} == {
        "Bridge reopens",
        '\'=HYPERLINK("http://x.example","quay")',
    }
    assert rows[0]["address"].startswith(f"{address}documents/2020/")


SPANISH = "El alcalde inauguró ayer el puente nuevo, que los vecinos esperaban desde hace años."


def test_an_archive_in_spanish_is_searched_in_spanish(browser: Browser, tmp_path: Path) -> None:
    """In the header and on the search page; a project's own words are words, not markup."""
    seeds: dict[str, str | bytes] = {
        f"{n}.txt": f"El puente {n}\n\nPor Ana Ruiz\n3 de mayo de 2020\n\n{SPANISH}"
        for n in range(11)
    }
    config = make_project(tmp_path, seeds)
    own = "    labels:\n      search_all: '</script><b>Todo'\n"
    text = config.read_text("utf-8").replace('language: "en"', "language: es")
    config.write_text(text.replace("  seedbed:\n", f"  seedbed:\n{own}"), "utf-8")
    spanish = mkdocs_build.load_project(config)
    generate(spanish.settings)
    publish(spanish)
    with served(spanish.site) as where, opened(browser, where) as page:
        ask(page, "puente").first.wait_for()
        wait_for_status(page, "11 resultados.")
        assert page.locator(".sb-hit__kind").first.text_content() == "Artículo"
        assert page.locator(".sb-all").inner_text() == "</script><b>Todo"
        page.locator(".sb-all").click()
        assert len(hits(page, "11 resultados.")) == 10
        page.get_by_role("button", name="Siguiente").click()
        page.get_by_text("Página 2 de 2").wait_for()
        page.get_by_label("Orden").select_option("Los más antiguos primero")
        page.get_by_role("button", name="Quitar los filtros").wait_for()
        page.locator(".sb-values label").get_by_text("español").wait_for()  # not the tag "es"


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_dialog_and_page_are_accessible_with_results_and_filters(
    browser: Browser, address: str, scheme: Any, width: int
) -> None:
    """No violation that axe-core knows, with results in the dialog, and with all filters open."""
    view: Any = {"width": width, "height": 800}
    with opened(browser, address, color_scheme=scheme, viewport=view) as page:
        ask(page, "quay").nth(3).wait_for()
        completed(page)
        at_rest(page)
        assert violations(page, ".md-header") == []  # it covers a part of what is below it
        page.goto(f"{address}search/?q=quay&author=Ana+Ruiz&from=1999")
        hits(page, "2 results.")
        page.locator(".sb-facet").evaluate_all("all => all.forEach((one) => (one.open = true))")
        page.locator(".sb-values label").get_by_text("Tom Lee").wait_for()
        completed(page)
        at_rest(page)
        assert violations(page) == []


# The two readers of one rule.


def test_the_client_folds_and_cuts_as_the_index_does(page: Page) -> None:
    """In more than thirty languages, and for signs of every kind."""
    texts = [entry["text"] for entry in yaml.safe_load(LANGUAGES.read_text("utf-8"))]
    signs = [chr(code) for code in (*range(0x20, 0xD800), *range(0xF900, 0x20100))]
    known = [sign for sign in signs if unicodedata.category(sign) != "Cn"]  # to this Python
    texts += ["".join(known[index : index + 64]) for index in range(0, len(known), 64)]
    cut = page.evaluate(
        "async (texts) => { const where = new URL('assets/search-query.js', document.baseURI);"
        " return JSON.stringify(texts.map((await import(where)).words)); }",
        texts,
    )
    assert json.loads(cut) == [split_words(text) for text in texts]


def test_the_client_guards_cells_as_the_data_files_do(page: Page) -> None:
    """Wherever a formula could begin, and nowhere else."""
    pieces = [
        "=",
        "+",
        "-",
        "@",
        "|",
        "＝",
        "'",
        '"',
        ";",
        "\t",
        "\n",
        " ",
        "\u00a0",
        "\ufeff",
        "a",
    ]
    texts = ["".join(three) for three in itertools.product(pieces, repeat=3)]
    written = page.evaluate(
        "async (texts) => { const where = new URL('assets/search-csv.js', document.baseURI);"
        " return JSON.stringify(texts.map((await import(where)).escapeFormula)); }",
        texts,
    )
    assert json.loads(written) == [escape_formula(text) for text in texts]


def test_plain_text_is_read_as_utf_8_from_a_server_that_says_nothing(
    browser: Browser, address: str
) -> None:
    """Such as nginx or S3 as they are set up; the quotation marks of a citation show it."""
    page = browser.new_page()
    answer = page.goto(f"{address}documents/2020/bridge-reopens/text.txt")
    assert answer
    assert answer.headers["content-type"] == "text/plain"
    assert page.evaluate("document.characterSet") == "UTF-8"
    assert "“Bridge reopens.”" in page.inner_text("body")
    page.close()
