"""Documents as TEI: well-formed, in an order that TEI allows, with every word."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from generator.model import Block, BlockKind, Mark, Span
from generator.reading.read import read_document
from generator.writing.site_info import SiteInfo
from generator.writing.tei.document import CORPUS_TAIL, corpus_head, tei_file, tei_part
from generator.writing.tei.xml_text import NO_XML, xml_words
from tests.support import MAX_EXAMPLES, hostile_text, seed
from tests.writing.whole import Whole, whole

TEI = "{http://www.tei-c.org/ns/1.0}"
SITE = SiteInfo(name="Letters & <notes>", url="https://letters.example/")
LETTER = """12 Harbour Row
Stanmouth

3 May 1921

Dear Anna,

The ice came in. See https://example.com/a?b=1&c=2 for it.

Yours ever,
Tom Lee

P.S. The dog is well.
"""


def corpus_of(*blocks: Block) -> Whole:
    """Return a corpus of one document with these blocks."""
    document = read_document(seed("Title\n\nBy Ana Ruiz\n\nA text of some words.\n")).value
    assert document is not None
    return whole([replace(document, blocks=blocks)])


def root_of(*blocks: Block) -> ET.Element:
    """Return the TEI of a document with these blocks."""
    corpus = corpus_of(*blocks)
    (source,) = corpus.documents
    return ET.fromstring(tei_file(tei_part(corpus.view(source), SITE)))  # noqa: S314  (our own bytes)


def names(element: ET.Element) -> list[str]:
    """Return the names of an element's children."""
    return [child.tag.removeprefix(TEI) for child in element]


def division(*blocks: Block) -> list[list[str]]:
    """Return the names of the elements in each division of the body."""
    body = root_of(*blocks).find(f"{TEI}text/{TEI}body")
    assert body is not None
    return [names(child) for child in body]


words = hostile_text.map(str.strip).filter(bool)
spans = st.tuples(st.integers(0, 20), st.integers(1, 8))
blocks = st.builds(
    lambda kind, text, emphasis, mark, level, quoted: Block(
        kind,
        text,
        (Span(emphasis[0], min(sum(emphasis), len(text))),) if emphasis[0] < len(text) else (),
        (Mark(mark[0], mark[1][0], mark[1][0] + mark[1][1], "1"),),
        level,
        quoted=quoted,
    ),
    st.sampled_from(get_args(BlockKind)),
    words,
    spans,
    st.tuples(st.sampled_from(["speaker", "marker", "noteref", "page"]), spans),
    st.integers(0, 4),
    st.booleans(),
)

_FORBIDDEN = {*map(chr, range(32)), "\x7f"} - {"\t", "\n"}


def squeezed(text: str) -> str:
    """Return a text without white space and without characters that XML forbids."""
    kept = (
        letter for letter in text if letter not in _FORBIDDEN and letter not in "\ufffd\ufffe\uffff"
    )
    return "".join("".join(kept).split())


def test_xml_has_every_printable_character() -> None:
    """So text that is printable is written as it is."""
    characters = map(chr, range(sys.maxunicode + 1))
    assert not NO_XML.search("".join(filter(str.isprintable, characters)))
    assert xml_words("a\x01") == "a\ufffd"


@settings(max_examples=MAX_EXAMPLES // 2)
@given(st.lists(blocks, max_size=6))
def test_every_word_is_in_the_text(document: list[Block]) -> None:
    """Whatever the kinds, marks and characters of its blocks."""
    text = root_of(*document).find(f"{TEI}text")
    assert text is not None
    assert squeezed("".join(text.itertext())) == squeezed("".join(b.text for b in document))


@settings(max_examples=MAX_EXAMPLES // 2)
@given(st.lists(blocks, max_size=6))
def test_divisions_are_in_the_order_that_tei_allows(document: list[Block]) -> None:
    """Heading, openers, text, closers; no text after a division or a closer."""
    order = {"head": 0, "opener": 1, "closer": 3, "postscript": 3, "div": 3}
    for element in root_of(*document).iter(f"{TEI}div"):
        parts = [name for name in names(element) if name not in {"note", "fw", "figure"}]
        ranks = [order.get(name, 2) for name in parts]
        assert ranks == sorted(ranks), parts
        assert not {"closer", "postscript"} & set(parts) or 2 in ranks, parts
        assert "div" not in parts or not {"closer", "postscript"} & set(parts), parts


def test_a_letter_has_an_opener_and_a_closer() -> None:
    """Each line of an address, and a link to what the text prints."""
    document = read_document(seed(LETTER)).value
    assert document is not None
    corpus = whole([document])
    tree = ET.fromstring(tei_file(tei_part(corpus.view(document.source), SITE)))  # noqa: S314  (our own bytes)
    (part,) = tree.iter(f"{TEI}div")
    assert names(part) == ["opener", "p", "closer", "postscript"]
    assert [line.text for line in tree.iter(f"{TEI}addrLine")] == ["12 Harbour Row", "Stanmouth"]
    assert [link.get("target") for link in tree.iter(f"{TEI}ref")] == [
        "https://example.com/a?b=1&c=2"
    ]
    assert tree.findtext(f".//{TEI}publisher") == SITE.name


PROSE = Block("paragraph", "Some words.")


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ([], [["p"]]),
        ([Block("dateline", "Rome, May 3"), PROSE], [["opener", "p"]]),
        ([PROSE, Block("dateline", "Rome, May 4"), PROSE], [["p"], ["opener", "p"]]),
        ([PROSE, Block("signature", "Ana"), PROSE], [["p", "closer"], ["p"]]),
        ([Block("signature", "Ana")], [["opener"]]),
        ([Block("heading", "One", level=1), PROSE], [["head", "p"]]),
        (
            [Block("heading", "One", level=1), PROSE, Block("heading", "Two", level=2), PROSE],
            [["head", "p", "div"]],
        ),
        (
            [PROSE, Block("valediction", "Yours"), Block("heading", "Two", level=2), PROSE],
            [["p", "closer"], ["head", "p"]],
        ),
        ([Block("item", "a"), Block("item", "b", level=1), Block("item", "c")], [["list"]]),
        ([Block("note", "1 A note."), PROSE], [["note", "p"]]),
    ],
)
def test_blocks_are_in_divisions(document: list[Block], expected: list[list[str]]) -> None:
    """A block that cannot come after the one before it begins a division."""
    assert division(*document) == expected


def test_verse_and_tables_have_elements_for_their_parts() -> None:
    """With the indents of lines, and the rows that are headings."""
    tree = root_of(
        Block("stanza", "One\nTwo", indents=(0, 2)),
        Block("table", "Year\tPrice\n1921\t3", level=1),
        Block("speech", "ANA. Go!", marks=(Mark("speaker", 0, 4),)),
    )
    assert [(line.text, line.get("rend")) for line in tree.iter(f"{TEI}l")] == [
        ("One", None),
        ("Two", "indent(2)"),
    ]
    assert [row.get("role") for row in tree.iter(f"{TEI}row")] == ["label", None]
    assert [cell.text for cell in tree.iter(f"{TEI}cell")] == ["Year", "Price", "1921", "3"]
    assert tree.findtext(f".//{TEI}speaker") == "ANA."


def test_a_reference_leads_to_its_note() -> None:
    """Ids are those of no other document of the corpus."""
    tree = root_of(
        Block("paragraph", "A word1.", marks=(Mark("noteref", 6, 7, "1"),)),
        Block("note", "1 The note."),
    )
    (reference,) = tree.iter(f"{TEI}ref")
    (note,) = tree.iter(f"{TEI}note")
    identity = "{http://www.w3.org/XML/1998/namespace}id"
    assert reference.get("target") == f"#{note.get(identity)}"
    assert str(note.get(identity)).startswith(f"{tree.get(identity)}.")


def test_a_corpus_has_every_document() -> None:
    """In one file, with one namespace."""
    read = [read_document(seed(LETTER, f"{number}.txt")).value for number in range(3)]
    corpus = whole([document for document in read if document])
    parts = b"".join(tei_part(corpus.view(source), SITE) for source in corpus.documents)
    tree = ET.fromstring(corpus_head(SITE) + parts + CORPUS_TAIL)  # noqa: S314  (our own bytes)
    assert names(tree) == ["teiHeader", "TEI", "TEI", "TEI"]
