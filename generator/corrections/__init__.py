"""`corrections.yml`: what people decided. It wins over every rule."""

from __future__ import annotations

from generator.corrections.apply import (
    apply_to,
    match_seeds,
    report_lookalikes,
    unmatched_seeds,
    without_settled,
)
from generator.corrections.editor_notes import parse_editor_note
from generator.corrections.metadata_csv import (
    parse_metadata_table,
    unmatched_rows,
    with_metadata_table,
)
from generator.corrections.names_csv import (
    COLUMNS,
    make_names_problem,
    parse_authority,
)
from generator.corrections.names_csv_cells import without_qualifier
from generator.corrections.parse import json_schema, parse_corrections
from generator.corrections.table_rows import column_of
from generator.corrections.unmatched import closest_names, report_unmatched
from generator.corrections.values import (
    FILE,
    METADATA_FILE,
    NAMES_FILE,
    NO_CORRECTIONS,
    AuthorityRecord,
    Corrections,
    DocumentCorrection,
    MentionCorrection,
    NameCorrections,
    NameEntry,
    SplitTarget,
)
from generator.corrections.yaml_tree import yaml_quoted

__all__ = [
    "COLUMNS",
    "FILE",
    "METADATA_FILE",
    "NAMES_FILE",
    "NO_CORRECTIONS",
    "AuthorityRecord",
    "Corrections",
    "DocumentCorrection",
    "MentionCorrection",
    "NameCorrections",
    "NameEntry",
    "SplitTarget",
    "apply_to",
    "closest_names",
    "column_of",
    "json_schema",
    "make_names_problem",
    "match_seeds",
    "parse_authority",
    "parse_corrections",
    "parse_editor_note",
    "parse_metadata_table",
    "report_lookalikes",
    "report_unmatched",
    "unmatched_rows",
    "unmatched_seeds",
    "with_metadata_table",
    "without_qualifier",
    "without_settled",
    "yaml_quoted",
]
