"""Reading and writing single files; a write replaces the whole file or nothing."""

from __future__ import annotations

import errno
import filecmp
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

import msgspec

from generator.model import SeedbedError

_BLOCK_SIZE = 1_000_000
"""Bytes that are copied at a time."""

_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
"""Windows, where only administrators make links, has no such flag."""

_READ_BLOCK = 128_000
"""Bytes that are read at a time: memory for more is got from the system each time."""


def write_file(target: Path | str, data: bytes) -> bool:
    """Write a file and return whether it changed; readers see the old or the new bytes, no mix."""
    # A file can be replaced without permission to read it.
    with suppress(FileNotFoundError, PermissionError):
        if read_file(target) == data:
            return False
    folder, name = os.path.split(target)
    part = os.path.join(folder, _part_name(name))  # noqa: PTH118  (half the time of a `Path`)
    try:
        _write(part, data)
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        _write(part, data)
    os.replace(part, target)  # noqa: PTH105
    return True


def part_of(target: Path) -> Path:
    """Return the file into which a file is written first; a run that was killed may leave it."""
    return target.with_name(_part_name(target.name))


def _part_name(name: str) -> str:
    return f".{name}.part"


def _write(path: str, data: bytes) -> None:
    rest = memoryview(data)
    with open(path, "wb", buffering=0, opener=open_no_link) as file:  # three system calls fewer
        while rest:
            rest = rest[file.write(rest) :]


def open_no_link(path: str, flags: int) -> int:
    """Open a file as `open` does; raise OSError for a link, which may lead to a file of others."""
    return os.open(path, flags | _NO_LINK, 0o666)


class FileSlice(msgspec.Struct, frozen=True):
    """A part of an existing file, to be copied into a new one in the same folder."""

    name: str
    """Of the existing file."""
    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


def write_parts(target: Path, parts: Iterable[bytes | FileSlice]) -> bool:
    """Write a file from parts and return whether it changed; one part at a time is in memory.

    Raises OSError when an existing file ends before a slice that is to be copied.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = part_of(target)
    write_blocks(part, parts)
    return replace_if_changed(part, target)


def write_blocks(path: Path, parts: Iterable[bytes | FileSlice]) -> None:
    """Write parts into a new file, a block at a time; raises the same error as `write_parts`."""
    with open(path, "wb", opener=open_no_link) as file:
        for data in parts:
            if isinstance(data, FileSlice):
                file.writelines(_blocks(path.with_name(data.name), data))
            else:
                file.write(data)


def replace_if_changed(new: Path, target: Path) -> bool:
    """Let a new file take the place of the target; return whether its bytes changed."""
    if os.access(target, os.R_OK) and filecmp.cmp(new, target, shallow=False):
        new.unlink()
        return False
    new.replace(target)
    return True


def read_slice(folder: Path, part: FileSlice) -> bytes:
    """Return a slice of a file in a folder; raises OSError when the file ends before it."""
    return b"".join(_blocks(folder / part.name, part))


def _blocks(path: Path, part: FileSlice) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(part.start)
        for remaining in range(len(part), 0, -_BLOCK_SIZE):
            block = file.read(min(remaining, _BLOCK_SIZE))
            if len(block) < min(remaining, _BLOCK_SIZE):
                raise OSError(errno.EIO, "the file was cut off while it was read", str(path))
            yield block


def read_file(path: Path | str) -> bytes:
    """Return the bytes of a file.

    Raises SeedbedError for a pipe or a device, because reading it might never end, and OSError if
    there is no such file or it cannot be read.
    """
    _require_regular(path)
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (four fifths of the time)
        return file.readall()


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; a block at a time is in memory.

    Raises the same errors as `read_file`.
    """
    _require_regular(path)
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  (half the time of `file_digest`)
        while block := file.read(_READ_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _require_regular(path: Path | str) -> None:
    mode = os.stat(path).st_mode  # noqa: PTH116
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise SeedbedError(f"{path} is not a regular file", "Replace it with a file, or remove it")


def open_table(path: Path) -> TextIO:
    """Open a CSV file to be read; a byte order mark at its beginning is skipped."""
    return path.open(encoding="utf-8-sig", newline="")


def iterate_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text in UTF-8, each with its line feed; no other character ends one."""
    with path.open(encoding="utf-8", newline="\n") as file:
        yield from file


def iterate_parts(path: Path, end: bytes, block_size: int = _READ_BLOCK) -> Iterator[bytes]:
    """Yield the parts of a file, each with the bytes that end it, and what follows the last one.

    Memory holds one part and a block.
    """
    rest = b""
    with path.open("rb") as file:
        while block := file.read(block_size):
            *parts, last = (rest + block).split(end)
            yield from (part + end for part in parts)
            rest = last
    if rest:
        yield rest


def file_size(path: Path) -> int:
    """Return the size of a file, in bytes."""
    return path.stat().st_size


def find_files(folder: Path, name: str) -> Iterator[Path]:
    """Yield the files below a folder whose name matches a pattern, in a stable order."""
    yield from sorted(path for path in folder.rglob(name) if path.is_file())
