"""The docs folder: which of its files are generated, and how they are written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.files import folders as disk
from generator.files.atomic import read_file, sha256, write_file
from generator.files.file_list import FileList, read_list, write_list
from generator.files.names_by_folder import (
    JoinedPaths,
    NamesByFolder,
    RemainingPaths,
    changed_names,
    count_paths,
    missing_paths,
    names_of,
    paths_of,
)
from generator.files.snapshot import Snapshot, take_snapshot
from generator.model import OutputFile, PagePath, SeedbedError, coded_error

MARKER = ".seedbed"
"""The file in the docs folder that lists the generated folders and top-level files."""


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes of a run to the docs folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    handwritten: tuple[PagePath, ...] = ()
    """Handwritten files with the path of a generated one; they are not replaced."""
    foreign_files: tuple[str, ...] = ()
    """Files in generated folders that Seedbed did not write; they are not removed."""
    changed_paths: tuple[str, ...] = field(default=(), compare=False)
    """The paths of all files that were written or removed."""


class _GeneratedPaths(msgspec.Struct, frozen=True):
    """The generated part of the docs folder: whole folders, and files until a user edits them."""

    folders: frozenset[str] = frozenset()
    files: dict[str, list[str]] = msgspec.field(default_factory=dict)
    """Top-level files, each with the digests of its generated versions."""


class _FileLists(msgspec.Struct, frozen=True):
    """What the last run, or one that was killed, saved of the files in generated folders."""

    own: FileList | None = None
    """The files that Seedbed wrote; None after a run that was killed."""
    others: FileList | None = None
    """The files that it did not write, while a run writes, and after one that was killed."""

    @classmethod
    def read(cls, list_file: Path | None) -> _FileLists:
        """Return the lists; without a file nothing is known."""
        if list_file is None:
            return cls()
        return cls(read_list(list_file), read_list(_list_of_others(list_file)))

    def without_own(self, existing: NamesByFolder) -> set[str]:
        """Return the files that are not known to be Seedbed's."""
        return missing_paths(existing, self.own.names if self.own else {})

    def foreign(self, existing: NamesByFolder) -> set[str]:
        """Return the files that are known not to be Seedbed's."""
        unlisted = self.without_own(existing)
        if self.own is not None:
            return unlisted
        return unlisted.intersection(paths_of(self.others.names)) if self.others else set()


class ExistingFiles(msgspec.Struct, frozen=True):
    """Generated files that are up to date in the docs folder already."""

    paths: tuple[str, ...] | JoinedPaths
    changed: tuple[str, ...] = ()
    """Those of them that were written in this run, by the caller."""


DocsOutput = OutputFile | ExistingFiles


def write_docs(
    docs: Path,
    files: Iterable[DocsOutput],
    before: Snapshot,
    folders: Iterable[str] = (),
    list_file: Path | None = None,
) -> Changes:
    """Write generated files whose bytes changed, and remove those no longer generated.

    `before` is the docs folder as it is; `list_file` lists the files that Seedbed wrote. In
    generated folders, listed files that are not generated again are removed, and others stay.
    During a run, the others are listed instead, for the run after one that was killed. If both
    lists are lost, all others are removed. A top-level file (`index.md`) is generated until a
    user edits it. `folders` are marked as generated before the first file is taken, so that the
    caller may write in them. Raises SeedbedError if a generated folder, or a folder in it, is a
    link, or if one contains files without being marked.
    """
    generated = _claim_folders(docs, folders)
    existing = _names_in_generated(before.names, generated)
    foreign = _claim_files(docs, existing, list_file)
    others = RemainingPaths(before.names)
    written: list[str] = []
    handwritten: list[PagePath] = []
    for file in files:
        paths = file.paths if isinstance(file, ExistingFiles) else (file.path,)
        if not isinstance(file, ExistingFiles) and _is_handwritten(docs, generated, file.path):
            handwritten.append(file.path)
            continue
        generated = _claimed(docs, generated, file, others.take(paths))
        written += _written(docs, file)
    remaining = set(others)
    every = others.with_new()
    file_count = count_paths(every) - len(remaining)
    foreign &= remaining
    removed = sorted(_in_generated(remaining - foreign, generated))
    _remove(docs, removed)
    _forget_old_versions(docs, generated)
    if list_file:
        own_files = changed_names(every, (), foreign.union(removed))
        write_list(list_file, docs, _names_in_generated(own_files, generated))
        _list_of_others(list_file).unlink(missing_ok=True)
    changed = (*written, *removed, MARKER)
    counts = len(written), file_count - len(written), len(removed)
    return Changes(*counts, tuple(handwritten), tuple(sorted(foreign)), changed)


def _claim_folders(docs: Path, folders: Iterable[str]) -> _GeneratedPaths:
    """Mark these folders as generated and return the generated part of the docs folder.

    Raises SeedbedError if one of them is a link.
    """
    docs.mkdir(parents=True, exist_ok=True)
    generated = _read_marker(docs)
    for folder in (*generated.folders, *folders):
        _require_no_link(docs / folder)
        generated = _claim_folder(docs, generated, folder)
    return generated


def _claim_files(docs: Path, existing: NamesByFolder, list_file: Path | None) -> set[str]:
    """Return the files in generated folders that Seedbed did not write, and list them on disk.

    `existing` are all files in these folders. Raises SeedbedError if one of them is a link to a
    folder.
    """
    lists = _FileLists.read(list_file)
    for path in sorted(lists.without_own(existing)):
        if (docs / path).is_dir():
            _require_no_link(docs / path)
    foreign = lists.foreign(existing)
    if list_file:
        write_list(_list_of_others(list_file), docs, names_of(foreign))
        list_file.unlink(missing_ok=True)
    return foreign


def _in_generated(paths: Iterable[str], generated: _GeneratedPaths) -> Iterator[str]:
    """Yield the files that are in generated folders."""
    prefixes = tuple(f"{folder}/" for folder in generated.folders)
    yield from (path for path in paths if path.startswith(prefixes))


def _names_in_generated(names: NamesByFolder, generated: _GeneratedPaths) -> NamesByFolder:
    """Return the files that are in generated folders."""
    prefixes = tuple(f"{folder}/" for folder in generated.folders)
    return {
        folder: joined
        for folder, joined in names.items()
        if folder.startswith(prefixes) or folder in generated.folders
    }


def _list_of_others(list_file: Path) -> Path:
    """Return the path of the list of files that are not Seedbed's, which a run has while it writes.

    What a killed run wrote is in no list, and has to go if it is not generated again.
    """
    return list_file.with_name(f"{list_file.name}-others")


def _require_no_link(folder: Path) -> None:
    if folder.is_symlink():
        raise coded_error(
            "E042",
            folder,
            "this is a link, and Seedbed could write into its target",
            "Remove the link: this folder is for generated pages",
        )


def _top(path: str) -> str:
    return path.partition("/")[0]


def _is_handwritten(docs: Path, generated: _GeneratedPaths, path: PagePath) -> bool:
    """Whether a handwritten top-level file has this path."""
    return "/" not in path and _is_edited(docs / path, generated.files.get(path, []))


def _claimed(
    docs: Path, generated: _GeneratedPaths, file: DocsOutput, folders: Iterable[str]
) -> _GeneratedPaths:
    """Mark a file, or these folders of several, as generated."""
    for top in sorted({_top(folder) for folder in folders if folder} - generated.folders):
        generated = _claim_folder(docs, generated, top)
    if isinstance(file, OutputFile) and "/" not in file.path:
        generated = _claim_file(docs, generated, file)
    return generated


def _written(docs: Path, file: DocsOutput) -> tuple[str, ...]:
    """Write a file and return the paths that changed."""
    if isinstance(file, ExistingFiles):
        return file.changed
    return (file.path,) if write_file(docs / file.path, file.data) else ()


def generated_paths(docs: Path) -> list[Path]:
    """Return the generated folders and top-level files of the docs folder."""
    generated = _read_marker(docs)
    return [docs / name for name in sorted(generated.folders | generated.files.keys())]


def handwritten_pages(docs: Path, existing: NamesByFolder) -> Iterator[OutputFile]:
    """Yield the handwritten Markdown pages among the `existing` files of the docs, sorted."""
    generated = _read_marker(docs)
    others = {
        folder: joined
        for folder, joined in existing.items()
        if _top(folder) not in generated.folders
    }
    for path in sorted(path for path in paths_of(others) if path.endswith(".md")):
        is_generated = path in generated.files and not _is_edited(
            docs / path, generated.files[path]
        )
        if not is_generated and not any(part.startswith(".") for part in path.split("/")):
            yield OutputFile(PagePath(path), read_file(docs / path))


def remove_generated(docs: Path, list_file: Path | None = None) -> int:
    """Remove all generated files and folders; return their number.

    Handwritten files stay. So do links, of which Seedbed writes none, and files in generated
    folders that are not Seedbed's by the `list_file`.
    """
    generated, lists = _read_marker(docs), _FileLists.read(list_file)
    own = [docs / name for name in generated.folders if not _clear(docs, name, lists)]
    own += [
        docs / name
        for name, digests in generated.files.items()
        if not _is_edited(docs / name, digests)
    ]
    existing = [path for path in (*own, docs / MARKER) if path.exists()]
    removed = [path for path in existing if not path.is_symlink()]
    for path in removed:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(removed)


def _clear(docs: Path, name: str, lists: _FileLists) -> bool:
    """Remove our files from a folder if it has other files; return whether it has any."""
    folder = docs / name
    if folder.is_symlink():
        return True
    snapshot = take_snapshot(folder)
    existing = {f"{name}/{below}".rstrip("/"): files for below, files in snapshot.names.items()}
    foreign = lists.foreign(existing)
    if not foreign:
        return False
    disk.remove_files(docs / path for path in set(paths_of(existing)) - foreign)
    disk.remove_if_empty(folder / below for below in sorted(snapshot.listings, reverse=True))
    return True


def _read_marker(docs: Path) -> _GeneratedPaths:
    try:
        record = json.loads(read_file(docs / MARKER))
        return _GeneratedPaths(frozenset(record["folders"]), record["files"])
    except FileNotFoundError:
        return _GeneratedPaths()
    except (ValueError, KeyError, TypeError) as error:
        raise SeedbedError(
            f"{docs / MARKER} is damaged", "Remove it and the generated folders next to it"
        ) from error


def _write_marker(docs: Path, generated: _GeneratedPaths) -> None:
    record = {
        "note": "Written by Seedbed. These folders are generated: keep nothing else in them.",
        "folders": sorted(generated.folders),
        "files": generated.files,
    }
    write_file(docs / MARKER, f"{json.dumps(record, indent=1, sort_keys=True)}\n".encode())


def _claim_folder(docs: Path, generated: _GeneratedPaths, top: str) -> _GeneratedPaths:
    """Mark a folder as generated before anything is written into it."""
    if top in generated.folders:
        return generated
    if (docs / top).is_dir() and any((docs / top).iterdir()):
        raise SeedbedError(
            f"{docs / top} holds files that Seedbed did not write",
            "Move them: this folder is for generated pages",
        )
    generated = _GeneratedPaths(generated.folders | {top}, generated.files)
    _write_marker(docs, generated)
    return generated


def _claim_file(docs: Path, generated: _GeneratedPaths, file: OutputFile) -> _GeneratedPaths:
    """Mark a file as generated, with the digests of this content and of the one before."""
    digest = hashlib.sha256(file.data).hexdigest()
    previous = [old for old in generated.files.get(file.path, []) if old != digest][-1:]
    generated = _GeneratedPaths(
        generated.folders, {**generated.files, file.path: [*previous, digest]}
    )
    _write_marker(docs, generated)
    return generated


def _forget_old_versions(docs: Path, generated: _GeneratedPaths) -> None:
    """Mark only the existing folders and the last content of each file, after all are written."""
    latest = {name: digests[-1:] for name, digests in generated.files.items()}
    existing = frozenset(name for name in generated.folders if (docs / name).is_dir())
    _write_marker(docs, _GeneratedPaths(existing, latest))


def _is_edited(path: Path, our_digests: list[str]) -> bool:
    return path.exists() and sha256(path) not in our_digests


def _remove(docs: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty afterwards."""
    for path in paths:
        (docs / path).unlink(missing_ok=True)
        with suppress(OSError):  # stop at the first folder that is not empty
            for folder in list((docs / path).relative_to(docs).parents)[:-1]:
                (docs / folder).rmdir()
