"""What people hand in: their seeds, what they decided, and the addresses that last."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterator
from pathlib import Path

from generator.model import Problem, Seed, SeedbedError, SeedPath
from generator.store.files import write_file

CORRECTIONS = "corrections.yml"
"""The file at the top of the seeds folder in which people decide; it is no seed."""


ADDRESSES = "addresses.csv"
NAMES = "names.csv"
"""The tables of addresses: those of documents, and those of people, organizations and places."""
"""The file beside mkdocs.yml that keeps every document's address; it belongs to the seeds' history,
and lies not among them, because the seeds folder is people's: nothing is ever written there."""


_NOT_SEEDS = frozenset(
    {".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"}
)


_LARGEST = 100_000_000
"""Bytes; a larger file is an archive or a film, not an article."""


def seed_paths(folder: Path) -> tuple[list[SeedPath], list[Problem]]:
    """List the seeds in a stable order, and what in their folder cannot be one.

    Links are not followed: what lies outside the seeds folder is not part of the corpus.
    Raises SeedbedError when there is no such folder.
    """
    if not folder.is_dir():
        raise SeedbedError(
            f"there is no seeds folder at {folder}", "Make it, and put text files in"
        )
    paths: list[SeedPath] = []
    problems: list[Problem] = []
    for path, status in _walk(folder, "", problems):
        if path == CORRECTIONS:
            continue
        reason = _refusal(status, path)
        if reason:
            problems.append(_refused(path.encode("utf-8", "replace").decode(), *reason))
        else:
            paths.append(path)
    return sorted(paths), problems


def read_seed(folder: Path, path: SeedPath) -> Seed | Problem:
    """Read one seed, or say why it cannot be read."""
    try:
        return Seed(path, (folder / path).read_bytes())
    except OSError as error:
        return _closed(path, "file", error)


def read_corrections(folder: Path) -> str:
    """Read what people decided; no file is an empty one.

    Raises SeedbedError when there is a file that cannot be read: something may be withdrawn.
    """
    path = folder / CORRECTIONS
    if path.exists() and not path.is_file():
        raise SeedbedError(
            f"{path} is no file that could be read", "Put a file there, or remove it"
        )
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        hint = "Give yourself the right to read it, or remove it"
        raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedbedError(f"{path}:{line} is not in UTF-8", "Save the file as UTF-8") from error


def read_addresses(root: Path, table: str = ADDRESSES) -> str:
    """Read a table of addresses of a project; no file is an empty one."""
    path = root / table
    try:
        return path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        hint = "Save it as UTF-8, or take it from your last commit"
        raise SeedbedError(f"{path} is not in UTF-8", hint) from error


def write_addresses(root: Path, table: str, rows: bytes) -> None:
    """Write a table of addresses, if it has changed.

    Where Git or a spreadsheet gave it other line ends, or a byte order mark, it keeps them: a
    version control system shows the lines that changed, and no others.
    """
    path = root / table
    before = path.read_bytes() if path.is_file() else b""
    ends = before.count(b"\n")
    if ends and before.count(b"\r\n") == ends:
        rows = rows.replace(b"\n", b"\r\n")
    if before.startswith(codecs.BOM_UTF8):
        rows = codecs.BOM_UTF8 + rows
    write_file(path, rows)


def _walk(
    root: Path, below: str, problems: list[Problem]
) -> Iterator[tuple[SeedPath, os.stat_result]]:
    try:
        entries = sorted(os.scandir(root / below), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_closed(below or ".", "folder", error))
        return
    prefix = f"{below}/" if below else ""
    for entry in entries:
        path = SeedPath(prefix + entry.name)
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, path, problems)
        elif entry.name not in _NOT_SEEDS:
            try:
                yield path, entry.stat(follow_symlinks=False)
            except FileNotFoundError:  # it went while we looked
                continue
            except OSError as error:
                problems.append(_closed(path, "file", error))


def _refusal(status: os.stat_result, path: SeedPath) -> tuple[str, str] | None:
    if stat.S_ISLNK(status.st_mode):
        return "a link is not followed", "Put the file itself into the seeds folder"
    if not stat.S_ISREG(status.st_mode):
        return "this is no ordinary file", "Move it out of the seeds folder"
    if status.st_size > _LARGEST:
        return f"the file has more than {_LARGEST // 1_000_000} MB", "Split it into documents"
    if not path.isprintable() and any("\ud800" <= c <= "\udfff" for c in path):
        return "the file's name is no valid Unicode", "Rename it"
    return None


def _closed(path: str, what: str, error: OSError) -> Problem:
    told = f"the {what} cannot be read ({error.strerror})"
    return _refused(path, told, "Give yourself the right to read it")


def _refused(path: str, message: str, hint: str) -> Problem:
    return Problem("E004", path, message, hint)
