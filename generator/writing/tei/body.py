"""The blocks of a document in divisions, in an order that TEI allows.

A division begins with its heading and an opener, goes on with its text, and ends with a closer and
postscripts. A block that cannot come after the one before it begins a new division.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

import msgspec

from generator.model import BlockKind
from generator.writing.tei.elements import PlacedBlock, block_element, join, list_item
from generator.writing.tei.xml_text import element

_ANYWHERE: frozenset[BlockKind] = frozenset(["note", "footer", "caption"])
"""Kinds that may be at any place of a division."""

_LETTER: frozenset[BlockKind] = frozenset(
    ["dateline", "address", "salutation", "valediction", "signature"]
)
_CLOSING: frozenset[BlockKind] = frozenset(["valediction", "signature"])

_Role = Literal["heading", "anywhere", "letter", "postscript", "text"]
_Phase = Literal["top", "text", "bottom"]


def body(blocks: Sequence[PlacedBlock]) -> str:
    """Return the body of a document."""
    divisions = _Divisions()
    for role, group in groupby(blocks, key=_role):
        divisions.add(role, list(group))
    return element("body", divisions.result())


def _role(placed: PlacedBlock) -> _Role:
    kind = placed.block.kind
    if kind == "heading":
        return "heading"
    if kind == "postscript":
        return "postscript"
    if kind in _ANYWHERE:
        return "anywhere"
    return "letter" if kind in _LETTER else "text"


class _Divisions(msgspec.Struct):
    """Collects divisions, of which those of the current heading and of higher ones are open."""

    pieces: list[str] = msgspec.field(default_factory=list)
    levels: list[int] = msgspec.field(default_factory=list)
    """The levels of the open divisions, 1 for the highest heading; an equal one closes it."""
    phase: _Phase = "top"

    def add(self, role: _Role, blocks: Sequence[PlacedBlock]) -> None:
        """Add blocks of one role."""
        match role:
            case "heading":
                for placed in blocks:
                    self._begin(placed.block.level)
                    self.pieces.append(block_element(placed))
            case "letter":
                self._letter(blocks)
            case "postscript":
                self._postscripts(blocks)
            case "text":
                self._require("top", "text")
                self.pieces += _text(blocks)
                self.phase = "text"
            case _:
                self._require("top", "text", "bottom")
                self.pieces.append(join(blocks))

    def result(self) -> str:
        """Return all divisions, closed; an empty document has one with an empty paragraph."""
        if not self.pieces:
            return element("div", element("p", ""))
        self._close(0)
        return "".join(self.pieces)

    def _letter(self, blocks: Sequence[PlacedBlock]) -> None:
        """Add a closer up to the last valediction or signature, and an opener of what follows."""
        closings = [number for number, placed in enumerate(blocks, 1) if _is_closing(placed)]
        end = closings[-1] if closings and self.phase != "top" else 0
        if closing := blocks[:end]:
            self.pieces.append(element("closer", join(closing)))
            self.phase = "bottom"
        if opening := blocks[end:]:
            self._require("top")
            self.pieces.append(element("opener", join(opening)))

    def _postscripts(self, blocks: Sequence[PlacedBlock]) -> None:
        """Add postscripts; one without a text before it is a text itself."""
        if not self.levels or self.phase == "top":
            self._require("top")
            self.pieces.append(element("ab", "", type="letter"))
        self.pieces.append(join(blocks))
        self.phase = "bottom"

    def _require(self, *phases: _Phase) -> None:
        """Begin a new division unless the current one is in one of these phases."""
        if not self.levels or self.phase not in phases:
            self._begin(self.levels[-1] if self.levels else 1)

    def _begin(self, level: int) -> None:
        is_ended = bool(self.levels) and self.phase == "bottom"  # it can have no division in it
        self._close(min(level, self.levels[-1]) if is_ended else level)
        self.levels.append(level)
        self.pieces.append("<div>")
        self.phase = "top"

    def _close(self, level: int) -> None:
        """Close the divisions of this level and of lower ones."""
        while self.levels and self.levels[-1] >= level:
            self.levels.pop()
            self.pieces.append("</div>")


def _is_closing(placed: PlacedBlock) -> bool:
    return placed.block.kind in _CLOSING


def _text(blocks: Iterable[PlacedBlock]) -> Iterator[str]:
    """Yield blocks, in lists and quotations."""
    for is_quoted, quoted in groupby(blocks, key=lambda placed: placed.block.quoted):
        inside = "".join(_lists(quoted))
        yield element("quote", inside) if is_quoted else inside


def _lists(blocks: Iterable[PlacedBlock]) -> Iterator[str]:
    for is_item, group in groupby(blocks, key=lambda placed: placed.block.kind == "item"):
        items = list(group)
        yield _list(items, 0) if is_item else join(items)


def _list(items: Sequence[PlacedBlock], depth: int) -> str:
    """Return a list; an item is at most one deeper than the one before."""
    pieces: list[str] = []
    start = 0
    while start < len(items):
        end = start + 1
        while end < len(items) and items[end].block.level > depth:
            end += 1
        below = items[start + 1 : end]
        pieces.append(list_item(items[start], _list(below, depth + 1) if below else ""))
        start = end
    return element("list", "".join(pieces))
