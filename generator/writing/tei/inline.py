"""The words of a block with its emphasis, marks, links and names as TEI."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from generator.model import Block, Mark
from generator.model.blocks import POINTS
from generator.text import web_links
from generator.writing.mentions import EntityMention
from generator.writing.tei.xml_text import element, xml_text

_NAME_ELEMENTS = {"person": "persName", "organization": "orgName", "place": "placeName"}


class _Inline(msgspec.Struct, frozen=True):
    """An element among the words of a block, from `start` to `end`."""

    start: int
    end: int
    name: str
    attributes: dict[str, str]


class InlineWords:
    """Writes the parts of a block's text, which must be asked for in the order of the text.

    Names, links and references to notes do not overlap. Emphasis is cut where one of them begins or
    ends, and both are cut at the ends of a part.
    """

    def __init__(self, block: Block, mentions: Iterable[EntityMention], document_id: str) -> None:
        self.text = block.text
        self.points = deque(mark for mark in block.marks if mark.kind in POINTS)
        emphasis = [_Inline(span.start, span.end, "hi", {}) for span in block.emphasis]
        names = _without_overlaps(block, mentions, document_id)
        self.layers = [*filter(None, (names, emphasis))]

    def write(self, start: int, end: int) -> str:
        """Return a part of the text with its elements, and the points at its end."""
        written = self._layer(start, end, 0)
        return written + "".join(self._points(end + 1))

    def _layer(self, start: int, end: int, number: int) -> str:
        """Return a part of the text with the elements of a layer and of those inside it."""
        if number == len(self.layers):
            return self._plain(start, end)
        pieces: list[str] = []
        for item in _between(self.layers[number], start, end):
            first, last = max(item.start, start), min(item.end, end)
            pieces.append(self._layer(start, first, number + 1))
            inside = self._layer(first, last, number + 1)
            pieces.append(element(item.name, inside, **item.attributes))
            start = last
        pieces.append(self._layer(start, end, number + 1))
        return "".join(pieces)

    def _plain(self, start: int, end: int) -> str:
        pieces: list[str] = []
        while self.points and self.points[0].start < end:
            position = max(self.points[0].start, start)
            pieces.append(_lines(self.text[start:position]))
            pieces += self._points(position + 1)
            start = position
        return "".join([*pieces, _lines(self.text[start:end])])

    def _points(self, before: int) -> Iterator[str]:
        """Yield the pages and pictures before a position that were not written yet."""
        while self.points and self.points[0].start < before:
            yield _point(self.points.popleft())


def _lines(words: str) -> str:
    return xml_text(words).replace("\n", "<lb/>")


def _point(mark: Mark) -> str:
    return element("pb" if mark.kind == "page" else "figure", "", n=mark.value or None)


def _between(elements: Sequence[_Inline], start: int, end: int) -> Iterator[_Inline]:
    """Yield the elements that share a character with a part of the text."""
    index = bisect_right(elements, start, key=lambda item: item.end)
    while index < len(elements) and elements[index].start < end:
        yield elements[index]
        index += 1


def _without_overlaps(
    block: Block, mentions: Iterable[EntityMention], document_id: str
) -> list[_Inline]:
    """Return signs, links and names in the order of the text; the first of two that overlap."""
    chosen: list[_Inline] = []
    for source in (_signs(block, document_id), _links(block), map(_name, mentions)):
        free: list[_Inline] = []
        for item in source:
            is_apart = not free or free[-1].end <= item.start
            if is_apart and not (chosen and any(_between(chosen, item.start, item.end))):
                free.append(item)
        chosen = sorted([*chosen, *free], key=lambda item: item.start) if chosen else free
    return chosen


def _signs(block: Block, document_id: str) -> Iterator[_Inline]:
    for mark in block.marks:
        if mark.kind == "noteref":
            target = {"type": "note", "target": f"#{document_id}.note-{mark.value}"}
            yield _Inline(mark.start, mark.end, "ref", target)
        elif mark.kind == "marker":
            yield _Inline(mark.start, mark.end, "seg", {"type": "marker"})


def _links(block: Block) -> list[_Inline]:
    """Return the addresses that the text prints, and those that its file states."""
    printed = [(link.start, link.end, link.href) for link in web_links.find_links(block.text)]
    stated = [(m.start, m.end, m.value) for m in block.marks if m.kind == "link"]
    return [
        _Inline(start, end, "ref", {"target": target})
        for start, end, target in sorted((*printed, *stated))
    ]


def _name(found: EntityMention) -> _Inline:
    kind = found.entity.kind
    attributes = {"key": str(found.entity.id)}
    if kind not in _NAME_ELEMENTS:
        attributes["type"] = kind.replace(" ", "-")
    name = _NAME_ELEMENTS.get(kind, "name")
    return _Inline(found.mention.start, found.mention.end, name, attributes)
