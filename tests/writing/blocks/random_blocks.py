"""Random blocks of every kind, with hostile words, marks, emphasis and indents."""

from __future__ import annotations

import re
from typing import get_args

from hypothesis import strategies as st

from generator.model import Block, BlockKind, Mark, MarkKind, Span
from tests.writing.site_markdown import settled

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
_MARKS: tuple[MarkKind, ...] = ("speaker", "marker", "noteref")
_WORD = re.compile(r"[^\s]+(?: [^\s]+)?")
_EMPHASIS = re.compile(r"(?<![^ ])[^\W_]+(?![^ ])")

lines = settled.map(
    lambda text: [" ".join(line.split(" ")).strip() for line in text.split("\n") if line.strip()]
).filter(lambda found: found != [])
"""Lines with words, without white space at their ends."""


@st.composite
def texts(draw: st.DrawFn, kind: BlockKind) -> str:
    """Return the text of a block of a kind."""
    if kind == "table":
        rows = draw(st.lists(st.lists(lines.map(" ".join), min_size=1, max_size=3), min_size=1))
        empty = st.sampled_from(["", "\t"])
        return "\n".join(f"{draw(empty)}{'	'.join(row)}{draw(empty)}" for row in rows[:3])
    if kind == "columns":
        first, *others = draw(lines)
        spaces = st.integers(0, 9).map(lambda count: " " * count)
        wide = (f"{draw(spaces)}{line}{draw(spaces)} x" for line in others)
        return "\n".join((first, *wide))
    return "\n".join(draw(lines))


@st.composite
def blocks(draw: st.DrawFn, kinds: tuple[BlockKind, ...] = KINDS) -> Block:
    """Return a block of one of the kinds."""
    kind = draw(st.sampled_from(kinds))
    text = draw(texts(kind))
    return Block(
        kind,
        text,
        emphasis=tuple(
            Span(*match.span()) for match in _EMPHASIS.finditer(text) if draw(st.booleans())
        ),
        marks=draw(marks(text)),
        level=draw(st.integers(0, 4)),
        indents=tuple(draw(st.lists(st.integers(0, 5), max_size=text.count("\n") + 1))),
        quoted=draw(st.booleans()),
    )


@st.composite
def marks(draw: st.DrawFn, text: str) -> tuple[Mark, ...]:
    """Return marks of words and the beginnings of pages."""
    found = [
        Mark(draw(st.sampled_from(_MARKS)), *match.span(), draw(st.sampled_from(["1", "2", "x"])))
        for match in _WORD.finditer(text)
        if draw(st.integers(0, 3)) == 0
    ]
    labels = st.sampled_from(["12", "xiv", "12", '"><b>x', "*[2]*", "{{ 3 }}", "p. 4"])
    starts = draw(st.lists(st.integers(0, len(text)), max_size=2))
    return (*found, *(Mark("page", start, start, draw(labels)) for start in starts))
