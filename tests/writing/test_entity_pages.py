"""The pages of people, organizations and places."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from generator.linking.corpus import join_people
from generator.model import (
    Address,
    Block,
    Document,
    EntityId,
    Extracted,
    Mention,
    Metadata,
    SeedPath,
    Span,
)
from generator.text.paragraph_ids import paragraph_ids
from generator.text.sentences import split_sentences
from generator.writing.addresses import urls
from generator.writing.mentions import choose_links, excerpt
from generator.writing.pages import document_listings
from generator.writing.pages.authors import author_pages
from generator.writing.pages.entity_lists import entity_list_pages
from generator.writing.site_info import SiteInfo
from generator.writing.views import build_context_index
from tests.writing.whole import Whole, files_of, whole


def corpus(*texts: str, names: tuple[str, ...] = ("Ana Ruiz",), author: str = "") -> Whole:
    """Return a corpus of these texts, in which every one of the names is found."""
    by = (Extracted(author, "test"),) if author else ()
    documents = [
        Document(
            SeedPath(f"{n}.txt"),
            "",
            "utf-8",
            "",
            tuple(Block("paragraph", paragraph) for paragraph in text.split("\n\n")),
            (),
            Metadata(
                Extracted(f"Title {n}", "test"), authors=by, date=Extracted(f"20{n:02}", "test")
            ),
        )
        for n, text in enumerate(texts)
    ]
    return whole(documents, (find_mentions(document, names) for document in documents))


def find_mentions(document: Document, names: tuple[str, ...]) -> list[Mention]:
    """Return every mention of one of the names."""
    return [
        Mention(index, match.start(), match.end(), match[0], "person", 1.0, True, (), match[0])
        for index, block in enumerate(document.blocks)
        for match in re.finditer("|".join(map(re.escape, names)), block.text)
    ]


def pages(made: Whole) -> dict[str, str]:
    """Return the entity pages by path."""
    return {page.path: page.data.decode() for page in made.entity_pages(SiteInfo())}


def test_each_sentence_is_quoted_once_and_linked_to_its_paragraph() -> None:
    """Oldest document first; the name is the link."""
    page = pages(corpus("Ana Ruiz came. Ana Ruiz saw Ana Ruiz.", "It rained.\n\nAna Ruiz left."))[
        "people/ana-ruiz/index.md"
    ]
    assert page.count("#p-") == 3
    assert page.index("### <span") < page.index("Title 0") < page.index("Title 1")
    (where,) = paragraph_ids(["Ana Ruiz left."])
    assert f"- [Ana Ruiz](../../documents/2001/title-1/index.md#{where}) left." in page
    assert "Named in 2 documents, from 2000 to 2001." in page


def test_one_date_is_not_that_of_all_documents() -> None:
    """A sentence says a date only where it is the date of each."""
    made = corpus("Ana Ruiz came.", "Ana Ruiz left.")
    first, second = made.documents.values()
    undated = structs.replace(second, metadata=structs.replace(second.metadata, date=None))
    both = whole([first, undated], (find_mentions(one, ("Ana Ruiz",)) for one in (first, undated)))
    assert "Named in 2 documents.\n{ .sb-opening }" in pages(both)["people/ana-ruiz/index.md"]


def test_a_span_ends_where_the_last_interval_ends() -> None:
    """A date "from May 1894 to July 1894" would be a span in a span."""
    made = corpus("Ana Ruiz came.", "Ana Ruiz left.")
    first, second = made.documents.values()
    quarter = structs.replace(second.metadata, date=Extracted("2001-05/2001-07", "test"))
    documents = [first, structs.replace(second, metadata=quarter)]
    both = whole(documents, (find_mentions(one, ("Ana Ruiz",)) for one in documents))
    assert "from 2000 to July 2001." in pages(both)["people/ana-ruiz/index.md"]


def test_authors_stand_below_their_family_names() -> None:
    """As in the index of names; an organization has none."""
    names = ("Ana Ruiz", "The Harbour Office", "Tom Abel")
    documents = [
        Document(
            SeedPath(f"{n}.txt"),
            "",
            "utf-8",
            "",
            (Block("paragraph", "Rain."),),
            (),
            Metadata(Extracted(f"Title {n}", "test"), authors=(Extracted(name, "test"),)),
        )
        for n, name in enumerate(names)
    ]
    listed = {
        file.path: file.data.decode()
        for file in files_of(document_listings(whole(documents).corpus, SiteInfo()))
    }
    shown = re.findall(r"^- \[(.*?)\]\(.*?\), <", listed[urls.AUTHORS], re.MULTILINE)
    assert shown == ["Abel, Tom", "Harbour Office, The", "Ruiz, Ana"]


def test_undated_documents_come_last() -> None:
    """On the pages of entities and of authors."""
    made = corpus("Ana Ruiz came.", "Ana Ruiz left.", "Ana Ruiz stayed.", author="Ana Ruiz")
    document = made.documents[SeedPath("2.txt")]
    timeless = structs.replace(document, metadata=structs.replace(document.metadata, date=None))
    documents = [*list(made.documents.values())[:2], timeless]
    made = whole(documents, (find_mentions(document, ("Ana Ruiz",)) for document in documents))
    written = next(author_pages(made.corpus.authors[0], made.corpus, SiteInfo())).data.decode()
    works, mentions = pages(made)["people/ana-ruiz/index.md"].split("## Every mention")
    assert re.findall(r"\[Title (\d)\]", written) == ["1", "0", "2"]
    for page in (works, mentions):
        assert re.findall(r"\[Title (\d)\]", page) == ["0", "1", "2"]


def test_a_long_page_is_divided() -> None:
    """No page is too large, and each links to the next."""
    many = pages(corpus("\n\n".join(f"Ana Ruiz spoke {n} times. {'x ' * 140}" for n in range(700))))
    del many["people/ana-ruiz/feed.xml"]
    assert set(many) == {
        "people/ana-ruiz/index.md",
        *(f"people/ana-ruiz/page-{n}/index.md" for n in range(2, len(many) + 1)),
    }
    assert len(many) > 2
    assert all(len(page) < 130_000 for page in many.values())
    assert sum(page.count("#p-") for page in many.values()) == 700
    assert "[Next page](page-2/index.md)" in many["people/ana-ruiz/index.md"]
    assert "[Previous page](../index.md)" in many["people/ana-ruiz/page-2/index.md"]


def test_co_mentioned_entities_are_listed() -> None:
    """Those of most documents first."""
    names = ("Ana Ruiz", "Tom Lee", "Eva Roe")
    page = pages(corpus("Ana Ruiz and Tom Lee.", "Ana Ruiz, Tom Lee and Eva Roe.", names=names))[
        "people/ana-ruiz/index.md"
    ]
    assert page.index("[Tom Lee](../tom-lee/index.md)") < page.index(
        "[Eva Roe](../eva-roe/index.md)"
    )


def test_an_author_whom_documents_mention_has_one_page_with_both() -> None:
    """What she wrote, and who mentions her; bylines and the list of authors lead there."""
    made = corpus("Ana Ruiz came.", author="Ana Ruiz")
    (author,) = made.corpus.authors
    assert author.page == "people/ana-ruiz/"
    assert made.view(SeedPath("0.txt")).author_pages == {"Ana Ruiz": "people/ana-ruiz/"}
    person = pages(made)["people/ana-ruiz/index.md"]
    works, mentions = person.partition("## Documents by Ana Ruiz")[2].split("## Every mention")
    assert "- [Title 0](../../documents/2000/title-0/index.md)" in works
    assert "· Ana Ruiz" not in works  # she need not be named after each of her documents
    assert "#p-" in mentions
    listings = document_listings(made.corpus, SiteInfo())
    listed = {file.path: file.data.decode() for file in files_of(listings)}
    assert urls.page_path(author.address) not in listed
    assert "[Ruiz, Ana](../people/ana-ruiz/index.md)" in listed[urls.AUTHORS]


def test_an_author_of_many_documents_has_pages_of_them() -> None:
    """Before those of the mentions, each within its limit."""
    made = pages(corpus(*["Ana Ruiz spoke."] * 320, author="Ana Ruiz"))
    del made["people/ana-ruiz/feed.xml"]
    works = [
        page.count("/documents/") for page in made.values() if "## Documents by Ana Ruiz" in page
    ]
    assert works == [300, 20]
    assert "## Every mention" not in made["people/ana-ruiz/page-2/index.md"]
    assert "## Every mention" in made["people/ana-ruiz/page-3/index.md"]


def test_an_author_with_two_namesakes_has_a_page_apart() -> None:
    """Nothing says which of the two wrote."""
    names = ("Ana Ruiz", "Ana Ruíz")
    made = corpus("Ana Ruiz came. Ana Ruíz left.", names=names, author="Ana Ruiz")
    registry = made.corpus.entities
    ruiz = next(iter(registry.entities.values()))
    other = structs.replace(ruiz, id=EntityId("people/other"), address=Address("people/other/"))
    split = structs.replace(
        registry,
        entities={ruiz.id: ruiz, other.id: other},
        by_name={("person", "Ana Ruiz"): ruiz.id, ("person", "Ana Ruíz"): other.id},
    )
    apart = {"Ana Ruiz": made.corpus.authors[0].address}
    (author,) = join_people(replace(made.corpus, entities=split, author_pages=apart)).authors
    assert author.person is None
    assert author.page == "authors/ana-ruiz/"


def test_lists_are_sorted_by_the_last_name() -> None:
    """Without regard to accents."""
    names = ("Ana Ruiz", "Émile Ábel", *(f"Eva {letter}orn" for letter in "BCDEFGHIJKLMNOPQSTU"))
    listed: dict[str, str] = {
        page.path: page.data.decode()
        for page in entity_list_pages(corpus(" ".join(names), names=names).corpus, SiteInfo())
    }
    people = listed["people/index.md"]
    assert re.findall("^## (.) ", people, re.MULTILINE) == list("ABCDEFGHIJKLMNOPQRSTU")
    assert people.index("summary: 21 people") < people.index("[Ábel, Émile]")
    assert "Nothing on this list has a page yet." in listed["places/index.md"]


def test_a_list_of_few_names_needs_no_letters() -> None:
    """Two names would have two headings."""
    names = ("Ana Ruiz", "Tom Lee")
    people, *_ = entity_list_pages(corpus(" ".join(names), names=names).corpus, SiteInfo())
    assert people.data.decode().index("[Lee, Tom]") < people.data.decode().index("[Ruiz, Ana]")
    assert "## " not in people.data.decode()


def test_a_name_is_linked_again_after_ten_paragraphs() -> None:
    """And not before."""
    shown = corpus("\n\n".join(["Ana Ruiz and Ana Ruiz."] * 25)).view(SeedPath("0.txt"))
    assert {index: len(links) for index, links in choose_links(shown).items() if links} == {
        0: 1,
        10: 1,
        20: 1,
    }


@given(st.text(alphabet="ab .!?A\n", max_size=60), st.integers(0, 60), st.integers(1, 5))
def test_sentences_and_excerpts_contain_the_name(text: str, start: int, length: int) -> None:
    """Sentences cover the text without a gap; an excerpt contains the whole name."""
    sentences = split_sentences(text * 20)
    assert sentences[0].start == 0
    assert sentences[-1].end == len(text * 20)
    assert all(first.end == second.start for first, second in pairwise(sentences))
    whole = text * 20
    if start + length <= len(whole):
        sentence = next(span for span in reversed(sentences) if span.start <= start)
        shown = excerpt(whole, sentence, Span(start, start + length)).shown
        assert 0 <= shown.start <= start
        assert start + length <= shown.end <= len(whole)
        assert shown.end - shown.start <= 330


def test_every_name_with_a_page_has_a_feed_of_its_newest_documents() -> None:
    """At most fifty, newest first; the first page links to the feed."""
    made = pages(released(corpus(*["Ana Ruiz spoke."] * 60)))
    feed = made["people/ana-ruiz/feed.xml"]
    titles = re.findall(r"<title>(.*?)</title>", feed)
    assert titles == ["Ana Ruiz", *(f"Title {n}" for n in range(59, 9, -1))]
    assert "feed: true" in made["people/ana-ruiz/index.md"]


def released(made: Whole) -> Whole:
    """Return a corpus whose documents were all added on one day."""
    added = {document.source: "2026-05-12" for document in made.corpus.documents}
    return replace(made, corpus=replace(made.corpus, added=added))


def test_a_feed_has_documents_without_a_date() -> None:
    """The day is that of their addition; drafts were not added."""
    made = corpus("Ana Ruiz spoke.", "Ana Ruiz left.")
    first, last = made.corpus.documents
    undated = structs.replace(last, metadata=structs.replace(last.metadata, date=None))
    documents = (first, undated)
    by_source = {document.source: document for document in documents}
    whole = replace(made.corpus, documents=documents, by_source=by_source)
    made = replace(made, corpus=whole)
    assert pages(made)["people/ana-ruiz/feed.xml"].count("<entry>") == 0
    assert pages(released(made))["people/ana-ruiz/feed.xml"].count("<entry>") == 2


def letter(source: str, sender: str, place: str, recipient: str) -> Document:
    """Return a letter whose head names its place and its recipient."""
    text = f"{place} and {recipient} are named by {sender}."
    metadata = Metadata(
        Extracted(f"Letter {source}", "test"),
        recipient=Extracted(recipient, "test"),
        place=Extracted(place, "test"),
    )
    path = SeedPath(f"{source}.txt")
    return Document(path, "", "utf-8", "", (Block("paragraph", text),), (), metadata)


def test_a_page_lists_the_letters_to_a_person_and_from_a_place() -> None:
    """Of those whose name in the head is certain."""
    letters = [letter("1", "Tom Lee", "Iquique", "Ana Ruiz"), letter("2", "Tom Lee", "Lima", "Eva")]
    names = ("Ana Ruiz", "Tom Lee")
    mentions = [
        [
            *find_mentions(document, names),
            *(
                structs.replace(found, kind="place")
                for found in find_mentions(document, ("Iquique",))
            ),
        ]
        for document in letters
    ]
    both = whole(letters, mentions)
    made = pages(both)
    received = made["people/ana-ruiz/index.md"].partition("## Letters to Ana Ruiz")[2]
    assert "[Letter 1]" in received
    assert "[Letter 2]" not in received
    assert "## Letters to" not in made["people/tom-lee/index.md"]
    written = made["places/iquique/index.md"].partition("## Written at Iquique")[2]
    assert "[Letter 1]" in written.partition("## Every mention")[0]
    index = build_context_index(both.corpus)
    first, second = (index.head_pages(record) for record in both.corpus.documents)
    assert first == {"recipient": "people/ana-ruiz/", "place": "places/iquique/"}
    assert second == {}


def test_co_mentioned_names_stand_by_kind() -> None:
    """People first; in one document counts mean nothing and are left out."""
    document = letter("1", "Tom Lee", "Iquique", "Ana Ruiz")
    mentions = [
        *find_mentions(document, ("Ana Ruiz", "Tom Lee")),
        *(structs.replace(found, kind="place") for found in find_mentions(document, ("Iquique",))),
    ]
    page = pages(whole([document], [mentions]))["people/ana-ruiz/index.md"]
    together = page.partition("## Often with")[2].partition("## Letters")[0]
    assert together.index("### People") < together.index("Tom Lee") < together.index("### Places")
    assert "sb-count" not in together


def test_co_mentioned_names_of_one_kind_of_ones_own_have_its_heading() -> None:
    """Names of several such kinds are "other names"."""
    document = letter("1", "Tom Lee", "Iquique", "Ana Ruiz")
    kinds = {"Ana Ruiz": "person", "Tom Lee": "person", "Iquique": "ship"}
    for other, heading in (("person", "### Ships\n"), ("map", "### Other names\n")):
        kinds["Tom Lee"] = other
        found = find_mentions(document, tuple(kinds))
        mentions = [structs.replace(mention, kind=kinds[mention.text]) for mention in found]
        page = pages(whole([document], [mentions]))["people/ana-ruiz/index.md"]
        assert heading in page.partition("## Often with")[2]
