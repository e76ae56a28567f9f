"""The whole text of a document: its blocks in lists and quotations, with notes and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice

import msgspec

from generator.model import Block
from generator.model.blocks import MarkKind
from generator.model.pictures import Picture
from generator.model.well_formed import well_formed
from generator.writing import markup
from generator.writing.blocks.elements import CLASSES, figures, html_element, paragraph
from generator.writing.blocks.inline import (
    ESCAPED_HTML,
    HTML,
    InternalLink,
    PageLinks,
    PlacedBlock,
    Syntax,
)

_NOT_IN_ID = re.compile(r"[^\w.-]+")
_ORDERED = re.compile(r"[(\[]?(?:\d+|\w{1,6}(?=[.):\]]))[.):\]]*")
"""The printed marker of an item in a list that is counted: `1.`, `(iv)`, `b)`."""


class Surroundings(msgspec.Struct, frozen=True):
    """What a document's text needs besides its blocks."""

    names: Sequence[str]
    """The ids of the blocks."""
    links: Mapping[int, Sequence[InternalLink]]
    """The links in a block by its index."""
    pictures: Sequence[Picture] = ()
    """One for each mark of a picture, in the order of the text."""
    page_links: PageLinks | None = None
    """None if the pages of the original are not published."""
    title_note: str | None = None
    """The number of the note to which the title refers."""


def markdown_body(blocks: Sequence[Block], around: Surroundings) -> list[str]:
    """Return a document's text as sections of Markdown.

    Paragraphs are Markdown; headings, lists, tables, notes, pictures and quotations are HTML:
    headings because settings of the extension `toc` add text to those in Markdown or change their
    level.
    """
    return list(_sections(_place(blocks, around)))


def html_body(blocks: Sequence[Block], around: Surroundings) -> str:
    """Return a document's text as one block of HTML, with every special character an entity."""
    placed = list(_place(blocks, around))
    return markup.join_html_paragraphs(_html_sections(placed, ESCAPED_HTML))


def _place(blocks: Iterable[Block], around: Surroundings) -> Iterator[PlacedBlock]:
    """Yield the blocks with the numbers of notes, the ids of pages and references, the pictures."""
    notes = 0
    upcoming = iter(around.pictures)
    above = [around.title_note] if around.title_note else []
    labels = Counter(f"ref-{number}" for number in above)
    shown = tuple(well_formed(blocks))
    referred = {*above, *(number for block in shown for number in _values(block, "noteref"))}
    for index, (block, name) in enumerate(zip(shown, around.names, strict=True)):
        is_note = block.kind == "note"
        notes += is_note
        if not (block.marks or is_note):  # nearly all
            yield PlacedBlock(block, name, around.links.get(index, ()))
            continue
        yield PlacedBlock(
            block,
            name,
            around.links.get(index, ()),
            notes,
            page_ids=[_numbered(f"page-{_plain(x)}", labels) for x in _values(block, "page")],
            reference_ids=[_numbered(f"ref-{x}", labels) for x in _values(block, "noteref")],
            back_to=f"ref-{notes}" if is_note and str(notes) in referred else None,
            page_links=around.page_links,
            pictures=list(islice(upcoming, len(_values(block, "picture")))),
        )


def _values(block: Block, kind: MarkKind) -> list[str]:
    """Return the values of the marks of a kind, in the order of the text."""
    return [mark.value for mark in block.marks if mark.kind == kind]


def _plain(label: str) -> str:
    return _NOT_IN_ID.sub("-", label)


def _numbered(name: str, counts: Counter[str]) -> str:
    """Return a name as an id; one that comes again has a number."""
    counts[name] += 1
    return name if counts[name] == 1 else f"{name}-{counts[name]}"


def _sections(placed: Iterable[PlacedBlock]) -> Iterator[str]:
    for is_html, group in groupby(placed, key=_is_html):
        if is_html:
            yield from _html_sections(list(group), HTML)
        else:
            for item in group:
                yield from figures(item)
                yield paragraph(item)


def _is_html(placed: PlacedBlock) -> bool:
    """Whether a block is an element of HTML; a caption is if it belongs to a picture."""
    block = placed.block
    has_picture = block.kind == "caption" and bool(placed.figures)
    return block.quoted or has_picture or block.kind not in CLASSES


def _html_sections(placed: Iterable[PlacedBlock], syntax: Syntax) -> Iterator[str]:
    """Yield elements, and quotations of several."""
    for is_quoted, group in groupby(placed, key=lambda item: item.block.quoted):
        elements = _elements(group, syntax)
        if is_quoted:
            yield "\n".join(("<blockquote>", *elements, "</blockquote>"))
        else:
            yield from elements


def _elements(placed: Iterable[PlacedBlock], syntax: Syntax) -> Iterator[str]:
    """Yield an element for each block, and one for each list."""
    for is_list, group in groupby(placed, key=lambda item: item.block.kind == "item"):
        if is_list:
            yield _list(list(group), syntax)
        else:
            for item in group:
                yield from figures(item)
                yield html_element(item, syntax)


def _list(items: Sequence[PlacedBlock], syntax: Syntax) -> str:
    """Return items as a list; a deeper item begins a list inside the item before it."""
    pieces: list[str] = []
    tags: list[str] = []
    for item in items:
        depth = item.block.level + 1
        while len(tags) > depth:
            pieces.append(f"</li>\n</{tags.pop()}>")
        if len(tags) == depth:
            pieces.append("</li>\n")
        else:
            tags.append(_list_tag(item.block))
            pieces.append(f'\n<{tags[-1]} class="list">\n')
        pieces.append(html_element(item, syntax))
    pieces += [f"</li>\n</{tag}>" for tag in reversed(tags)]
    return "".join(pieces).strip("\n")


def _list_tag(block: Block) -> str:
    """Return the element of a list, judged by its first printed marker."""
    markers = (block.text[mark.start : mark.end] for mark in block.marks if mark.kind == "marker")
    marker = next(markers, "")
    return "ol" if _ORDERED.fullmatch(marker) else "ul"
