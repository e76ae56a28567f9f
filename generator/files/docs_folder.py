"""The docs folder: which of it is generated, and how it is written."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from generator.files import folders as disk
from generator.files.atomic import write_file
from generator.files.file_list import FileList, read_list, write_list
from generator.model import OutputFile, PagePath, SeedbedError, coded_error

MARKER = ".seedbed"
"""The file in the docs folder that says which of its neighbours are generated."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a run did to the docs folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0
    handwritten: tuple[PagePath, ...] = ()
    """Files that a person wrote where we would have: theirs stay."""
    foreign_files: tuple[str, ...] = ()
    """Files that others put into generated folders: they stay."""
    changed_paths: tuple[str, ...] = field(default=(), compare=False)
    """Paths of all that does not lie there as it did before."""


@dataclass(frozen=True, slots=True)
class _GeneratedPaths:
    """What in the docs folder is ours: whole folders, and single files while nobody edits them."""

    folders: frozenset[str] = frozenset()
    files: dict[str, list[str]] = field(default_factory=dict)
    """Top-level files, each with the digests that our versions of it have or had."""


@dataclass(frozen=True, slots=True)
class ExistingFiles:
    """Generated files that lie there as they shall be: somebody wrote them, or saw it is so."""

    paths: tuple[PagePath, ...]
    changed: tuple[PagePath, ...] = ()
    """Those of them that were written in this run."""


DocsOutput = OutputFile | ExistingFiles


def write_docs(
    docs: Path,
    files: Iterable[DocsOutput],
    existing: Collection[str],
    folders: Iterable[str] = (),
    list_file: Path | None = None,
) -> Changes:
    """Write the generated files, only where bytes differ, and remove those no longer made.

    `there` are the files of the docs folder, by their paths below it, and `listed` is where it is
    kept which of them are ours. In a folder that we write into, what is in that list goes, and
    what others put there stays; where there is no list, as a run died that was writing, all goes.
    A single file beside hand-written pages (`index.md`) is ours until a person edits it; then it
    is theirs. The folders are claimed before the first file is asked for, so that others may
    write in them. Raises SeedbedError when such a folder holds files and no marker of ours says
    it is ours, or when it is a link.
    """
    generated = _claim_folders(docs, folders)
    strays = _strays(existing, generated, list_file)
    if list_file:
        list_file.unlink(missing_ok=True)
    others, new = set(existing), set[str]()
    written: list[str] = []
    kept: list[PagePath] = []
    for file in files:
        paths = file.paths if isinstance(file, ExistingFiles) else (file.path,)
        if not isinstance(file, ExistingFiles) and _is_kept(docs, generated, file.path):
            kept.append(file.path)
            continue
        generated = _claimed(docs, generated, file, paths)
        others.difference_update(paths)
        new.update(path for path in paths if path not in existing)
        written += _written(docs, file)
    made = len(existing) - len(others) + len(new)
    strays &= others
    removed = sorted(_in_generated(others - strays, generated))
    _remove(docs, removed)
    _forget_old_versions(docs, generated)
    if list_file:
        ours = new.union(existing).difference(removed, strays)
        write_list(list_file, docs, _in_generated(ours, generated))
    touched = (*written, *removed, MARKER)
    told = tuple(kept), tuple(sorted(strays))
    return Changes(len(written), made - len(written), len(removed), *told, touched)


def _claim_folders(docs: Path, folders: Iterable[str]) -> _GeneratedPaths:
    """Return what is ours in the docs folder, with these folders, none of which may be a link."""
    docs.mkdir(parents=True, exist_ok=True)
    generated = _read_marker(docs)
    for folder in (*generated.folders, *folders):
        _require_no_link(docs / folder)
        generated = _claim_folder(docs, generated, folder)
    return generated


def _in_generated(paths: Iterable[str], generated: _GeneratedPaths) -> Iterator[str]:
    """Yield those of these files that are in folders of ours."""
    yield from (path for path in paths if "/" in path and _top(path) in generated.folders)


def _strays(there: Iterable[str], generated: _GeneratedPaths, listed: Path | None) -> set[str]:
    """Return the files in folders of ours that we did not write, as far as that is known."""
    ours = read_list(listed) if listed else None
    return set(_in_generated(there, generated)) - ours.files if ours else set()


def _require_no_link(folder: Path) -> None:
    if folder.is_symlink():
        raise coded_error(
            "E042",
            folder,
            "this is a link, and Seedbed would write where it leads",
            "Remove the link: this folder is for generated pages",
        )


def _top(path: str) -> str:
    return path.partition("/")[0]


def _is_kept(docs: Path, generated: _GeneratedPaths, path: PagePath) -> bool:
    """Tell whether a person has a file of their own in this place."""
    return "/" not in path and _is_theirs(docs / path, generated.files.get(path, []))


def _claimed(
    docs: Path, generated: _GeneratedPaths, file: DocsOutput, paths: Iterable[PagePath]
) -> _GeneratedPaths:
    """Note that all of these paths are ours."""
    for top in sorted({_top(path) for path in paths if "/" in path}):
        generated = _claim_folder(docs, generated, top)
    if isinstance(file, OutputFile) and "/" not in file.path:
        generated = _claim_file(docs, generated, file)
    return generated


def _written(docs: Path, file: DocsOutput) -> tuple[PagePath, ...]:
    """Write a file, and tell which have changed."""
    if isinstance(file, ExistingFiles):
        return file.changed
    return (file.path,) if write_file(docs / file.path, file.data) else ()


def generated_paths(docs: Path) -> list[Path]:
    """List the folders and files in the docs folder that the generator writes."""
    generated = _read_marker(docs)
    return [docs / name for name in sorted(generated.folders | generated.files.keys())]


def handwritten_pages(docs: Path, existing: Iterable[str]) -> Iterator[OutputFile]:
    """Give the Markdown pages in the docs folder that are not the generator's, in order.

    `there` are the paths of its files.
    """
    generated = _read_marker(docs)
    pages = (path for path in existing if path.endswith(".md"))
    for path in sorted(one for one in pages if _top(one) not in generated.folders):
        ours = path in generated.files and not _is_theirs(docs / path, generated.files[path])
        if not ours and not any(part.startswith(".") for part in path.split("/")):
            yield OutputFile(PagePath(path), (docs / path).read_bytes())


def remove_generated(docs: Path, others: Iterable[Path] = (), list_file: Path | None = None) -> int:
    """Remove everything that a build makes, and count the places.

    Hand-written files stay, and so do those that others put into folders of ours, as far as
    `listed` tells them from ours.
    """
    generated, files = _read_marker(docs), read_list(list_file) if list_file else None
    ours = [
        docs / name for name in generated.folders if not (files and _emptied(docs, name, files))
    ]
    ours += [
        docs / name
        for name, digests in generated.files.items()
        if not _is_theirs(docs / name, digests)
    ]
    removed = [path for path in (*ours, docs / MARKER, *others) if path.exists()]
    for path in removed:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    return len(removed)


def _emptied(docs: Path, name: str, ours: FileList) -> bool:
    """Remove our files from a folder where others have some; return whether they have any."""
    folder = docs / name
    found = (
        disk.FolderNames(frozenset(), frozenset())
        if folder.is_symlink()
        else disk.list_names(folder)
    )
    mine = {path for path in found.files if f"{name}/{path}" in ours.files}
    if mine == found.files:
        return False
    disk.remove_files(folder / path for path in mine)
    disk.remove_if_empty(folder / path for path in sorted(found.folders, reverse=True))
    return True


def _read_marker(docs: Path) -> _GeneratedPaths:
    try:
        record = json.loads((docs / MARKER).read_bytes())
        return _GeneratedPaths(frozenset(record["folders"]), record["files"])
    except FileNotFoundError:
        return _GeneratedPaths()
    except (ValueError, KeyError, TypeError) as error:
        raise SeedbedError(
            f"{docs / MARKER} is damaged", "Remove it and the generated folders beside it"
        ) from error


def _write_marker(docs: Path, generated: _GeneratedPaths) -> None:
    record = {
        "note": "Written by Seedbed. These folders are generated: keep nothing else in them.",
        "folders": sorted(generated.folders),
        "files": generated.files,
    }
    write_file(docs / MARKER, f"{json.dumps(record, indent=1, sort_keys=True)}\n".encode())


def _claim_folder(docs: Path, generated: _GeneratedPaths, top: str) -> _GeneratedPaths:
    """Note in the marker that a folder is ours, before anything is written there."""
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
    """Note in the marker that a file is ours, with this and with its last content."""
    digest = hashlib.sha256(file.data).hexdigest()
    before = [old for old in generated.files.get(file.path, []) if old != digest][-1:]
    generated = _GeneratedPaths(
        generated.folders, {**generated.files, file.path: [*before, digest]}
    )
    _write_marker(docs, generated)
    return generated


def _forget_old_versions(docs: Path, generated: _GeneratedPaths) -> None:
    """Once everything is written, only what lies there is ours."""
    latest = {name: digests[-1:] for name, digests in generated.files.items()}
    there = frozenset(name for name in generated.folders if (docs / name).is_dir())
    _write_marker(docs, _GeneratedPaths(there, latest))


def _is_theirs(path: Path, our_digests: list[str]) -> bool:
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() not in our_digests


def _remove(docs: Path, gone: Iterable[str]) -> None:
    """Remove files, and folders that are empty then."""
    for path in gone:
        (docs / path).unlink(missing_ok=True)
        with suppress(OSError):  # the first that is not empty
            for folder in list((docs / path).relative_to(docs).parents)[:-1]:
                (docs / folder).rmdir()
