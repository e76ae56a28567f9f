"""What a rule found: rows that become one block."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import msgspec

from generator.model import BlockKind, Mark
from generator.reading.structure.cells import CellGap
from generator.reading.structure.context import Context, Genre
from generator.reading.structure.rows import Row

Texts = Literal["all", "play", "letter", "no plays"]
"""Texts of one genre, of all, or of all but one."""

HEADING_NUMBER = "heading: number"
"""The rule of a number that stands alone, as above a letter or a chapter."""

BELOW_TITLE = "paragraph: below the title"
"""The rule of a line with the author, the year or a name below the title."""

Breaks = Literal["wrap", "keep", "stay"]
"""Whether the line breaks of a block are undone where the width forced them, are undone all, or
stay."""


class RuleMatch(msgspec.Struct, frozen=True, gc=False):
    """Rows from `start` to `stop` (exclusive) that become one block."""

    kind: BlockKind
    start: int
    stop: int
    rule: str
    breaks: Breaks = "keep"
    marks: tuple[Mark, ...] = ()
    gaps: tuple[CellGap, ...] = ()
    level: int = 0
    quoted: bool = False


def is_long(row: Row) -> bool:
    """Whether a row is as long as a paragraph: no heading, and no part of a letter or a list."""
    return len(row.text) > _SHORTEST_LONG and len(row.line.words) > _LEAST_WORDS_OF_LONG


_SHORTEST_LONG, _LEAST_WORDS_OF_LONG = 300, 45


class Rule(msgspec.Struct, frozen=True):
    """A named rule that finds one kind of block at the beginning of a row."""

    name: str
    find: Callable[[Context, int, RuleMatch | None], RuleMatch | None]
    """Given the context, the index of a row, and the block before it."""
    texts: Texts = "all"
    """In which texts the rule is tried."""
    can_find: Callable[[Context], bool] | None = None
    """Whether a text has anything that the rule could find, asked once for each text."""
    labelled: bool = False
    """Whether it is tried on rows that begin with a speaker's label."""
    only_short: bool = False
    """Whether it finds nothing that begins with a long row, so that it is not tried on one."""

    def is_of(self, genre: Genre | None) -> bool:
        """Whether the rule is tried in texts of a genre."""
        return self.texts in {"all", genre} or (self.texts == "no plays" and genre != "play")
