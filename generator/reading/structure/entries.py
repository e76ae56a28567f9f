"""Entries on rows of their own: chronicles, logs, numbered verses, fields of a mail or memo."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.reading.structure.rows import Row

_MIN_ENTRIES = 3
"""Rows with the same kind of beginning that make each of them an entry."""

_BEGINNINGS = (
    ("year", re.compile(r"1[0-9]\d\d(?:[-–/]\d{2,4})?[.:]?\s")),
    ("verse", re.compile(r"\d{1,3}(?::\d{1,3}|,\d{1,2})[.:]?\s")),
    (
        "time",
        re.compile(r"\d{1,2}(?:[:.]\d\d)?\s*(?:a\.?\s?m\.?|p\.?\s?m\.?|h\.?|uhr)\s", re.IGNORECASE),
    ),
    ("clock", re.compile(r"[\[(]?\d{1,2}:\d\d(?::\d\d)?[\])]?\s")),
    (
        "field",
        re.compile(
            r"(?:from|to|cc|bcc|date|sent|subject|re|reply-to|von|an|betreff|datum|de|à|objet|para"
            r"|asunto|fecha|assunto|data)\s?:\s",
            re.IGNORECASE,
        ),
    ),
)
"""The beginnings of entries, each with its name."""


def is_field(text: str) -> bool:
    """Whether a line is a field of a mail's header."""
    return _kind(text) == "field"


def find_entries(rows: Sequence[Row], stops: Sequence[int]) -> list[bool]:
    """Return for each row whether it begins an entry, as several rows of its chunk do."""
    entries = [False] * len(rows)
    start = 0
    while start < len(rows):
        stop = stops[start]
        kinds = [_kind(row.text) for row in rows[start:stop]]
        for name, _ in _BEGINNINGS:
            if kinds.count(name) >= _MIN_ENTRIES:
                for index, kind in enumerate(kinds, start):
                    entries[index] = entries[index] or kind == name
        start = stop
    return entries


def _kind(text: str) -> str | None:
    if not (text[0].isdigit() or text[0] in "[(" or ":" in text[:12]):
        return None
    return next((name for name, pattern in _BEGINNINGS if pattern.match(text)), None)
