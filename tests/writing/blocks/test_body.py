"""Every kind of block in Markdown and HTML: a browser shows exactly its words and structure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs

from generator.model import Block, BlockKind, Mark, Span
from generator.model.well_formed import well_formed
from generator.writing.blocks.body import Surroundings, html_body, markdown_body
from generator.writing.blocks.inline import InternalLink, PageLinks, usable_links
from tests.counting_calls import count_calls
from tests.writing.blocks.random_blocks import EVERY_KIND, blocks
from tests.writing.site_markdown import CHANGING, VERIFIED, markdown, shown_page

Links = Mapping[int, Sequence[InternalLink]]


def names(document: Sequence[Block]) -> list[str]:
    """Return an id for each block."""
    return [f"p-{number:08}" for number, _ in enumerate(document)]


def as_markdown(document: Sequence[Block], links: Links | None = None) -> str:
    """Return the body of a page in Markdown."""
    return "\n\n".join(markdown_body(document, Surroundings(names(document), links or {})))


def as_html(document: Sequence[Block], links: Links | None = None) -> str:
    """Return the body of a page that is fully escaped."""
    return html_body(document, Surroundings(names(document), links or {}))


def structure(document: Iterable[Block]) -> tuple[Block, ...]:
    """Return blocks as a page can show them, without what it does not tell."""
    return tuple(structs.replace(block, emphasis=(), rule="") for block in well_formed(document))


documents = st.lists(blocks(), max_size=6).map(tuple)


@given(documents)
@example(EVERY_KIND)
@example((Block("columns", "```\n```"), Block("table", "```\n~~~"), Block("item", "/// html\n///")))
@example((Block("lines", "a\nb", marks=(Mark("page", 1, 1, "2"), Mark("page", 2, 2, "2"))),))
def test_markdown_shows_words_and_structure(document: tuple[Block, ...]) -> None:
    """Promises 1 and 2, with the site's own extensions and all that are verified."""
    for others in ((), VERIFIED):
        page = shown_page(as_markdown(document), others)
        assert page.foreign_elements == ()
        assert page.blocks == structure(document)


@given(documents)
@example(EVERY_KIND)
def test_html_shows_words_and_structure_with_any_extension(document: tuple[Block, ...]) -> None:
    """Every character, with every extension that changes words."""
    page = shown_page(as_html(document), CHANGING)
    assert page.foreign_elements == ()
    assert page.blocks == structure(document)


@given(documents)
@example(EVERY_KIND)
def test_every_id_is_there_once(document: tuple[Block, ...]) -> None:
    """Each block has its own address, each note its number, and so have references and pages."""
    html = markdown().reset().convert(as_markdown(document))
    notes = sum(block.kind == "note" for block in document)
    marks = [mark.kind for block in structure(document) for mark in block.marks]
    ids = len(document) + notes + marks.count("noteref") + marks.count("page")
    assert html.count(' id="') == ids
    assert len(shown_page(as_markdown(document)).ids) == ids
    assert set(names(document)) <= shown_page(as_markdown(document)).ids


@given(st.data(), documents)
def test_links_and_emphasis_change_neither_words_nor_structure(
    data: st.DataObject, document: tuple[Block, ...]
) -> None:
    """Each link that can be one is one, in every kind."""
    links: dict[int, list[InternalLink]] = {}
    count = 0
    for index, block in enumerate(well_formed(document)):
        starts = data.draw(st.lists(st.integers(0, len(block.text) - 1), unique=True, max_size=4))
        spans = [Span(start, min(start + 5, len(block.text))) for start in sorted(starts)]
        spans = [span for span in spans if block.text[span.start : span.end].strip()]
        links[index] = [InternalLink(span.start, span.end, "a/index.md") for span in spans]
        count += len(usable_links(block, spans))
    page = shown_page(as_html(document, links))
    assert page.blocks == structure(document)
    assert sum(target == "a/" for _, target in page.paragraph_links) == count
    assert shown_page(as_markdown(document)).blocks == structure(document)
    assert shown_page(as_markdown(document, links)).blocks == structure(document)


@given(documents)
def test_what_is_well_formed_stays_the_same(document: tuple[Block, ...]) -> None:
    """The page and its record may both ask."""
    assert well_formed(well_formed(document)) == well_formed(document)


@pytest.mark.parametrize("kind", ["lines", "stanza", "table", "item", "note", "columns", "speech"])
def test_the_cost_is_linear_in_the_block(kind: BlockKind) -> None:
    """Four times the lines, each with a mark, take about four times the calls."""

    def written(lines: int) -> str:
        marks = tuple(Mark("marker", 4 * number, 4 * number + 1) for number in range(lines))
        return as_html([Block(kind, "\n".join(["a b"] * lines), marks=marks)])

    small, large = (count_calls(partial(written, lines)) for lines in (200, 800))
    assert large < 5 * small


def test_a_link_to_a_page_is_in_no_other_link() -> None:
    """At the first letter of a linked name it stands before it, within one it is no link."""
    marks = Mark("page", 0, 0, "1", sheet=1), Mark("page", 8, 8, "2", sheet=2)
    block = Block("paragraph", "Abraham Lincoln spoke.", marks=marks)
    links = {0: [InternalLink(0, 15, "people/abraham-lincoln/index.md")]}
    around = Surroundings(["p-0"], links, page_links=PageLinks("#sheet-", "p. {n}"))
    for page in (html_body([block], around), "".join(markdown_body([block], around))):
        assert page.index('id="page-1"') < page.index("people/abraham-lincoln")
        assert '<span class="page" id="page-2"' in page


def test_a_note_leads_back_to_its_first_reference() -> None:
    """Each reference has an id of its own; a note without one leads nowhere."""
    document = (
        Block("paragraph", "Old1 and older1", marks=(_reference(3, "1"), _reference(14, "1"))),
        Block("note", "1 Of 1590", marks=(Mark("marker", 0, 1),)),
        Block("note", "* Of 1600", marks=(Mark("marker", 0, 1),)),
    )
    for page in (as_markdown(document), as_html(document)):
        assert '<a class="noteref" id="ref-1" href="#note-1">1</a>' in page
        assert '<a class="noteref" id="ref-1-2" href="#note-1">1</a>' in page
        assert '<a class="marker" href="#ref-1">1</a>' in page
        assert 'href="#ref-2"' not in page
        assert shown_page(page).blocks == structure(document)


def _reference(start: int, note: str) -> Mark:
    return Mark("noteref", start, start + 1, note)
