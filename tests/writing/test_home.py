"""The front page: where to begin, what is new, this day, and names as an index."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from msgspec import structs

from generator.linking.collections import find_collections
from generator.model import (
    FIRST_WORDS,
    Block,
    Corpus,
    Document,
    EditorNote,
    Extracted,
    Metadata,
    OutputFile,
    PagePath,
    SeedPath,
)
from generator.writing.addresses import urls
from generator.writing.document_sums import sum_documents
from generator.writing.pages.calendar import calendar_pages
from generator.writing.pages.collections import collection_listings
from generator.writing.pages.home import home_page
from generator.writing.pages.home_lead import find_leads
from generator.writing.pages.timeline import timeline_listings
from generator.writing.site_info import SiteInfo
from tests.writing.test_entity_pages import corpus as corpus_with_names
from tests.writing.whole import files_of, whole

STORR = SeedPath("letters/storr.txt")
BOARD = SeedPath("minutes/board.txt")
GALE = SeedPath("news/gale.txt")


def document(source: SeedPath, date: str = "", words: int = 5, genre: str = "") -> Document:
    """Return a document with a title from its path."""
    metadata = Metadata(
        Extracted(source.rpartition("/")[2].removesuffix(".txt").title(), "test"),
        date=Extracted(date, "test") if date else None,
        genre=Extracted(genre, "test") if genre else None,
        description=f"The first words of {source}.",
    )
    block = Block("paragraph", " ".join(["word"] * words))
    return Document(source, source, "utf-8", "", (block,), (), metadata)


def corpus(*documents: Document, **changes: object) -> Corpus:
    """Return a corpus of documents with its collections."""
    made = whole(documents).corpus
    collections = find_collections(made.documents, {}, urls.collection_addresses)
    return replace(made, collections=collections, **changes)  # type: ignore[arg-type]


def leads(made: Corpus) -> list[SeedPath]:
    """Return the documents with which the front page begins."""
    return [lead.document.source for lead in find_leads(made, sum_documents(made.documents))]


def front(made: Corpus) -> str:
    """Return the front page."""
    return home_page(made, sum_documents(made.documents), SiteInfo(name="Test")).data.decode()


def test_the_editor_chooses_where_to_begin() -> None:
    """In this order, with the line of a note; what does not exist is left out."""
    notes = {
        "": EditorNote("", lead=("minutes/board.txt", "none.txt", "letters/storr.txt")),
        BOARD: EditorNote("", description="The rope was refused."),
    }
    made = corpus(document(STORR), document(BOARD), document(GALE, words=99), notes=notes)
    assert leads(made) == [
        BOARD,
        STORR,
    ]
    page = front(made)
    assert "Begin here\n{ .sb-kicker }" in page
    assert "The rope was refused." in page
    assert "The first words of letters/storr.txt." in page


def test_without_a_choice_the_longest_of_each_collection_leads() -> None:
    """The label is its kind; a table and a name of a file come last."""
    table = document(SeedPath("letters/prices.txt"), words=900, genre="table")
    made = corpus(document(STORR, genre="letter"), table, document(GALE), document(BOARD))
    assert leads(made) == [
        STORR,
        BOARD,
        GALE,
    ]
    assert "Letter\n{ .sb-kicker }" in front(made)
    assert "Begin here" not in front(made)


def test_a_table_or_a_few_words_of_the_first_collection_do_not_lead() -> None:
    """The front page begins with a text to read, whatever its collection is called."""
    receipt = document(SeedPath("accounts/receipt.txt"), words=30)
    prices = document(SeedPath("bills/prices.txt"), words=900, genre="table")
    made = corpus(receipt, prices, document(STORR, words=200), document(BOARD, words=150))
    assert leads(made) == [
        STORR,
        BOARD,
        receipt.source,
    ]


def test_one_document_is_a_front_page_of_its_own() -> None:
    """Its lead and its names; no chart, no list of what is new, no calendar."""
    page = front(corpus(document(SeedPath("a.txt"), "1891-03-14")))
    assert "sb-lead" in page
    assert not re.search("sb-column|sb-chart|sb-collections|sb-today", page)


def test_what_was_added_last_is_first() -> None:
    """With the day of its addition; without additions the latest dates are shown."""
    others = [document(SeedPath(f"{year}.txt"), f"{year}") for year in range(1900, 1909)]
    latest = front(corpus(*others)).partition("## Latest documents")[2]
    assert latest.index("[1908]") < latest.index("[1907]")
    added = {SeedPath("1905.txt"): "2026-05-12", SeedPath("1906.txt"): "2026-06-01"}
    recent = front(corpus(*others, added=added)).partition("## Recently added")[2]
    assert recent.index("added 1 June 2026") < recent.index("added 12 May 2026")
    assert "[1908]" not in recent
    released = front(corpus(*others, added={one.source: "2026-05-12" for one in others}))
    assert released.partition("## Latest documents")[2] == latest


def test_the_day_is_for_a_script() -> None:
    """The same input gives the same page on any day; the data are by month."""
    dates = ("1891-03-14", "1905-03-14", "1899-12-02", "1899-12", "1900")
    made = corpus(*(document(SeedPath(f"{date}.txt"), date) for date in dates))
    assert 'data-days="calendar/" data-months="03 12"' in front(made)
    files = {file.path: file for file in calendar_pages(made, SiteInfo())}
    assert set(files) == {"calendar/index.md", "calendar/03.json", "calendar/12.json"}
    days = json.loads(files[urls.sibling(urls.CALENDAR, "03.json")].data)
    assert [entry["date"] for entry in days["03-14"]] == ["14 March 1891", "14 March 1905"]
    assert days["03-14"][0]["page"] == "documents/1891/1891-03-14/"
    page = files[urls.CALENDAR].data.decode()
    assert page.index("## March") < page.index("### 14 March") < page.index("## December")
    assert "1899-12.txt" not in page


def test_without_exact_dates_there_is_no_calendar() -> None:
    """Neither its page nor its column."""
    made = corpus(*(document(SeedPath(f"{n}.txt"), "1900") for n in range(5)))
    assert "sb-today" not in front(made)
    assert list(calendar_pages(made, SiteInfo())) == []


def test_a_large_calendar_has_a_page_for_each_month() -> None:
    """Each within the limit of a list, and all reached from the first."""
    many = (document(SeedPath(f"{n}.txt"), f"1900-{n % 2 + 1:02}-05") for n in range(700))
    files = calendar_pages(corpus(*many), SiteInfo())
    pages = {str(file.path): file.data.decode() for file in files}
    assert "[February](02/index.md)" in pages["calendar/index.md"]
    assert "(page-2/index.md)" in pages["calendar/02/index.md"]
    assert max(page.count("/documents/") for page in pages.values()) <= 300


def test_names_are_an_index_with_counts() -> None:
    """Family name first; of one document its mentions."""
    many = corpus_with_names("Ana Ruiz came.", "Ana Ruiz left.").corpus
    assert '- [Ruiz, Ana](people/ana-ruiz/index.md) <span class="sb-count">2</span>' in front(many)
    assert "## Most named" in front(many)
    single = corpus_with_names("Ana Ruiz came. Ana Ruiz left. Ana Ruiz.").corpus
    assert '<span class="sb-count">3</span>' in front(single)
    assert "## Named in it" in front(single)


def timeline(*documents: Document) -> dict[str, str]:
    """Return the pages of the timeline."""
    pages = files_of(timeline_listings(corpus(*documents), SiteInfo()))
    return {file.path: text_of(file) for file in pages}


def text_of(file: OutputFile) -> str:
    """Return a page as text."""
    return file.data.decode()


@pytest.mark.parametrize(
    ("date", "shown"),
    [
        ("1891-03-14", '<span class="sb-day"><time datetime="1891-03-14">14 March</time></span>'),
        ("1891-03", '<span class="sb-day"><time datetime="1891-03">March</time></span>'),
        ("1891-01-07/1891-01-18", '<span class="sb-day">7–18 January</span>'),
        ("1891-12/1892-01", '<span class="sb-day">December 1891 to January 1892</span>'),
        ("1891~", '<span class="sb-day">about 1891</span>'),
        ("1891-03-14?", '<span class="sb-day">14 March 1891?</span>'),
    ],
)
def test_a_chronicle_has_month_and_day(date: str, shown: str) -> None:
    """As far as they are known; what is not certain is written in full."""
    page = timeline(document(STORR, date))[urls.TIMELINE]
    assert f"- {shown}[Storr](" in page
    assert '<span class="sb-meta">The first words of letters/storr.txt.</span>' in page


def test_a_year_alone_leaves_no_hole() -> None:
    """It stands in the margin already."""
    page = timeline(document(STORR, "1891"))[urls.TIMELINE]
    assert "- [Storr](" in page
    assert "sb-day" not in page.partition("## 1891")[2].partition("- [")[0].replace("sb-days", "")


def test_a_long_timeline_has_links_to_its_years() -> None:
    """And one with few years has none."""
    few = timeline(*(document(SeedPath(f"{year}.txt"), f"{year}") for year in range(1900, 1908)))
    assert "sb-letters" not in few[urls.TIMELINE]
    many = timeline(*(document(SeedPath(f"{year}.txt"), f"{year}") for year in range(1900, 1909)))
    (jumps,) = re.findall(r"<nav class=.sb-letters.*</nav>", many[urls.TIMELINE])
    assert re.findall(r'href="#y-(\d+)"', jumps) == [str(year) for year in range(1900, 1909)]


def test_the_years_of_a_large_timeline_stand_in_decades() -> None:
    """With the number of documents of each."""
    dates = [f"{year}" for year in range(1880, 1911) for _ in range(10)]
    pages = timeline(*(document(SeedPath(f"{n}.txt"), date) for n, date in enumerate(dates)))
    first = pages[urls.TIMELINE]
    assert first.index("## 1880s") < first.index("[1889](1889/index.md)") < first.index("## 1890s")
    assert '[1891](1891/index.md) <span class="sb-meta">10</span>' in first


def test_a_collection_shows_how_its_documents_begin() -> None:
    """But for a table, whose cells are no sentence, and where the first words are the title."""
    table, untitled = document(STORR, genre="table"), document(SeedPath("letters/lost.txt"))
    title = Extracted("The first words", FIRST_WORDS)
    untitled = structs.replace(untitled, metadata=structs.replace(untitled.metadata, title=title))
    made = corpus(document(SeedPath("letters/kept.txt")), table, untitled)
    pages = {
        file.path: file.data.decode() for file in files_of(collection_listings(made, SiteInfo()))
    }
    page = pages[PagePath("collections/letters/index.md")]
    assert re.findall(r"^- \[(.*?)\]\(.*?\)(.*)$", page, re.MULTILINE) == [
        ("Kept", ' <span class="sb-meta">The first words of letters/kept.txt.</span>'),
        ("Storr", ""),
        ('<q class="sb-untitled">The first words</q>', ""),
    ]


def test_documents_without_a_date_are_new_too() -> None:
    """A small site lists them last among the latest, and by the day on which they were added."""
    dated, undated = document(BOARD, "1894-06-04"), document(GALE)
    sources = [STORR, SeedPath("letters/kept.txt"), SeedPath("letters/lost.txt")]
    leads = [document(source, "1891", words=99) for source in sources]
    notes = {"": EditorNote("", lead=tuple(sources))}
    latest = front(corpus(*leads, dated, undated, notes=notes)).partition("Latest documents")[2]
    assert 0 < latest.index("[Board]") < latest.index("[Gale]")
    added = corpus(*leads, dated, undated, notes=notes, added={GALE: "2026-05-12"})
    recent = front(added).partition("Recently added")[2].partition("All documents")[0]
    assert "[Gale]" in recent
    assert "[Board]" not in recent
