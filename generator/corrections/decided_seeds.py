"""Which seeds people decided anything about: there the check lets a page differ from its seed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from generator.corrections.metadata_csv import parse_metadata_table
from generator.corrections.parse import parse_corrections
from generator.corrections.structure import structure_rules
from generator.corrections.values import StructureEntry
from generator.model import SeedPath


@dataclass(frozen=True, slots=True)
class DecidedSeeds:
    """The seeds that `corrections.yml` and `metadata.csv` have entries for."""

    paths: frozenset[str]
    """Those whose values are corrected, in Unicode's composed form (NFC)."""
    structure: tuple[StructureEntry, ...]

    def has_values(self, seed: SeedPath) -> bool:
        """Whether an entry may correct the values of a seed."""
        return unicodedata.normalize("NFC", seed) in self.paths

    def leave_out_furniture(self, seed: SeedPath) -> bool:
        """Whether an entry says that all running heads of a seed are left out."""
        rules = structure_rules(self.structure, [seed]).get(seed)
        return rules is not None and rules.furniture == "leave out"


def decided_seeds(corrections: str, metadata: str) -> DecidedSeeds:
    """Return the seeds that the texts of the two files have entries for."""
    parsed = parse_corrections(corrections).value
    rows = parse_metadata_table(metadata).value
    sources = (entry.source for entry in (*parsed.documents, *rows))
    paths = frozenset(unicodedata.normalize("NFC", source) for source in sources)
    return DecidedSeeds(paths, parsed.structure)
