"""`corrections.yml`: what people decided, which wins over every rule."""

from __future__ import annotations

from generator.linking.corrections.apply import alike, by_seed, corrected, stale, still_open
from generator.linking.corrections.parse import read_corrections, schema
from generator.linking.corrections.stale import nearest, unmatched
from generator.linking.corrections.values import (
    FILE,
    Corrections,
    DocumentCorrection,
    Entry,
    NameCorrections,
    Part,
)

__all__ = [
    "FILE",
    "Corrections",
    "DocumentCorrection",
    "Entry",
    "NameCorrections",
    "Part",
    "alike",
    "by_seed",
    "corrected",
    "nearest",
    "read_corrections",
    "schema",
    "stale",
    "still_open",
    "unmatched",
]
