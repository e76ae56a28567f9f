"""The editor's own files in the seeds folder: notes in Markdown, which are not seeds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.model import Problem

ABOUT = "_about.md"
"""The name of the file about the folder in which it is."""

NOTES = "_notes/"
"""The folder with notes about single documents and entities."""

_MAX_SIZE = 1_000_000
"""Bytes of a note."""


def is_editor_file(path: str) -> bool:
    """Whether a path below the seeds folder is that of a note, or of a file beside notes."""
    return path.startswith(NOTES) or path.rpartition("/")[2] == ABOUT


def read_editor_files(folder: Path, paths: Iterable[str]) -> Iterator[tuple[str, str | Problem]]:
    """Yield the notes among the files of the seeds folder, each with its text or its problem."""
    for path in sorted(filter(is_editor_file, paths)):
        if path.endswith(".md"):
            yield path, _read(folder, path)


def _read(folder: Path, path: str) -> str | Problem:
    file = folder / path
    try:
        if not file.is_file() or file.is_symlink() or file.stat().st_size > _MAX_SIZE:
            message = "this note is no regular file, or larger than 1 MB; it is not shown"
            return _unread(path, message, "Replace it by a smaller file")
        return file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return _unread(path, "this note is not valid UTF-8; it is not shown", "Save it as UTF-8")
    except OSError as error:
        return _unread(path, f"this note cannot be read ({error.strerror})", "Make it readable")


def _unread(path: str, message: str, hint: str) -> Problem:
    return Problem("W073", path, message, hint, severity="warning")
