"""The desk in a real browser: a person corrects pages with the keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest

from tests.browser import serving
from tests.browser.desk_visits import Desk, Served, serve_with_desk
from tests.support import ROOT

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SEEDS = {
    "letters/a.txt": (
        "A letter home\n\nBy Ana Ruiz\n3 May 1891\n\nJohn Storr of Whitby came to see the Harbour"
        " Board on Monday. John Storr is well.\n\nJohn Storr met Isaac Verrill in Whitby, on the"
        " boat Hope."
    ),
    "scan_0001.txt": (
        "the boats were out all night, and all of us waited at the pier until it was light.\n\n"
        "No man was lost, and the boats came back.\n"
    ),
    "scan_0002.txt": (
        "it was a day of rest, and nothing at all was heard of the harbour until the evening.\n\n"
        "The bells were silent, and so were the dogs.\n"
    ),
    "two.txt": (
        "Two of them\n\n1893\n\nMary Verrill met Tom Verrill. A man said that Verrill left.\n"
    ),
    "letters/b.txt": (
        "Another letter\n\n4 June 1892\n\nJohn Storr went to Whitby again and Isaac Verrill was"
        " there. Captain Isaac Verrill spoke to John Storr."
    ),
}
LETTER = "documents/1891/a-letter-home/"
DIALOGS = (
    (LETTER, "Correct this page"),
    (LETTER, "A name on this page"),
    ("people/john-storr/", "Correct this page"),
    ("people/john-storr/", "Part namesakes"),
    ("_desk/#questions", ""),
    ("_desk/#undated", ""),
    ("_desk/#decisions", ""),
)
OTHER_SITE = """<title></title><iframe src="PREVIEW"></iframe><script type="module">
const decisions = [{ seed: "letters/a.txt", field: "title", value: "Taken" }];
const body = JSON.stringify({ decisions, version: "", page: "" });
const headers = { "Content-Type": "application/json", "X-Seedbed-Token": "guessed" };
const post = (options) => fetch("PREVIEW_desk/decide", { method: "POST", body, ...options });
const attempts = {
  page: async () => (await fetch("PREVIEW")).text(),
  state: async () => (await fetch("PREVIEW_desk/state", { headers })).text(),
  decide: async () => (await post({ headers })).text(),
  blind: async () => (await post({ mode: "no-cors" })).type,
};
const results = [];
for (const [name, act] of Object.entries(attempts))
  results.push(`${name}: ${await act().catch(() => "refused")}`);
document.title = results.join(", ");
</script>"""
"""A page of another site on this machine that tries to read the preview, and to write."""

SELECT = """([words]) => {
  const walker = document.createTreeWalker(document.querySelector(".sb-text"), 4);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = node.data.indexOf(words);
    if (start < 0) continue;
    getSelection().setBaseAndExtent(node, start, node, start + words.length);
    return;
  }
}"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield a project, served with a desk; every test takes back what it decides."""
    folder: Path = tmp_path_factory.mktemp("served")
    config = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:")[0]
    (folder / "docs").mkdir()
    (folder / "mkdocs.yml").write_text(config, "utf-8")
    for name, text in SEEDS.items():
        (folder / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "seeds" / name).write_text(text, "utf-8")
    with serve_with_desk(folder) as project:
        yield project


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Desk]:
    """Yield a browser at the desk; an error of a script fails the test."""
    from playwright.sync_api import Error

    errors: list[str] = []
    page = browser.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    desk = Desk(page, served)
    yield desk
    served.wait_until_idle()
    while page.url != "about:blank":  # another part of the same address is no other page
        with suppress(Error):  # after a build the page loads itself again, which interrupts this
            page.goto("about:blank")
    desk.open("_desk/#decisions")
    page.locator("main button").wait_for()
    while page.locator("main ol li").count():
        served.wait_until_idle()
        count, printed = page.locator("main ol li").count(), len(served.log)
        desk.press("Undo")
        page.wait_for_function(
            "count => document.querySelectorAll('main ol li').length < count", arg=count
        )
        served.wait_until_built(printed)  # or the next test sees names as they were
    page.close()
    assert errors == []
    assert served.corrections == ""
    assert served.names == ""


def test_a_title_and_a_date_are_mended_and_taken_back(desk: Desk) -> None:
    """The page follows, also to its new address; a refusal has the words of the parser."""
    desk.open(LETTER)
    desk.page.keyboard.press("Shift+F2")
    desk.fill("Title", "Ana: a letter")
    desk.fill("Date", "in March")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_role("alert").filter(has_text="is not a date").wait_for()
    assert desk.served.corrections == ""
    desk.fill("Date", "3 March 1890")
    desk.save()
    desk.arrive("documents/1890/ana-a-letter/")
    assert desk.page.locator("h1").inner_text() == "Ana: a letter"
    assert "title: 'Ana: a letter'" in desk.served.corrections
    assert "date: 3 March 1890" in desk.served.corrections
    desk.press("Undo")
    desk.arrive(LETTER)
    assert desk.served.corrections == ""


def test_a_name_that_was_not_found_is_added_to_names_csv(desk: Desk) -> None:
    """Its kind is a person's own; what it changes is shown before."""
    desk.open(LETTER)
    desk.press("A name on this page")
    desk.fill("These words", "boat Hope")
    desk.fill("Mean", "Hope")
    desk.choose("It is", "of another kind")
    desk.fill("Which kind", "ship")
    desk.page.keyboard.press("Tab")
    desk.page.get_by_text("This changes 1 mention in 1 document.").wait_for()
    desk.save()
    desk.link("boat Hope").wait_for()
    assert "Hope,ship,boat Hope," in desk.served.names


def test_two_names_become_one(desk: Desk) -> None:
    """The other name is offered with its counts and a sentence, and taken with the arrow keys."""
    desk.open("people/isaac-verrill/")
    desk.press("Correct this page")
    field = desk.page.get_by_role("combobox", name="The same as")
    field.press_sequentially("storr")
    option = desk.page.get_by_role("option").first
    option.filter(has_text="5 mentions in 2 documents").wait_for()
    assert "of Whitby came" in option.inner_text()
    field.press("ArrowDown")
    field.press("Enter")
    assert field.input_value() == "John Storr"
    desk.page.get_by_text("This changes 3 mentions in 2 documents.").wait_for()
    desk.save()
    assert re.search(r"merge:\s+John Storr: \[Isaac Verrill\]", desk.served.corrections)
    desk.arrive("people/john-storr/")


def test_two_namesakes_are_parted(desk: Desk) -> None:
    """A whole document, and a single mention of another one."""
    desk.open("people/john-storr/")
    desk.press("Part namesakes")
    desk.fill("The chosen mentions mean", "John Storr (son)")
    second = desk.page.locator("dialog fieldset").filter(has_text="Another letter")
    second.get_by_label("all in this document").focus()
    desk.page.keyboard.press("Space")
    first = desk.page.locator("dialog fieldset").filter(has_text="A letter home")
    assert first.locator("[name=mention]").count() == 3  # each of two in one paragraph has its own
    first.get_by_label("met Isaac").focus()
    desk.page.keyboard.press("Space")
    desk.page.get_by_text("This changes 3 mentions in 2 documents.").wait_for()
    desk.save()
    assert "John Storr (son): [letters/b.txt]" in desk.served.corrections
    assert "John Storr: John Storr (son)" in desk.served.corrections
    while "Named in 1 document" not in desk.page.inner_text("body"):  # until the site is built
        desk.open("people/john-storr/")
    desk.open("people/john-storr-son/")
    assert "Named in 2 documents" in desk.page.inner_text("body")


def test_one_mention_is_set(desk: Desk) -> None:
    """The link has the focus, and F2 asks whom it means; its paragraph has the focus afterwards."""
    desk.open(LETTER)
    desk.link("Isaac Verrill").focus()
    desk.page.keyboard.press("F2")
    desk.page.get_by_role("heading", name="Who or what is “Isaac Verrill”?").wait_for()
    desk.page.get_by_text("Now: Isaac Verrill, 3 mentions in 2 documents").wait_for()
    desk.choose("It is", "no name")
    desk.choose("Where", "Only in this paragraph")
    desk.page.keyboard.press("Control+Enter")
    desk.link("Isaac Verrill").wait_for(state="detached")
    desk.page.wait_for_function("document.activeElement?.matches('.sb-text [id^=p-]')")
    assert re.search(r"p-[0-9a-f]{8}:\s+Isaac Verrill: nobody", desk.served.corrections)


def test_a_document_is_withdrawn_and_shown_again(desk: Desk) -> None:
    """The text is gone at once, its address too, and both are back with the undo."""
    desk.open("documents/1892/another-letter/")
    desk.press("Correct this page")
    desk.fill("Withdraw this document", "The family asked.")
    desk.save()
    desk.page.get_by_text("This is what readers find here now.").wait_for()
    assert not desk.page.get_by_text("spoke to").count()
    assert not desk.page.get_by_role("button", name="Correct this page").count()
    desk.page.get_by_role("link", name="Decisions").focus()
    desk.page.keyboard.press("Enter")
    desk.arrive("_desk/#decisions")
    desk.page.locator("main li", has_text="The family asked.").wait_for()
    desk.page.goto(f"{desk.served.address}documents/1892/another-letter/")
    desk.page.get_by_text("This is what readers find here now.").wait_for()
    desk.press("Undo")
    desk.page.get_by_text("spoke to").wait_for()


def test_lines_are_shown_as_verse(desk: Desk) -> None:
    """Those of the paragraph in which words are selected."""
    desk.open("documents/1892/another-letter/")
    desk.page.evaluate(SELECT, ["spoke to"])
    desk.press("Correct this page")
    lines = desk.field("These lines")
    lines.wait_for()
    desk.page.wait_for_function("document.querySelector('dialog [name=lines]').value !== 'all'")
    assert lines.input_value() == "5"
    desk.choose("Show lines as", "Verse")
    desk.save()
    desk.page.locator(".sb-text .line").first.wait_for()
    assert "verse: ['5']" in desk.served.corrections


def test_a_name_gets_dates_and_a_biography(desk: Desk) -> None:
    """In the list of names, and in a file of the editor's own."""
    desk.open("people/john-storr/")
    desk.press("Correct this page")
    desk.page.locator("dialog summary").focus()
    desk.page.keyboard.press("Enter")
    desk.fill("Born", "1830")
    desk.fill("Biography", "He *sailed* the Hope.")
    desk.save()
    desk.page.locator("em", has_text="sailed").wait_for()
    assert "John Storr,person,,1830," in desk.served.names
    note = desk.served.folder / "seeds/_notes/people/john-storr.md"
    assert note.read_text("utf-8") == "He *sailed* the Hope."


def test_questions_are_answered_with_one_key_each(desk: Desk) -> None:
    """Put off, answered, taken back; the number that is left is shown."""
    desk.open("_desk/")
    heading = desk.page.locator("#sb-question")
    heading.filter(has_text="Verrill").wait_for()
    desk.page.get_by_text("0 decided, 0 later, 1 open").wait_for()
    assert desk.page.locator("mark").first.inner_text() == "Verrill"
    assert desk.page.get_by_text("1 mention in 1 document").count()
    desk.page.keyboard.press("l")
    desk.page.get_by_text("0 decided, 1 later, 0 open").wait_for()
    desk.page.keyboard.press("1")
    desk.page.get_by_text("Nothing is open.").wait_for()
    assert "split:" in desk.served.corrections
    desk.press("Undo") if desk.page.get_by_role("button", name="Undo").count() else None


def test_undated_and_untitled_documents_are_settled_in_a_row(desk: Desk) -> None:
    """With the keyboard alone, and without waiting for a rebuild."""
    desk.open("_desk/#undated")
    desk.page.get_by_label("Date, such as").wait_for()
    for date in ("1890", "next May", "May 1891"):
        desk.page.keyboard.insert_text(date)
        desk.page.keyboard.press("Enter")
        if date == "next May":
            desk.page.get_by_role("alert").filter(has_text="is not a date").wait_for()
            desk.page.get_by_label("Date, such as").fill("")
        else:
            desk.page.wait_for_function("!document.querySelector('[name=date]')?.value")
    desk.page.get_by_text("Nothing is open.").wait_for()
    assert re.findall(r"date: .*", desk.served.corrections) == ["date: 1890", "date: May 1891"]
    desk.open("_desk/#untitled")
    desk.page.locator("[name=title]").fill("The boats")
    desk.page.keyboard.press("Enter")
    desk.page.get_by_text("1 decided, 0 later, 1 open").wait_for()
    assert "title: The boats" in desk.served.corrections


@pytest.mark.parametrize("width", [360, 640, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_accessible(desk: Desk, width: int, scheme: Literal["light", "dark"]) -> None:
    """On a telephone, at 200 %, in the dark: axe finds nothing, and nothing is cut off."""
    from axe_playwright_python.sync_playwright import Axe

    page = desk.page
    page.set_viewport_size({"width": width, "height": 700})
    page.emulate_media(color_scheme=scheme)
    for address, button in DIALOGS:
        desk.open(address)
        if button:
            desk.press(button)
            page.locator("dialog input").first.wait_for()
        found = Axe().run(page).response["violations"]
        assert [violation["id"] for violation in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        if button:
            page.keyboard.press("Escape")
            page.locator("dialog").wait_for(state="detached")
            assert page.evaluate("document.activeElement.textContent") == button


def test_a_form_stays_while_the_site_is_built(desk: Desk) -> None:
    """Somebody else saves a seed; the page is loaded again when the form is closed."""
    desk.open(LETTER)
    desk.press("Correct this page")
    desk.fill("Title", "Half a ti")
    seed = desk.served.folder / "seeds/letters/a.txt"
    text = seed.read_text("utf-8")
    with desk.page.expect_response("**/livereload/**"):
        seed.write_text(text.replace("is well", "is quite well"), "utf-8")
    assert desk.field("Title").input_value() == "Half a ti"
    desk.page.keyboard.press("Escape")
    desk.page.get_by_text("is quite well").wait_for()
    seed.write_text(text, "utf-8")


def test_another_site_on_this_machine_can_neither_read_nor_write(
    desk: Desk, browser: Browser, tmp_path: Path
) -> None:
    """A published archive in another tab: no answer, no decision, no frame."""
    words = OTHER_SITE.replace("PREVIEW", desk.served.address)
    (tmp_path / "index.html").write_text(words, "utf-8")
    with serving.served(tmp_path) as address:
        page = browser.new_page()
        page.goto(address)
        page.wait_for_function("document.title.includes('blind')")
        assert page.title() == "page: refused, state: refused, decide: refused, blind: opaque"
        assert page.frames[1].url.startswith("chrome-error:")
        page.close()
    assert desk.served.corrections == ""
