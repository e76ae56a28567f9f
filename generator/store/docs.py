"""The docs folder: which of it is generated, and how it is written."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator.model import OutputFile, PagePath, SeedbedError
from generator.store.files import files_below, write_file, write_parts

MARKER = ".seedbed"
"""The file in the docs folder that says which of its neighbours are generated."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run did to the docs folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    kept: tuple[PagePath, ...] = ()
    """Files that a person wrote where we would have: theirs stay."""


@dataclass(frozen=True, slots=True)
class _Owned:
    """What in the docs folder is ours: whole folders, and single files while nobody edits them."""

    folders: frozenset[str] = frozenset()
    files: dict[str, list[str]] = field(default_factory=dict)
    """Top-level files, each with the digests that our versions of it have or had."""


@dataclass(frozen=True, slots=True)
class Lying:
    """A generated file that lies there as it shall be: somebody wrote it, or saw that it is so."""

    path: PagePath
    changed: bool = False
    """Whether it was written in this run."""


@dataclass(frozen=True, slots=True)
class Stream:
    """A file that is too large to be in memory: its parts, in order."""

    path: PagePath
    parts: Iterable[bytes]


def write_tree(
    docs: Path, files: Iterable[OutputFile | Lying | Stream], folders: Iterable[str] = ()
) -> Changes:
    """Write the generated files, only where bytes differ, and remove those no longer made.

    A folder that we write into is ours as a whole: what else lies in it goes. A single file
    beside hand-written pages (`index.md`) is ours until a person edits it; then it is theirs.
    The folders are claimed before the first file is asked for, so that others may write in them.
    Raises SeedbedError when such a folder holds files and no marker of ours says it is ours.
    """
    docs.mkdir(parents=True, exist_ok=True)
    owned = _read_marker(docs)
    for folder in folders:
        owned = _claim_folder(docs, owned, folder)
    made: set[PagePath] = set()
    written = unchanged = 0
    kept: list[PagePath] = []
    for file in files:
        top, _, rest = file.path.partition("/")
        if not rest and _is_theirs(docs / top, owned.files.get(top, [])):
            kept.append(file.path)
            continue
        if rest:
            owned = _claim_folder(docs, owned, top)
        elif isinstance(file, OutputFile):
            owned = _claim_file(docs, owned, file)
        made.add(file.path)
        changed = _write(docs, file)
        written, unchanged = written + changed, unchanged + (not changed)
    removed = sum(remove_others(docs / name, docs, made) for name in sorted(owned.folders))
    _forget_old_versions(docs, owned)
    return Changes(written, unchanged, removed, tuple(kept))


def _write(docs: Path, file: OutputFile | Lying | Stream) -> bool:
    if isinstance(file, Lying):
        return file.changed
    if isinstance(file, Stream):
        return write_parts(docs / file.path, file.parts)
    return write_file(docs / file.path, file.data)


def owned_paths(docs: Path) -> list[Path]:
    """List the folders and files in the docs folder that the generator writes."""
    owned = _read_marker(docs)
    return [docs / name for name in sorted(owned.folders | owned.files.keys())]


def hand_written(docs: Path) -> Iterator[OutputFile]:
    """Give the Markdown pages in the docs folder that are not the generator's, in order."""
    owned = _read_marker(docs)
    for path in files_below(docs, "*.md"):
        name = PagePath(path.relative_to(docs).as_posix())
        top = name.partition("/")[0]
        ours = top in owned.folders or (
            top in owned.files and not _is_theirs(path, owned.files[top])
        )
        if not ours and not any(part.startswith(".") for part in name.split("/")):
            yield OutputFile(name, path.read_bytes())


def remove_generated(docs: Path, others: Iterable[Path]) -> int:
    """Remove everything that a build makes, and count the places; hand-written files stay."""
    owned = _read_marker(docs)
    ours = [docs / name for name in owned.folders]
    ours += [
        docs / name for name, digests in owned.files.items() if not _is_theirs(docs / name, digests)
    ]
    gone = [path for path in (*ours, docs / MARKER, *others) if path.exists()]
    for path in gone:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(gone)


def _read_marker(docs: Path) -> _Owned:
    try:
        record = json.loads((docs / MARKER).read_bytes())
        return _Owned(frozenset(record["folders"]), record["files"])
    except FileNotFoundError:
        return _Owned()
    except (ValueError, KeyError, TypeError) as error:
        raise SeedbedError(
            f"{docs / MARKER} is damaged", "Remove it and the generated folders beside it"
        ) from error


def _write_marker(docs: Path, owned: _Owned) -> None:
    record = {
        "note": "Written by Seedbed. These folders are generated: anything else in them goes.",
        "folders": sorted(owned.folders),
        "files": owned.files,
    }
    write_file(docs / MARKER, f"{json.dumps(record, indent=1, sort_keys=True)}\n".encode())


def _claim_folder(docs: Path, owned: _Owned, top: str) -> _Owned:
    """Note in the marker that a folder is ours, before anything is written there."""
    if top in owned.folders:
        return owned
    if (docs / top).is_dir() and any((docs / top).iterdir()):
        raise SeedbedError(
            f"{docs / top} holds files that Seedbed did not write",
            "Move them: this folder is for generated pages",
        )
    owned = _Owned(owned.folders | {top}, owned.files)
    _write_marker(docs, owned)
    return owned


def _claim_file(docs: Path, owned: _Owned, file: OutputFile) -> _Owned:
    """Note in the marker that a file is ours, with this and with its last content."""
    digest = hashlib.sha256(file.data).hexdigest()
    before = [old for old in owned.files.get(file.path, []) if old != digest][-1:]
    owned = _Owned(owned.folders, {**owned.files, file.path: [*before, digest]})
    _write_marker(docs, owned)
    return owned


def _forget_old_versions(docs: Path, owned: _Owned) -> None:
    """Once everything is written, only what lies there is ours."""
    latest = {name: digests[-1:] for name, digests in owned.files.items()}
    there = frozenset(name for name in owned.folders if (docs / name).is_dir())
    _write_marker(docs, _Owned(there, latest))


def _is_theirs(path: Path, our_digests: list[str]) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in our_digests


def remove_others(folder: Path, root: Path, made: Collection[str]) -> int:
    """Remove what is not made any more, by its path below the root, and folders left empty."""
    removed = 0
    for place, _, names in os.walk(folder, topdown=False):
        here = Path(place).relative_to(root).as_posix()
        gone = [name for name in names if f"{here}/{name}" not in made]
        for name in gone:
            Path(place, name).unlink()
        removed += len(gone)
        if len(gone) == len(names) and not any(Path(place).iterdir()):
            Path(place).rmdir()
    return removed
