"""ZIP archives: every file is a part, pictures too, which documents beside them may show.

Nothing is written to the disk under a name from inside.
"""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterator

from generator.model.ignore_rules import rule_in_archive
from generator.model.pictures import SUFFIXES
from generator.model.readings import Part, Reading, ReadWarning
from generator.reading.formats import refusals
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import Package
from generator.reading.formats.part_names import readable_parts, safe_name

READER = "zip 3"

_MAX_TOTAL = 500_000_000
"""Bytes of all files of an archive; more do not go from process to process."""

_UTF8 = 0x800
"""The flag of an entry whose name is UTF-8."""


def read_zip(data: bytes) -> Reading:
    """Return the files of an archive as parts; it has no text of its own."""
    package = Package(data)
    omissions = Omissions()
    unsafe: list[str] = []
    parts = tuple(readable_parts(_parts(package, omissions, unsafe), omissions, SUFFIXES))
    if not parts and not unsafe:
        raise refusals.has_no_text("Add documents to it, or remove it")
    warnings = []
    if unsafe:
        files = "1 file" if len(unsafe) == 1 else f"{len(unsafe):,} files"
        message = f"{files} with a name that leads out of the archive ({unsafe[0]!r}); left out"
        warnings.append(ReadWarning("W095", message, "Unpack it by hand, and look at them"))
    return Reading(
        READER,
        omissions=omissions.result(),
        parts=parts,
        warnings=tuple(warnings),
    )


def _parts(package: Package, omissions: Omissions, unsafe: list[str]) -> Iterator[Part]:
    total = 0
    for entry in package.entries:
        name = _name(entry)
        if entry.is_dir():
            continue
        path = _safe_path(name)
        if path is None:
            unsafe.append(name)
            continue
        if ignored := rule_in_archive(path):
            omissions.count(ignored.noun(2), not ignored.is_silent)
            continue
        if not _is_readable(path):
            yield Part(path, b"")  # it is counted, and not unpacked
            continue
        data = package.read_entry(entry)
        total += len(data)
        if total > _MAX_TOTAL:
            raise refusals.is_too_large(f"unpacks to more than {_MAX_TOTAL // 1_000_000} MB")
        if data:
            yield Part(path, data)
        else:
            omissions.count("empty files")


def _clean(piece: str) -> str:
    """Return a folder's or a file's name; a dot at its beginning stays, because it hides it."""
    return ("." if piece.startswith(".") else "") + safe_name(piece)


def _is_readable(path: str) -> bool:
    """Whether a file of this name is worth unpacking."""
    return bool(list(readable_parts([Part(path, b"")], Omissions(), SUFFIXES)))


def _name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry; without a flag it is UTF-8 or of an old system."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return entry.filename


def _safe_path(name: str) -> str | None:
    """Return the path of an entry below its archive; None if it leads out of it."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/"))
    pieces = name.split("/")
    if name.startswith("/") or ":" in pieces[0] or ".." in pieces:
        return None
    cleaned = [_clean(piece) for piece in pieces if piece not in {"", "."}]
    return "/".join(cleaned) if cleaned and all(cleaned) else None
