"""What people hand in: their seeds, what they decided, and the addresses that last."""

from __future__ import annotations

import codecs
from pathlib import Path

from generator.files.atomic import write_file
from generator.model import Problem, Seed, SeedbedError, SeedPath

CORRECTIONS = "corrections.yml"
"""The file at the top of the seeds folder in which people decide; it is no seed."""


DOCUMENT_ADDRESSES = "addresses.csv"
ENTITY_ADDRESSES = "names.csv"
"""The tables of addresses: those of documents, and those of people, organizations and places."""
"""The file beside mkdocs.yml that keeps every document's address; it belongs to the seeds' history,
and lies not among them, because the seeds folder is people's: nothing is ever written there."""


def read_seed(folder: Path, path: SeedPath) -> Seed | Problem:
    """Read one seed, or say why it cannot be read."""
    try:
        return Seed(path, (folder / path).read_bytes())
    except OSError as error:
        message = f"the file cannot be read ({error.strerror})"
        return Problem("E004", path, message, "Give yourself the right to read it")


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
    except FileNotFoundError as error:
        if path.is_symlink():
            hint = "Put the file itself there; where git-annex keeps it, run `git annex get` on it"
            raise SeedbedError(f"{path} is a link that leads nowhere", hint) from error
        return ""
    except OSError as error:
        hint = "Give yourself the right to read it, or remove it"
        raise SeedbedError(f"{path} cannot be read ({error.strerror})", hint) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedbedError(f"{path}:{line} is not in UTF-8", "Save the file as UTF-8") from error


def read_addresses(root: Path, table: str = DOCUMENT_ADDRESSES) -> str:
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
