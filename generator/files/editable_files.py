"""Files in the seeds folder that a person writes at the desk: read and written to the letter."""

from __future__ import annotations

import stat
from pathlib import Path

from generator.model import SeedbedError
from generator.model.problems import coded_error


def read_editable(folder: Path, path: str) -> str | None:
    """Return the text of a file below the seeds folder, with its byte order mark; None if missing.

    Raises SeedbedError for a link or a file that is no text: the desk must not write there.
    """
    target = _own_file(folder, path)
    try:
        return target.read_bytes().decode()
    except FileNotFoundError:
        return None
    except OSError as error:
        hint = "Make it readable, or remove it"
        raise SeedbedError(f"{target} cannot be read ({error.strerror})", hint) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SeedbedError(f"{target}:{line} is not valid UTF-8", "Save it as UTF-8") from error


def write_editable(folder: Path, path: str, text: str | None) -> None:
    """Write a file below the seeds folder, which keeps its permissions; None removes it.

    A reader sees the old or the new text. Raises SeedbedError for a link, and if the seeds folder
    is missing: it may be on a disk that is not there just now.
    """
    target = _own_file(folder, path)
    if not folder.is_dir():
        raise SeedbedError(f"there is no seeds folder at {folder}", "Put it back, and try again")
    if text is None:
        target.unlink(missing_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)  # it may be a link, and nothing is written through one
    try:
        part.write_bytes(text.encode())
        if target.exists():
            part.chmod(stat.S_IMODE(target.stat().st_mode))
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def _own_file(folder: Path, path: str) -> Path:
    """Return a path below a folder; raise SeedbedError if a part of it is a link, or leads out."""
    target = folder
    for part in path.split("/"):
        target /= part
        if part in {"", ".", ".."}:
            raise SeedbedError(f"{path} is no path below {folder}", "Choose another name")
        if target.is_symlink():
            message = "this is a link, and the desk writes through no link"
            hint = "Put the file itself in its place, or edit it by hand"
            raise coded_error("E065", target, message, hint)
    if target.exists() and not target.is_file():
        hint = "Replace it with a file, or remove it"
        raise SeedbedError(f"{target} is not a regular file", hint)
    return target
