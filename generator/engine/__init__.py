"""What earlier runs found out, how folders lay there then, and which program looked at them."""

from generator.engine.database import (
    DamagedError,
    Database,
    discard,
    open_database,
    open_readonly,
    peek,
    repaired,
)
from generator.engine.fingerprint import program_fingerprint
from generator.files.snapshot import (
    UNSEEN,
    Mark,
    Signature,
    Snapshot,
    folder_fingerprint,
    mark,
    signature,
    take_snapshot,
)

__all__ = [
    "UNSEEN",
    "DamagedError",
    "Database",
    "Mark",
    "Signature",
    "Snapshot",
    "discard",
    "folder_fingerprint",
    "mark",
    "open_database",
    "open_readonly",
    "peek",
    "program_fingerprint",
    "repaired",
    "signature",
    "take_snapshot",
]
