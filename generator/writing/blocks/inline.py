"""The words of a block with its emphasis, marks and links."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate

import msgspec
from msgspec.structs import replace

from generator.model import Block, Mark, Span
from generator.model.blocks import POINTS
from generator.model.pages import EXTERNAL_LINK_REL
from generator.model.pictures import Picture
from generator.text import web_links
from generator.writing.markup import (
    attribute,
    bracketed,
    entities,
    escape,
    escape_before_link,
    escape_line,
    line_entities,
    text_entities,
)

_NOT_LINKED = frozenset({"link", "marker", "noteref"})
"""Marks whose words are never a link to a page."""


class InternalLink(msgspec.Struct, frozen=True, gc=False):
    """A span of a block's text that links to a page of the site."""

    start: int
    end: int
    page: str
    """A path from `urls`, which needs no escape."""
    index: str = ""
    """What its address has after the folder in HTML."""

    @property
    def span(self) -> Span:
        """The span in the block's text."""
        return Span(self.start, self.end)


class Syntax(msgspec.Struct, frozen=True):
    """The functions that write the words of a block in Markdown or in HTML."""

    text: Callable[[str], str]
    """Escapes words inside a line."""
    line: Callable[[str], str]
    """Escapes words that begin a line."""
    line_break: str
    emphasis: tuple[str, str]
    """Text before and after emphasised words."""
    internal_link: Callable[[str, InternalLink], str]
    """Returns a link to a page of the site; its words are already escaped."""


def _markdown_link(words: str, link: InternalLink) -> str:
    return bracketed(words, link.page)


def _html_link(words: str, link: InternalLink) -> str:
    """Return a link to the published page: builders do not resolve file names in HTML."""
    return f'<a href="{link.page.removesuffix("index.md")}{link.index}">{words}</a>'


MARKDOWN = Syntax(escape, escape_line, "  \n", ("*", "*"), _markdown_link)
MARKDOWN_WITH_ELEMENTS = replace(MARKDOWN, emphasis=("<em>", "</em>"))
"""For blocks with elements among their words: an asterisk beside a tag may not be emphasis."""

HTML = Syntax(text_entities, line_entities, "<br>\n", ("<em>", "</em>"), _html_link)
"""For blocks of HTML among Markdown: what Markdown could interpret is an entity."""

ESCAPED_HTML = Syntax(entities, entities, "<br>\n", ("<em>", "</em>"), _html_link)
"""Every special character is an entity, so that no extension, snippet or template changes it."""


def usable_links(block: Block, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Choose the spans of a block's text that can be links to pages of the site.

    A link cannot cross the end of a line or cell or the border of an emphasis or mark, be part of
    a marker or reference, or overlap another link. `spans` must be in the order of the text.
    """
    taken = deque(_taken(block))
    borders = [deque(found) for found in (block.emphasis, _mark_spans(block)) if found]
    chosen: list[Span] = []
    for span in spans:
        words = block.text[span.start : span.end]
        if "\n" in words or "\t" in words or (chosen and span.start < chosen[-1].end):
            continue
        for upcoming in (taken, *borders):
            while upcoming and upcoming[0].end <= span.start:
                upcoming.popleft()
        is_free = not taken or span.end <= taken[0].start
        if is_free and all(_fits(span, upcoming) for upcoming in borders):
            chosen.append(span)
    return tuple(chosen)


def _taken(block: Block) -> list[Span]:
    """Return the spans that are no links to pages, in the order of the text."""
    addresses = (Span(link.start, link.end) for link in web_links.find_links(block.text))
    marks = (mark.span for mark in block.marks if mark.kind in _NOT_LINKED)
    return sorted((*addresses, *marks), key=lambda span: span.start)


def _mark_spans(block: Block) -> list[Span]:
    return [mark.span for mark in block.marks if mark.kind not in POINTS]


def _fits(span: Span, borders: deque[Span]) -> bool:
    """Whether a link is before the next border, or inside it."""
    if not borders or span.end <= borders[0].start:
        return True
    return borders[0].start <= span.start and span.end <= borders[0].end


class PageLinks(msgspec.Struct, frozen=True):
    """How marks of pages lead to the pages of the original."""

    address: str
    """What the address of a page has before its number."""
    name: str
    """What a screen reader calls the link to page `{n}`."""

    def attributes(self, mark: Mark) -> str:
        """Return the attributes of a link; a label with a word in it, as `fol. 3`, is its name."""
        label = mark.value
        name = label if " " in label else self.name.replace("{n}", label)
        return f'href="{self.address}{mark.sheet}" aria-label="{attribute(name)}"'


class PlacedBlock(msgspec.Struct, frozen=True):
    """A block with what it needs to know of its document."""

    block: Block
    name: str
    """The id of its paragraph."""
    links: Sequence[InternalLink] = ()
    note: int = 0
    """The number of a note in the document."""
    page_ids: Sequence[str] = ()
    """The ids of the pages that begin in it."""
    reference_ids: Sequence[str] = ()
    """The ids of the references to notes in it."""
    back_to: str | None = None
    """The id of the first reference to a note, to which its mark leads back."""
    pictures: Sequence[Picture] = ()
    """Those of its marks."""
    page_links: PageLinks | None = None
    """None if the pages of the original are not published."""

    @property
    def figures(self) -> Sequence[Picture]:
        """The pictures that stand before it, in elements of their own; an item holds its own."""
        if not self.pictures:
            return ()
        marks = (mark for mark in self.block.marks if mark.kind == "picture")
        count = sum(mark.start == 0 for mark in marks)
        return self.pictures[:count] if self.block.kind != "item" else ()


def image(picture: Picture) -> str:
    """Return a picture as an element, which browsers load when it is seen."""
    return (
        f'<img src="{picture.name}" width="{picture.width}" height="{picture.height}"'
        f' alt="{attribute(picture.text)}" loading="lazy" decoding="async">'
    )


class _Element(msgspec.Struct, frozen=True):
    """An element among the words, from `start` to `end`."""

    start: int
    end: int
    before: str
    after: str
    can_be_cut: bool = True
    """Whether it can be two elements where another ends; else it is left out there."""
    link: InternalLink | None = None
    """What it links to, instead of text before and after."""


class Words:
    """Writes the parts of a block's text, which must be asked for in the order of the text."""

    def __init__(self, placed: PlacedBlock, syntax: Syntax) -> None:
        block = placed.block
        self.text = block.text
        self.syntax = syntax
        self.points = deque(_points(placed))
        marks, emphasis = _mark_elements(placed), _emphasis_elements(block, syntax)
        links = _link_elements(block, placed.links)
        self.layers = [*filter(None, (deque(marks), deque(emphasis), deque(links)))]

    def write(self, start: int, end: int) -> str:
        """Return a part of the text with its elements, and the points at its end."""
        written = self._layer(start, end, 0)
        return written + self._points_at(end)

    def _points_at(self, position: int) -> str:
        """Return the points up to a position that are not written yet."""
        written = ""
        while self.points and self.points[0].start <= position:
            written += self.points.popleft().before
        return written

    def _layer(self, start: int, end: int, number: int) -> str:
        """Return a part of the text with the elements of a layer and of those inside it."""
        if number == len(self.layers):
            return self._plain(start, end)
        elements, pieces = self.layers[number], []
        while elements and elements[0].start < end:
            element = elements.popleft()
            first, last = max(element.start, start), min(element.end, end)
            is_cut = (first, last) != (element.start, element.end)
            if first < last and (element.can_be_cut or not is_cut):
                before = self._layer(start, first, number + 1)
                pieces.append(escape_before_link(before) if element.link else before)
                if element.link or element.before.startswith("<a"):
                    # A link to a page must not be inside of another.
                    pieces.append(self._points_at(first))
                inside = self._layer(first, last, number + 1)
                pieces.append(self._element(element, inside))
                start = last
            if element.end > end and element.can_be_cut:
                elements.appendleft(replace(element, start=end))
                break
        pieces.append(self._layer(start, end, number + 1))
        return "".join(pieces)

    def _element(self, element: _Element, inside: str) -> str:
        if element.link:
            return self.syntax.internal_link(inside, element.link)
        return f"{element.before}{inside}{element.after}"

    def _plain(self, start: int, end: int) -> str:
        """Return words, and the points among them."""
        pieces: list[str] = []
        while self.points and self.points[0].start < end:
            point = self.points.popleft()
            position = max(point.start, start)
            pieces += (self._lines(start, position), point.before)
            start = position
        pieces.append(self._lines(start, end))
        return "".join(pieces)

    def _lines(self, start: int, end: int) -> str:
        syntax = self.syntax
        first, *others = self.text[start:end].split("\n")
        beginning = syntax.line(first) if start == 0 else syntax.text(first)
        return syntax.line_break.join([beginning, *map(syntax.line, others)])


def _points(placed: PlacedBlock) -> Iterator[_Element]:
    """Yield the beginnings of pages and the pictures, in the order of the text."""
    if not placed.block.marks:
        return
    page_ids, pictures = iter(placed.page_ids), enumerate(placed.pictures)
    figures, is_in_link = len(placed.figures), _inside_links(placed)
    for mark in placed.block.marks:
        if mark.kind == "picture":
            number, picture = next(pictures)
            if number >= figures:
                yield _Element(mark.start, mark.end, image(picture), "")
        elif mark.kind == "page":
            links = None if is_in_link(mark.start) else placed.page_links
            yield _Element(mark.start, mark.end, _page(mark, next(page_ids), links), "")


def _inside_links(placed: PlacedBlock) -> Callable[[int], bool]:
    """Return whether a position is among the words of a link, which can hold no other link."""
    spans = [(link.start, link.end) for link in placed.links]
    marks = (mark for mark in placed.block.marks if mark.kind in {"link", "noteref"})
    spans = sorted((*spans, *((mark.start, mark.end) for mark in marks)))
    starts = [start for start, _ in spans]
    ends = list(accumulate((end for _, end in spans), max))

    def is_inside(position: int) -> bool:
        before = bisect_left(starts, position)
        return before > 0 and position < ends[before - 1]

    return is_inside


def _page(mark: Mark, page_id: str, links: PageLinks | None) -> str:
    """Return the beginning of a page of the source; it leads to that page, if that is published."""
    own = f'class="page" id="{page_id}" data-label="{attribute(mark.value)}"'
    if links and mark.sheet:
        return f"<a {own} {links.attributes(mark)}></a>"
    return f"<span {own}></span>"


def _mark_elements(placed: PlacedBlock) -> Iterator[_Element]:
    ids = iter(placed.reference_ids)
    for mark in placed.block.marks:
        if mark.kind == "noteref":
            opening = f'<a class="noteref" id="{next(ids)}" href="#note-{mark.value}">'
            yield _Element(mark.start, mark.end, opening, "</a>", can_be_cut=False)
        elif mark.kind == "marker" and placed.back_to:
            opening = f'<a class="marker" href="#{placed.back_to}">'
            yield _Element(mark.start, mark.end, opening, "</a>", can_be_cut=False)
        elif mark.kind == "link":
            opening = f'<a class="link" href="{attribute(mark.value)}" rel="{EXTERNAL_LINK_REL}">'
            yield _Element(mark.start, mark.end, opening, "</a>", can_be_cut=False)
        elif mark.kind not in POINTS:
            yield _Element(mark.start, mark.end, f'<span class="{mark.kind}">', "</span>")


def _emphasis_elements(block: Block, syntax: Syntax) -> Iterator[_Element]:
    for span in block.emphasis:
        yield _Element(span.start, span.end, *syntax.emphasis)


def _link_elements(block: Block, internal_links: Sequence[InternalLink]) -> list[_Element]:
    """Return the links to pages and to addresses in the text, in its order."""
    by_span = {link.span: link for link in internal_links}
    elements = [
        _Element(span.start, span.end, "", "", can_be_cut=False, link=by_span[span])
        for span in (usable_links(block, by_span) if by_span else ())
    ]
    signs = [mark for mark in block.marks if mark.kind in _NOT_LINKED]
    for link in _apart_from(signs, web_links.find_links(block.text)):
        opening = f'<a href="{attribute(link.href)}" rel="{EXTERNAL_LINK_REL}">'
        elements.append(_Element(link.start, link.end, opening, "</a>", can_be_cut=False))
    return sorted(elements, key=lambda element: element.start)


def _apart_from(
    signs: Iterable[Mark], links: Iterable[web_links.WebLink]
) -> Iterator[web_links.WebLink]:
    """Yield the links that overlap no reference to a note: a link cannot hold another."""
    upcoming = deque(signs)
    for link in links:
        while upcoming and upcoming[0].end <= link.start:
            upcoming.popleft()
        if not upcoming or link.end <= upcoming[0].start:
            yield link
