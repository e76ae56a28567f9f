"""ZIP archives: every file is a part, pictures too, which documents beside them may show.

Nothing is written to the disk under a name from inside.
"""

from __future__ import annotations

import stat
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from posixpath import splitext

from generator.model.ignore_rules import rule_in_archive
from generator.model.pictures import SUFFIXES
from generator.model.readings import Part, Reading, ReadWarning
from generator.reading.formats import refusals
from generator.reading.formats.detect import CONTAINER_SUFFIXES
from generator.reading.formats.omissions import Omissions
from generator.reading.formats.packages import Package
from generator.reading.formats.part_names import name_for_rules, readable_parts

READER = "zip 4"

_MAX_TOTAL = 500_000_000
"""Bytes of all files of an archive; more do not go from process to process."""

_UTF8 = 0x800
"""The flag of an entry whose name is UTF-8."""

_CORRECTIONS = "corrections.yml"
_OWN_NAMES = frozenset({"_about.md", "metadata.csv", "names.csv"})
_OWN_FOLDER = "_notes"
"""What the seeds folder has beside documents: in an archive it has no effect."""


def read_zip(data: bytes) -> Reading:
    """Return the files of an archive as parts; it has no text of its own.

    One with corrections is refused: documents would be shown that they withdraw.
    """
    package = Package(data)
    if any(name.rpartition("/")[2].lower() == _CORRECTIONS for name in package.names()):
        raise refusals.is_seeds_folder(_CORRECTIONS)
    omissions = Omissions()
    unsafe: list[str] = []
    own: list[str] = []
    found = _parts(_files(package, omissions, unsafe, own), package, omissions)
    parts = tuple(readable_parts(found, omissions, SUFFIXES))
    if not (parts or unsafe or own):
        raise refusals.has_no_text("Add documents to it, or remove it")
    return Reading(
        READER,
        omissions=omissions.result(),
        parts=parts,
        warnings=tuple(_warnings(unsafe, own)),
    )


def _warnings(unsafe: list[str], own: list[str]) -> Iterator[ReadWarning]:
    if unsafe:
        message = f"{_files_of(unsafe)} with a name that leads out of the archive"
        hint = "Unpack it by hand, and look at them"
        yield ReadWarning("W095", f"{message} ({unsafe[0]!r}); left out", hint)
    if own:
        message = f"{_files_of(own)} with a name that counts only in the seeds folder ({own[0]})"
        hint = "Put it there; if it is a document, rename it"
        yield ReadWarning("W099", f"{message}; left out", hint)


def _files_of(names: list[str]) -> str:
    return "1 file" if len(names) == 1 else f"{len(names):,} files"


def _files(
    package: Package, omissions: Omissions, unsafe: list[str], own: list[str]
) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """Yield the entries that may be documents, with their paths; note the others."""
    for entry in package.entries:
        if entry.is_dir():
            continue
        path = _safe_path(_name(entry))
        if path is None:
            unsafe.append(_name(entry))
        elif stat.S_ISLNK(entry.external_attr >> 16):
            omissions.count("links")
        elif ignored := rule_in_archive(path):
            omissions.count(ignored.noun(2), not ignored.is_silent)
        elif _is_own(path):
            own.append(path)
        else:
            yield path, entry


def _is_own(path: str) -> bool:
    *folders, name = path.split("/")
    return name in _OWN_NAMES or _OWN_FOLDER in folders


def _parts(
    files: Iterable[tuple[str, zipfile.ZipInfo]], package: Package, omissions: Omissions
) -> Iterator[Part]:
    total = 0
    for path, entry in files:
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
    *folders, file = [name_for_rules(piece) for piece in pieces if piece not in {"", "."}] or [""]
    folders = [f"{name}_" if _looks_like_container(name) else name for name in folders]
    return "/".join((*folders, file)) if all((*folders, file)) else None


def _looks_like_container(folder: str) -> bool:
    """Whether a path below this folder would be that of a part of an archive, a mailbox or so."""
    return splitext(folder)[1].lower() in CONTAINER_SUFFIXES
