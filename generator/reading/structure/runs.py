"""Runs of rows, found once for a whole text, so that no rule reads the same rows again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate


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


@dataclass(frozen=True, slots=True)
class Runs:
    """For each row where runs of several kinds that begin at it end."""

    verse: Sequence[int] = ()
    """The index after the last row that can be in a stanza with it, before a row that is none."""
    lines: Sequence[int] = ()
    """The index after the last short row of the same indentation in its chunk."""
    outer: Sequence[int] = ()
    """How many rows before it are not indented more than running text."""
    level: Sequence[int] = ()
    """How many rows before it are indented as much as the first ones of paragraphs."""
    signs: Sequence[int] = ()
    """How many rows before it end with punctuation."""
    sentences: Sequence[int] = ()
    """How many rows before it end a sentence."""
    small: Sequence[int] = ()
    """How many rows before it begin with a small letter."""
