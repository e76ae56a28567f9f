"""Decisions about the structure of documents, from corrections.yml on disk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator import corrections
from generator.corrections.structure import structure_rules, unmatched_entries
from generator.corrections.unmatched import report_unmatched
from generator.files import read_corrections
from generator.model import Problem, SeedPath
from generator.model.structure_rules import StructureRules
from generator.settings import Settings


def load_structure_rules(
    settings: Settings, paths: Iterable[SeedPath]
) -> Mapping[SeedPath, StructureRules]:
    """Return the decisions about each seed that has any; what is wrong is reported elsewhere."""
    parsed = corrections.parse_corrections(read_corrections(settings.seeds)).value
    return structure_rules(parsed.structure, paths)


def unmatched_structure(settings: Settings, paths: Sequence[SeedPath]) -> tuple[Problem, ...]:
    """Return a problem for each decision about a document or folder that does not exist."""
    parsed = corrections.parse_corrections(read_corrections(settings.seeds)).value
    unmatched = unmatched_entries(parsed.structure, paths)
    entries = ((entry.path, entry.line) for entry in unmatched)
    return tuple(report_unmatched("seed or folder", entries, paths))
