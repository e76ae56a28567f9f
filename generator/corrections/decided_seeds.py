"""Seeds that people decided something about; the check lets their pages differ from them."""

from __future__ import annotations

import msgspec

from generator.corrections.metadata_csv import parse_metadata_table
from generator.corrections.parse import parse_corrections
from generator.corrections.structure import structure_rules
from generator.corrections.values import StructureEntry
from generator.model import SeedPath, composed


class DecidedSeeds(msgspec.Struct, frozen=True):
    """The seeds that `corrections.yml` and `metadata.csv` have entries for."""

    corrected: frozenset[str]
    """Those whose values `corrections.yml` corrects, in Unicode's composed form (NFC)."""
    listed: frozenset[str]
    """Those that have a row in `metadata.csv`, in the same form."""
    structure: tuple[StructureEntry, ...]

    def has_values(self, seed: SeedPath) -> bool:
        """Whether an entry may correct the values of a seed."""
        path = composed(seed)
        return path in self.corrected or path in self.listed

    def files_about(self, seed: SeedPath) -> frozenset[str]:
        """Return the names of the files that have an entry for a seed."""
        path = composed(seed)
        is_corrected = path in self.corrected or (
            bool(self.structure) and bool(structure_rules(self.structure, [seed]))
        )
        if not is_corrected and path not in self.listed:  # as nearly all
            return frozenset()
        is_about = {"corrections.yml": is_corrected, "metadata.csv": path in self.listed}
        return frozenset(name for name, has_entry in is_about.items() if has_entry)

    def leave_out_furniture(self, seed: SeedPath) -> bool:
        """Whether an entry says that all running heads of a seed are left out."""
        rules = structure_rules(self.structure, [seed]).get(seed)
        return rules is not None and rules.furniture == "leave out"


def decided_seeds(corrections: str, metadata: str) -> DecidedSeeds:
    """Return the seeds that the texts of the two files have entries for."""
    parsed = parse_corrections(corrections).value
    rows = parse_metadata_table(metadata).value
    corrected = frozenset(composed(entry.source) for entry in parsed.documents)
    listed = frozenset(composed(row.source) for row in rows)
    return DecidedSeeds(corrected, listed, parsed.structure)
