"""Every kind of document: what stands beside its text, on a screen, on a telephone, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from generator.pipeline.generate import generate
from generator.publishing import mkdocs_build
from generator.publishing.publish import publish
from tests.browser.serving import served
from tests.browser.test_figures import assert_accessible
from tests.browser.test_print import sheets
from tests.browser.visiting import opened, until
from tests.support import make_project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

VERSE = [
    "The river turns the wheel by night,",
    "  The wheel it turns the stone,",
    "The miller sees by candle light",
    "  The flour that is his own.",
    "",
    "The winter came and took the stream and all the water of the upper valley, mile on mile,",
    "  And left the wheel in ice,",
    "The miller saw it in a dream",
    "  And paid for it the price.",
    "",
    "And when the spring came to the mill",
    "  The wheel had turned to wood.",
    "The miller stands and listens still",
    "  Where once the miller stood.",
]
LONG = (
    "The board heard what the keepers had to say of the light, and of the winter, and of the oil."
)
REPORT = f"""Report on the light

3 May 1893

I. The keepers

{LONG} The first keeper left in March.[1] {LONG}

II. The oil

{LONG} The oil was bought in June.[2] {LONG} {LONG}

III. The lamp

{LONG} {LONG} It is lit again, and Ana Ruiz has seen it. Ana Ruiz wrote it down.

[1] The letter of the keeper is in the archive of the board, with the answer.

[2] Twelve barrels, of which two were returned.
"""
SEEDS: dict[str, str | bytes] = {
    "poem.txt": "The wheel\n\n" + "\n".join(VERSE),
    "report.txt": REPORT,
    "letter.txt": "Carrow, 5th June 1842\n\nDear Miss Finch,\n\nThe wheel turns again "
    "since Monday, "
    "and Ana Ruiz has sold the flour.\n\nYour obedient servant,\n\nSamuel Orme",
    "diary.txt": "The diary of a miller\n\n3 May 1891\n\nRain in the morning. The carts came late."
    "\n\n4 May 1891\n\nNo wind. Father went to the harbour.\n\n5 May 1891\n\nThe wheel "
    "turns again.",
    "play.txt": "THE OLD MILL\n\nACT I\n\n[Enter the MILLER and his WIFE.]\n\nMILLER. The wheel "
    "stands still, and the river is low since Monday.\n\nWIFE. Then we shall eat what is left of "
    "it.\n\n[He goes to the window.]\n\nMILLER. I hear the carts, and nobody has sent for them.\n\n"
    "WIFE. They bring the sacks that you have lent.\n\n[Exeunt.]",
    "interview.txt": "Interview with the keeper of the light\n\nFINCH: When did you "
    "come?\n\nORME: In "
    "the spring of the year when the old keeper left it.\n\nFINCH: Were you alone there?\n\nORME: "
    "There were two of us, and a dog.\n\nFINCH: And in winter?\n\nORME: We mended nets.",
    "minutes.txt": "Minutes of the harbour board\n\n5 June 1893\n\n1. The board met at nine.\n\n"
    "2. The letter of the keeper was read.\n\n3. It was agreed to mend the light.",
    "table.txt": "Fish landed\n\nYear   Herring   Cod\n1896    14,210   6,118\n"
    "1897    11,904   5,870\n1898     9,377   5,902\n1899    12,660   5,101",
    "list.txt": "Stores for the winter\n\n1. Biscuit, four sacks of it\n2. Salt beef, six casks\n"
    "3. Lamp oil, ten barrels\n4. Canvas, two bolts\n5. Twine, a dozen balls",
    "article.txt": "THE LIGHT IS MENDED\n\nBy Ana Ruiz\n3 May 2020\n\nThe keeper said "
    "that the light "
    "was dark for two nights. Nobody had been told.\n\nThe board will meet in June.",
    "untitled.txt": "there was no wind that week and the boats lay on their sides in the mud, and "
    "nobody in the village said a word about it until the Wednesday.",
    "arabic.txt": "رسالة من القرية\n\n3 May 1983\n\nكتب المعلم رسالة طويلة. أغلق العمال "
    "الجسر القديم "
    "أمس وعبروا بالقارب إلى المدينة. قال الرئيس إن القرية بخير.",
    "names.csv": "name,kind,note\nAna Ruiz,person,schoolmistress at Carrow\n",
}
NAMES = [name.removesuffix(".txt") for name in SEEDS if name.endswith(".txt")]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> mkdocs_build.Project:
    """Return an archive of every kind, with instant navigation."""
    config = make_project(tmp_path_factory.mktemp("kinds"), SEEDS)
    instant = "  features:\n    - navigation.instant\n"
    text = config.read_text("utf-8").replace("  features:\n", instant)
    config.write_text(text, "utf-8")
    made = mkdocs_build.load_project(config)
    generate(made.settings)
    publish(made)
    return made


@pytest.fixture(scope="module")
def place(project: mkdocs_build.Project) -> Iterator[str]:
    """Yield its address."""
    with served(project.site) as where:
        yield where


@pytest.fixture(scope="module")
def pages(project: mkdocs_build.Project) -> dict[str, str]:
    """Return the addresses of its documents by the names of their files."""
    rows = (project.site / "data" / "documents.csv").read_text("utf-8-sig").splitlines()[1:]
    return {row.split(".txt,")[0]: row.split(",")[1] for row in rows}


def box(page: Page, selector: str, number: int = 0) -> dict[str, float]:
    """Return where an element stands."""
    found: Any = page.locator(selector).nth(number).bounding_box()
    assert found
    return dict(found)


def test_notes_stand_beside_their_lines_where_there_is_room(
    browser: Browser, place: str, pages: dict[str, str]
) -> None:
    """Each below the one before; on a telephone, and on paper, all stay below the text."""
    view: Any = {"width": 1280, "height": 900}
    with opened(browser, place + pages["report"], viewport=view) as page:
        page.locator(".note.sb-beside").nth(1).wait_for()
        text, first, second = box(page, ".sb-text"), box(page, ".note"), box(page, ".note", 1)
        assert first["x"] > text["x"] + text["width"]
        line = box(page, ".sb-text p .noteref")
        assert abs(first["y"] - line["y"]) < 60
        assert second["y"] >= first["y"] + first["height"]
        page.set_viewport_size({"width": 390, "height": 800})
        until(page, lambda: not page.locator(".note.sb-beside").count())
        last = box(page, ".sb-text > p:last-of-type")
        assert box(page, ".note")["y"] > last["y"]
        page.emulate_media(media="print")
        assert page.locator(".note").first.evaluate("n => getComputedStyle(n).position") == "static"


def test_a_card_says_who_somebody_is(browser: Browser, place: str, pages: dict[str, str]) -> None:
    """To pointer and keyboard, after a walk too; it stays under the pointer, until Escape."""
    view: Any = {"width": 1280, "height": 900}
    with opened(browser, place + "about/", viewport=view) as page:  # of another depth
        page.wait_for_load_state("networkidle")
        page.evaluate(
            "address => {const link = document.createElement('a'); link.href = address;"
            "link.id = 'walk'; link.textContent = 'walk';"
            "document.querySelector('article').append(link)}",
            place + pages["report"],
        )
        page.locator("#walk").click()
        link = page.locator(".sb-text a[href*='ana-ruiz']").first
        link.hover()
        card = page.locator("[role=tooltip]")
        card.wait_for()
        assert card.inner_text().split("\n") == ["Ana Ruiz", "schoolmistress at Carrow"]
        assert link.get_attribute("aria-describedby") == card.get_attribute("id")
        card.hover()
        page.wait_for_timeout(400)
        assert card.count() == 1
        page.keyboard.press("Escape")
        assert card.count() == 0
        page.keyboard.press("Tab")  # so that a focus is one of the keyboard
        link.focus()
        card.wait_for()
        link.blur()
        assert card.count() == 0


def test_a_poem_has_numbers_that_nobody_copies(
    browser: Browser, place: str, pages: dict[str, str]
) -> None:
    """Every fifth line; a line that is too long turns over under itself."""
    with opened(browser, place + pages["poem"], viewport={"width": 390, "height": 800}) as page:
        numbers = page.locator(".sb-line-number")
        numbers.first.wait_for()
        shown = [number.get_attribute("data-number") for number in numbers.all()]
        assert shown == ["5", "10"]
        page.evaluate("getSelection().selectAllChildren(document.querySelector('.sb-text'))")
        copied = page.evaluate("String(getSelection())")
        assert not any(map(str.isdigit, copied))
        lines = page.locator(".line")
        assert lines.nth(4).evaluate("line => line.getClientRects()[0].height") > 1.5 * lines.nth(
            2
        ).evaluate("line => line.getClientRects()[0].height")


def test_heads_are_set_by_what_is_known(
    browser: Browser, place: str, pages: dict[str, str]
) -> None:
    """Kind, title, facts; a text without title shows its first words, and no name of a file."""
    with opened(browser, place + pages["letter"]) as page:
        assert page.locator(".sb-kicker").text_content() == "Letter"
        page.goto(place + pages["untitled"])
        title = page.locator("h1.sb-untitled q")
        assert title.text_content() == "there was no wind that week and the boats lay on their…"
        assert page.locator(".sb-byline, .sb-facts, .sb-kicker").count() == 0
        assert "untitled.txt" not in page.locator("header, .sb-text, .md-header").all_inner_texts()
        page.goto(place + pages["article"])
        assert page.locator("h1.sb-capitals").text_content() == "THE LIGHT IS MENDED"
        page.goto(place + pages["arabic"])
        assert page.locator("article").get_attribute("dir") == "rtl"
        assert page.locator(".sb-facts dd").last.text_content() == "Arabic"
        right = box(page, "h1")
        assert box(page, ".sb-facts")["x"] < right["x"] + right["width"]


def test_every_kind_is_printed_on_one_sheet(
    browser: Browser, place: str, pages: dict[str, str]
) -> None:
    """Short ones, whose facts are a line and whose citation is at the end of the text."""
    with opened(browser, place) as page:
        for name in NAMES:
            page.goto(place + pages[name])
            page.locator(".sb-source button").wait_for()
            assert sheets(page.pdf()) == 1, name


@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", NAMES)
def test_every_kind_is_accessible(
    browser: Browser, place: str, pages: dict[str, str], name: str, scheme: Any
) -> None:
    """No violation, no message, no request that leaves the site, nothing wider than the screen."""
    assert_accessible(browser, place + pages[name], scheme)


@pytest.mark.slow
def test_nothing_is_wider_than_a_window_at_twice_the_size(
    browser: Browser, place: str, pages: dict[str, str]
) -> None:
    """A window of 1280 pixels at 200 % has room for 640; and of 320, as WCAG 1.4.10 asks."""
    for width in (640, 320):
        with opened(browser, place, viewport={"width": width, "height": 512}) as page:
            for name in NAMES:
                page.goto(place + pages[name])
                page.wait_for_load_state("networkidle")
                assert page.evaluate("document.documentElement.scrollWidth") <= width, name
