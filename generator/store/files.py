"""Single files and folders, written whole or not at all."""

from __future__ import annotations

import filecmp
import hashlib
from collections.abc import Iterable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path


def write_file(target: Path, data: bytes) -> bool:
    """Write a file so that it is the old one or the new one at every moment; tell if it changed."""
    try:
        if target.read_bytes() == data:
            return False
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(data)
    part.replace(target)
    return True


def write_parts(target: Path, parts: Iterable[bytes]) -> bool:
    """Write a file of its parts in the same way, with one of them in memory at a time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    with part.open("wb") as file:
        file.writelines(parts)
    if target.exists() and filecmp.cmp(part, target, shallow=False):
        part.unlink()
        return False
    part.replace(target)
    return True


def read_file(path: Path) -> bytes:
    """Read a whole file."""
    return path.read_bytes()


def digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def size(path: Path) -> int:
    """Give the size of a file, in bytes."""
    return path.stat().st_size


def files_below(folder: Path, name: str) -> Iterator[Path]:
    """Find the files of a name (or pattern) below a folder, in a stable order."""
    yield from sorted(path for path in folder.rglob(name) if path.is_file())


def copy_tree(source: Traversable, target: Path) -> None:
    """Copy a folder that came with the program; files that are there already stay."""
    for entry in source.iterdir():
        if entry.is_dir():
            copy_tree(entry, target / entry.name)
        elif not (target / entry.name).exists() and entry.name != "__init__.py":
            write_file(target / entry.name, entry.read_bytes())
