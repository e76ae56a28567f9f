"""What is saved of each folder of a snapshot; it is valid while no file of the folder changes."""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.engine.database import Database
from generator.engine.encoding import decoder, encode
from generator.files.names import decode_path, encode_path

_GROUPS = 256
"""Values of a table. Only the groups that have a changed folder are written again."""


class SavedFolder(NamedTuple):
    """A folder when it was saved."""

    listing: bytes
    """Its files, as `files.snapshot.Snapshot` lists them."""
    value: bytes = b""
    """What was found in the files."""


def load_folders(database: Database, table: str) -> dict[str, SavedFolder]:
    """Return the folders of a table by path."""
    decode = decoder(dict[bytes, SavedFolder]).decode
    return {
        decode_path(folder): saved
        for _, data in database.items(table)
        for folder, saved in decode(data).items()
    }


def update_folders(
    database: Database, table: str, changed: Mapping[str, SavedFolder], removed: Iterable[str] = ()
) -> None:
    """Save some folders in a table that may have others, and delete some."""
    groups = defaultdict[str, dict[bytes, SavedFolder | None]](dict)
    for folder, saved in (*dict.fromkeys(removed).items(), *changed.items()):
        groups[_group(folder)][encode_path(folder)] = saved
    decode = decoder(dict[bytes, SavedFolder]).decode
    for group, updates in groups.items():
        before = database.get(table, group)
        folders = {**(decode(before) if before else {}), **updates}
        now = {folder: saved for folder, saved in folders.items() if saved}
        if now:
            database.put(table, [(group, encode(now))])
        else:
            database.drop(table, [group])


def _group(folder: str) -> str:
    return str(zlib.crc32(encode_path(folder)) % _GROUPS)
