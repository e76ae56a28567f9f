"""Single files and folders, written whole or not at all."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

_PIECE = 1_000_000
"""Bytes that are copied at a time."""


def write_file(target: Path, data: bytes) -> bool:
    """Write a file so that it is the old one or the new one at every moment; tell if it changed."""
    try:
        if target.read_bytes() == data:
            return False
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    except PermissionError:  # whoever may write in the folder may put another file there
        pass
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(data)
    part.replace(target)
    return True


@dataclass(frozen=True, slots=True)
class FileSlice:
    """A part of the file that lies there, to be copied."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def write_parts(target: Path, parts: Iterable[bytes | FileSlice]) -> bool:
    """Write a file of its parts in the same way, with one of them in memory at a time.

    Raises OSError when the file that lies there ends before a part that is to be copied.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with part.open("wb") as file:
        for one in parts:
            file.writelines(_pieces(target, one) if isinstance(one, FileSlice) else [one])
    if os.access(target, os.R_OK) and filecmp.cmp(part, target, shallow=False):
        part.unlink()
        return False
    part.replace(target)
    return True


def _pieces(path: Path, stretch: FileSlice) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(stretch.start)
        for left in range(len(stretch), 0, -_PIECE):
            piece = file.read(min(left, _PIECE))
            if len(piece) < min(left, _PIECE):
                raise OSError(errno.EIO, "this was cut off while it was read", str(path))
            yield piece


def read_file(path: Path) -> bytes:
    """Read a whole file."""
    return path.read_bytes()


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def file_size(path: Path) -> int:
    """Give the size of a file, in bytes."""
    return path.stat().st_size


def find_files(folder: Path, name: str) -> Iterator[Path]:
    """Find the files of a name (or pattern) below a folder, in a stable order."""
    yield from sorted(path for path in folder.rglob(name) if path.is_file())


def copy_tree(source: Traversable, target: Path) -> None:
    """Copy a folder that came with the program; files that are there already stay."""
    for entry in source.iterdir():
        if entry.is_dir():
            copy_tree(entry, target / entry.name)
        elif not (target / entry.name).exists() and entry.name != "__init__.py":
            write_file(target / entry.name, entry.read_bytes())
