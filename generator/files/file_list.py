"""The list of files that Seedbed wrote into a folder, saved outside of it."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

import msgspec

from generator.files.atomic import read_file, write_file
from generator.files.names_by_folder import (
    NamesByFolder,
    decode_names,
    decode_path,
    encode_names,
    names_of,
)

_HEADER = b"Seedbed's files 2"

_OLD_HEADER = b"Seedbed's files 1"
"""Of a list in which each file has its whole path."""

_LEAVING = re.compile(rb"(?<![^\0/])\.\.(?![^\0/])")
"""In a list, the part of a path that leads out of a folder."""


class FileList(msgspec.Struct, frozen=True):
    """The files of a folder that Seedbed wrote."""

    folder: int
    """The inode of the folder; 0 if it did not exist."""
    names: NamesByFolder
    """Their paths below the folder."""


def list_path(state: Path, root: Path, folder: Path) -> Path:
    """Return the path of the list of a folder; it stays the same when the project is moved."""
    path, root = folder.resolve(), root.resolve()
    key = path.relative_to(root) if path.is_relative_to(root) else path
    return state / "lists" / hashlib.sha256(os.fsencode(key)).hexdigest()[:16]


def docs_list(root: Path, docs: Path) -> Path:
    """Return the path of the list of a project's docs folder."""
    return list_path(root / ".seedbed", root, docs)


def folder_number(folder: Path) -> int:
    """Return the inode of a folder; 0 if it does not exist."""
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return 0


def write_list(path: Path, folder: Path, names: NamesByFolder) -> None:
    """Write the list of a folder's files."""
    body = b"%d\0" % folder_number(folder) + encode_names(names)
    digest = hashlib.sha256(body).hexdigest().encode()
    write_file(path, b"\0".join([_HEADER, digest, body]))


def read_list(path: Path) -> FileList | None:
    """Return a list that `write_list` wrote; None if it is missing or damaged.

    A list that names a file outside of the folder counts as damaged, because all files that it
    names may be deleted.
    """
    try:
        head, digest, body = read_file(path).split(b"\0", 2)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    number, _, files = body.partition(b"\0")
    is_whole = digest == hashlib.sha256(body).hexdigest().encode() and number.isdigit()
    if not is_whole or head not in {_HEADER, _OLD_HEADER}:
        return None
    try:
        names = _names(files) if head == _HEADER else names_of(os.fsdecode(files).split("\0"))
    except UnicodeDecodeError:
        return None
    return None if _leaves_folder(files, names) else FileList(int(number), names)


def _names(body: bytes) -> NamesByFolder:
    decode_path(body)  # raises an error if any name cannot be decoded later
    return decode_names(body)


def _leaves_folder(body: bytes, names: NamesByFolder) -> bool:
    """Whether a path of a list is none below a folder.

    Hardly any has the bytes that such a path must have, and to look for these takes no time.
    """
    has_root = b"\0/" in body or "/" in {folder[:1] for folder in names}
    return has_root or (b".." in body and _LEAVING.search(body) is not None)
