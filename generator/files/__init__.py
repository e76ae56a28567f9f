"""Reading seeds and writing generated files; no other package opens files."""

from generator.files.atomic import (
    FileSlice,
    file_size,
    find_files,
    read_file,
    sha256,
    write_file,
    write_parts,
)
from generator.files.docs_folder import (
    MARKER,
    Changes,
    ExistingFiles,
    generated_paths,
    handwritten_pages,
    remove_generated,
    write_docs,
)
from generator.files.file_list import docs_list
from generator.files.ignore_rules import Rule
from generator.files.lock import build_date, project_lock
from generator.files.project_files import (
    AUTHORITY,
    CORRECTIONS,
    DOCUMENT_ADDRESSES,
    ENTITY_ADDRESSES,
    METADATA,
    read_addresses,
    read_authority,
    read_corrections,
    read_metadata,
    read_seed,
    write_addresses,
)
from generator.files.seeds_folder import (
    LINK_MESSAGE,
    Seeds,
    ignoring_rule,
    is_ignore_file,
    list_seeds,
    seed_exists,
    take_seeds_snapshot,
)

__all__ = [
    "AUTHORITY",
    "CORRECTIONS",
    "DOCUMENT_ADDRESSES",
    "ENTITY_ADDRESSES",
    "LINK_MESSAGE",
    "MARKER",
    "METADATA",
    "Changes",
    "ExistingFiles",
    "FileSlice",
    "Rule",
    "Seeds",
    "build_date",
    "docs_list",
    "file_size",
    "find_files",
    "generated_paths",
    "handwritten_pages",
    "ignoring_rule",
    "is_ignore_file",
    "list_seeds",
    "project_lock",
    "read_addresses",
    "read_authority",
    "read_corrections",
    "read_file",
    "read_metadata",
    "read_seed",
    "remove_generated",
    "seed_exists",
    "sha256",
    "take_seeds_snapshot",
    "write_addresses",
    "write_docs",
    "write_file",
    "write_parts",
]
