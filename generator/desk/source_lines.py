"""The lines of a source that have the words of a paragraph, for decisions about structure."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from pathlib import Path

from generator.desk.missing_values import source_text


def find_lines(docs: Path, seed: str, words: str) -> str | None:
    """Return the lines that have the words, such as `12-40`; None if they are not in one place.

    Only letters and digits are compared, because spaces and punctuation may have been repaired.
    """
    lines = (source_text(docs, seed) or "").splitlines()
    letters = [_letters(line) for line in lines]
    text, wanted = "".join(letters), _letters(words)
    if not wanted or text.count(wanted) != 1:
        return None
    start = text.index(wanted)
    ends = list(accumulate(map(len, letters)))
    first, last = bisect_right(ends, start), bisect_right(ends, start + len(wanted) - 1)
    return f"{first + 1}-{last + 1}" if last > first else str(first + 1)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))
