"""Paragraphs, headings and running heads of PDF pages, by the places and sizes of their lines.

The measures were set on exports of four texts in six languages whose paragraphs are known: nineteen
in twenty paragraph breaks are found there, and nearly none is found that is none.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median, median_low

import msgspec

from generator.reading.formats.pdf_page import PdfLine, Run

_BULLET = re.compile(
    r"(?:[-–—•*·▪►◦‣]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s|[IVXLC]{1,6}\.\s|[A-Z]\.\s(?=[A-Z]))"
)
_SENTENCE_END = re.compile(r"[.!?…:;。！？]['\"”’»)\]\d]*\Z")
_NUMBER = re.compile(r"\d+|\b[ivxlc]+\b")
_DIVIDED = re.compile(r"\w-\Z")

_HEADING_SIZE = 1.12
_CLEARLY_LARGER = 1.3
_FEW_WORDS = 8
_HEADING_LENGTH = 200
_NOTE_SIZE = 0.93
_GAP = 2.5
"""Heights of a capital between cells; spaces of a justified line have at most two."""

_MOST = 0.5
"""The share of pages that have a line at a height where running heads stand."""

_LONGEST_HEAD = 120
"""Characters."""

_NEARLY_FULL = 0.7
"""The share of a column that a line has whose sentence may go on in the next one."""

_APART = 2.1
"""Heights of a capital between a running head and the text; lines of a text have 1.7."""

_NOTE_START = re.compile(r"[*†‡§]|\(?\d{1,3}[.)]?(?=\s|[A-ZÄÖÜ“\"])")


class Line(msgspec.Struct, frozen=True):
    """A line with the measures that layout is found by."""

    source: PdfLine
    text: str
    x0: float
    x1: float
    y: float
    size: float
    first_word: float
    """The width of its first word."""
    is_bold: bool
    is_artifact: bool
    has_gap: bool = False
    """Whether a wide space divides it, as the cells of a table."""

    @property
    def page(self) -> int:
        """The index of its page."""
        return self.source.page


class Group(msgspec.Struct, frozen=True):
    """Lines of one paragraph, heading or other block."""

    lines: tuple[Line, ...]
    is_furniture: bool = False

    @property
    def size(self) -> float:
        """The usual size of its letters."""
        return median(line.size for line in self.lines)

    @property
    def text(self) -> str:
        """Its lines."""
        return "\n".join(line.text for line in self.lines)


def measured(line: PdfLine) -> Line | None:
    """Return a line with its measures; None if there is nothing to see."""
    runs = [run for run in line.runs if run.text.strip()]
    if not runs:
        return None
    text = line.text.strip()
    letters = sum(len(run.text) for run in runs)
    main = max(runs, key=lambda run: len(run.text))
    return Line(
        line,
        text,
        min(run.x0 for run in runs),
        max(run.x1 for run in runs),
        main.y,
        main.size,
        _first_word_width(runs, text),
        sum(len(run.text) for run in runs if run.style.is_bold) > 0.9 * letters,
        sum(len(run.text) for run in runs if run.style.is_artifact) > 0.5 * letters,
        any(after.x0 - before.x1 > _GAP * main.size for before, after in pairwise(runs)),
    )


def _first_word_width(runs: Sequence[Run], text: str) -> float:
    length = len(text.split(maxsplit=1)[0])
    run = runs[0]
    return (run.x1 - run.x0) * min(1.0, length / max(1, len(run.text.strip())))


class _Edge(msgspec.Struct, frozen=True):
    """What makes lines at the edges of pages alike: words without digits, and height."""

    words: str
    height: int


def running_lines(pages: Sequence[Sequence[Line]]) -> set[int]:
    """Return the ids of the lines at the edges of pages that many pages have, apart from digits.

    Where most pages have a line at the same height, two with the same words are enough: the head of
    a chapter of three pages is on two of them.
    """
    edges = {
        id(line): _Edge(_NUMBER.sub("#", line.text.lower()), round(line.y / 4))
        for lines in pages
        for line in _edge_lines(lines)
    }
    alike = Counter(edges.values())
    heights = Counter(edge.height for edge in edges.values())
    least = max(2, min(4, round(0.3 * len(pages))))
    return {
        number
        for number, edge in edges.items()
        if alike[edge] >= (2 if heights[edge.height] >= _MOST * len(pages) else least)
    }


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    edges = _edges(lines)
    return [line for line in lines if round(line.y) in edges and len(line.text) < _LONGEST_HEAD]


def _edges(lines: Sequence[Line]) -> set[int]:
    """Return the heights of the first and last lines of a page that stand apart from its text."""
    heights = sorted({round(line.y) for line in lines}, reverse=True)
    size = median(line.size for line in lines) if lines else 0.0
    return _apart(heights, size) | _apart(heights[::-1], size)


def _apart(heights: Sequence[int], size: float) -> set[int]:
    """Return the first one or two heights, if a gap is between them and the others."""
    for count in (1, 2):
        if len(heights) > count and abs(heights[count - 1] - heights[count]) > _APART * size:
            return set(heights[:count])
    return set()


def groups_of_page(lines: Sequence[Line], running: set[int]) -> Iterator[Group]:
    """Yield the blocks of a page in order; running heads are blocks of their own."""
    for line in lines:
        if id(line) in running or line.is_artifact:
            yield Group((line,), is_furniture=True)
    body = [line for line in lines if id(line) not in running and not line.is_artifact]
    for region in _regions(body):
        current = [region[0]]
        for begins, line in zip(_breaks(region), region[1:], strict=True):
            if begins:
                yield Group(tuple(current))
                current = []
            current.append(line)
        yield Group(tuple(current))


def _regions(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield runs of lines one below the other in the same column."""
    region: list[Line] = []
    for line in lines:
        if region and not _follows(region[-1], line):
            yield region
            region = []
        region.append(line)
    if region:
        yield region


def _follows(before: Line, after: Line) -> bool:
    down = before.y - after.y
    size = max(before.size, after.size)
    overlap = min(before.x1, after.x1) - max(before.x0, after.x0)
    return -0.3 * after.size < down < 3.2 * size and overlap > -2 * after.size


def _breaks(region: Sequence[Line]) -> Iterator[bool]:
    """Yield for each line but the first whether a paragraph begins with it."""
    leading = _leading(region)
    left = Counter(round(line.x0) for line in region).most_common(1)[0][0]
    rights = sorted(line.x1 for line in region)
    right = rights[int(0.9 * (len(rights) - 1))] if len(rights) > 3 else rights[-1]
    for before, after in pairwise(region):
        yield _begins(before, after, leading, left, right)


def _leading(region: Sequence[Line]) -> float:
    """Return the usual distance of two lines of a paragraph."""
    distances = [
        before.y - after.y
        for before, after in pairwise(region)
        if before.y - after.y > 0.3 * after.size
        and abs(before.size - after.size) < 0.1 * before.size
    ]
    if not distances:
        return 1.2 * region[0].size
    most_common = Counter(round(distance, 1) for distance in distances).most_common(1)[0][0]
    return min(median_low(distances), most_common)


def _begins(before: Line, after: Line, leading: float, left: float, right: float) -> bool:
    em = 0.8 * after.size
    down = before.y - after.y
    if down < 0.3 * after.size:  # beside it: a raised or a lowered figure
        return False
    has_other_style = (
        abs(before.size - after.size) > 0.12 * max(before.size, after.size)
        or before.is_bold != after.is_bold
    )
    if _DIVIDED.search(before.text):
        return has_other_style or down > 1.9 * leading
    is_apart = down > 1.28 * leading
    hangs = _BULLET.match(before.text) is not None  # the lines of an item stand under its words
    is_indented = not hangs and after.x0 - before.x0 > 0.7 * em and after.x0 - left > 0.7 * em
    is_short = before.x1 + 0.25 * after.size + after.first_word < right - 0.6 * after.size
    starts_item = bool(_BULLET.match(after.text))
    goes_on = after.text[:1].islower() and not _SENTENCE_END.search(before.text)
    is_nearly_full = before.x1 > left + _NEARLY_FULL * (right - left)
    is_short = is_short and not (goes_on and is_nearly_full)
    return is_apart or has_other_style or is_indented or starts_item or is_short


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Return the size of the letters that most of a document is set in."""
    letters: defaultdict[float, int] = defaultdict(int)
    for lines in pages:
        for line in lines:
            letters[round(line.size * 2) / 2] += len(line.text)
    return max(letters, key=lambda size: (letters[size], size), default=10.0)


def is_heading(group: Group, usual: float) -> bool:
    """Whether a block is a heading: larger than the text, or bold, and short."""
    text = group.text
    if is_in_columns(group):
        return False
    if len(text) > _HEADING_LENGTH or len(group.lines) > 4 or not re.search(r"[^\W_]", text):
        return False
    is_large = group.size > _HEADING_SIZE * usual and (
        group.size > _CLEARLY_LARGER * usual or not _is_like_text(text)
    )
    is_bold = all(line.is_bold for line in group.lines)
    return is_large or (is_bold and group.size > 0.95 * usual and not text.endswith((",", ";")))


def _is_like_text(text: str) -> bool:
    """Whether words are an item of a list or a sentence; a machine that reads errs in sizes."""
    is_sentence = _SENTENCE_END.search(text) is not None and len(text.split()) > _FEW_WORDS
    return is_sentence or text[:2] in {"* ", "• ", "- ", "– "}


def is_in_columns(group: Group) -> bool:
    """Whether most lines of a block are divided by wide spaces; they stay as printed."""
    return 2 * sum(line.has_gap for line in group.lines) > len(group.lines)


def is_note(group: Group, usual: float, lowest: float) -> bool:
    """Whether a block is a note at the foot: smaller than the text, with its sign, low on the page.

    `lowest` is the middle of the page.
    """
    first = group.lines[0]
    return (
        group.size < _NOTE_SIZE * usual
        and first.y < lowest
        and _NOTE_START.match(first.text) is not None
    )


def item_marker(text: str) -> str:
    """Return the marker that a list's item begins with; empty if it is none."""
    match = _BULLET.match(f"{text} ")
    return match[0].strip() if match else ""


def goes_on(before: Group, after: Group) -> bool:
    """Whether a block is the rest of the one before it, in the next column or on the next page."""
    last, first = before.lines[-1], after.lines[0]
    if last.page == first.page and last.y >= first.y:
        return False
    if _SENTENCE_END.search(before.text) or _BULLET.match(first.text):
        return False
    if abs(last.size - first.size) > 0.05 * last.size or last.is_bold != first.is_bold:
        return False
    return first.text[:1].islower() or last.text.endswith("-") or len(before.text.split()) > 8
