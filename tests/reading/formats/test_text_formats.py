"""Formats that are text: the case file, and laws over random files."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.model import Block, Document
from generator.model.ledger import undo
from generator.reading.formats.html_statements import html_statements
from generator.reading.formats.open_reading import open_reading
from generator.reading.read import read_document
from tests.support import Case, cases, hostile_text, seed

TEXT_SUFFIXES = (".md", ".html", ".eml", ".srt", ".vtt", ".xml", ".csv", ".jsonl", ".rtf", ".fodt")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ALL_SUFFIXES = (
    *TEXT_SUFFIXES,
    *(".pdf", ".docx", ".odt", ".epub", ".xlsx", ".ods", ".msg", ".zip", ".mbox", ".doc", ".txt"),
)


@cases("formats")
def test_each_text_format(case: Case) -> None:
    """Structure, emphasis and values are those that the file states."""
    document, problems = read_document(seed(case.given["text"], case.given["path"]))
    assert document is not None, problems
    assert [described(block) for block in document.blocks] == case.expect["blocks"]
    found: dict[str, Any] = {
        "title": document.metadata.title.value,
        "authors": [author.value for author in document.metadata.authors],
        "recipient": document.metadata.recipient and document.metadata.recipient.value,
        "date": document.metadata.date.value if document.metadata.date else None,
        "emphasis": [
            block.text[span.start : span.end]
            for block in document.blocks
            for span in block.emphasis
        ],
        "references": [
            f"{block.text[mark.start : mark.end]}: {mark.value}"
            for block in document.blocks
            for mark in block.marks
            if mark.kind == "noteref"
        ],
        "speakers": [
            block.text[mark.start : mark.end]
            for block in document.blocks
            for mark in block.marks
            if mark.kind == "speaker"
        ],
        "left_out": {o.kind: o.count for o in document.origin.omissions if o.kind != "pictures"}
        if document.origin
        else {},
    }
    expected = {key: value for key, value in case.expect.items() if key != "blocks"}
    assert {key: found[key] for key in expected} == expected
    assert_restores(document, case.given["text"].encode(), case.given["path"])


def described(block: Block) -> str:
    """Return a block as the case file has it."""
    level = f" {block.level}" if block.level else ""
    return f"{'quoted ' * block.quoted}{block.kind}{level}: {block.text}"


def assert_notes_are_there(document: Document) -> None:
    """Check that every reference has the number of a note of the document."""
    notes = sum(block.kind == "note" for block in document.blocks)
    marks = [mark for block in document.blocks for mark in block.marks]
    numbers = {mark.value for mark in marks if mark.kind == "noteref"}
    assert numbers <= {str(number) for number in range(1, notes + 1)}


def assert_restores(document: Document, data: bytes, path: str) -> None:
    """Check that the ledger leads from the blocks back to the text of the reading."""
    reading = open_reading(path, data).reading
    assert reading is not None
    assert document.text == "\n\n".join(block.text for block in document.blocks)
    assert undo(document.text, document.ledger) == reading.text
    assert_notes_are_there(document)
    for block in document.blocks:
        spans = [(span.start, span.end) for span in block.emphasis]
        assert spans == sorted(spans)
        assert all(0 <= start < end <= len(block.text) for start, end in spans)
        assert all(0 <= mark.start <= mark.end <= len(block.text) for mark in block.marks)


@given(st.sampled_from(TEXT_SUFFIXES), hostile_text)
def test_any_text_in_any_format_is_restored_or_refused(suffix: str, text: str) -> None:
    """Nothing that stands in a file raises an exception, and the ledger restores its text."""
    source = seed(text, f"a{suffix}")
    document, problems = read_document(source)
    if document is None:
        assert problems
    else:
        assert_restores(document, source.data, f"a{suffix}")


@given(hostile_text)
def test_markdown_is_restored_to_the_letter(text: str) -> None:
    """The ledger of Markdown leads back to the file itself, with every mark."""
    reading = open_reading("a.md", text.encode()).reading
    if reading is not None:
        document = read_document(seed(text, "a.md")).value
        assert reading.text == text
        assert document is None or undo(document.text, document.ledger) == text


@given(st.sampled_from(ALL_SUFFIXES), st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(suffix: str, data: bytes) -> None:
    """A damaged file of any format is one message."""
    opened = open_reading(f"a{suffix}", data)
    assert opened.refusal is None or opened.refusal.code.startswith("E05")


@pytest.mark.parametrize(
    ("path", "data", "code"),
    [
        ("a.doc", OLE + "WordDocument".encode("utf-16-le"), "E050"),
        ("a.pages", b"anything", "E050"),
        ("a.tiff", b"II*\0", "E050"),
        ("a.xml", b"<rss><item>News</item></rss>", "E050"),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "E051"),
        ("a.pdf", b"%PDF-1.7\n%%EOF", "E053"),
        ("a.docx", b"PK\x03\x04 cut off", "E053"),
        ("a.fodt", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "E053"),
        ("a.fodt", b"<a>" * 500 + b"</a>" * 500, "E055"),
        ("a.pdf", b"<!DOCTYPE html><title>Not found</title>", "E057"),
        ("letter.txt", b"{\\rtf1 Words.}", "E057"),
        ("a.html", b"<script>document.write(1)</script>", "E058"),
    ],
)  # fmt: skip
def test_refusals_name_the_kind_and_a_remedy(path: str, data: bytes, code: str) -> None:
    """Each reason has its code, and says what to do."""
    refusal = open_reading(path, data).refusal
    assert refusal is not None
    assert refusal.code == code
    assert refusal.hint


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("citation_title", "title"),
        ("DC.title", "title"),
        ("dcterms.title", "title"),
        ("citation_author", "authors"),
        ("DC.creator", "authors"),
        ("dcterms.creator", "authors"),
        ("author", "authors"),
        ("article:published_time", "date"),
        ("citation_publication_date", "date"),
        ("citation_date", "date"),
        ("DC.date", "date"),
        ("dcterms.issued", "date"),
        ("dcterms.date", "date"),
        ("date", "date"),
        ("citation_journal_title", "publication"),
    ],
)
def test_what_a_meta_element_states(name: str, field: str) -> None:
    """Whatever its letters are; of a date the day."""
    value = "2021-06-28" if field == "date" else "The Mill Pond"
    words = f"{value}T08:00:00Z" if field == "date" else value
    for attribute in ("name", "property"):
        tree = LexborHTMLParser(f'<meta {attribute}="{name.upper()}" content=" {words} ">')
        (statement,) = html_statements(tree, has_heading=True)
        assert (statement.field, statement.value, statement.trust) == (field, value, "stated")


@pytest.mark.parametrize("name", ["dcterms.modified", "last-modified", "revised"])
def test_the_day_of_a_change_is_no_date(name: str) -> None:
    """A page is dated by when it was published."""
    tree = LexborHTMLParser(f'<meta name="{name}" content="2021-06-28">')
    assert html_statements(tree, has_heading=True) == ()
