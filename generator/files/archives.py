"""ZIP archives with the same bytes for the same files on every machine with the same zlib."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import msgspec

from generator.files.atomic import open_no_link, read_file, write_file

_DATE = 1980, 1, 1, 0, 0, 0
"""The earliest time that a ZIP file can hold; the real one would change the bytes."""

_MODE = 0o100644
"""A regular file that its owner may write and everybody may read."""

_UNIX = 3
"""The system that a ZIP file names as its maker; without it, the mode is ignored."""


class ArchiveEntry(msgspec.Struct, frozen=True):
    """A file of an archive."""

    path: str
    """Its path in the archive, with `/` between folders."""
    content: bytes | Path
    """Its bytes, or the file that has them."""
    is_compressed: bool = True


def write_zip(target: Path, entries: Iterable[ArchiveEntry]) -> None:
    """Write an archive of these files in this order; one file at a time is in memory.

    An existing target is replaced when the new archive is complete.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        with (
            open(part, "wb", opener=open_no_link) as file,
            ZipFile(file, "w") as archive,
        ):
            for entry in entries:
                _add(archive, entry)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _add(archive: ZipFile, entry: ArchiveEntry) -> None:
    info = ZipInfo(entry.path, _DATE)
    info.create_system = _UNIX
    info.external_attr = _MODE << 16
    info.compress_type = ZIP_DEFLATED if entry.is_compressed else ZIP_STORED
    if isinstance(entry.content, bytes):
        archive.writestr(info, entry.content)
        return
    info.file_size = entry.content.stat().st_size
    with entry.content.open("rb") as source, archive.open(info, "w") as file:
        shutil.copyfileobj(source, file)


def write_folder(folder: Path, entries: Iterable[ArchiveEntry]) -> None:
    """Write these files below a folder."""
    for entry in entries:
        data = entry.content if isinstance(entry.content, bytes) else read_file(entry.content)
        write_file(folder / entry.path, data)
