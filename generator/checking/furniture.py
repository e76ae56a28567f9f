"""Check that nothing readable vanishes as page furniture.

Each line that was left out of a text has its evidence, and more than a few words in a hundred are
left out only where a person wants it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Ledger
from generator.model.furniture import furniture_lines
from generator.text.page_furniture import MAX_SHARE, unproven_lines


def unproven_furniture(ledger: Ledger, source: str) -> Iterator[str]:
    """Yield the lines that were left out without evidence that they belong to the page."""
    yield from unproven_lines(furniture_lines(ledger), source)


def is_too_much(ledger: Ledger, source: str) -> bool:
    """Whether more of a text was left out as page furniture than rules may decide alone."""
    words = sum(len(line.split()) for line in furniture_lines(ledger))
    return words > 0 and words > MAX_SHARE * len(source.split())
