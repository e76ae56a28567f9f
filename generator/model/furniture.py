"""Page furniture: the running heads and page numbers that were left out of a text."""

from __future__ import annotations

from generator.model.documents import Ledger

FURNITURE = "running heads"
"""The step of the ledger in which they were left out."""


def furniture_lines(ledger: Ledger) -> tuple[str, ...]:
    """Return the lines that were left out of a text, in its order."""
    found = (
        line.strip(" \t\f")
        for step in ledger
        if step.rule == FURNITURE
        for change in step.changes
        for line in change.before.split("\n")
    )
    return tuple(line for line in found if line)
