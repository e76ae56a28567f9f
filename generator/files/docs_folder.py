"""The docs folder: which of its files are generated, and how they are written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from generator.files import folders as disk
from generator.files.atomic import read_file, sha256, write_file
from generator.files.file_list import read_list, write_list
from generator.files.generated_names import Recognition, has_generated_name
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


class _OwnFiles(msgspec.Struct, frozen=True):
    """What is known of Seedbed's files in generated folders."""

    docs: Path
    listed: NamesByFolder
    """The files that the last run wrote; none if the list is lost."""
    was_killed: bool = False
    """Whether the last run was killed, or stopped, while it wrote."""

    @classmethod
    def read(cls, docs: Path, list_file: Path | None) -> _OwnFiles:
        """Return what the last run saved; without a file nothing is known."""
        own = read_list(list_file) if list_file else None
        was_killed = list_file is not None and _unfinished(list_file).exists()
        return cls(docs, own.names if own else {}, was_killed)

    def foreign(self, existing: NamesByFolder, *, is_new: bool = False) -> set[str]:
        """Return the files of others; in a new generated folder, a killed run wrote nothing."""
        recognition = Recognition(self.docs, by_name=self.was_killed and not is_new)
        unlisted = sorted(missing_paths(existing, self.listed))
        return {path for path in unlisted if not recognition.is_ours(path)}

    def foreign_in(
        self, folders: Set[str], names: NamesByFolder, *, is_new: bool = False
    ) -> set[str]:
        """Return the files of others in generated folders.

        Raises SeedbedError if one of these folders, or a folder in it, is a link, or if a file of
        others could be overwritten, or be what is left of a page, because of its name.
        """
        foreign = self.foreign(_names_in(folders, names), is_new=is_new)
        linked = {path for path in foreign if (self.docs / path).is_dir()}
        for path in sorted(linked | folders):
            _require_no_link(self.docs / path)
        if in_the_way := sorted(filter(has_generated_name, foreign)):
            raise _refusal(self.docs, in_the_way)
        return foreign

    def foreign_before_run(
        self, folders: Set[str], new: Set[str], names: NamesByFolder
    ) -> set[str]:
        """Return the files of others in generated folders and in `new` ones.

        Raises the same errors, and SeedbedError if the marker is lost.
        """
        foreign = self.foreign_in(folders, names)
        foreign |= self.foreign_in(new, names, is_new=True)
        _require_marker(self.docs, new, missing_paths(_names_in(new, names), names_of(foreign)))
        return foreign


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
    list_file: Path,
    folders: Iterable[str] = (),
) -> Changes:
    """Write generated files whose bytes changed, and remove those no longer generated.

    `before` is the docs folder as it is; `list_file` lists the files that Seedbed wrote. In
    generated folders, those and others that are recognized as Seedbed's are removed if they are not
    generated again; all others stay. A top-level file (`index.md`) is generated until a user edits
    it. `folders` are marked as generated before the first file is taken, so that the caller may
    write in them. Raises SeedbedError if a generated folder, or a folder in it, is a link, if a
    file of others there has a name that Seedbed gives, or if the marker is lost.
    """
    docs.mkdir(parents=True, exist_ok=True)
    own_files, generated = _OwnFiles.read(docs, list_file), _read_marker(docs)
    new = {*folders} - generated.folders
    foreign = own_files.foreign_before_run(generated.folders, new, before.names)
    generated = _claim_folders(docs, generated, new)
    write_file(_unfinished(list_file), b"")
    others = RemainingPaths(before.names)
    written: list[str] = []
    handwritten: list[PagePath] = []
    for file in files:
        paths = file.paths if isinstance(file, ExistingFiles) else (file.path,)
        if not isinstance(file, ExistingFiles) and _is_handwritten(docs, generated, file.path):
            handwritten.append(file.path)
            continue
        new = {_top(folder) for folder in others.take(paths) if folder} - generated.folders
        foreign |= own_files.foreign_in(new, before.names, is_new=True)
        generated = _claim_file(docs, _claim_folders(docs, generated, new), file)
        written += _written(docs, file)
    remaining = set(others)
    every = others.with_new()
    file_count = count_paths(every) - len(remaining)
    foreign &= remaining
    removed = sorted(_in_generated(remaining - foreign, generated))
    _remove(docs, removed)
    _save_lists(docs, generated, changed_names(every, (), foreign.union(removed)), list_file)
    changed = (*written, *removed, MARKER)
    counts = len(written), file_count - len(written), len(removed)
    return Changes(*counts, tuple(handwritten), tuple(sorted(foreign)), changed)


def _in_generated(paths: Iterable[str], generated: _GeneratedPaths) -> Iterator[str]:
    """Yield the files that are in generated folders."""
    prefixes = tuple(f"{folder}/" for folder in generated.folders)
    yield from (path for path in paths if path.startswith(prefixes))


def _names_in(folders: Set[str], names: NamesByFolder) -> NamesByFolder:
    """Return the files that are in these top-level folders."""
    if not folders:  # of most files of a run, the folder is claimed already
        return {}
    prefixes = tuple(f"{folder}/" for folder in folders)
    return {
        folder: joined
        for folder, joined in names.items()
        if folder.startswith(prefixes) or folder in folders
    }


def _save_lists(
    docs: Path, generated: _GeneratedPaths, own: NamesByFolder, list_file: Path
) -> None:
    """Save what is generated, at the end of a run."""
    _forget_old_versions(docs, generated)
    write_list(list_file, docs, _names_in(generated.folders, own))
    _unfinished(list_file).unlink(missing_ok=True)


def _unfinished(list_file: Path) -> Path:
    """Return the path of the file that exists while a run writes, and after one was killed."""
    return list_file.with_name(f"{list_file.name}-unfinished")


def _require_marker(docs: Path, new: Set[str], our_files: Set[str]) -> None:
    """Raise SeedbedError if the marker is lost although new generated folders have our files.

    Without it, a home page or a feed that names a withdrawn document would count as handwritten.
    """
    if our_files and not (docs / MARKER).exists():
        folders = ", ".join(sorted(f"{folder}/" for folder in new if (docs / folder).is_dir()))
        raise SeedbedError(
            f"{docs / MARKER} is missing, which tells what is generated in this folder",
            f"Move files of yours out of {folders}; remove these folders, and of the files beside"
            " them, such as index.md and feed.xml, those that you did not write",
        )


def _refusal(docs: Path, paths: Sequence[str]) -> SeedbedError:
    """Return the error for files of others that have names of generated ones."""
    others = len(paths) - 1
    more = f" (and {others:,} more)" if others else ""
    return coded_error(
        "E041",
        docs / paths[0],
        f"Seedbed did not write this, and gives such names to generated files{more}",
        f"Move what is yours to a folder of your own in {docs.name}/, or rename it, and remove the"
        " rest",
    )


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
    folders that are neither in the `list_file` nor recognized as Seedbed's.
    """
    generated, own_files = _read_marker(docs), _OwnFiles.read(docs, list_file)
    own = [docs / name for name in generated.folders if not _clear(docs, name, own_files)]
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


def _clear(docs: Path, name: str, own_files: _OwnFiles) -> bool:
    """Remove our files from a folder if it has other files; return whether it has any."""
    folder = docs / name
    if folder.is_symlink():
        return True
    snapshot = take_snapshot(folder)
    existing = {f"{name}/{below}".rstrip("/"): files for below, files in snapshot.names.items()}
    foreign = own_files.foreign(existing)
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


def _claim_folders(docs: Path, generated: _GeneratedPaths, new: Set[str]) -> _GeneratedPaths:
    """Mark folders as generated before anything is written into them."""
    if new:
        generated = _GeneratedPaths(generated.folders | new, generated.files)
        _write_marker(docs, generated)
    return generated


def _claim_file(docs: Path, generated: _GeneratedPaths, file: DocsOutput) -> _GeneratedPaths:
    """Mark a top-level file as generated, with the digests of this content and the one before."""
    if isinstance(file, ExistingFiles) or "/" in file.path:
        return generated
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
