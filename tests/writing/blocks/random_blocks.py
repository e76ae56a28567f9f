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

EVERY_KIND = (
    Block("heading", "Chapter 3\nOf the sea", level=1),
    Block("paragraph", "- It rained.\n# No heading [here](x)", (Span(2, 4),)),
    Block("lines", "1. Kept\nas printed"),
    Block("stanza", "* The sun\nrises * <b>", indents=(0, 2)),
    Block("item", "1. First", marks=(Mark("marker", 0, 2),)),
    Block("item", "a) Inner", marks=(Mark("marker", 0, 2),), level=1),
    Block("item", "2. Last", marks=(Mark("marker", 0, 2),)),
    Block("table", "Year\tTons\n1896\t14,210\n\t|---|", level=1),
    Block("columns", "A    B\n  c  ```\n1.  <b>"),
    Block("speech", "ANNE. So it is.", marks=(Mark("speaker", 0, 5),)),
    Block("speech", "JOHN.\nIt is\nso.", marks=(Mark("speaker", 0, 5),), indents=(0, 0, 3)),
    Block("stage", "[Exit]"),
    Block("dateline", "York,\n3 May 1851"),
    Block("paragraph", "A quoted one", quoted=True),
    Block("stanza", "and verse\nin it", quoted=True),
    Block("paragraph", "See the note1 here", marks=(Mark("noteref", 12, 13, "1"),)),
    Block("note", "1 A note.", marks=(Mark("marker", 0, 1), Mark("page", 4, 4, "xii"))),
    Block("ornament", "* * *"),
    Block("footer", "© The paper"),
)
"""A document with a block of every kind."""

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
