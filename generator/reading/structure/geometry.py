"""How the lines of a text are set: the width of the column, the margin, indented paragraphs."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec
from msgspec.structs import replace

from generator.reading.structure.rows import Row
from generator.text.sentences import CLOSING, STOPS

_MIN_WIDTH = 34
"""Columns; lines of a narrower column are not known to be filled."""

_MIN_NARROW_WIDTH = 24
_MIN_NARROW_ROWS = 8
"""Columns of a letter by hand or a column of a newspaper, and rows that show that it is filled."""

_TITLES = 2
"""Rows above a narrow column that are longer: the name of the newspaper and a title."""

_MAX_WIDTH = 140
"""Columns; longer lines are whole paragraphs, not lines of a column."""

_MIN_TEXT = 25
"""Characters of a row that shows the margin; labels of speakers are shorter."""

_MIN_IDEOGRAPHIC = 15
"""Characters of a filled line in a script without spaces."""

_FULL = 0.955
"""The share of the width that a line and the next word exceed if the line is full: in justified
and typewritten text nearly always more than the whole width."""

_RAGGED = 0.86
"""The share of the width from which a line can be full where the words around it agree."""

MAX_PARAGRAPH_INDENT = 9
"""Columns; what is indented more is centred, set off or set to the right."""

_MAX_TYPED_INDENT = 10
"""Columns before the paragraphs of a typed text, if several of them show it."""


_MIN_SMALL = 0.2
"""The share of second lines of paragraphs that begin with a small letter: two in three do in
German prose, and hardly any in verse."""


Fullness = Literal["full", "ragged", "short"]
"""A row in which the next word had no room; one so long that a typesetter could have ended it
there; one that is shorter."""


class Geometry(msgspec.Struct, frozen=True):
    """The measures of a text's column."""

    width: int | None
    """The column where filled lines end; None if nothing shows that lines were filled."""
    margin: int = 0
    """The indentation of the lines of running text."""
    paragraph_indent: int | None = None
    """How far the first lines of paragraphs are indented from the margin, where they are."""

    def fullness(self, row: Row, following: Row, width: int | None = None) -> Fullness:
        """Return whether the first word of the next row had room at the end of a row."""
        limit = width or self.width
        if limit is None:
            return "short"
        needed = _columns_needed(row, following)
        if needed > _FULL * limit:
            return "full"
        return "ragged" if needed > _RAGGED * limit else "short"

    def is_full(self, row: Row, following: Row, width: int | None = None) -> bool:
        """Whether the first word of the next row had no room at the end of a row."""
        return self.fullness(row, following, width) == "full"

    def may_be_full(self, row: Row, following: Row) -> bool:
        """Whether a row is so long that a typesetter could have ended it there."""
        return self.fullness(row, following) != "short"

    def runs_on(self, row: Row, following: Row, width: int | None = None) -> bool:
        """Whether the width forced the break between two rows, as the words around it agree.

        A narrower `width` holds for rows that are set off.
        """
        fullness = self.fullness(row, following, width)
        if fullness == "full" or divides_word(row.text, following.text):
            return True
        if fullness == "short":
            return False
        is_body = self.paragraph_indent is not None and following.indent == self.margin
        return is_body or not ends_sentence(row.text)

    def begins_paragraph(self, before: Row, row: Row) -> bool:
        """Whether its indentation shows that a row is the first one of a paragraph."""
        if self.paragraph_indent is None or row.indent != self.margin + self.paragraph_indent:
            return False
        if before.indent == row.indent:
            return not (row.text[0].islower() and self.is_full(before, row))
        return before.indent < row.indent or self.is_centred(before)

    def is_centred(self, row: Row) -> bool:
        """Whether a row has about the same space on both sides, and more than a paragraph has."""
        if self.width is None:
            return row.indent > MAX_PARAGRAPH_INDENT
        if self.width < _NARROW and row.indent >= _FAR and len(row.text) < 40:
            return True
        left, right = row.indent - self.margin, self.width - row.right
        if left < 1 or left <= (self.paragraph_indent or 0):
            return False
        return abs(left - right) <= max(3, 0.05 * (left + right))

    def is_even(self, row: Row) -> bool:
        """Whether a row, however long, has the same space on both sides."""
        if self.width is None:
            return False
        return abs(row.indent - self.margin - (self.width - row.right)) <= 3

    def is_at_right(self, row: Row) -> bool:
        """Whether a row is set to the right."""
        if self.width is None:
            return row.indent >= 20
        return row.indent >= 0.25 * self.width and row.right >= 0.88 * self.width


def divides_small(text: str, following: str) -> bool:
    """Whether a word goes on in the next line with a small letter, as no verse does."""
    if text[-1:] not in HYPHENS or not text[-3:-1].isalpha():
        return False
    return following[:1].islower() or (text.isupper() and following.isupper())


def is_ideographic(character: str) -> bool:
    """Whether a character belongs to a script that has no spaces between words."""
    if not character or character.isascii():
        return False
    return unicodedata.name(character, "").startswith(_WITHOUT_SPACES)


_WITHOUT_SPACES = (
    *("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"),
    *("THAI", "LAO ", "KHMER", "MYANMAR"),
)


def divides_word(text: str, following: str) -> bool:
    """Whether a word seems to go on in the next line, after a hyphen."""
    return text[-1:] in HYPHENS and text[-2:-1].isalpha() and following[:1].isalpha()


_NARROW = 60
_FAR = 12
"""In a column of fewer columns than the page has, what is so far from the margin is centred."""

HYPHENS = "-\u2010\u00ac\u00ad"
"""Characters that divide a word at the end of a line; "¬" comes from programs that read scans."""


def ends_sentence(text: str) -> bool:
    """Whether a line ends like a sentence."""
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS or text[-1:] in '"”»'


_CLOSING = f"{CLOSING}_*"
_SENTENCE_ENDS = frozenset((*STOPS, ":"))


def measure(rows: Sequence[Row]) -> Geometry:
    """Return the measures of a text."""
    geometry = Geometry(_width(rows), _margin(rows))
    return replace(geometry, paragraph_indent=_paragraph_indent(rows, geometry))


def _columns_needed(row: Row, following: Row) -> int:
    """Return the width of a row with the first word of the next; a line without spaces has none."""
    first = following.text[0]
    if not first.isascii() and is_ideographic(first) and is_ideographic(row.text[-1]):
        return row.right + 1
    return row.right + 1 + following.first


def _width(rows: Sequence[Row]) -> int | None:
    edges = sorted(
        row.right
        for row, following in pairwise(rows)
        if not following.is_detached and "   " not in row.text
    )
    if edges and _is_without_spaces(rows):
        return edges[-1]
    if len(edges) < 2:
        return None
    width = edges[round(0.97 * (len(edges) - 1))]
    least = _MIN_NARROW_WIDTH if width < _MIN_WIDTH and _is_narrow_prose(rows) else _MIN_WIDTH
    if not least <= width <= _MAX_WIDTH:
        return None
    longer = sum(row.right > 1.2 * width and "   " not in row.text for row in rows)
    allowed = _TITLES if width < _MIN_WIDTH else 0
    return width if longer <= max(allowed, 0.04 * len(rows)) else None


def _is_narrow_prose(rows: Sequence[Row]) -> bool:
    """Whether most rows begin with a small letter, and few end a sentence: none is verse."""
    inside = [(row, below) for row, below in pairwise(rows) if not below.is_detached]
    small = sum(below.text[0].islower() for _, below in inside)
    ends = sum(row.text[-1] in ",;.!?:" for row, _ in inside)
    return len(inside) >= _MIN_NARROW_ROWS and 5 * small >= 3 * len(inside) > 6 * ends


def _is_without_spaces(rows: Sequence[Row]) -> bool:
    """Whether most rows of some length end in a script without spaces, and are equally long."""
    long = [row for row in rows if len(row.text) >= _MIN_IDEOGRAPHIC]
    return (
        len(long) >= 2
        and 2 * len(long) >= len(rows)
        and all(is_ideographic(row.text[-1]) for row in long)
    )


def _margin(rows: Sequence[Row]) -> int:
    """Return the smallest indentation that many rows have."""
    long = [row for row in rows if len(row.text) >= _MIN_TEXT] or rows
    counts = Counter(row.indent for row in long)
    common = [indent for indent, count in counts.items() if count >= 0.15 * len(long)]
    return min(common, default=0)


def _paragraph_indent(rows: Sequence[Row], geometry: Geometry) -> int | None:
    """Return the most common indentation of full rows that are followed by one at the margin.

    Lines of verse that are indented in turn look alike, but nearly all begin with a capital.
    """
    counts: Counter[int] = Counter()
    small: Counter[bool] = Counter()
    for row, following, third in zip(rows, rows[1:], rows[2:], strict=False):
        step = row.indent - geometry.margin
        is_first = 1 <= step <= _MAX_TYPED_INDENT and following.indent == geometry.margin
        if is_first and not following.gap and geometry.runs_on(row, following):
            counts[step] += 1 + geometry.is_full(following, third)
            small[following.text[0].islower()] += following.text[0].isalpha()
    indent, count = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    is_verse = small[True] < _MIN_SMALL * small.total()
    if count < 2 or is_verse or _begins_at_margin(rows, geometry.margin, indent):
        return None
    return indent


def _begins_at_margin(rows: Sequence[Row], margin: int, indent: int) -> bool:
    """Whether chunks begin at the margin, so that indented rows in them begin no paragraphs."""
    firsts = Counter(
        row.indent - margin
        for row, following in pairwise(rows)
        if row.gap and not following.is_detached and not row.text[0].islower()
    )
    return firsts[0] >= 2 and firsts[0] > 2 * firsts[indent]
