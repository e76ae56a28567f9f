"""What the rules of segmentation look at: the rows, the geometry, and how rows hang together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
from msgspec.structs import replace

from generator.reading.structure.geometry import (
    MAX_PARAGRAPH_INDENT,
    Geometry,
    divides_small,
    ends_sentence,
)
from generator.reading.structure.open_end_words import CONNECTORS
from generator.reading.structure.rows import Row
from generator.reading.structure.runs import Runs

Style = Literal["filled", "broken", "unknown"]
"""Whether the breaks between the rows of a run are wraps, or are the author's."""


Genre = Literal["play", "letter", "poem"]


class Profile(msgspec.Struct, frozen=True):
    """What a text as a whole looks like."""

    is_verse: bool = False
    """Whether most of its line breaks are the author's."""
    is_letter: bool = False
    genre: Genre | None = None
    in_capitals: bool = False
    """Whether most of the text is in capitals, as telegrams and inscriptions are."""


class Context(msgspec.Struct, frozen=True):
    """A text that is being segmented."""

    text: str
    rows: Sequence[Row]
    geometry: Geometry
    styles: Sequence[Style]
    widths: Sequence[int | None]
    """For each row the width of the run to which it belongs, if it is not that of the text."""
    stops: Sequence[int]
    """For each row the index after the last row of its chunk, which has no empty line in it."""
    labels: Sequence[int]
    """For each row the length of the speaker's label that it begins with; 0 for none."""
    entries: Sequence[bool]
    """For each row whether it begins an entry of a chronicle, a log or numbered verses."""
    profile: Profile
    repeated: frozenset[str] = frozenset()
    """The texts of short rows that stand alone several times, as names of speakers do."""
    parts: frozenset[int] = frozenset()
    """Rows that begin a part of the head, such as a byline, or of a letter."""
    listed: frozenset[int] = frozenset()
    """Rows that are names, in a list of four or more."""
    divisions: frozenset[int] = frozenset()
    """Rows that are numbered heads of the parts of a sermon or an essay."""
    items: Sequence[bool] = ()
    """For each row whether it begins with the marker of a list."""
    capitals: Sequence[bool] = ()
    """For each row whether its letters are capitals."""
    headings: Sequence[bool] = ()
    """For each row whether it is a numbered heading or stands alone in capitals."""
    wrapped: Sequence[bool] = ()
    """For each row whether the break after it wraps; of `with_wraps`."""
    runs: Runs = msgspec.field(default_factory=Runs)

    def is_last(self, index: int) -> bool:
        """Whether a row ends its chunk."""
        return self.stops[index] == index + 1

    def starts_chunk(self, index: int) -> bool:
        """Whether a row is the first after an empty line."""
        return index == 0 or self.stops[index - 1] == index

    def wraps(self, index: int) -> bool:
        """Whether the break after a row is there only because the line was full."""
        return self.wrapped[index]

    def with_wraps(self) -> Context:
        """Return the context with what `wraps` says of each row, which many rules ask."""
        return replace(self, wrapped=[self._wraps(index) for index in range(len(self.rows))])

    def _wraps(self, index: int) -> bool:
        if self.is_last(index) or self.entries[index + 1]:
            return False
        row, following = self.rows[index], self.rows[index + 1]
        if divides_small(row.text, following.text):
            return True
        if index + 1 in self.parts or index + 1 in self.listed:
            return False
        if self.geometry.width is None:
            return self._seems_to_wrap(row, following)
        return self._can_wrap(index) and self.geometry.runs_on(row, following, self.widths[index])

    def _can_wrap(self, index: int) -> bool:
        """Whether neither verse nor indentation says that something new follows a row."""
        row, following = self.rows[index], self.rows[index + 1]
        style = self.styles[index + 1]
        if style == "broken" or (style == "unknown" and self.profile.is_verse):
            return False
        most = max(MAX_PARAGRAPH_INDENT, self.geometry.paragraph_indent or 0)
        is_dedent = row.indent - following.indent > most
        return not (is_dedent or self.geometry.begins_paragraph(row, following))

    def _seems_to_wrap(self, row: Row, following: Row) -> bool:
        """Whether a sentence goes on after a row, where too few rows show the width."""
        least = _MIN_ROW_OF_LETTER if self.profile.is_letter else _MIN_ROW
        if self.profile.is_verse or not least <= len(row.text) <= _MAX_ROW:
            return False
        is_level = 0 <= row.indent - following.indent <= MAX_PARAGRAPH_INDENT
        goes_on = following.text[0].islower() or row.line.words[-1].lower() in CONNECTORS
        return is_level and goes_on and not ends_sentence(row.text)


_MIN_ROW, _MAX_ROW = 45, 140
"""Characters of a row that can be one of running text, where nothing shows the width."""

_MIN_ROW_OF_LETTER = 20
"""The same for letters, which were often typed as they were written, on small sheets."""
