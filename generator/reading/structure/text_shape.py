"""What a text as a whole looks like: play, transcript, letter, poem."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import msgspec

from generator.reading.structure.context import Genre, Profile
from generator.reading.structure.geometry import Geometry
from generator.reading.structure.rows import Row
from generator.reading.structure.styles import NARROW

_WIDE = 70
"""Columns; verse is not set so wide."""

_MAX_VERSE = 120
"""Characters of a line of verse."""

_MIN_PAIRS = 5
"""Breaks inside chunks that are enough to tell verse from prose."""


def make_profile(breaks: Breaks, *, is_letter: bool) -> Profile:
    """Return the profile of a text."""
    has_paragraphs = 20 * breaks.paragraphs > breaks.rows + breaks.speeches
    is_list = 2 * breaks.figures >= breaks.rows
    is_verse = not (has_paragraphs or is_list) and any(rule.holds(breaks) for rule in VERSE_RULES)
    # The few breaks of a short letter are those of its head and its closing.
    is_verse = is_verse and not (is_letter and breaks.total < _MIN_LETTER_BREAKS)
    # One or two speeches are only those of somebody who is said to enter.
    is_few = breaks.speeches < _MIN_SPEECHES
    is_play = breaks.speeches > 0 and (is_few or 4 * breaks.speeches >= breaks.units)
    genre: Genre | None = "poem" if is_verse else None
    if is_play or is_letter:
        genre = "play" if is_play else "letter"
    in_capitals = 2 * breaks.capitals > breaks.characters
    return Profile(is_verse, is_letter, genre, in_capitals)


_MIN_SPEECHES = 3
"""Speeches in the style of labels that recurs in a text."""

_MIN_LETTER_BREAKS = 8
"""Breaks inside paragraphs of a letter that are enough to tell verse from prose."""


class Breaks(msgspec.Struct, frozen=True):
    """Counts of the breaks between neighbouring rows of a text."""

    total: int
    rows: int
    """All rows of the text, without those that begin with a label."""
    speeches: int
    """Rows that begin with a label."""
    units: int
    """Rows that begin a chunk or a paragraph."""
    cased: int
    """Breaks before a letter that has a capital form, if the row is not all in capitals."""
    small: int
    """Breaks before a small letter."""
    not_full: int
    """Breaks after a row that was not full."""
    chunks: int
    """Chunks of two rows or more."""
    long_ends: int
    """Chunks whose last row is nearly as long as a full one."""
    small_starts: int
    """Chunks whose first row begins with a small letter."""
    set_in: int
    """Chunks of which each second row is set in."""
    width: int | None
    characters: int
    """Characters of all rows."""
    capitals: int
    """Characters of rows in capitals."""
    even_chunks: int
    """Of the chunks, those with as many rows as the first of them, three or more."""
    stopped: int
    """Breaks after a sign of punctuation."""
    commas: int
    """Breaks after a comma."""
    longest: int
    """Characters of the longest row."""
    figures: int
    """Rows that end with a figure, as those of an index and of accounts do."""
    paragraphs: int
    """Rows that are longer than a line of verse, so that they are whole paragraphs."""


class VerseRule(msgspec.Struct, frozen=True):
    """One reason to take a text for verse."""

    name: str
    holds: Callable[[Breaks], bool]


def _not_full(breaks: Breaks) -> bool:
    # Even in a text with many dialogues most rows of a paragraph are full.
    return breaks.total >= 8 and _are_many(breaks) and 5 * breaks.not_full >= 3 * breaks.total


def _only_capitals(breaks: Breaks) -> bool:
    # Even three lines of prose rarely begin with capitals all.
    is_narrow = breaks.width is not None and breaks.width < _WIDE
    return is_narrow and breaks.total == breaks.cased >= 3 and not breaks.small


def _narrow(breaks: Breaks) -> bool:
    is_narrow = breaks.width is not None and breaks.width < NARROW
    # Prose in a narrow column has long words that did not fit, and rows that begin small.
    share = 3 if 2 * breaks.small >= breaks.cased else 5
    return _are_many(breaks) and is_narrow and share * breaks.not_full >= breaks.total


def _long_ends(breaks: Breaks) -> bool:
    # The last line of a paragraph is of any length, that of a stanza like the others.
    is_narrow = breaks.width is not None and breaks.width < NARROW
    is_even = 4 * breaks.long_ends >= 3 * breaks.chunks
    if breaks.width is not None and breaks.width < _WIDE and 4 * breaks.not_full >= breaks.total:
        return breaks.chunks >= 4 and is_even
    return is_narrow and breaks.chunks >= 3 and is_even


def _small_letters(breaks: Breaks) -> bool:
    # In prose, paragraphs begin with capitals.
    return breaks.small == breaks.total >= _MIN_PAIRS and 2 <= breaks.chunks <= breaks.small_starts


def _set_in(breaks: Breaks) -> bool:
    # Prose has at most its first row set in, or all others.
    return breaks.set_in >= 2 and 2 * breaks.set_in >= breaks.chunks


def _are_many(breaks: Breaks) -> bool:
    return breaks.total >= _MIN_PAIRS and 2 * breaks.total >= breaks.rows


def _signs_at_ends(breaks: Breaks) -> bool:
    # Rows of prose rarely end with a comma, and entries of a chronicle all with a full stop.
    is_short = breaks.longest <= _MAX_SHORT and breaks.total >= _MIN_OF_POEM
    is_mixed = 4 * breaks.commas >= breaks.total and 3 * breaks.small >= breaks.total
    return is_short and is_mixed and 2 * breaks.stopped >= breaks.total


_MIN_OF_POEM = 7
"""Breaks of a poem without stanzas."""


def _stanzas(breaks: Breaks) -> bool:
    # Paragraphs in a narrow column have rows without a stop, and any number of them.
    is_short = breaks.longest <= _MAX_SHORT and breaks.even_chunks == breaks.chunks >= 2
    stops = 3 * breaks.stopped >= breaks.total and 3 * breaks.small >= breaks.total
    return is_short and stops and breaks.total >= _MIN_PAIRS


_MAX_SHORT = 45
"""Characters of the rows of a short poem."""


VERSE_RULES = (
    VerseRule("each second row is set in", _set_in),
    VerseRule("not a row begins with a small letter", _only_capitals),
    VerseRule("most rows are not full", _not_full),
    VerseRule("narrow rows that are not full", _narrow),
    VerseRule("stanzas begin with small letters as well", _small_letters),
    VerseRule("short rows that end with signs", _signs_at_ends),
    VerseRule("short stanzas of as many rows", _stanzas),
    VerseRule("last rows of stanzas are as long as others", _long_ends),
)


def measure_breaks(
    rows: Sequence[Row],
    geometry: Geometry,
    stops: Sequence[int],
    labels: Sequence[int],
    begins: Sequence[bool],
) -> Breaks:
    """Return the counts of the breaks of a text; `begins` says which rows begin something new."""
    inside = [*_inside(rows, geometry, stops, labels, begins)]
    mixed = [index for index in inside if not rows[index + 1].text.isupper()]
    firsts = [rows[index + 1].text[0] for index in mixed]
    not_full = (geometry.fullness(rows[index], rows[index + 1]) != "full" for index in inside)
    ends = [stop - 1 for index, stop in enumerate(stops) if stop == index + 1]
    ends = [end for end in ends if end and stops[end - 1] == end + 1]
    limit = 0.75 * (geometry.width or 0)
    can_indent = geometry.paragraph_indent is not None
    return Breaks(
        total=len(inside),
        rows=len(rows) - sum(map(bool, labels)),
        speeches=sum(map(bool, labels)),
        units=sum(
            not index
            or stops[index - 1] == index
            or (can_indent and geometry.begins_paragraph(rows[index - 1], rows[index]))
            for index in range(len(rows))
        ),
        cased=sum(first.lower() != first.upper() for first in firsts),
        small=sum(first.islower() for first in firsts),
        not_full=sum(not_full),
        chunks=len(ends),
        small_starts=sum(rows[start].text[0].islower() for start in _chunk_starts(stops)),
        long_ends=sum(rows[end].right >= limit for end in ends),
        set_in=sum(_is_set_in(rows[start : stops[start]]) for start in _chunk_starts(stops)),
        width=geometry.width,
        characters=sum(len(row.text) for row in rows),
        capitals=sum(len(row.text) for row in rows if row.text.isupper()),
        even_chunks=_count_even([stops[start] - start for start in _chunk_starts(stops)]),
        stopped=sum(rows[index].text[-1] in ",.;:!?" for index in inside),
        commas=sum(rows[index].text[-1] == "," for index in inside),
        longest=max((len(row.text) for row in rows), default=0),
        figures=sum(row.text.rstrip(".")[-1:].isdigit() for row in rows),
        paragraphs=sum(len(row.text) > _MAX_VERSE for row in rows),
    )


def _chunk_starts(stops: Sequence[int]) -> Iterator[int]:
    """Yield the indexes of the first rows of chunks of two rows or more."""
    for index, stop in enumerate(stops):
        if (index == 0 or stops[index - 1] == index) and stop > index + 1:
            yield index


def _count_even(sizes: Sequence[int]) -> int:
    """Return how many chunks have as many rows as the first, if it is a stanza."""
    return sizes.count(sizes[0]) if sizes and sizes[0] >= _MIN_STANZA else 0


_MIN_STANZA = 3


def _is_set_in(chunk: Sequence[Row]) -> bool:
    """Whether each second row of four or more is set in, all of them as far."""
    outer, inner = ({row.indent for row in chunk[first::2]} for first in (0, 1))
    return len(chunk) >= 4 and len(outer) == len(inner) == 1 and min(outer) < min(inner)


def _inside(
    rows: Sequence[Row],
    geometry: Geometry,
    stops: Sequence[int],
    labels: Sequence[int],
    begins: Sequence[bool],
) -> Iterator[int]:
    """Yield the indexes of rows after which a paragraph or stanza goes on, if nothing is new."""
    for index in range(len(rows) - 1):
        row, following = rows[index], rows[index + 1]
        if stops[index] == index + 1 or begins[index + 1] or labels[index] == len(row.text):
            continue
        if geometry.begins_paragraph(row, following) or following.indent >= _SET_RIGHT:
            continue
        if "   " not in row.text and "   " not in following.text:
            yield index


_SET_RIGHT = 18
"""Columns from which a row is a signature or date, or the rest of another speaker's verse."""
