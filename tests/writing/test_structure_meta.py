"""What the front matter says of headings and of what was left out."""

from __future__ import annotations

import frontmatter
import pytest
from hypothesis import given
from msgspec import structs

from generator.model import Address, Block, Change, Document, Extracted, Step
from generator.model.well_formed import well_formed
from generator.reading.read import read_document
from generator.text.paragraph_ids import paragraph_ids
from generator.writing.citations import cited_work
from generator.writing.labels import labels_for
from generator.writing.pages.contents import table_of_contents
from generator.writing.pages.document import document_page
from generator.writing.site_info import SiteInfo
from generator.writing.views import DocumentView
from tests.support import hostile_text, seed

SITE = SiteInfo(name="Test", description="A test.", labels=labels_for("en"))


def contents(*levels: int) -> list[dict[str, str]]:
    """Return the table of contents of a text with headings of these levels."""
    blocks = [
        Block("heading", f"Part {number}", level=level) for number, level in enumerate(levels)
    ]
    return table_of_contents(well_formed(blocks), paragraph_ids(block.text for block in blocks))


def test_three_headings_are_a_table() -> None:
    """Fewer are overlooked without one."""
    assert contents(1, 1) == []
    assert [(line["title"], line["level"]) for line in contents(1, 2, 1)] == [
        ("Part 0", "1"),
        ("Part 1", "2"),
        ("Part 2", "1"),
    ]


def test_a_long_table_has_the_highest_levels_only() -> None:
    """A page stays small."""
    assert len(contents(*[1] * 10, *[2] * 100, *[3] * 1_000)) == 110
    assert contents(*[1] * 1_000) == []


@given(hostile_text)
def test_headings_are_safe(text: str) -> None:
    """A template prints them as they are."""
    blocks = [Block("heading", f"{number} {text}", level=1) for number in range(3)]
    table = table_of_contents(well_formed(blocks), paragraph_ids(block.text for block in blocks))
    assert not any(set('<>"{') & set(line["title"]) for line in table)


def meta(*lines: str) -> dict[str, object]:
    """Return the front matter of a page that leaves out these lines."""
    read, _ = read_document(seed("A title\n\nIt rained."))
    assert isinstance(read, Document)
    changes = tuple(Change(0, f"{line}\n", "") for line in lines)
    document = structs.replace(read, ledger=(*read.ledger, Step("running heads", changes)))
    view = DocumentView(document, Address("documents/undated/a/"))
    page = document_page(view, SITE, cited_work(document, view.address, SITE))
    return frontmatter.loads(page.data.decode()).metadata


@pytest.mark.parametrize(
    ("author", "is_sender"), [("Ludwig van Beethoven", True), ("Anton Schindler", False)]
)
def test_the_writer_of_a_letter_is_named_once(author: str, is_sender: bool) -> None:
    """Whoever signs with a shorter form of the author's name is the author."""
    read, _ = read_document(seed("A title\n\nIt rained."))
    assert isinstance(read, Document)
    metadata = structs.replace(
        read.metadata, authors=(Extracted(author, "test"),), sender=Extracted("BEETHOVEN", "test")
    )
    pages = {author: Address("authors/a/")}
    document = structs.replace(read, metadata=metadata)
    view = DocumentView(document, Address("documents/undated/a/"), author_pages=pages)
    written = document_page(view, SITE, cited_work(document, view.address, SITE))
    found = frontmatter.loads(written.data.decode()).metadata
    assert found.get("author_is_sender", False) is is_sender


def test_what_is_left_out_is_listed() -> None:
    """Each form once, with the number of times."""
    found = meta("1", "THE <GAZETTE>", "2", "THE <GAZETTE>")
    assert found["furniture_text"] == "4 running heads and page numbers are left out:"
    assert found["furniture"] == ["1", "THE &lt;GAZETTE&gt; (2×)", "2"]
    assert meta("1")["furniture_text"] == "1 running head or page number is left out:"
    assert len(meta(*map(str, range(500)))["furniture"]) == 61  # type: ignore[arg-type]
    assert "furniture" not in meta()


def test_headings_and_entries_of_the_ledger_are_on_the_page() -> None:
    """A document without them has neither list."""
    assert "contents" not in meta()
