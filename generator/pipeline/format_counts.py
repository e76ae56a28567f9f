"""How many documents of each format there are, and what was left out of their files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generator.model import DocumentRecord, Tally

_VERSION = re.compile(r" \d")
"""The beginning of a version after the name of a reader."""


def count_formats(documents: Iterable[DocumentRecord]) -> tuple[Tally, ...]:
    """Return the documents by their format, most first; nothing if all are plain text."""
    counts = Counter(_format(document) for document in documents)
    return _tallies(counts) if counts.keys() - {"text"} else ()


def count_omissions(documents: Iterable[DocumentRecord]) -> tuple[Tally, ...]:
    """Return what was left out of all files, by kind, most first."""
    counts: Counter[str] = Counter()
    for document in documents:
        for omission in document.origin.omissions if document.origin else ():
            counts[omission.kind] += omission.count
    return _tallies(counts)


def _format(document: DocumentRecord) -> str:
    """Return the name of the reader, without its version."""
    return _VERSION.split(document.origin.reader, maxsplit=1)[0] if document.origin else "text"


def _tallies(counts: Counter[str]) -> tuple[Tally, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Tally(kind, count) for kind, count in ordered)
