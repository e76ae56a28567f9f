"""The list of files that Seedbed wrote into a folder, saved outside of it."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.files.atomic import read_file, write_file

_HEADER = b"Seedbed's files 1"

_LEAVING = re.compile(rb"\0/|(?<![^\0/])\.\.(?![^\0/])")
"""In a list, a path that is none below a folder: it begins with a slash, or has `..` in it."""


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a folder that Seedbed wrote."""

    folder: int
    """The inode of the folder; 0 if it did not exist."""
    files: frozenset[str]
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


def write_list(path: Path, folder: Path, files: Iterable[str]) -> None:
    """Write the list of a folder's files, in any order."""
    body = os.fsencode("\0".join((str(folder_number(folder)), *files)))
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
    if head != _HEADER or digest != hashlib.sha256(body).hexdigest().encode():
        return None
    number, *files = os.fsdecode(body).split("\0")
    if not (number.isascii() and number.isdigit()) or _leaves_folder(body):
        return None
    return FileList(int(number), frozenset(files))


def _leaves_folder(body: bytes) -> bool:
    """Whether a path of a list is none below a folder.

    Hardly any has the bytes that such a path must have, and to look for these takes no time.
    """
    return (b"\0/" in body or b".." in body) and _LEAVING.search(body) is not None
