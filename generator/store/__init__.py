"""The only door to the disk: seeds come in, generated files go out, whole or not at all."""

from generator.store.docs import (
    MARKER,
    Changes,
    Lying,
    hand_written,
    owned_paths,
    remove_generated,
    write_tree,
)
from generator.store.filelist import docs_list
from generator.store.files import (
    Stretch,
    copy_tree,
    digest,
    files_below,
    read_file,
    size,
    write_file,
    write_parts,
)
from generator.store.leftout import Rule
from generator.store.project import locked, today
from generator.store.seedfolder import (
    LINK,
    Seeds,
    decides,
    left_out_by,
    lies,
    list_seeds,
    seed_paths,
    walk_seeds,
)
from generator.store.seeds import (
    ADDRESSES,
    CORRECTIONS,
    NAMES,
    read_addresses,
    read_corrections,
    read_seed,
    write_addresses,
)

__all__ = [
    "ADDRESSES",
    "CORRECTIONS",
    "LINK",
    "MARKER",
    "NAMES",
    "Changes",
    "Lying",
    "Rule",
    "Seeds",
    "Stretch",
    "copy_tree",
    "decides",
    "digest",
    "docs_list",
    "files_below",
    "hand_written",
    "left_out_by",
    "lies",
    "list_seeds",
    "locked",
    "owned_paths",
    "read_addresses",
    "read_corrections",
    "read_file",
    "read_seed",
    "remove_generated",
    "seed_paths",
    "size",
    "today",
    "walk_seeds",
    "write_addresses",
    "write_file",
    "write_parts",
    "write_tree",
]
