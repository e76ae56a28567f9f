"""Runs of rows, found once for a whole text, so that no rule reads the same rows again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate

import msgspec

from generator.reading.structure.rows import Row

SIGNS = ",;.!?:—"
"""Punctuation at the ends of lines of verse."""


def run_stops(goes_on: Sequence[bool]) -> list[int]:
    """Return for each row the index after the last one of its run, in linear time.

    `goes_on` says of each row whether the run of the row before it goes on there.
    """
    stops = [len(goes_on)] * len(goes_on)
    for index in range(len(goes_on) - 2, -1, -1):
        stops[index] = stops[index + 1] if goes_on[index + 1] else index + 1
    return stops


def counts_before(values: Iterable[bool]) -> list[int]:
    """Return for each row, and for the end, how many values before it are true."""
    return [*accumulate(values, initial=0)]


class Runs(msgspec.Struct, frozen=True, dict=True):
    """For each row where runs of several kinds that begin at it end, and counts of rows before it.

    The counts are made only where a rule asks for them, which most texts never need.
    """

    rows: Sequence[Row] = ()
    margin: int = 0
    """The largest indentation of running text."""
    verse: Sequence[int] = ()
    """The index after the last row that can be in a stanza with it, before a row that is none."""
    lines: Sequence[int] = ()
    """The index after the last short row of the same indentation in its chunk."""

    @cached_property
    def outer(self) -> Sequence[int]:
        """How many rows before it are not indented more than running text."""
        return counts_before(row.indent <= self.margin for row in self.rows)

    @cached_property
    def level(self) -> Sequence[int]:
        """How many rows before it are indented as much as the first ones of paragraphs."""
        return counts_before(row.indent == self.margin for row in self.rows)

    @cached_property
    def signs(self) -> Sequence[int]:
        """How many rows before it end with punctuation."""
        return counts_before(row.text[-1] in SIGNS for row in self.rows)

    @cached_property
    def sentences(self) -> Sequence[int]:
        """How many rows before it end a sentence."""
        return counts_before(row.text[-1] in ".!?" for row in self.rows)

    @cached_property
    def small(self) -> Sequence[int]:
        """How many rows before it begin with a small letter."""
        return counts_before(row.text[0].islower() for row in self.rows)
