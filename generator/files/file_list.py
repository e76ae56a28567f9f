"""The list of the files that we wrote into a folder, kept apart from it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.files.atomic import write_file

_HEAD = b"Seedbed's files 1"


@dataclass(frozen=True, slots=True)
class FileList:
    """The files of a folder that are ours."""

    folder: int
    """The number by which the system knows the folder; 0 where it was not there."""
    files: frozenset[str]
    """Their paths below the folder."""


def list_path(state: Path, root: Path, folder: Path) -> Path:
    """Return where the list of a folder is kept; a project that is moved keeps its lists."""
    path, home = folder.resolve(), root.resolve()
    known = path.relative_to(home) if path.is_relative_to(home) else path
    return state / "lists" / hashlib.sha256(os.fsencode(known)).hexdigest()[:16]


def docs_list(root: Path, docs: Path) -> Path:
    """Return where the list of a project's docs folder is kept."""
    return list_path(root / ".seedbed", root, docs)


def folder_number(folder: Path) -> int:
    """Return the number by which the system knows a folder; 0 where there is none."""
    try:
        return folder.stat().st_ino
    except FileNotFoundError:
        return 0


def write_list(path: Path, folder: Path, files: Iterable[str]) -> None:
    """Write the list of a folder's files."""
    body = b"\0".join([b"%d" % folder_number(folder), *map(os.fsencode, sorted(files))])
    digest = hashlib.sha256(body).hexdigest().encode()
    write_file(path, b"\0".join([_HEAD, digest, body]))


def read_list(path: Path) -> FileList | None:
    """Return the list of a folder's files; None where there is none, or it is damaged."""
    try:
        head, digest, body = path.read_bytes().split(b"\0", 2)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    if head != _HEAD or digest != hashlib.sha256(body).hexdigest().encode():
        return None
    number, *files = body.split(b"\0")
    return FileList(int(number), frozenset(map(os.fsdecode, files)))
