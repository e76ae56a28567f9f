"""Check that lines and paragraphs are joined only with evidence.

Line breaks go only where text runs on, and paragraphs that a page break divides are joined only
where something shows the break.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, zip_longest

import msgspec

from generator.model import Block, BlockKind, Change, Ledger, Step
from generator.model.blocks import AS_PRINTED, BLOCK_GAP, RUNNING
from generator.model.ledger import later_positions
from generator.text.continuation import HYPHENS, LONG, goes_on

_JOINED_LINES, _JOINED_PARAGRAPHS = "hard wraps", "cut paragraphs"
"""The steps that join lines of a paragraph, and parts of one that a page break divides."""

_MAY_GO_ON = RUNNING | {"footer"}
"""Kinds in which a page break is joined; a footer was a paragraph when that was done."""


class _Join(msgspec.Struct, frozen=True):
    """Neighbouring changes of a step that together join two lines."""

    start: int
    pieces: tuple[str, ...]
    """The text that each of them replaced."""
    is_hyphen: bool
    """Whether a hyphen at the end of the first line shows that a word goes on."""
    goes_on: bool
    """Whether the text goes on with a small letter, or stops before in mid-sentence."""


def unproven_joins(
    shown: Sequence[Block], ledger: Ledger, versions: Sequence[str]
) -> Iterator[str]:
    """Yield the words around each join of lines that no evidence supports.

    `versions` are the texts before each step of the ledger.
    """
    ends = list(accumulate(len(block.text) + BLOCK_GAP for block in shown))
    for number, (step, text) in enumerate(zip(ledger, versions, strict=True)):
        if step.rule not in {_JOINED_LINES, _JOINED_PARAGRAPHS}:
            continue
        joins = [*_joins(step, text)]
        # Of the character before each join; without one the line is no part of the page.
        positions = later_positions(ledger[number:], [join.start - 1 for join in joins])
        for join, position in zip(joins, positions, strict=True):
            index = len(shown) if position is None else bisect_right(ends, position)
            if index < len(shown) and not _is_proven(join, shown[index].kind, step.rule):
                yield _words_around(text, join)


def _joins(step: Step, text: str) -> Iterator[_Join]:
    """Yield the changes of a step, those beside each other as one."""
    group: list[Change] = []
    for change, following in zip_longest(step.changes, step.changes[1:]):
        group.append(change)
        if following is None or _end(change) != following.start:
            start, end = group[0].start, _end(change)
            before = text[max(0, start - LONG) : start]
            pieces = tuple(change.before for change in group)
            is_hyphen = pieces[0] in HYPHENS or before[-1:] in set(HYPHENS)
            yield _Join(start, pieces, is_hyphen, goes_on(before, text[end : end + 1]))
            group = []


def _end(change: Change) -> int:
    return change.start + len(change.before)


def _is_proven(join: _Join, kind: BlockKind, rule: str) -> bool:
    """Whether the kind of the block allows a join and, after an empty line, evidence demands it.

    Evidence is a form feed; a line between the two that went with the page; a hyphen; or a
    sentence that goes on.
    """
    if rule == _JOINED_LINES:
        return kind not in AS_PRINTED or join.is_hyphen
    if kind not in _MAY_GO_ON:
        return False
    first, *others = join.pieces
    is_page = len(others) > (first in HYPHENS) or any("\f" in piece for piece in join.pieces)
    return join.is_hyphen or is_page or join.goes_on


def _words_around(text: str, join: _Join) -> str:
    end = join.start + sum(map(len, join.pieces))
    before = text[max(0, join.start - 30) : join.start].rsplit("\n", maxsplit=1)[-1]
    after = text[end : end + 30].split("\n", maxsplit=1)[0]
    return f"{before} | {after}"
