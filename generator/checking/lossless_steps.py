"""Check that no word vanishes in a step that changes only lines, spaces and punctuation."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from generator.model import Ledger

_KEEP_LETTERS = frozenset(
    {
        "line ends",
        "ligatures",
        "soft hyphens",
        "spaces",
        "page breaks",
        "empty lines",
        "block limits",
        "hard wraps",
        "cut paragraphs",
        "emphasis marks",
    }
)
"""Steps that keep all letters and digits in their order."""

_MOVE_LETTERS = "notes at the foot"
"""The step that takes notes out of a sentence and puts them after it."""


def vanished_words(ledger: Ledger) -> Iterator[str]:
    """Yield the words that such a step has removed or changed."""
    for step in ledger:
        if step.rule in _KEEP_LETTERS:
            for change in step.changes:
                if _letters(change.before) != _letters(change.after):
                    yield " ".join(change.before.split())
        elif step.rule == _MOVE_LETTERS:
            before = _counts(change.before for change in step.changes)
            after = _counts(change.after for change in step.changes)
            if before != after:
                yield " ".join(sorted(set(before - after)))


def _letters(words: str) -> str:
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", words)))


def _counts(texts: Iterable[str]) -> Counter[str]:
    return Counter(letter for text in texts for letter in _letters(text))
