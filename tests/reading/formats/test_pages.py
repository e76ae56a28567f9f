"""From files with hostile words to their pages and back: nothing is lost, nothing takes effect."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable

import msgspec
import pytest

from generator.checking.built_page import parse_page
from generator.checking.structure import structure_differences
from generator.model import Block
from generator.model.block_records import dump_blocks
from generator.model.ledger import undo
from generator.reading.formats.open_reading import open_reading
from generator.reading.read import read_document
from generator.writing.document_pictures import with_pictures
from tests.reading.formats.making import docx, fodt, paragraph, run
from tests.support import EXAMPLE_FACTOR, seed
from tests.test_fuzz import FRAGMENTS, markdown, page_of

_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EMPHASIS = ("", "", "<w:i/>", "<w:b/>", "<w:vanish/>")
_STYLES = ("", "", '<w:outlineLvl w:val="1"/>', '<w:numPr><w:numId w:val="1"/></w:numPr>')

FILES = 60 * max(1, EXAMPLE_FACTOR)
"""Random files of each format."""


def random_words(chance: random.Random) -> str:
    """Return some fragments of text, ordinary and hostile ones."""
    return " ".join(chance.choice(FRAGMENTS)(chance) for _ in range(chance.randint(1, 4)))


def xml_words(chance: random.Random) -> str:
    """Return such words as XML has them."""
    return html.escape(_NO_XML.sub("", random_words(chance)))


def word_file(chance: random.Random) -> bytes:
    """Return a Word file with random runs, headings, items, a table and notes."""
    note = '<w:r><w:footnoteReference w:id="1"/></w:r>'

    def random_paragraph() -> str:
        runs = [run(xml_words(chance), chance.choice(_EMPHASIS)) for _ in range(3)]
        return paragraph(*runs, note * (chance.random() < 0.2), properties=chance.choice(_STYLES))

    cells = "".join(f"<w:tc>{random_paragraph()}</w:tc>" for _ in range(3))
    body = "".join(random_paragraph() for _ in range(chance.randint(1, 5)))
    body += f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>" + random_paragraph()
    notes = f'<w:footnotes><w:footnote w:id="1">{random_paragraph()}</w:footnote></w:footnotes>'
    return docx(body, {"footnotes.xml": notes})


def libreoffice_file(chance: random.Random) -> bytes:
    """Return a LibreOffice text with random paragraphs and lists."""
    forms = (
        "<text:p>{0}</text:p>",
        '<text:h text:outline-level="2">{0}</text:h>',
        "<text:list><text:list-item><text:p>{0}</text:p></text:list-item></text:list>",
        "<text:p>a<text:note><text:note-body><text:p>{0}</text:p></text:note-body></text:note></text:p>",
    )
    pieces = (chance.choice(forms).format(xml_words(chance)) for _ in range(5))
    return fodt("".join(pieces))


def markdown_file(chance: random.Random) -> bytes:
    """Return a Markdown file in which every line may mean something."""
    starts = ("", "", "# ", "> ", "- ", "  - ", "3. ", "| ", "    ", "[^1]: ")
    lines = (chance.choice(starts) + random_words(chance) for _ in range(chance.randint(1, 8)))
    return chance.choice(("\n", "\n\n")).join(lines).encode("utf-8", "replace")


def web_page(chance: random.Random) -> bytes:
    """Return a page with elements around and inside of random words."""
    elements = ("p", "h2", "li", "td", "blockquote", "pre", "em", "div", "figcaption", "b", "ol")
    pieces = (
        f"<{element}>{random_words(chance)}</{element}>"
        for element in chance.choices(elements, k=chance.randint(1, 8))
    )
    return "".join(pieces).encode("utf-8", "replace")


def letter(chance: random.Random) -> bytes:
    """Return a letter with random words in its headers and its text."""
    subject = " ".join(random_words(chance).split())
    lines = chance.choice(("\n", "\n\n", "\n> ")).join(random_words(chance) for _ in range(4))
    head = f"From: {subject[:40]} <a@example.org>\nSubject: {subject}\n\n"
    return f"{head}{lines}".encode("utf-8", "replace")


MAKERS: dict[str, Callable[[random.Random], bytes]] = {
    "a.docx": word_file,
    "a.fodt": libreoffice_file,
    "a.md": markdown_file,
    "a.html": web_page,
    "a.eml": letter,
}


@pytest.mark.parametrize("path", MAKERS)
def test_pages_show_what_the_file_says_and_nothing_else(path: str) -> None:
    """Words, structure and emphasis come back from the page; no word of a file is code."""
    chance = random.Random(path)
    for _ in range(FILES):
        data = MAKERS[path](chance)
        document, problems = read_document(seed(data, path))
        if document is None:
            assert problems, data
            continue
        content = markdown().reset().convert(page_of(document))
        page = parse_page(f'<div class="sb-text">{content}</div>'.encode())
        reading = open_reading(path, data).reading
        assert reading is not None
        shown = with_pictures(document)
        recorded = msgspec.convert(dump_blocks(shown.shown_blocks), tuple[Block, ...])
        assert page.foreign_elements == (), data
        assert [*structure_differences(page.blocks, recorded)] == [], data
        assert undo("\n\n".join(page.paragraphs), document.ledger) == reading.text, data
