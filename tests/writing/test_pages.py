"""Pages: one seed as a golden file, and the index pages."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import frontmatter
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.linking.entities.resolve import without_footer
from generator.linking.names.find_in_corpus import find_names_in_corpus
from generator.model import Document, Extracted, PagePath, Relations, SeedPath
from generator.model.ledger import dump_ledger, load_ledger
from generator.reading.read import read_document
from generator.writing.addresses import urls
from generator.writing.document_sums import sum_documents
from generator.writing.labels import labels_for
from generator.writing.pages.home import home_page
from generator.writing.pages.pagination import PageSlice
from generator.writing.pages.timeline import timeline_listings
from generator.writing.site_info import SiteInfo
from tests.support import THE_SEED, seed
from tests.writing.whole import files_of, whole

GOLDEN = Path(__file__).parents[1] / "golden" / "peru.md"


def composed(*seeds: tuple[str, str | bytes]) -> dict[str, str]:
    """Return the pages of a small corpus by path."""
    documents: list[Document] = []
    for name, data in seeds:
        document = read_document(seed(data, name)).value
        assert document is not None
        documents.append(document)
    mentions = map(without_footer, documents, find_names_in_corpus(documents, {}))
    files = whole(documents, mentions).pages(SiteInfo(name="Test", description="A test."))
    return {file.path: file.data.decode() for file in files}


def test_the_page_of_a_seed_is_unchanged() -> None:
    """One golden page: a change of it is a change that readers see.

    Set SEEDBED_UPDATE_GOLDEN=1 to accept one, and commit it alone.
    """
    pages = composed((THE_SEED.name, THE_SEED.read_bytes()))
    page = next(text for path, text in pages.items() if path.startswith("documents/"))
    if os.environ.get("SEEDBED_UPDATE_GOLDEN"):
        GOLDEN.write_text(page, "utf-8")
    assert page == GOLDEN.read_text("utf-8")


def test_the_front_matter_has_the_documented_keys() -> None:
    """Exactly these keys, and no H1 in the body."""
    post = frontmatter.loads(GOLDEN.read_text("utf-8"))
    assert post.metadata["date"] == "2021-06-28"
    assert post.metadata["authors"] == ["Bill Van Auken"]
    assert post.metadata["language"] == "en"
    assert post.metadata["kind"] == "document"
    assert post.metadata["source"] == THE_SEED.name
    assert len(str(post.metadata["description"])) <= 200
    assert not any(line.startswith("# ") for line in post.content.splitlines())


def test_unknown_metadata_is_absent() -> None:
    """No empty date, no guessed author."""
    pages = composed(("note.txt", "A note on bridges\n\nThe old bridge was closed."))
    post = frontmatter.loads(pages["documents/undated/a-note-on-bridges/index.md"])
    assert not {"date", "date_text", "authors", "language"} & post.metadata.keys()


def test_metadata_of_the_head_is_in_the_front_matter() -> None:
    """Standfirst, section and publication are removed from the article; the dateline stays."""
    head = "World » Americas\n\nBridge <reopens>\n\nNine years & nine mayors later\n\n"
    text = f"{head}By Ana Ruiz, Reuters\n3 May 2020\n\nLIMA — Six thousand people watched."
    pages = composed(("b.txt", text))
    post = frontmatter.loads(pages["documents/2020/bridge-reopens/index.md"])
    keys = ("section", "standfirst", "publication", "dateline")
    assert [post.metadata[key] for key in keys] == [
        "World » Americas",
        "Nine years &amp; nine mayors later",
        "Reuters",
        "LIMA",
    ]
    assert "LIMA" in post.content.splitlines()[0]
    assert "Americas" not in post.content


def test_index_pages_list_every_document() -> None:
    """The timeline by year with a group of undated ones; authors with their documents."""
    pages = composed(
        ("b.txt", "Bridge reopens\n\nBy Ana Ruiz\n3 May 2020\n\nThe mayor cut a ribbon."),
        ("a.txt", "A note on bridges\n\nThe old bridge was closed."),
    )
    timeline = pages["timeline/index.md"]
    assert timeline.index("## 2020") < timeline.index("## Without a date")
    assert "(../documents/2020/bridge-reopens/index.md)" in timeline
    assert "(../documents/undated/a-note-on-bridges/index.md)" in timeline
    assert (
        '[Ruiz, Ana](ana-ruiz/index.md), <span class="sb-meta">1 document</span>'
        in pages["authors/index.md"]
    )
    assert "Bridge reopens" in pages["authors/ana-ruiz/index.md"]
    assert "2 documents, 10 words, from 2020." in pages["index.md"]


@given(st.integers(1, 400), st.data())
def test_the_first_page_of_a_list_links_to_all_and_all_link_back(
    pages: int, data: st.DataObject
) -> None:
    """So no page of a list is far from its first page."""
    first, labels = PagePath("people/ana-ruiz/index.md"), labels_for("en")
    targets = {urls.relative(first, urls.numbered_page(first, at)) for at in range(2, pages + 1)}
    written = " ".join(PageSlice(first, 1, pages, ()).navigation(labels))
    assert set(re.findall(r"\]\((.*?)\)", written)) == targets
    number = data.draw(st.integers(1, pages))
    leaf = PageSlice[str](first, number, pages, ())
    leads = re.findall(r"\]\((.*?)\)", " ".join(leaf.navigation(labels)))
    beside = {at for at in (1, number - 1, number + 1) if 1 <= at <= pages and at != number}
    assert {urls.relative(leaf.path, urls.numbered_page(first, index)) for index in beside} <= set(
        leads
    )
    assert urls.relative(leaf.path, leaf.path) not in leads


def timeline(dates: list[str]) -> dict[str, str]:
    """Return the pages of a timeline with a document of each date."""
    document = read_document(seed("A note\n\nThe old bridge was closed.", "0.txt")).value
    assert document is not None
    many = [
        structs.replace(
            document,
            source=SeedPath(f"{index}.txt"),
            metadata=structs.replace(document.metadata, date=Extracted(date, "test")),
        )
        for index, date in enumerate(dates)
    ]
    pages = files_of(timeline_listings(whole(many).corpus, SiteInfo()))
    return {page.path: page.data.decode() for page in pages}


def test_a_bar_links_to_the_page_on_which_its_month_begins() -> None:
    """A large year has several pages, and a month may begin on a further one."""
    made = timeline(["1984-03-01"] * 310 + ["1984-05-02"])
    (link,) = re.findall(r'href="(\S+)#m-1984-05"', made[urls.TIMELINE])
    assert "{ #m-1984-05 }" in made[PagePath(f"timeline/{link}index.md")]


def test_the_home_page_shows_one_of_several_versions() -> None:
    """It shows one of two versions; both are on the timeline."""
    text = "The bridge over the river was closed on Monday, and nobody asked why it was."
    seeds = [
        (f"{year}.txt", f"{title}\n\n3 May {year}\n\n{text}")
        for year, title in ((1983, "A first report"), (1984, "A second report"))
    ]
    documents = [
        document for name, text in seeds if (document := read_document(seed(text, name)).value)
    ]
    made = whole(documents)
    twins = (SeedPath("1983.txt"), SeedPath("1984.txt"))
    kinship = {path: Relations(path, tuple({*twins} - {path})) for path in twins}
    sums = sum_documents(made.corpus.documents)
    front = home_page(replace(made.corpus, relations=kinship), sums, SiteInfo()).data.decode()
    assert "A first report" in front
    assert "A second report" not in front
    assert "A second report" in home_page(made.corpus, sums, SiteInfo()).data.decode()


def test_a_year_links_to_its_neighbours_and_to_the_timeline() -> None:
    """In a corpus large enough for one page for each year."""
    made = timeline([f"{year}-05-01" for year in (1980, 1983, 1984) for _ in range(101)])
    line = "← [1980](../1980/index.md) · [Timeline](../index.md) · [1984](../1984/index.md) →"
    assert line in made["timeline/1983/index.md"]
    assert "summary: 101 documents" in made["timeline/1983/index.md"]
    assert "[Timeline](../index.md) · [1983]" in made["timeline/1980/index.md"]


def test_languages_have_names() -> None:
    """In the language of the site; a variety has its tag too, an unknown language only that."""
    assert labels_for("en").language("de") == "German"
    assert labels_for("fr").language("de") == "allemand"
    assert labels_for("nl").language("pt-BR") == "Portuguese (pt-BR)"
    assert labels_for("de").language("x-klingon") == "x-klingon"


def test_an_empty_corpus_has_index_pages() -> None:
    """The links of the navigation work before the first seed."""
    hubs = {"timeline", "authors", "people", "organizations", "places", "search", "collections"}
    assert composed().keys() == {
        "index.md",
        "feed.xml",
        "data/corpus/index.md",
        *(f"{hub}/index.md" for hub in hubs),
    }


def test_a_ledger_is_read_back_unchanged() -> None:
    """So that a copy of the site can be checked."""
    document = read_document(seed(THE_SEED.read_bytes())).value
    assert document is not None
    assert load_ledger(dump_ledger(document)).steps == document.ledger


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2021-06-28", "28 June 2021"),
        ("2021-06", "June 2021"),
        ("1984", "1984"),
        ("1984~", "about 1984"),
        ("1842-06-04?", "4 June 1842?"),
        ("1842-06%", "about June 1842?"),
        ("2004-06/2006-08", "June 2004 to August 2006"),
        ("1894-05/1894-07", "May to July 1894"),
        ("1852-03-01/1852-03-04", "1–4 March 1852"),
        ("1852-03-01/1852-05-04", "1 March to 4 May 1852"),
        ("1891-12-30/1892-01-02", "30 December 1891 to 2 January 1892"),
        ("1900~/1910", "about 1900 to 1910"),
    ],
)
def test_dates_are_written_for_people(edtf: str, words: str) -> None:
    """Day, month, year, about, from and to."""
    assert labels_for("en").date(edtf) == words


@pytest.mark.slow
def test_long_lists_are_divided_into_pages() -> None:
    """Seven hundred documents of one author: the first page links to all others."""
    pages = composed(
        *(
            (
                f"{n}.txt",
                f"Report {n}\n\nBy Ana Ruiz\n3 May {2000 + n % 2}\n\nThe mayor cut a ribbon.",
            )
            for n in range(700)
        )
    )
    lists = {path: text for path, text in pages.items() if not path.startswith("documents/")}
    assert {"timeline/2000/page-2/index.md", "authors/ana-ruiz/page-3/index.md"} <= lists.keys()
    assert max(text.count("documents/2000/") for text in lists.values()) <= 300
    assert "(2000/index.md)" in lists["timeline/index.md"]
    assert "(page-2/index.md)" in lists["timeline/2000/index.md"]


def test_a_title_in_capitals_is_set_smaller_in_lists() -> None:
    """Its words stay as printed; an acronym and a script without capitals stay as they are."""
    titles = ("POST OFFICE TELEGRAPHS", "NASA", "東京都の朝の手紙です")
    texts = (f"{title}\n\nThe old bridge was closed in spring." for title in titles)
    pages = composed(*((f"{number}.txt", text) for number, text in enumerate(texts)))
    timeline = pages["timeline/index.md"]
    assert '[<span class="sb-capitals">POST OFFICE TELEGRAPHS</span>](' in timeline
    assert timeline.count("sb-capitals") == 1
    assert "sb-capitals" in pages["index.md"]
