"""How many documents of each format there are, and what was left out of their files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from generator.model import DocumentRecord, Tally

_VERSION = re.compile(r" \d")
"""The beginning of a version after the name of a reader."""


def count_formats(documents: Collection[DocumentRecord]) -> tuple[Tally, ...]:
    """Return the documents by their format, most first; nothing if all are plain text."""
    readers = [document.origin.reader for document in documents if document.origin]
    counts = Counter(_VERSION.split(reader, maxsplit=1)[0] for reader in readers)
    if plain := len(documents) - len(readers):
        counts["text"] += plain
    return _tallies(counts) if counts.keys() - {"text"} else ()


def count_omissions(documents: Iterable[DocumentRecord]) -> tuple[Tally, ...]:
    """Return what was left out of all files, by kind, most first."""
    counts: Counter[str] = Counter()
    for origin in [document.origin for document in documents if document.origin]:
        for omission in origin.omissions:
            counts[omission.kind] += omission.count
    return _tallies(counts)


def _tallies(counts: Counter[str]) -> tuple[Tally, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(kind, count) for kind, count in ordered)
