"""`corrections.yml`: what people decided, which wins over every rule."""

from __future__ import annotations

from generator.corrections.apply import (
    alike,
    apply_to,
    match_seeds,
    unmatched_seeds,
    without_settled,
)
from generator.corrections.parse import json_schema, parse_corrections
from generator.corrections.unmatched import closest_names, report_unmatched
from generator.corrections.values import (
    FILE,
    Corrections,
    DocumentCorrection,
    NameCorrections,
    NameEntry,
    SplitTarget,
)

__all__ = [
    "FILE",
    "Corrections",
    "DocumentCorrection",
    "NameCorrections",
    "NameEntry",
    "SplitTarget",
    "alike",
    "apply_to",
    "closest_names",
    "json_schema",
    "match_seeds",
    "parse_corrections",
    "report_unmatched",
    "unmatched_seeds",
    "without_settled",
]
