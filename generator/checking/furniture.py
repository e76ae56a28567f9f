"""Check that nothing readable vanishes as page furniture.

Each line that was left out of a text has its evidence, and more than a few words in a hundred are
left out only where a person wants it.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Ledger
from generator.text.page_furniture import MAX_SHARE, unproven_lines

_STEP = "running heads"


def furniture_lines(ledger: Ledger) -> tuple[str, ...]:
    """Return the lines that were left out of a text as page furniture."""
    found = (
        line.strip(" \t\f")
        for step in ledger
        if step.rule == _STEP
        for change in step.changes
        for line in change.before.split("\n")
    )
    return tuple(line for line in found if line)


def unproven_furniture(ledger: Ledger) -> Iterator[str]:
    """Yield the lines that were left out without evidence that they belong to the page."""
    yield from unproven_lines(furniture_lines(ledger))


def is_too_much(ledger: Ledger, source: str) -> bool:
    """Whether more of a text was left out as page furniture than rules may decide alone."""
    words = sum(len(line.split()) for line in furniture_lines(ledger))
    return words > 0 and words > MAX_SHARE * len(source.split())
