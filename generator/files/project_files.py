"""The files of a project: seeds, corrections and the tables of addresses."""

from __future__ import annotations

import codecs
from pathlib import Path

from generator.files.atomic import read_file, write_file
from generator.model import Problem, Seed, SeedbedError, SeedPath

CORRECTIONS = "corrections.yml"
"""The file in the seeds folder with corrections; it is not a seed."""

AUTHORITY = "names.csv"
"""The authority file in the seeds folder: names that people list. It is not a seed.

The table of entities' addresses has the same name in another folder, that of mkdocs.yml."""

METADATA = "metadata.csv"
"""The file in the seeds folder with what people know about documents; it is not a seed."""

DOCUMENT_ADDRESSES = "addresses.csv"
ENTITY_ADDRESSES = "names.csv"
"""The tables of addresses: of documents, and of people, organizations and places.

They are saved with mkdocs.yml and belong under version control like the seeds. They are not in the
seeds folder, because Seedbed never writes there."""


def read_seed(folder: Path, path: SeedPath) -> Seed | Problem:
    """Return a seed, or the problem if it cannot be read."""
    try:
        return Seed(path, (folder / path).read_bytes())
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        return Problem("E004", path, message, "Make it readable")


def read_corrections(folder: Path) -> str:
    """Return the text of the corrections; empty if there is no file.

    Raises SeedbedError if the file cannot be read, because it may withdraw a document.
    """
    path = folder / CORRECTIONS
    data = _read_existing(path, "Make it readable, or remove it")
    if data is None and path.is_symlink():
        hint = "Replace it with the file itself; with git-annex, run `git annex get` on it"
        raise SeedbedError(f"{path} is a broken link", hint)
    # NUL is valid UTF-8, but in UTF-16 without a byte order mark no word would be found.
    return _decoded(path, (data or b"").replace(b"\0", b"\xff"), "Save the file as UTF-8")


def read_authority(folder: Path) -> str:
    """Return the text of the list of names; empty if there is no file.

    Raises SeedbedError if the file cannot be read, because names would lose their pages.
    """
    return _read_table(folder / AUTHORITY)


def read_metadata(folder: Path) -> str:
    """Return the text of the table of documents; empty if there is no file.

    Raises SeedbedError if the file cannot be read, because documents would lose their values.
    """
    return _read_table(folder / METADATA)


def _read_table(path: Path) -> str:
    data = _read_existing(path, "Make it readable, or remove it")
    hint = "Save it as UTF-8: in Excel as `CSV UTF-8`, in LibreOffice with this character set"
    return _decoded(path, data or b"", hint)


def read_addresses(root: Path, table: str = DOCUMENT_ADDRESSES) -> str:
    """Return the text of a table of addresses; empty if there is no file."""
    path = root / table
    data = _read_existing(path, "Make it readable, or restore it from your last commit")
    return _decoded(path, data or b"", "Save it as UTF-8, or restore it from your last commit")


def _read_existing(path: Path, hint: str) -> bytes | None:
    """Return the bytes of a file, None if there is none; raise SeedbedError if unreadable."""
    try:
        return read_file(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error


def _decoded(path: Path, data: bytes, hint: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedbedError(f"{path}:{line} is not valid UTF-8", hint) from error


def write_addresses(root: Path, table: str, rows: bytes) -> None:
    """Write a table of addresses, if it has changed.

    Git or a spreadsheet may have changed its line ends or added a byte order mark. Both are kept,
    so that a version control system shows only the rows that changed.
    """
    path = root / table
    before = read_file(path) if path.is_file() else b""
    line_count = before.count(b"\n")
    if line_count and before.count(b"\r\n") == line_count:
        rows = rows.replace(b"\n", b"\r\n")
    if before.startswith(codecs.BOM_UTF8):
        rows = codecs.BOM_UTF8 + rows
    write_file(path, rows)
